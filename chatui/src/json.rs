//! Values as JSON; strings faster than others write them, for most of a large answer is one.

use serde::Serialize;

/// Writes a value that is always JSON.
pub(crate) fn write(out: &mut Vec<u8>, value: &impl Serialize) {
    // Into memory: there is nothing that could fail.
    let _ = serde_json::to_writer(out, value);
}

/// Where a kilobyte of code counts more.
const SMALL: bool = cfg!(target_family = "wasm");

/// Bytes that are looked at together: a compiler makes a few instructions of that, which look at all of them at once. serde_json
/// looks at one after another, which takes longer than it takes to send them.
const MANY: usize = 64;

/// Writes a text as a JSON string, as serde_json does.
pub(crate) fn string(out: &mut Vec<u8>, text: &str) {
    if SMALL {
        return write(out, &text);
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    let (pieces, rest) = text.as_bytes().as_chunks::<MANY>();
    for piece in pieces {
        if is_plain(piece) {
            out.extend_from_slice(piece);
        } else {
            escape(out, piece);
        }
    }
    escape(out, rest);
    out.push(b'"');
}

/// The bytes of a text for which it is worth a look whether its own memory can become the answer's.
const LARGE: usize = 64 * 1024;

/// So much is written behind a text, most times.
const BEHIND: usize = 256;

/// The same with a text that nobody needs any more: a large one stays where it is, and what was written before is put before it.
pub(crate) fn string_of(out: &mut Vec<u8>, text: String) {
    if SMALL || text.len() < LARGE || !text.as_bytes().chunks(4096).all(is_plain) {
        return string(out, &text);
    }
    out.push(b'"');
    let mut text = text.into_bytes();
    text.reserve_exact(out.len() + BEHIND);
    text.splice(0..0, out.drain(..));
    text.push(b'"');
    *out = text;
}

/// Looks at all of it in any case: what may stop early looks at one byte after another.
fn is_plain(piece: &[u8]) -> bool {
    !piece.iter().fold(false, |found, byte| found | is_escaped(*byte))
}

/// Control characters, quotes and backslashes. The first two are one question once a bit is turned over.
const fn is_escaped(byte: u8) -> bool {
    byte ^ 2 <= b'"' ^ 2 || byte == b'\\'
}

fn escape(out: &mut Vec<u8>, piece: &[u8]) {
    let mut written = 0;
    for (at, &byte) in piece.iter().enumerate().filter(|(_, byte)| is_escaped(**byte)) {
        out.extend_from_slice(&piece[written..at]);
        written = at + 1;
        let short = match byte {
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            0x08 => b'b',
            0x0c => b'f',
            b'"' | b'\\' => byte,
            _ => {
                let digit = |half: u8| b"0123456789abcdef"[usize::from(half)];
                out.extend([b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
                continue;
            }
        };
        out.extend([b'\\', short]);
    }
    out.extend_from_slice(&piece[written..]);
}

#[cfg(test)]
mod tests {
    use super::{LARGE, MANY, string, string_of};

    #[test]
    fn it_is_what_serde_json_writes() {
        let plain = "é".repeat(MANY);
        let all = ('\0'..='\u{ff}').chain(['\u{2028}', '\u{10ffff}']);
        for letter in all {
            for at in 0..=MANY {
                let text = format!("{}{letter}{plain}", &"x".repeat(at));
                let mut out = b"before".to_vec();
                string(&mut out, &text);
                assert_eq!(String::from_utf8(out).unwrap(), format!("before{}", serde_json::to_string(&text).unwrap()));
            }
        }
        let mut out = Vec::new();
        string(&mut out, "");
        assert_eq!(out, b"\"\"");
    }

    #[test]
    fn a_large_text_is_the_same() {
        for text in ["x".repeat(LARGE), "x".repeat(LARGE) + "\"", "é".repeat(LARGE), "x".repeat(LARGE - 1)] {
            let (mut out, mut expected) = (b"before".to_vec(), b"before".to_vec());
            string(&mut expected, &text);
            string_of(&mut out, text);
            assert!(out == expected);
        }
    }
}
