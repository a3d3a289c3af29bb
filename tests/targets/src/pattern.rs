//! A pattern, and behind a line end a text.

use crate::time::bounded;
use serde_json::{Map, Value, json};

/// The other engine goes back and tries again: it is asked about short texts and few repetitions.
const SHORT: usize = 12;
const FEW: usize = 4;

/// A pattern is refused with a reason, or does what it does in JavaScript, in linear time.
pub fn run(data: &[u8]) {
    let Ok(data) = std::str::from_utf8(data) else { return };
    let (pattern, text) = data.split_once('\n').unwrap_or((data, ""));
    let short: String = text.chars().take(SHORT).collect();
    let ours = match matches(pattern, &short) {
        Ok(ours) => ours,
        Err(why) => {
            let [why] = why.as_slice() else { panic!("one reason: {why:?}") };
            return assert!(why.starts_with(&format!("the pattern `{pattern}` of `it` can't be used: ")), "{why}");
        }
    };
    let other = regress::Regex::with_flags(pattern, "u").unwrap_or_else(|error| panic!("JavaScript refuses `{pattern}`: {error}"));
    if pattern.matches(['*', '+', '?', '{']).count() <= FEW {
        assert_eq!(ours, other.find(&short).is_some(), "`{pattern}` on {short:?}");
    }
    takes_its_time(pattern, &text.repeat(4_000 / text.len().max(1)));
}

/// Only that it does not take long.
pub fn takes_its_time(pattern: &str, text: &str) {
    _ = matches(pattern, text);
}

fn matches(pattern: &str, text: &str) -> Result<bool, Vec<String>> {
    let schema = json!({ "properties": { "it": { "pattern": pattern } } });
    let arguments = Map::from_iter([("it".to_owned(), Value::from(text))]);
    let wrong = bounded("pattern", pattern.len() + text.len(), || chatui::__private::wrong(&schema, &arguments, true));
    wrong.map(|wrong| wrong.is_empty())
}
