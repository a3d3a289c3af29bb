//! Arguments that travel in a header too, for proxies that route by them (MCP 2026-07-28, basic/transports/streamable-http).

use base64::{Engine, prelude::BASE64_STANDARD};
use http::HeaderMap;
use serde_json::{Value, value::RawValue};
use std::{borrow::Cow, collections::BTreeMap};

/// One of them. Reached through the parameter, so that whoever has none carries none of this.
#[doc(hidden)]
pub struct Header {
    /// What stands behind `Mcp-Param-`.
    pub(crate) name: &'static str,
    /// Puts it into the argument's schema, or says why it can't be one.
    pub(crate) publish: fn(&Header, &mut Value) -> Result<(), String>,
    /// Why the headers of a request don't say what the argument of this name says.
    pub(crate) differs: fn(&Header, &str, &str, &HeaderMap) -> Option<String>,
}

/// Asked by the macro.
pub const fn header(name: &'static str) -> Header {
    Header { name, publish, differs }
}

fn publish(header: &Header, schema: &mut Value) -> Result<(), String> {
    match schema["type"].as_str() {
        Some("string" | "integer" | "boolean") => {
            schema["x-mcp-header"] = header.name.into();
            Ok(())
        }
        // Clients would leave out the whole tool.
        _ => Err("has `header`, and only texts, whole numbers and booleans go into one; take `header` away, or another type".into()),
    }
}

fn differs(header: &Header, key: &str, arguments: &str, headers: &HeaderMap) -> Option<String> {
    let name = format!("Mcp-Param-{}", header.name);
    let mut sent = headers.get_all(&name).iter();
    // What is no object is told by what reads the arguments.
    let arguments: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(arguments).unwrap_or_default();
    let argument = arguments.get(key).map(|json| json.get()).filter(|json| *json != "null");
    let (value, argument) = match (sent.next(), argument) {
        (None, None) => return None,
        (None, Some(_)) => return Some(format!("the header `{name}` is missing; send it with what the argument `{key}` says")),
        (Some(_), None) => {
            return Some(format!("the header `{name}` repeats the argument `{key}`, which is not there; send both or neither"));
        }
        (Some(value), Some(argument)) => (value, argument),
    };
    if sent.next().is_some() {
        return Some(format!("the header `{name}` is there twice"));
    }
    let Some(text) = value.to_str().ok().and_then(|value| decode(value.trim())) else {
        return Some(format!("the header `{name}` can't be decoded"));
    };
    let fits = match argument.as_bytes() {
        [b'"', ..] => serde_json::from_str::<Cow<'_, str>>(argument).is_ok_and(|argument| argument == text),
        [b't' | b'f', ..] => argument == text,
        [b'-' | b'0'..=b'9', ..] => same_number(argument, &text),
        // That it is of no type for this is told by what reads the arguments.
        _ => true,
    };
    (!fits).then(|| format!("the header `{name}` says something else than the argument `{key}`; send the same in both"))
}

/// Whole numbers are compared to their last digit; `42.0` is 42 too.
fn same_number(a: &str, b: &str) -> bool {
    match (a.parse::<i128>(), b.parse::<i128>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b || a.parse::<f64>().ok().zip(b.parse().ok()).is_some_and(|(a, b): (f64, f64)| a == b && is_exact(a)),
    }
}

/// Whether no other whole number is written as this one.
fn is_exact(number: f64) -> bool {
    number.abs() < 9_007_199_254_740_992.0
}

/// Text that is not plain ASCII travels as `=?base64?…?=`.
pub(crate) fn decode(value: &str) -> Option<Cow<'_, str>> {
    let Some(encoded) = value.strip_prefix("=?base64?").and_then(|rest| rest.strip_suffix("?=")) else {
        return Some(value.into());
    };
    String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok().map(Cow::Owned)
}

/// A text as such a header has it.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn encode(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.trim() == text && !text.starts_with("=?base64?");
    if is_plain { text.to_owned() } else { format!("=?base64?{}?=", BASE64_STANDARD.encode(text)) }
}

#[cfg(test)]
mod tests {
    use super::{decode, encode, header};
    use http::{HeaderMap, HeaderValue};
    use serde_json::json;

    #[test]
    fn values_are_decoded_as_the_specification_says() {
        assert_eq!(decode("show"), Some("show".into()));
        assert_eq!(decode("=?base64?R3LDvMOfZQ==?="), Some("Grüße".into()));
        assert_eq!(decode("=?base64?!!?="), None);
        assert_eq!(decode("=?base64?SGVsbG8?="), None, "its padding is missing");
        assert_eq!(decode("=?base64?SGVsbG8="), Some("=?base64?SGVsbG8=".into()), "it does not end as one");
        for text in ["show", "Grüße", " at the edge", "=?base64?", "two\nlines", ""] {
            assert_eq!(decode(&encode(text)), Some(text.into()));
        }
    }

    fn differs(sent: &[&str], argument: Option<&str>) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in sent {
            headers.append("mcp-param-region", HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let header = header("Region");
        let arguments = argument.map_or("{}".into(), |argument| format!(r#"{{"region":{argument}}}"#));
        (header.differs)(&header, "region", &arguments, &headers)
    }

    #[test]
    fn a_header_says_what_its_argument_says() {
        for (sent, argument) in [
            ("eu", r#""eu""#),
            (" eu\t", r#""eu""#),
            ("=?base64?R3LDvMOfZQ==?=", r#""Grüße""#),
            ("42", "42"),
            ("42.0", "42"),
            ("-7", "-7"),
            ("true", "true"),
            ("9007199254740993", "9007199254740993"),
            ("340282366920938463463374607431768211455", "340282366920938463463374607431768211455"),
        ] {
            assert_eq!(differs(&[sent], Some(argument)), None, "{sent} {argument}");
        }
        assert_eq!(differs(&[], None), None);
        assert_eq!(differs(&[], Some("null")), None);
        for (sent, argument) in [
            ("EU", r#""eu""#),
            ("43", "42"),
            ("x", "42"),
            ("True", "true"),
            ("Grüße", r#""Grüße""#),
            ("9007199254740993", "9007199254740992"),
            ("9007199254740993.0", "9007199254740992"),
        ] {
            assert!(differs(&[sent], Some(argument)).is_some(), "{sent} {argument}");
        }
        assert_eq!(
            differs(&[], Some("1")).unwrap(),
            "the header `Mcp-Param-Region` is missing; send it with what the argument `region` says"
        );
        assert_eq!(
            differs(&["1"], None).unwrap(),
            "the header `Mcp-Param-Region` repeats the argument `region`, which is not there; send both or neither"
        );
        assert_eq!(differs(&["1", "1"], Some("1")).unwrap(), "the header `Mcp-Param-Region` is there twice");
    }

    #[test]
    fn only_what_fits_into_a_header_is_published() {
        let header = header("Region");
        let mut schema = json!({ "type": "string" });
        assert_eq!((header.publish)(&header, &mut schema), Ok(()));
        assert_eq!(schema, json!({ "type": "string", "x-mcp-header": "Region" }));
        for other in [json!({ "type": "number" }), json!({ "type": "array" }), json!({ "anyOf": [] }), json!({})] {
            assert!((header.publish)(&header, &mut other.clone()).is_err(), "{other}");
        }
    }
}
