//! An app, and the requests that it is measured with.

#[path = "../server/src/large.rs"]
mod large;
mod nested;
mod panel;
#[path = "../server/src/tools.rs"]
mod tools;

pub use nested::ORDER;

use bytes::Bytes;
use chatui::{App, Server};
use http::Request;
use std::{
    fmt::{self, Display, Formatter},
    pin::pin,
    task::{Context, Poll, Waker},
};

/// How a client speaks: after a handshake, or with everything in each request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Era {
    /// 2025-11-25
    Handshake,
    /// 2026-07-28
    Stateless,
}

impl Era {
    /// Both.
    pub const ALL: [Era; 2] = [Era::Handshake, Era::Stateless];
}

impl Display for Era {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Era::Handshake => "2025-11-25",
            Era::Stateless => "2026-07-28",
        })
    }
}

/// The app, with so many more tools like `add`: `add_00001` and so on.
pub fn server(more: usize) -> Server {
    App::new().__copies("add", more).build().expect("it fits together")
}

/// A call of a tool.
pub fn call(era: Era, name: &str, arguments: &str) -> Request<Bytes> {
    request(era, "tools/call", Some(name), &format!(r#""name":"{name}","arguments":{arguments}"#))
}

/// The small call: two numbers.
pub fn small(era: Era, name: &str) -> Request<Bytes> {
    call(era, name, r#"{"a":2,"b":3}"#)
}

/// Reads the large widget.
pub fn read(era: Era, server: &Server) -> Request<Bytes> {
    let listed = answer(server, request(era, "resources/list", None, ""));
    let listed = String::from_utf8_lossy(&listed);
    let uri = listed.split('"').find(|text| text.starts_with("ui://")).expect("there is one widget");
    request(era, "resources/read", Some(uri), &format!(r#""uri":"{uri}""#))
}

/// A request as clients send it. `name`: what of it a header repeats.
pub fn request(era: Era, method: &str, name: Option<&str>, params: &str) -> Request<Bytes> {
    let request = Request::post("/mcp")
        .header("host", "127.0.0.1:7313")
        .header("user-agent", "bench/1")
        .header("content-type", "application/json")
        .header("accept", "application/json, text/event-stream")
        .header("mcp-protocol-version", era.to_string());
    let (request, params) = match era {
        Era::Handshake => (request, params.to_owned()),
        Era::Stateless => {
            let request = request.header("mcp-method", method);
            let request = name.into_iter().fold(request, |request, name| request.header("mcp-name", name));
            let comma = if params.is_empty() { "" } else { "," };
            (request, format!("{params}{comma}{META}"))
        }
    };
    let body = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{{{params}}}}}"#);
    request.body(body.into()).expect("these are headers")
}

const META: &str = r#""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1"}}"#;

/// The answer to a request, down the road and back. Nothing here waits for anything, so one poll is the end.
pub fn answer(server: &Server, request: Request<Bytes>) -> Bytes {
    let road = async { server.handle(request).await.into_body().bytes().await };
    match pin!(road).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(bytes) => bytes,
        Poll::Pending => panic!("it waits"),
    }
}
