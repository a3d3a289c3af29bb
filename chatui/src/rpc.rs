//! JSON-RPC 2.0: one message in, one answer out.

use crate::{
    mcp::{self, Scene},
    only::Only,
    wire::{Failure, INVALID_REQUEST, PARSE_ERROR, legal_id, present},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use std::{borrow::Cow, fmt::Display};

/// A message as it stands in the bytes, values unread.
#[derive(Deserialize)]
pub(crate) struct Message<'a> {
    #[serde(borrow, default)]
    jsonrpc: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "present")]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    method: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    params: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    result: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    error: Option<&'a RawValue>,
}

/// What goes back. `None` as a body: there is no answer to a notification.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) challenge: Option<Only<Box<str>>>,
}

impl Failure {
    pub(crate) fn answer(self, id: Option<&RawValue>) -> Answer {
        #[derive(Serialize)]
        struct Body<'a> {
            jsonrpc: &'static str,
            id: Option<&'a RawValue>,
            error: Detail<'a>,
        }
        #[derive(Serialize)]
        struct Detail<'a> {
            code: i32,
            message: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            data: Option<&'a Value>,
        }
        let error = Detail { code: self.code, message: &self.message, data: self.data.as_ref() };
        let body = serde_json::to_vec(&Body { jsonrpc: "2.0", id, error });
        Answer { status: self.status, body: body.ok(), challenge: self.challenge }
    }
}

/// Answers one message. `headers` are what HTTP says about it beside the body; other doors have none.
pub(crate) async fn answer(scene: Scene<'_>, bytes: &[u8], headers: Option<mcp::Headers<'_>>) -> Answer {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let message = match read(bytes) {
        Ok(message) => message,
        Err(failure) => return failure.answer(readable_id(bytes)),
    };
    let accepted = Answer { status: 202, body: None, challenge: None };
    match (&message.method, message.id) {
        (Some(method), Some(id)) => {
            let mut out = Vec::with_capacity(256);
            out.extend_from_slice(br#"{"jsonrpc":"2.0","id":"#);
            out.extend_from_slice(id.get().as_bytes());
            out.extend_from_slice(br#","result":"#);
            match mcp::request(scene, method, message.params, headers, &mut out).await {
                Ok(()) => {
                    out.push(b'}');
                    Answer { status: 200, body: Some(out), challenge: None }
                }
                Err(failure) => failure.answer(Some(id)),
            }
        }
        (Some(_), None) => match mcp::notification(scene, message.params, headers) {
            Ok(()) => accepted,
            // On a pipe an answer without an id would be taken for that of some request.
            Err(_) if headers.is_none() => accepted,
            Err(failure) => failure.answer(None),
        },
        // Somebody's answer, and nobody asked here: what is asked over a pipe its door takes.
        (None, _) => accepted,
    }
}

/// The answer to a message that is larger than it may be, of which nothing is known.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn too_large(most: usize) -> Answer {
    Failure::new(413, INVALID_REQUEST, format!("the message is over {most} bytes")).answer(None)
}

fn read(bytes: &[u8]) -> Result<Message<'_>, Failure> {
    let message: Message<'_> = match serde_json::from_slice(bytes) {
        Ok(message) if is_object(bytes) => message,
        Ok(_) => return Err(explain(bytes, "it is no object")),
        Err(error) => return Err(explain(bytes, &error)),
    };
    let invalid = |why: &'static str| Err(Failure::new(400, INVALID_REQUEST, why));
    if message.jsonrpc.as_deref() != Some("2.0") {
        return invalid("not a JSON-RPC 2.0 message: `jsonrpc` must be \"2.0\"");
    }
    if message.id.is_some_and(|id| !legal_id(id.get())) {
        return invalid("not a JSON-RPC 2.0 message: `id` must be a string or a number");
    }
    if message.method.is_none() && (message.id.is_none() || (message.result.is_none() && message.error.is_none())) {
        return invalid("not a JSON-RPC 2.0 message: it has neither `method` nor a `result` or `error` with an `id`");
    }
    Ok(message)
}

/// The id of a message that can't be served otherwise.
pub(crate) fn readable_id(bytes: &[u8]) -> Option<&RawValue> {
    #[derive(Deserialize)]
    struct Id<'a> {
        #[serde(borrow, default)]
        id: Option<&'a RawValue>,
    }
    serde_json::from_slice::<Id<'_>>(bytes).ok().filter(|_| is_object(bytes))?.id.filter(|id| legal_id(id.get()))
}

/// serde would take an array for an object's members in their order.
fn is_object(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{")
}

/// Not JSON, or JSON of another shape?
fn explain(bytes: &[u8], error: impl Display) -> Failure {
    match serde_json::from_slice::<&RawValue>(bytes) {
        Err(error) => Failure::new(400, PARSE_ERROR, format!("not JSON: {error}")),
        Ok(json) if json.get().starts_with('[') => {
            Failure::new(400, INVALID_REQUEST, "batches left the protocol in revision 2025-06-18; send one message per request")
        }
        Ok(_) => Failure::new(400, INVALID_REQUEST, format!("not a JSON-RPC 2.0 message: {error}")),
    }
}
