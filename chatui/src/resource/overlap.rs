//! Addresses that mean two resources at once.

use super::Resource;

/// One sentence for each pair that some address fits. A fixed address beside a template that fits it is meant: it goes first.
pub(super) fn mistakes(resources: &[&'static Resource]) -> Vec<String> {
    let mut mistakes = Vec::new();
    for (at, one) in resources.iter().enumerate() {
        for other in &resources[at + 1..] {
            mistakes.extend(mistake(one, other));
        }
    }
    mistakes
}

fn mistake(one: &Resource, other: &Resource) -> Option<String> {
    let (uri, a, b) = (one.uri, one.place, other.place);
    if uri == other.uri {
        return Some(format!("two resources have the address `{uri}`, at {a} and {b}; give one of them another"));
    }
    if !one.is_template() || !other.is_template() {
        return None;
    }
    let both = common(uri, other.uri)?;
    Some(format!(
        "`{both}` fits the addresses `{uri}` ({a}) and `{}` ({b}), so nobody can tell which is meant; write another word or scheme into one of them",
        other.uri
    ))
}

/// A piece of a template.
#[derive(Clone, Copy, PartialEq)]
enum Piece {
    Letter(char),
    /// One letter of a variable, or as many as there are; `slashes`: of `{+name}`.
    Any {
        slashes: bool,
        many: bool,
    },
}

fn pieces(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}').unwrap_or((after, ""));
        let slashes = name.starts_with('+');
        pieces.extend(before.chars().map(Piece::Letter));
        // A variable has one letter at least.
        pieces.extend([Piece::Any { slashes, many: false }, Piece::Any { slashes, many: true }]);
        rest = behind;
    }
    pieces.extend(rest.chars().map(Piece::Letter));
    pieces
}

/// A letter that both pieces fit.
fn letter(one: Piece, other: Piece) -> Option<char> {
    match (one, other) {
        (Piece::Letter(one), Piece::Letter(other)) => (one == other).then_some(one),
        (Piece::Letter(letter), Piece::Any { slashes, .. }) | (Piece::Any { slashes, .. }, Piece::Letter(letter)) => {
            (slashes || letter != '/').then_some(letter)
        }
        (Piece::Any { .. }, Piece::Any { .. }) => Some('x'),
    }
}

/// An address that both templates fit, one of the shortest.
fn common(one: &str, other: &str) -> Option<String> {
    let (one, other) = (pieces(one), pieces(other));
    let is_many = |piece: Option<&Piece>| matches!(piece, Some(Piece::Any { many: true, .. }));
    let step = |piece: Piece| usize::from(!matches!(piece, Piece::Any { many: true, .. }));
    // Pairs of places that one text leads to, the shortest texts first.
    let mut seen = vec![false; (one.len() + 1) * (other.len() + 1)];
    let mut texts = vec![(0, 0, String::new())];
    while !texts.is_empty() {
        let mut longer = Vec::new();
        while let Some((a, b, text)) = texts.pop() {
            if std::mem::replace(&mut seen[a * (other.len() + 1) + b], true) {
                continue;
            }
            if is_many(one.get(a)) {
                texts.push((a + 1, b, text.clone()));
            }
            if is_many(other.get(b)) {
                texts.push((a, b + 1, text.clone()));
            }
            match (one.get(a), other.get(b)) {
                (None, None) => return Some(text),
                (Some(left), Some(right)) => {
                    let next = letter(*left, *right).map(|letter| (a + step(*left), b + step(*right), format!("{text}{letter}")));
                    longer.extend(next);
                }
                _ => {}
            }
        }
        texts = longer;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{super::RESOURCE, Resource, common};

    #[test]
    fn templates_overlap_where_one_address_fits_both() {
        let rows = [
            ("notes://{id}", "notes://{name}", Some("notes://x")),
            ("a://{x}/b", "a://c/{y}", Some("a://c/b")),
            ("a://{x}", "a://c-{y}", Some("a://c-x")),
            ("f://{+path}", "f://{name}.md", Some("f://x.md")),
            ("f://{+path}", "f://{a}/{b}", Some("f://x/x")),
            ("a://{x}-{y}", "a://{z}", Some("a://x-x")),
            ("a://{x}", "a://{x}/b", None),
            ("a://b/{x}", "a://c/{x}", None),
            ("a://{x}", "b://{x}", None),
            ("a://{x}/b", "a://{y}/c", None),
            ("a://{x}.md", "a://{y}.txt", None),
        ];
        for (one, other, both) in rows {
            assert_eq!(common(one, other).as_deref(), both, "{one} {other}");
            assert_eq!(common(other, one).is_some(), both.is_some(), "{other} {one}");
            // What is said to fit does.
            for uri in [one, other] {
                let resource = Resource { uri, ..RESOURCE };
                assert!(both.is_none_or(|both| resource.variables(both).is_some()), "{uri}");
            }
        }
    }
}
