//! The tokens of a style sheet, as far as addresses need them.

use std::ops::Range;

/// A token and its place. Comments and spaces are none.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    /// What stands between the quotes, or in `url(…)`.
    pub(super) inner: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a number with its unit, a colour.
    Word,
    /// `@media`.
    At,
    /// A name and its `(`.
    Function,
    /// A string.
    Text,
    /// `url(…)` without quotes.
    Url,
    Mark(u8),
}

/// The tokens, and what ends a comment or string that is still open.
pub(super) fn tokens(css: &str) -> (Vec<Token>, String) {
    let mut scan = Scan { css, bytes: css.as_bytes(), at: 0, ending: String::new() };
    let mut tokens = Vec::new();
    while let Some(token) = scan.next() {
        tokens.push(token);
    }
    (tokens, scan.ending)
}

struct Scan<'a> {
    css: &'a str,
    bytes: &'a [u8],
    at: usize,
    ending: String,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<Token> {
        self.skip();
        let start = self.at;
        let first = *self.bytes.get(start)?;
        let token = |kind, end, inner| Token { kind, start, end, inner };
        match first {
            b'"' | b'\'' => {
                let inner = start + 1..self.string(first);
                self.at = (inner.end + 1).min(self.bytes.len());
                // A line's end ends a string that has no other; it is not part of it.
                if self.bytes.get(inner.end).is_some_and(|byte| *byte != first) {
                    self.at = inner.end;
                }
                Some(token(Kind::Text, self.at, inner))
            }
            b'@' => {
                self.at += 1;
                self.word();
                Some(token(Kind::At, self.at, 0..0))
            }
            _ if is_word(first) => {
                self.word();
                if self.bytes.get(self.at) != Some(&b'(') {
                    return Some(token(Kind::Word, self.at, 0..0));
                }
                self.at += 1;
                let named_url = self.css.get(start..self.at).is_some_and(|name| name.eq_ignore_ascii_case("url("));
                let inner = if named_url { self.address() } else { None };
                let kind = if inner.is_some() { Kind::Url } else { Kind::Function };
                Some(token(kind, self.at, inner.unwrap_or(0..0)))
            }
            _ => {
                self.at += 1;
                Some(token(Kind::Mark(first), self.at, 0..0))
            }
        }
    }

    fn skip(&mut self) {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            if rest.starts_with(b"/*") {
                match self.css.get(self.at + 2..).and_then(|rest| rest.find("*/")) {
                    Some(end) => self.at += end + 4,
                    None => {
                        self.at = self.bytes.len();
                        self.ending = "*/".into();
                    }
                }
            } else if rest.first().is_some_and(u8::is_ascii_whitespace) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// Where a string ends.
    fn string(&mut self, quote: u8) -> usize {
        let mut at = self.at + 1;
        while let Some(byte) = self.bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\n' => return at,
                byte if *byte == quote => return at,
                _ => {}
            }
            at += 1;
        }
        self.ending = char::from(quote).to_string();
        self.bytes.len()
    }

    fn word(&mut self) {
        while let Some(byte) = self.bytes.get(self.at).copied().filter(|byte| is_word(*byte)) {
            self.at += 1 + usize::from(byte == b'\\');
        }
        // The backslash may have been the last letter, or have stood before a longer one.
        self.at = self.at.min(self.bytes.len());
        while !self.css.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    /// The address in `url(…)`, unless it is a string.
    fn address(&mut self) -> Option<Range<usize>> {
        let rest = self.css.get(self.at..)?;
        let start = self.at + (rest.len() - rest.trim_ascii_start().len());
        if matches!(self.bytes.get(start), Some(b'"' | b'\'')) {
            return None;
        }
        let mut end = start;
        while let Some(byte) = self.bytes.get(end).filter(|byte| **byte != b')') {
            end += 1 + usize::from(*byte == b'\\');
        }
        end = end.min(self.bytes.len());
        while !self.css.is_char_boundary(end) {
            end += 1;
        }
        if end == self.bytes.len() {
            self.ending = ")".into();
        }
        self.at = (end + 1).min(self.bytes.len());
        let length = self.css.get(start..end)?.trim_ascii_end().len();
        Some(start..start + length)
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'-' | b'_' | b'%' | b'.' | b'#' | b'\\')
}

/// A string or address without its backslashes.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((plain, behind)) = rest.split_once('\\') {
        out.push_str(plain);
        let digits = behind.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        if let Some(code) = behind.get(..digits).and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
            rest = &behind[digits..];
            rest = rest.strip_prefix([' ', '\t', '\n']).unwrap_or(rest);
        } else {
            let mut letters = behind.chars();
            // A line's end behind a backslash is nothing.
            out.extend(letters.next().filter(|letter| *letter != '\n'));
            rest = letters.as_str();
        }
    }
    out + rest
}
