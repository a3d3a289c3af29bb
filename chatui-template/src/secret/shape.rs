//! What tells a key from a placeholder for one.

/// Whether a text looks like a machine made it: no word that examples have, many different letters.
pub(super) fn is_random(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let words = [
        "xxxx",
        "....",
        "____",
        "----",
        "0000",
        "1111",
        "aaaa",
        "example",
        "your",
        "placeholder",
        "changeme",
        "replace",
        "insert",
        "dummy",
        "redacted",
        "1234567",
        "abcdefg",
        "my_",
        "my-",
        "sample",
        "todo",
        "fake",
    ];
    let mut seen = [false; 256];
    for byte in text.bytes() {
        seen[usize::from(byte)] = true;
    }
    let different = seen.iter().filter(|seen| **seen).count();
    different >= (text.len() / 3).clamp(6, 12) && !words.iter().any(|word| lower.contains(word))
}

/// Whether it has both letters and digits, which no name in a program has by accident at this length.
pub(super) fn is_mixed(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// How many bytes from `at` on are letters, digits, or among `more`; at most `most`, so that a long text is not read again from
/// each of its words on.
pub(super) fn run(text: &str, at: usize, more: &[u8], most: usize) -> usize {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    bytes.iter().take(most).take_while(|byte| byte.is_ascii_alphanumeric() || more.contains(byte)).count()
}
