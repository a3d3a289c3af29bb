//! Whose call it is, as a state is bound to it.

use super::Ground;
use crate::user::User;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json, value::RawValue};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Whose call it is, of what app and what in it, and with what arguments, in the order of their names.
pub(super) fn digest(ground: &Ground<'_>, arguments: Option<&RawValue>) -> String {
    let mut text = json!([ground.app, principal(ground.user), ground.method, ground.name]).to_string();
    // What is larger than it may be is told by what reads it.
    let arguments = arguments.map_or("null", RawValue::get);
    let read = if ground.limits.take(arguments).is_ok() { serde_json::from_str(arguments).unwrap_or_default() } else { Value::Null };
    match read {
        // Two that differ in their last digits would be one `Value`; so they count as they are written.
        _ if has_long_number(arguments) => text.push_str(arguments),
        Value::Null => text.push_str("{}"),
        read => canonical(&read, &mut text),
    }
    short(&text)
}

/// Whether there may be a number that does not fit into 64 bits.
fn has_long_number(json: &str) -> bool {
    json.as_bytes().split(|byte| !byte.is_ascii_digit()).any(|digits| digits.len() > 18)
}

/// Who calls: nobody is somebody of their own.
#[cfg(any(feature = "auth", not(target_family = "wasm")))]
fn principal(user: Option<&User>) -> Value {
    user.map_or(Value::Null, |user| json!([user.get::<String>("iss"), user.subject()]))
}

#[cfg(all(not(feature = "auth"), target_family = "wasm"))]
fn principal(_: Option<&User>) -> Value {
    Value::Null
}

fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            out.push('{');
            for (key, value) in members {
                let _ = write!(out, "{}:", Value::from(key.as_str()));
                canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        plain => {
            let _ = write!(out, "{plain}");
        }
    }
}

pub(super) fn short(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(text)[..16])
}

#[cfg(test)]
mod tests {
    use super::{canonical, has_long_number};
    use serde_json::{Value, json};

    #[test]
    fn numbers_that_a_value_would_round_are_seen() {
        assert!(has_long_number(r#"{"a":18446744073709551617}"#) && has_long_number("[0.1234567890123456789]"));
        assert!(!has_long_number(r#"{"a":[1234567890,1234567890]}"#));
    }

    #[test]
    fn arguments_are_the_same_in_any_order() {
        let text = |value: Value| {
            let mut text = String::new();
            canonical(&value, &mut text);
            text
        };
        assert_eq!(text(json!({ "b": [1, { "d": 2, "c": "x" }], "a": null })), text(json!({ "a": null, "b": [1, { "c": "x", "d": 2 }] })));
        for (a, b) in [(json!([1, 2]), json!([2, 1])), (json!({ "a": 1 }), json!({ "a": "1" })), (json!(["a,b"]), json!(["a", "b"]))] {
            assert_ne!(text(a), text(b));
        }
    }
}
