//! A message. The first byte says how it travels, the rest is the message or a piece of one.

use crate::{
    answer,
    door::{KINDS, ask},
    time::bounded,
};
use bytes::Bytes;
use http::{HeaderValue, Request};
use serde_json::Value;

/// What the piece becomes a part of, in the place of `@`. The first is all piece.
const FRAMES: [&str; 8] = [
    "@",
    r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"say","arguments":@,"_meta":META}}"#,
    r#"{"jsonrpc":"2.0","id":"two","method":"tools/call","params":{"name":"draw","arguments":{"city":@,"hours":[]},"_meta":META}}"#,
    r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":@,"_meta":META}}"#,
    r#"{"jsonrpc":"2.0","id":4,"method":"resources/read","params":{"uri":@,"_meta":META}}"#,
    r#"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"walk","arguments":{"steps":2,"name":"a"},"_meta":@}}"#,
    r#"{"jsonrpc":"2.0","id":@,"method":"tools/list","params":{"_meta":META}}"#,
    r#"{"jsonrpc":"2.0","id":7,"method":@,"params":{"name":"add","_meta":META}}"#,
];

const LEGACY: &str = r#"{"progressToken":1}"#;
const MODERN: &str =
    r#"{"progressToken":1,"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#;

/// Whatever comes, the answer is one of JSON-RPC, with the id of what was asked.
pub fn run(data: &[u8]) {
    let Some((how, piece)) = data.split_first() else { return };
    // Digits and letters are the plainest way to say it.
    let how = how.wrapping_sub(b'0');
    let (modern, stream, frame) = (how & 1 == 1, how & 2 == 2, FRAMES[usize::from(how >> 2) % FRAMES.len()]);
    let (before, after) = frame.split_once('@').unwrap_or_default();
    let meta = if modern { MODERN } else { LEGACY };
    let message = [before.replace("META", meta).as_bytes(), piece, after.replace("META", meta).as_bytes()].concat();
    let mut request = Request::post("/mcp").header("content-type", "application/json");
    if stream {
        request = request.header("accept", "application/json, text/event-stream");
    }
    for (name, value) in headers(&message, modern) {
        request = request.header(name, value);
    }
    let request = request.body(Bytes::from(message.clone())).unwrap();
    let answer = bounded("rpc", data.len(), || ask(&KINDS, request));
    answer::check(&message, &answer);
}

/// What a client of that revision repeats in headers.
fn headers(message: &[u8], modern: bool) -> Vec<(&'static str, HeaderValue)> {
    if !modern {
        return Vec::new();
    }
    let message: Value = serde_json::from_slice(message).unwrap_or_default();
    let name = message["params"].get("name").or(message["params"].get("uri"));
    let of = |value: Option<&Value>| value.and_then(Value::as_str).and_then(|text| HeaderValue::from_str(text).ok());
    let method = of(message.get("method")).map(|value| ("mcp-method", value));
    let name = of(name).map(|value| ("mcp-name", value));
    [("mcp-protocol-version", HeaderValue::from_static("2026-07-28"))].into_iter().chain(method).chain(name).collect()
}
