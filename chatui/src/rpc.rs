//! JSON-RPC 2.0: one message in, one answer out.

use crate::{
    mcp::{self, Params, Scene},
    only::Only,
    wire::{Failure, INTERNAL_ERROR, INVALID_REQUEST, PARSE_ERROR, Text, legal_id, present},
};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, SeqAccess, Visitor},
};
use serde_json::{Value, value::RawValue};
use std::{
    fmt::{self, Display, Formatter},
    time::Duration,
};

/// So many messages one batch may hold.
const MOST: usize = 100;

/// A message as it stands in the bytes, values unread.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Message<'a> {
    #[serde(borrow, default)]
    jsonrpc: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    method: Option<Text<'a>>,
    #[serde(borrow, default, deserialize_with = "params")]
    pub(crate) params: Params<'a>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) result: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) error: Option<&'a RawValue>,
}

/// `null` are none.
fn params<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Params<'a>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

impl Message<'_> {
    pub(crate) fn method(&self) -> Option<&str> {
        self.method.as_ref().map(|Text(named)| &**named)
    }

    pub(crate) fn is(&self, method: &str) -> bool {
        self.method() == Some(method)
    }
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

const ACCEPTED: Answer = Answer { status: 202, body: None, challenge: None };

/// Answers a message, or several of the revision that had batches. `headers` are what HTTP says about it beside the body; other
/// doors have none.
pub(crate) async fn answer(scene: Scene<'_>, bytes: &[u8], headers: Option<mcp::Headers<'_>>) -> Answer {
    let Some(text) = text(bytes) else { return Failure::new(400, PARSE_ERROR, "not JSON: it is not UTF-8").answer(None) };
    if is_array(text) && mcp::takes_batches(scene, headers) {
        return match members(text) {
            Ok(members) => each(scene, members, headers).await,
            Err(failure) => failure.answer(None),
        };
    }
    match read(text) {
        Ok(message) => one(scene, message, headers).await,
        Err(failure) => failure.answer(readable_id(bytes)),
    }
}

/// JSON is UTF-8 (RFC 8259, 8.1), also where nobody looks at it. Some put a byte order mark before it.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

async fn one(scene: Scene<'_>, message: Message<'_>, headers: Option<mcp::Headers<'_>>) -> Answer {
    match (&message.method, message.id) {
        (Some(Text(method)), Some(id)) => {
            let mut out = Vec::with_capacity(512);
            out.extend_from_slice(br#"{"jsonrpc":"2.0","id":"#);
            out.extend_from_slice(id.get().as_bytes());
            out.extend_from_slice(br#","result":"#);
            match mcp::request(scene, id, method, &message.params, headers, &mut out).await {
                Ok(()) => {
                    out.push(b'}');
                    Answer { status: 200, body: Some(out), challenge: None }
                }
                Err(failure) => failure.answer(Some(id)),
            }
        }
        (Some(Text(method)), None) => match mcp::notification(scene, method, &message.params, headers) {
            Ok(()) => ACCEPTED,
            // On a pipe an answer without an id would be taken for that of some request.
            Err(_) if headers.is_none() => ACCEPTED,
            Err(failure) => failure.answer(None),
        },
        // Somebody's answer, and nobody asked here: what is asked over a pipe its door takes.
        (None, _) => ACCEPTED,
    }
}

/// Answers the messages of a batch one after another: one that holds many is to be no faster a way in than many are.
async fn each(scene: Scene<'_>, members: Vec<Message<'_>>, headers: Option<mcp::Headers<'_>>) -> Answer {
    let (mut all, mut status, mut challenge) = (Vec::new(), 200, None);
    let limits = &scene.table.limits;
    let now = || scene.platform.now.map_or(Duration::ZERO, |now| now());
    let (start, most) = (now(), limits.timeout_ms.map_or(Duration::MAX, Duration::from_millis));
    for message in members {
        let is_request = message.id.is_some();
        let answer = if all.len() > limits.answer {
            too_much(message.id, "the answers before it have as many bytes as this server sends; send it alone")
        } else if now().saturating_sub(start) > most {
            too_much(message.id, "the messages before it took as long as this server works; send it alone")
        } else {
            one(scene, message, headers).await
        };
        // Nobody could tell which notification was refused.
        let Some(body) = answer.body.filter(|_| is_request) else { continue };
        all.push(if all.is_empty() { b'[' } else { b',' });
        all.extend_from_slice(&body);
        if answer.challenge.is_some() {
            // Who signs in is to send all of it again.
            (status, challenge) = (answer.status, answer.challenge);
        }
    }
    if all.is_empty() {
        return ACCEPTED;
    }
    all.push(b']');
    Answer { status, body: Some(all), challenge }
}

/// What is said to the rest of a batch.
fn too_much(id: Option<&RawValue>, why: &'static str) -> Answer {
    Failure::new(200, INTERNAL_ERROR, why).answer(id)
}

/// The answer to a message that is larger than it may be, of which nothing is known.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn too_large(most: usize) -> Answer {
    Failure::new(413, INVALID_REQUEST, format!("the message is over {most} bytes")).answer(None)
}

fn read(text: &str) -> Result<Message<'_>, Failure> {
    let mut message: Message<'_> = match serde_json::from_str(text) {
        Ok(message) if is_object(text) => message,
        Ok(_) => return Err(explain(text, "it is no object")),
        Err(error) => return Err(explain(text, &error)),
    };
    let invalid = |why: &'static str| Err(Failure::new(400, INVALID_REQUEST, why));
    if message.jsonrpc.as_ref().is_none_or(|Text(version)| version != "2.0") {
        return invalid("not a JSON-RPC 2.0 message: `jsonrpc` must be \"2.0\"");
    }
    if message.id.is_some_and(|id| !legal_id(id.get())) {
        return invalid("not a JSON-RPC 2.0 message: `id` must be a string or a number");
    }
    if message.method.is_none() && (message.id.is_none() || (message.result.is_none() && message.error.is_none())) {
        return invalid("not a JSON-RPC 2.0 message: it has neither `method` nor a `result` or `error` with an `id`");
    }
    message.params.message = text;
    Ok(message)
}

/// The one message of JSON-RPC that this is, for a door that looks at it first.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn message(bytes: &[u8]) -> Option<Message<'_>> {
    read(text(bytes)?).ok()
}

/// The id of a message that can't be served otherwise.
pub(crate) fn readable_id(bytes: &[u8]) -> Option<&RawValue> {
    #[derive(Deserialize)]
    struct Id<'a> {
        #[serde(borrow, default)]
        id: Option<&'a RawValue>,
    }
    let text = text(bytes)?;
    serde_json::from_str::<Id<'_>>(text).ok().filter(|_| is_object(text))?.id.filter(|id| legal_id(id.get()))
}

fn is_array(text: &str) -> bool {
    text.trim_ascii_start().starts_with('[')
}

/// The messages of a batch. One that is none, or of another revision, spoils it.
fn members(text: &str) -> Result<Vec<Message<'_>>, Failure> {
    let invalid = |why: &'static str| Err(Failure::new(400, INVALID_REQUEST, why));
    let Batch(members) = serde_json::from_str(text).map_err(|error| match error.is_data() {
        true => Failure::new(400, INVALID_REQUEST, error.to_string()),
        false => Failure::new(400, PARSE_ERROR, format!("not JSON: {error}")),
    })?;
    if members.is_empty() {
        return invalid("the batch is empty; send one message, or several in an array");
    }
    let mut messages = Vec::with_capacity(members.len());
    for member in members {
        if !is_object(member.get()) {
            return invalid("the batch holds something that is no message; send objects");
        }
        let message = read(member.get())?;
        if message.is("initialize") {
            return invalid("`initialize` can't be in a batch; send it alone");
        }
        if mcp::is_claimed(&message.params) {
            return invalid("a message in the batch is of a revision without batches; send it alone");
        }
        messages.push(message);
    }
    Ok(messages)
}

/// How many messages a body holds, for who counts them.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn count(bytes: &[u8]) -> usize {
    // Most are no batch, and need not be looked through for that. It may begin with a byte order mark.
    if !bytes.trim_ascii_start().starts_with(b"[") && !bytes.starts_with("\u{feff}".as_bytes()) {
        return 1;
    }
    let batch = text(bytes).filter(|text| is_array(text)).and_then(|text| serde_json::from_str(text).ok());
    batch.map_or(1, |Batch(members)| members.len().max(1))
}

/// The members of an array, as long as there are not too many.
struct Batch<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Batch<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Members)
    }
}

struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Batch<'de>;

    fn expecting(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "a batch of at most {MOST} messages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = array.next_element()? {
            if members.len() == MOST {
                return Err(A::Error::invalid_length(MOST + 1, &self));
            }
            members.push(member);
        }
        Ok(Batch(members))
    }
}

/// serde would take an array for an object's members in their order.
fn is_object(text: &str) -> bool {
    text.trim_ascii_start().starts_with('{')
}

/// Not JSON, or JSON of another shape?
fn explain(text: &str, error: impl Display) -> Failure {
    match serde_json::from_str::<&RawValue>(text) {
        Err(error) => Failure::new(400, PARSE_ERROR, format!("not JSON: {error}")),
        Ok(json) if json.get().starts_with('[') => {
            Failure::new(400, INVALID_REQUEST, "batches left the protocol in revision 2025-06-18; send one message per request")
        }
        Ok(_) => Failure::new(400, INVALID_REQUEST, format!("not a JSON-RPC 2.0 message: {error}")),
    }
}
