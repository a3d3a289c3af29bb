//! What all stretches of the protocol share: its errors, and members of a message that are not read yet.

use crate::only::Only;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, value::RawValue};
use std::borrow::Cow;

/// An error of the protocol, as opposed to a tool's own.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: i32,
    pub(crate) message: Cow<'static, str>,
    pub(crate) data: Option<Value>,
    /// The HTTP status that goes with it. It says where the mistake is, the envelope or the method's own business, and
    /// not which code it has.
    pub(crate) status: u16,
    /// How to become somebody who is answered (`WWW-Authenticate`).
    pub(crate) challenge: Option<Only<Box<str>>>,
}

pub(crate) const PARSE_ERROR: i32 = -32700;
pub(crate) const INVALID_REQUEST: i32 = -32600;
pub(crate) const METHOD_NOT_FOUND: i32 = -32601;
pub(crate) const INVALID_PARAMS: i32 = -32602;
pub(crate) const INTERNAL_ERROR: i32 = -32603;
pub(crate) const MISSING_CAPABILITY: i32 = -32021;

impl Failure {
    pub(crate) fn new(status: u16, code: i32, message: impl Into<Cow<'static, str>>) -> Self {
        Failure { code, message: message.into(), data: None, status, challenge: None }
    }

    pub(crate) fn with(self, data: Value) -> Self {
        Failure { data: Some(data), ..self }
    }
}

/// `null` is a value too: `"id": null` is wrong, and no `id` is a notification.
pub(crate) fn present<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'a RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// A JSON string, borrowed unless it is escaped. Without this around it serde copies what stands in an `Option`, and keys.
#[derive(Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// The string that a member is.
pub(crate) fn string(json: &RawValue) -> Option<Cow<'_, str>> {
    serde_json::from_str(json.get()).ok().map(|Text(text)| text)
}

/// What can be an id: a string or a number.
pub(crate) fn legal_id(id: &str) -> bool {
    matches!(id.as_bytes().first(), Some(b'"' | b'-' | b'0'..=b'9'))
}
