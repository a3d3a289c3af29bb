//! "Did you mean …?"

/// The name most like `wrong`, if one is near enough to be meant: at most a third of its letters differ.
///
/// ```
/// use chatui_template::nearest;
///
/// assert_eq!(nearest("forcast", ["forecast", "hours"]), Some("forecast"));
/// assert_eq!(nearest("banana", ["forecast", "hours"]), None);
/// ```
///
/// A name of over 64 letters is meant for none.
pub fn nearest<'a, S: AsRef<str> + ?Sized + 'a>(wrong: &str, known: impl IntoIterator<Item = &'a S>) -> Option<&'a str> {
    if wrong.len() > 4 * LONGEST || wrong.chars().count() > LONGEST {
        return None;
    }
    among(wrong, &known.into_iter().map(AsRef::as_ref).collect::<Vec<_>>())
}

/// Once in a program, however many kinds of names it compares.
fn among<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let bound = wrong.chars().count().max(3) / 3;
    let distance = |name: &str| strsim::damerau_levenshtein(&wrong.to_ascii_lowercase(), &name.to_ascii_lowercase());
    let near = known.iter().map(|name| (distance(name), *name));
    near.filter(|(distance, _)| *distance <= bound).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// No name that somebody wrote is longer, and to compare takes the product of the lengths.
const LONGEST: usize = 64;

/// A text as a message can quote it.
///
/// ```
/// use chatui_template::shortened;
///
/// assert_eq!(shortened("forecast"), "forecast");
/// assert_eq!(shortened(&"a".repeat(100)).chars().count(), 65);
/// ```
pub fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
