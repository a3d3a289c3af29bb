//! Keys, tokens and passwords that somebody left in a text.

mod password;
mod shape;
mod token;

/// What [`find_secret`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Secret {
    /// What kind it is, with its article: `a GitHub token`.
    pub kind: &'static str,
    /// The byte it starts at.
    pub at: usize,
    length: usize,
}

/// A key, token or password of a known shape in any text; the first, if there are several.
///
/// Placeholders are none: `sk-…`, `<your key>`, `AKIAIOSFODNN7EXAMPLE`, `postgres://user:password@host`.
///
/// ```
/// use chatui_template::find_secret;
///
/// let text = "const url = 'postgres://shop:x9Kf27qLw0@db.acme.dev/shop'";
/// let secret = find_secret(text).unwrap();
/// assert_eq!((secret.kind, secret.at), ("a password in an address", 13));
/// assert_eq!(find_secret("postgres://user:password@localhost/shop"), None);
/// ```
pub fn find_secret(text: &str) -> Option<Secret> {
    first(text, 0)
}

/// Every one of them.
pub(crate) fn all(text: &str) -> Vec<Secret> {
    std::iter::successors(first(text, 0), |found| first(text, found.at + found.length)).collect()
}

fn first(text: &str, from: usize) -> Option<Secret> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let inside = at > 0 && (bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
        let found = match bytes[at] {
            b':' => password::in_address(text, at, from),
            _ if inside => None,
            b'-' => password::private_key(text, at),
            first if first.is_ascii_alphabetic() => token::at(text, at),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
    None
}
