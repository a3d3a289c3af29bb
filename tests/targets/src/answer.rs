//! What every answer is held to, whatever was asked.

use bytes::Bytes;
use http::{Response, StatusCode, header};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::{Value, value::RawValue};
use std::fmt;

/// Looks over the answer to a message that was posted to the endpoint.
pub(crate) fn check(asked: &[u8], answer: &Response<Bytes>) {
    let body = answer.body();
    match media(answer) {
        "" => {
            assert_eq!(answer.status(), StatusCode::ACCEPTED);
            assert!(body.is_empty(), "{body:?}");
            assert!(!is_request(asked), "a request is answered");
        }
        "application/json" => check_message(asked, body),
        "text/event-stream" => {
            assert_eq!(answer.status(), StatusCode::OK);
            check_events(asked, std::str::from_utf8(body).unwrap());
        }
        other => panic!("{other}: {body:?}"),
    }
}

/// What the answer says it is.
pub(crate) fn media(answer: &Response<Bytes>) -> &str {
    answer.headers().get(header::CONTENT_TYPE).map_or("", |value| value.to_str().unwrap())
}

/// Server-Sent Events: notifications, and at the end the answer.
fn check_events(asked: &[u8], text: &str) {
    let mut data = Vec::new();
    for event in text.split("\n\n").filter(|event| !event.is_empty()) {
        for line in event.lines() {
            match line.split_once(": ") {
                Some(("data", message)) => data.push(message),
                Some(("event", "message") | ("", _)) => {}
                _ => panic!("no line of an event: {line:?}"),
            }
        }
    }
    let (last, before) = data.split_last().expect("the answer is there");
    check_message(asked, last.as_bytes());
    for message in before {
        let message: Value = serde_json::from_str(message).unwrap();
        assert_eq!(message["jsonrpc"], "2.0", "{message}");
        assert_eq!(message["method"], "notifications/progress", "{message}");
        assert!(message.get("id").is_none(), "{message}");
    }
}

/// One JSON-RPC response, with the id of what was asked; or those to a batch.
fn check_message(asked: &[u8], answer: &[u8]) {
    if let Ok(answers) = serde_json::from_slice::<Vec<&RawValue>>(answer) {
        let asked = asked.strip_prefix(b"\xef\xbb\xbf").unwrap_or(asked);
        let asked = serde_json::from_slice::<Vec<&RawValue>>(asked).expect("many answers are those to many messages");
        let requests: Vec<_> = asked.iter().map(|message| message.get().as_bytes()).filter(|message| is_request(message)).collect();
        assert_eq!(answers.len(), requests.len(), "{}", String::from_utf8_lossy(answer));
        for (asked, answer) in requests.into_iter().zip(answers) {
            check_message(asked, answer.get().as_bytes());
        }
        return;
    }
    let value = std::str::from_utf8(answer).unwrap();
    serde_json::from_str::<&RawValue>(value).unwrap_or_else(|error| panic!("{error}: {value}"));
    assert_eq!(member(answer, "jsonrpc"), Some("\"2.0\""), "{value}");
    let id = member(answer, "id").expect("an answer has an id");
    if is_json(asked) {
        assert_eq!(id, id_of(asked).unwrap_or("null"), "{value}");
    } else {
        // Of what can't be read whole, the id may be readable.
        assert!(id == "null" || asked.windows(id.len()).any(|part| part == id.as_bytes()), "{value}");
    }
    // Not all at once: an id may be a number that a `Value` can't hold.
    match (member(answer, "result"), member(answer, "error")) {
        (Some(result), None) => assert!(serde_json::from_str::<Value>(result).is_ok_and(|result| result.is_object()), "{value}"),
        (None, Some(error)) => {
            let error: Value = serde_json::from_str(error).unwrap();
            assert!(error["code"].is_i64(), "{value}");
            assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()), "{value}");
        }
        _ => panic!("neither or both: {value}"),
    }
}

/// The id that an answer has to have: that of a message which has one, once, and of the right type.
fn id_of(message: &[u8]) -> Option<&str> {
    member(message, "id").filter(|id| id.starts_with(|c: char| c == '"' || c == '-' || c.is_ascii_digit()))
}

fn is_json(message: &[u8]) -> bool {
    serde_json::from_slice::<Value>(message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message)).is_ok()
}

fn is_request(message: &[u8]) -> bool {
    id_of(message).is_some() && member(message, "method").is_some()
}

/// A member's text, where the message has it once. Read by other code than the server's.
fn member<'a>(message: &'a [u8], name: &str) -> Option<&'a str> {
    let message = message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message);
    let Members(all) = serde_json::from_slice(message).ok()?;
    // As it is written, so that a key which can't be read is no obstacle.
    let mut all = all.into_iter().filter(|(key, _)| key.get().trim_matches('"') == name).map(|(_, value)| value);
    all.next().filter(|_| all.next().is_none()).map(RawValue::get)
}

struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut all = Vec::new();
                while let Some(member) = map.next_entry()? {
                    all.push(member);
                }
                Ok(Members(all))
            }
        }
        deserializer.deserialize_map(Object)
    }
}
