//! Values that are to leave neither with an answer nor into a log. They are of the whole process: what is secret to one app is
//! secret to all of it.
//!
//! Nothing here is linked where nobody registers any: the road looks at [`GUARD`], which only [`register`] fills.

use base64::{
    Engine,
    engine::GeneralPurpose,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use memchr::memchr;
use std::sync::{OnceLock, PoisonError, RwLock};

/// The shortest value that is looked for, in bytes. A shorter one is found where it is not.
const SHORTEST: usize = 8;

/// So many strings may lie in each other: an answer repeats its data as a text, and that may hold JSON of somebody else's.
const DEPTH: usize = 4;

struct Guard {
    finds: fn(&[u8]) -> bool,
    hides: fn(String) -> String,
}

static GUARD: OnceLock<Guard> = OnceLock::new();

static FORMS: RwLock<Forms> = RwLock::new(Forms { texts: Vec::new(), steps: [FAR; BUCKETS] });

/// What is looked for, all of it at once (Wu and Manber's algorithm): where two letters of the text stand in none of the values,
/// none begins around them, and the next ones that have to be looked at are some letters on.
struct Forms {
    /// The longest first.
    texts: Vec<String>,
    /// For each pair of letters how far it is from the end of the first [`SHORTEST`] letters of some value, at least.
    steps: [u8; BUCKETS],
}

const BUCKETS: usize = 4096;

/// For a pair that none of them has.
const FAR: u8 = SHORTEST as u8 - 1;

impl Forms {
    fn add(&mut self, text: String) {
        for (at, pair) in text.as_bytes()[..SHORTEST].windows(2).enumerate() {
            let step = &mut self.steps[bucket(pair[0], pair[1])];
            *step = (*step).min(FAR - 1 - at as u8);
        }
        self.texts.push(text);
        self.texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    }

    fn are_in(&self, text: &[u8]) -> bool {
        let mut last = SHORTEST - 1;
        while let Some(&letter) = text.get(last) {
            let step = self.steps[bucket(text[last - 1], letter)];
            if step == 0 && self.texts.iter().any(|form| text[last + 1 - SHORTEST..].starts_with(form.as_bytes())) {
                return true;
            }
            last += usize::from(step.max(1));
        }
        false
    }
}

fn bucket(first: u8, second: u8) -> usize {
    (usize::from(first) << 5 ^ usize::from(second)) % BUCKETS
}

/// Registers a value, without the white space around it: a file ends with a line break that its reader cuts off.
///
/// # Errors
///
/// What is wrong with it, as the end of a sentence that names it.
pub(crate) fn register(value: &str) -> Result<(), String> {
    let value = value.trim();
    if value.is_empty() {
        return Err("is empty; set what it is read from, or leave it out".into());
    }
    if value.len() < SHORTEST {
        let length = value.len();
        return Err(format!(
            "has {length} bytes, and answers that do not hold it would be taken for ones that do; make it {SHORTEST} or longer, or leave it out"
        ));
    }
    let mut forms = FORMS.write().unwrap_or_else(PoisonError::into_inner);
    for text in written(value) {
        if !forms.texts.contains(&text) {
            forms.add(text);
        }
    }
    GUARD.get_or_init(|| Guard { finds, hides });
    Ok(())
}

/// Whether a message of JSON holds a registered value, however it is escaped.
pub(crate) fn leaks(json: &[u8]) -> bool {
    GUARD.get().is_some_and(|guard| (guard.finds)(json))
}

/// A line for people, with `[secret]` where a registered value stands.
pub(crate) fn hidden(line: String) -> String {
    match GUARD.get() {
        Some(guard) => (guard.hides)(line),
        None => line,
    }
}

/// How a value is written: as it is, as JSON and Rust escape it, and in base64, as `Authorization: Basic` has it.
fn written(value: &str) -> Vec<String> {
    let quoted = serde_json::to_string(value).unwrap_or_default();
    let mut forms = vec![value.to_owned(), value.escape_debug().to_string()];
    forms.extend(quoted.get(1..quoted.len().saturating_sub(1)).map(str::to_owned));
    for engine in [&BASE64_STANDARD_NO_PAD, &BASE64_URL_SAFE_NO_PAD] {
        forms.extend((0..3).map(|before| encoded(engine, value, before)));
    }
    forms
}

/// The letters of base64 that a value alone decides, with so many bytes (of three) before it.
fn encoded(engine: &GeneralPurpose, value: &str, before: usize) -> String {
    let bytes = [&[0; 2][..before], value.as_bytes()].concat();
    engine.encode(&bytes)[(before * 8).div_ceil(6)..bytes.len() * 8 / 6].to_owned()
}

fn finds(json: &[u8]) -> bool {
    let forms = FORMS.read().unwrap_or_else(PoisonError::into_inner);
    if forms.are_in(json) {
        return true;
    }
    let mut inner = unescaped(json);
    for _ in 0..DEPTH {
        let Some(text) = inner else { return false };
        if forms.are_in(&text) {
            return true;
        }
        inner = unescaped(&text);
    }
    false
}

/// The text with its escapes resolved, as a reader of JSON does inside of strings; `None` where it has none.
fn unescaped(json: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..at]);
        let (letter, length) = escape(&rest[at..]);
        match u8::try_from(letter) {
            Ok(letter) if letter.is_ascii() => out.push(letter),
            _ => out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
        }
        rest = &rest[at + length..];
    }
    if out.is_empty() && rest.len() == json.len() {
        return None;
    }
    out.extend_from_slice(rest);
    Some(out)
}

/// What an escape stands for, and how long it is. What is none stands for its own backslash.
fn escape(text: &[u8]) -> (char, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let plain = match text.get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(letter @ (b'"' | b'\\' | b'/')) => char::from(*letter),
        Some(b'u') => {
            // What is beyond 16 bits is written as two.
            let pair = unit(0).zip(unit(6)).and_then(|(high, low)| {
                let (high, low) = (high.checked_sub(0xd800)?, low.checked_sub(0xdc00)?);
                (high < 0x400 && low < 0x400).then(|| char::from_u32(0x10000 + (high << 10) + low))?
            });
            return match (pair, unit(0).and_then(char::from_u32)) {
                (Some(letter), _) => (letter, 12),
                (None, Some(letter)) => (letter, 6),
                (None, None) => ('\\', 1),
            };
        }
        _ => return ('\\', 1),
    };
    (plain, 2)
}

fn hides(line: String) -> String {
    let forms = FORMS.read().unwrap_or_else(PoisonError::into_inner);
    if !forms.are_in(line.as_bytes()) {
        return line;
    }
    forms.texts.iter().fold(line, |line, form| line.replace(form, "[secret]"))
}

#[cfg(test)]
mod tests {
    use super::{hidden, leaks, register};
    use base64::{
        Engine,
        prelude::{BASE64_STANDARD, BASE64_URL_SAFE},
    };
    use serde_json::{Value, json};

    /// Each with a part of its own: the registry is everybody's.
    const SECRETS: [&str; 4] =
        ["sk-unit-4f9a21c7", "quote\"slash\\unit/7781", "zwölf-🔑-unit-0815", "-----BEGIN UNIT-----\nMIIB\n-----END UNIT-----"];

    fn registered() -> [&'static str; 4] {
        SECRETS.map(|secret| {
            register(&format!("{secret}\n")).unwrap();
            secret
        })
    }

    #[test]
    fn a_value_is_found_however_json_writes_it() {
        for secret in registered() {
            let once = json!({ "a": secret }).to_string();
            let twice = json!({ "text": once }).to_string();
            let thrice = json!({ "text": twice }).to_string();
            let units: String = secret.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
            let slashes = once.replace('/', "\\/");
            for json in [once, twice, thrice, format!("[\"{units}\"]"), slashes] {
                assert!(leaks(json.as_bytes()), "{json}");
            }
        }
    }

    #[test]
    fn base64_is_seen_through_wherever_the_value_stands() {
        for secret in registered() {
            for before in ["", "a", "ab", "abc", "user:"] {
                let text = format!("{before}{secret} and more");
                assert!(leaks(BASE64_STANDARD.encode(&text).as_bytes()), "{text}");
                assert!(leaks(BASE64_URL_SAFE.encode(&text).as_bytes()), "{text}");
            }
        }
    }

    #[test]
    fn what_only_resembles_it_is_none() {
        registered();
        for text in ["", "\\", "\\u", "\\u12", "\\ud83d", "\\ud83d\\u0041", "sk-unit-4f9a21c", "SK-UNIT-4F9A21C7", "\\\\\\", "unit"] {
            assert!(!leaks(text.as_bytes()), "{text}");
            assert_eq!(hidden(text.to_owned()), text);
        }
    }

    #[test]
    fn a_line_of_the_log_holds_none() {
        for secret in registered() {
            let lines = [format!("a {secret} b"), format!("a {secret:?} b"), format!("a {} b", json!(secret))];
            for line in lines {
                let line = hidden(line);
                assert!(line.starts_with("a ") && line.ends_with(" b") && line.contains("[secret]") && !line.contains("unit"), "{line}");
            }
        }
    }

    #[test]
    fn short_values_are_refused_with_what_to_do() {
        assert_eq!(register(" \n").unwrap_err(), "is empty; set what it is read from, or leave it out");
        assert!(register("1234567").unwrap_err().starts_with("has 7 bytes, and answers that do not hold it"));
        assert!(!leaks(b"1234567"));
    }

    #[test]
    fn a_value_is_found_at_every_place() {
        registered();
        for secret in SECRETS {
            for before in 0..20 {
                for after in [0, 1, 20] {
                    let text = format!("{}{secret}{}", "s".repeat(before), "-".repeat(after));
                    assert!(leaks(text.as_bytes()), "{text}");
                    let cut = &text.as_bytes()[..before + secret.len() - 1];
                    assert!(!leaks(cut), "all but its last letter of {text}");
                }
            }
        }
    }

    #[test]
    fn escapes_are_resolved_as_serde_does() {
        for text in ["a\"b\\c/d\u{8}\u{c}\n\r\té🔑", "\\u0041", "\u{1f}\u{7f}"] {
            let json = Value::from(text).to_string();
            let inside = &json.as_bytes()[1..json.len() - 1];
            assert_eq!(super::unescaped(inside).as_deref().unwrap_or(inside), text.as_bytes());
        }
    }
}
