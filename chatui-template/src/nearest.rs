//! "Did you mean …?"

/// The name most like `wrong`, if one is near enough to be meant: at most a third of its letters differ.
///
/// ```
/// use chatui_template::nearest;
///
/// assert_eq!(nearest("forcast", ["forecast", "hours"]), Some("forecast"));
/// assert_eq!(nearest("banana", ["forecast", "hours"]), None);
/// ```
pub fn nearest<'a, S: AsRef<str> + ?Sized + 'a>(wrong: &str, known: impl IntoIterator<Item = &'a S>) -> Option<&'a str> {
    let bound = wrong.chars().count().max(3) / 3;
    let distance = |name: &str| strsim::damerau_levenshtein(&wrong.to_lowercase(), &name.to_lowercase());
    let near = known.into_iter().map(|name| (distance(name.as_ref()), name.as_ref()));
    near.filter(|(distance, _)| *distance <= bound).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}
