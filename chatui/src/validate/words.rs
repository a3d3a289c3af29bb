//! What came and what was expected, in words.

use super::{Checks, choose, has_type};
use chatui_template::nearest;
use serde_json::{Map, Value};

/// Characters of a value that are repeated; who sent it knows the rest.
const SHORT: usize = 60;

/// Names and values in a list.
const MOST: usize = 12;

const ANY: &str = "any value";

/// Definitions and alternatives in each other that are put into words.
const DEEPEST: u32 = 4;

pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// By the serialiser that writes every answer; `to_string` would bring another to a Worker.
pub(crate) fn json(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The beginning of a value. What is left out is not even written: a model can send megabytes, and many mistakes in them.
pub(crate) fn short(value: &Value) -> String {
    let mut text = String::new();
    begin(value, &mut text);
    if let Some((end, _)) = text.char_indices().nth(SHORT) {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn begin(value: &Value, text: &mut String) {
    match value {
        Value::String(all) => match all.char_indices().nth(SHORT) {
            Some((end, _)) => text.push_str(&json(&Value::from(&all[..end]))),
            None => text.push_str(&json(value)),
        },
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                begin(item, text);
                if text.len() > 4 * SHORT {
                    return;
                }
            }
            text.push(']');
        }
        Value::Object(members) => {
            text.push('{');
            for (at, (key, item)) in members.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                begin(&Value::from(key.as_str()), text);
                text.push(':');
                begin(item, text);
                if text.len() > 4 * SHORT {
                    return;
                }
            }
            text.push('}');
        }
        _ => text.push_str(&json(value)),
    }
}

/// Whether a key can follow a dot in a path.
pub(super) fn is_plain(key: &str) -> bool {
    let letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_' || !byte.is_ascii();
    key.len() <= SHORT
        && key.as_bytes().first().is_some_and(letter)
        && key.bytes().all(|byte| letter(&byte) || byte.is_ascii_digit() || byte == b'-')
}

/// Why a value does not fit a keyword of a schema.
pub(super) fn misfit(checks: &Checks, schema: &Value, keyword: &str, value: &Value) -> String {
    let expected = match (keyword, schema.as_object()) {
        ("minimum" | "maximum", Some(rules)) => number(rules, true),
        _ => expected(checks, schema),
    };
    let came = match (keyword, value) {
        ("minLength" | "maxLength", Value::String(text)) => format!("has {}", count(text.chars().count() as u64, "character")),
        ("minItems" | "maxItems", Value::Array(items)) => format!("has {}", count(items.len() as u64, "item")),
        ("minProperties" | "maxProperties", Value::Object(members)) => format!("has {}", count(members.len() as u64, "member")),
        ("uniqueItems", _) => return "has an item twice; expected each once".to_owned(),
        _ => format!("is {}", short(value)),
    };
    let known = schema.get("enum").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    format!("{came}; expected {expected}{}", near(value, &known.iter().collect::<Vec<_>>()))
}

/// The value of a list that was meant, if it can be guessed.
pub(super) fn near(value: &Value, known: &[&Value]) -> String {
    let known: Vec<&str> = known.iter().filter_map(|value| value.as_str()).collect();
    match value.as_str().and_then(|text| nearest(text, known)) {
        Some(near) => format!("; did you mean \"{near}\"?"),
        None => String::new(),
    }
}

/// Why a member can't be there.
pub(super) fn unknown(key: &str, known: &[&str]) -> String {
    match nearest(key, known.iter().copied()) {
        Some(near) => format!("is not known; did you mean `{near}`?"),
        None if known.is_empty() => "is not known; leave it out".to_owned(),
        None => format!("is not known; expected {}", names(known)),
    }
}

/// Why a member has to be there, if that is said in a few words.
pub(super) fn missing(checks: &Checks, schema: Option<&Value>) -> String {
    let about = schema.and_then(|schema| schema.get("description")?.as_str()).unwrap_or_default();
    let about = about.trim_end_matches('.');
    let expected = match schema.map(|schema| expected(checks, schema)) {
        Some(expected) if expected != ANY => expected,
        _ => return "is missing".to_owned(),
    };
    if about.is_empty() || about.contains('\n') || about.chars().count() > SHORT {
        format!("is missing; expected {expected}")
    } else {
        format!("is missing; expected {expected}: {about}")
    }
}

/// A schema in words.
pub(super) fn expected(checks: &Checks, schema: &Value) -> String {
    words(checks, schema, 0)
}

fn words(checks: &Checks, schema: &Value, depth: u32) -> String {
    let Some(rules) = checks.target(schema).as_object().filter(|_| depth < DEEPEST) else { return "something else".to_owned() };
    if let Some(Value::Array(values)) = rules.get("enum") {
        return one_of(&values.iter().collect::<Vec<_>>());
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Value::Array(all)) = rules.get(keyword) {
            return alternatives(checks, all, depth);
        }
    }
    match rules.get("type") {
        Some(Value::String(name)) => typed(name, rules),
        Some(Value::Array(names)) => list(names.iter().filter_map(Value::as_str).map(|name| typed(name, rules)).collect()),
        _ => match rules.get("pattern") {
            Some(_) => text(rules),
            None => ANY.to_owned(),
        },
    }
}

fn alternatives(checks: &Checks, all: &[Value], depth: u32) -> String {
    let is_object = |schema: &&Value| schema.get("type").is_some_and(|name| name == "object");
    let (objects, others): (Vec<&Value>, Vec<&Value>) = all.iter().map(|schema| checks.target(schema)).partition(is_object);
    let mut phrases = Vec::new();
    others.iter().for_each(|schema| add(&mut phrases, words(checks, schema, depth + 1)));
    match (choose::tag(&objects), choose::only_members(&objects)) {
        (Some(tag), _) if objects.len() > 1 => {
            let values: Vec<&Value> = objects.iter().filter_map(|schema| choose::tag_value(schema, tag)).collect();
            phrases.push(format!("an object whose `{tag}` is {}", one_of(&values)));
        }
        (None, Some(known)) if objects.len() > 1 => phrases.push(format!("an object with {}", names(&known))),
        _ => objects.iter().for_each(|schema| add(&mut phrases, words(checks, schema, depth + 1))),
    }
    list(phrases)
}

fn add(phrases: &mut Vec<String>, phrase: String) {
    if !phrases.contains(&phrase) {
        phrases.push(phrase);
    }
}

fn typed(name: &str, rules: &Map<String, Value>) -> String {
    match name {
        "integer" | "number" => number(rules, false),
        "string" => text(rules),
        "array" => {
            let items = match rules.get("items").and_then(|items| items.get("type")?.as_str()) {
                Some("object") => "object",
                Some(name @ ("string" | "integer" | "number")) => name,
                _ => "item",
            };
            match ends(rules, "minItems", "maxItems", items) {
                None if items == "item" => "an array".to_owned(),
                None => format!("an array of {items}s"),
                Some(ends) => format!("an array of {ends}"),
            }
        }
        "object" => {
            let required = rules.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            let required: Vec<String> = required.take(MOST).map(|name| format!("`{name}`")).collect();
            match (required.as_slice(), ends(rules, "minProperties", "maxProperties", "member")) {
                ([], None) => "an object".to_owned(),
                ([], Some(ends)) => format!("an object of {ends}"),
                ([only], _) => format!("an object with {only}"),
                ([all @ .., last], _) => format!("an object with {} and {last}", all.join(", ")),
            }
        }
        "boolean" => "true or false".to_owned(),
        other => other.to_owned(),
    }
}

/// `exact`: also the ends that go without saying, because every type of that width has them.
fn number(rules: &Map<String, Value>, exact: bool) -> String {
    let of_types = [i64::from(i16::MIN), i64::from(i16::MAX), u16::MAX.into(), i32::MIN.into(), i32::MAX.into(), u32::MAX.into()];
    let end = |keyword: &str| rules.get(keyword).filter(|end| exact || !of_types.iter().any(|known| **end == *known));
    let whole = has_type(rules, "integer");
    let name = if whole { "an integer" } else { "a number" };
    let end = |keyword: &str| end(keyword).map(json);
    let mut words = match (end("minimum"), end("maximum")) {
        (Some(min), Some(max)) => format!("{name} from {min} to {max}"),
        (Some(min), None) => format!("{name} of at least {min}"),
        (None, Some(max)) => format!("{name} of at most {max}"),
        (None, None) => name.to_owned(),
    };
    for (keyword, phrase) in [("exclusiveMinimum", "above"), ("exclusiveMaximum", "below"), ("multipleOf", "that is a multiple of")] {
        if let Some(end) = end(keyword) {
            let and = if words == name { "" } else { " and" };
            words = format!("{words}{and} {phrase} {end}");
        }
    }
    words
}

fn text(rules: &Map<String, Value>) -> String {
    match rules.get("format").and_then(Value::as_str) {
        Some("date") => return "a date, for example 2026-08-30".to_owned(),
        Some("date-time") => return "a date and time with its zone, for example 2026-08-30T18:30:00Z".to_owned(),
        Some("uuid") => return "a UUID, for example 67e55044-10b1-426f-9247-bb680e5fe0c8".to_owned(),
        _ => {}
    }
    let ends = ends(rules, "minLength", "maxLength", "character").map_or_else(String::new, |ends| format!(" of {ends}"));
    match rules.get("pattern").and_then(Value::as_str) {
        None => format!("a string{ends}"),
        // As schemars writes the keys of a map that are numbers.
        Some(r"^\d+$" | r"^-?\d+$") => "a whole number".to_owned(),
        Some(pattern) => format!("a string{ends} that matches `{pattern}`"),
    }
}

/// "1 to 3 items", "at least 1 item"
fn ends(rules: &Map<String, Value>, min: &str, max: &str, what: &str) -> Option<String> {
    let end = |keyword: &str| rules.get(keyword).and_then(Value::as_u64);
    match (end(min), end(max)) {
        (Some(min), Some(max)) if min == max => Some(count(min, what)),
        (Some(min), Some(max)) => Some(format!("{min} to {}", count(max, what))),
        (Some(min), None) => Some(format!("at least {}", count(min, what))),
        (None, Some(max)) => Some(format!("at most {}", count(max, what))),
        (None, None) => None,
    }
}

fn count(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

pub(super) fn one_of(values: &[&Value]) -> String {
    let mut known = Vec::new();
    values.iter().for_each(|value| add(&mut known, short(value)));
    match known.as_slice() {
        [only] => only.clone(),
        _ => format!("one of {}", joined(&known)),
    }
}

fn names(names: &[&str]) -> String {
    list(names.iter().map(|name| format!("`{name}`")).collect())
}

/// "a, b or c"
fn list(mut phrases: Vec<String>) -> String {
    match phrases.pop() {
        Some(last) if phrases.is_empty() => last,
        Some(last) if phrases.len() < MOST => format!("{} or {last}", phrases.join(", ")),
        Some(last) => {
            phrases.push(last);
            joined(&phrases)
        }
        None => String::new(),
    }
}

fn joined(phrases: &[String]) -> String {
    match phrases.len().checked_sub(MOST) {
        None | Some(0) => phrases.join(", "),
        Some(more) => format!("{} and {more} more", phrases[..MOST].join(", ")),
    }
}

/// Whether a text has a form, as far as that is certain. Asked where serde refused something.
pub(super) fn has_format(name: &str, text: &str) -> bool {
    match name {
        "date" => is_date(text),
        "date-time" => match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => is_date(date) && shaped(time.get(..8).unwrap_or_default(), "00:00:00") && has_zone(&time[8..]),
            None => false,
        },
        "uuid" => shaped(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        _ => true,
    }
}

fn is_date(text: &str) -> bool {
    let part = |at: std::ops::Range<usize>| text.get(at).and_then(|part| part.parse().ok()).unwrap_or(0);
    let (year, month, day): (u32, u32, u32) = (part(0..4), part(5..7), part(8..10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    shaped(text, "0000-00-00") && (1..=12).contains(&month) && (1..=days).contains(&day)
}

fn has_zone(text: &str) -> bool {
    let zone = match text.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => text,
    };
    matches!(zone, "Z" | "z") || (zone.starts_with(['+', '-']) && shaped(&zone[1..], "00:00"))
}

/// `0` is a digit and `x` a hexadecimal one.
fn shaped(text: &str, shape: &str) -> bool {
    let fits = |(c, shape): (u8, u8)| match shape {
        b'0' => c.is_ascii_digit(),
        b'x' => c.is_ascii_hexdigit(),
        _ => c == shape,
    };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}
