//! What a client does on a socket, by hand.

use crate::process::Server;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

/// Far more than anything in the tests takes, and less than anybody waits.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A connection to a server, on which nothing has been said yet.
///
/// # Panics
///
/// If the server is not there.
pub fn connect(server: &Server) -> TcpStream {
    let address = server.url.trim_start_matches("http://").trim_end_matches("/mcp");
    let stream = TcpStream::connect(address).expect("the server is there");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time can be set");
    stream
}

/// A request with everything that it needs, and what else it is given.
pub fn post(headers: &str, body: &str) -> String {
    format!(
        "POST /mcp HTTP/1.1\r\nhost: localhost\r\n{headers}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// The body of a call.
pub fn call(tool: &str, arguments: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": tool, "arguments": arguments } }).to_string()
}

/// A call that asks for progress, and takes it.
pub fn streamed(tool: &str, arguments: &Value) -> String {
    let params = json!({ "name": tool, "arguments": arguments, "_meta": { "progressToken": 1 } });
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
    post("accept: application/json, text/event-stream\r\n", &message.to_string())
}

/// Reads one whole answer: its head, and as much of a body as that says.
///
/// # Panics
///
/// If the server closes before.
pub fn answer(stream: &mut TcpStream) -> (String, String) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        let count = stream.read(&mut byte).expect("the server answers");
        assert_ne!(count, 0, "the server closed after {:?}", String::from_utf8_lossy(&head));
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).expect("a head is text");
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).map_or(0, |length| length.parse().unwrap_or(0));
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("the body is as long as it says");
    (head, String::from_utf8(body).expect("the body is text"))
}

/// Sends a request on a connection of its own.
///
/// # Panics
///
/// If there is no answer.
pub fn ask(server: &Server, request: &str) -> (String, String) {
    let mut stream = connect(server);
    stream.write_all(request.as_bytes()).expect("the server reads");
    answer(&mut stream)
}

/// The text and the `isError` of a call's result.
///
/// # Panics
///
/// If it is none.
pub fn called(server: &Server, tool: &str, arguments: &Value) -> (String, bool) {
    let (head, body) = ask(server, &post("", &call(tool, arguments)));
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}{body}");
    let answer: Value = serde_json::from_str(&body).expect("the answer is JSON");
    let result = &answer["result"];
    (result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned(), result["isError"] == true)
}

/// Waits until something is so.
///
/// # Panics
///
/// If that takes too long.
pub fn eventually(mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < PATIENCE, "it never happened");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A request of 2026-07-28 for a method, with what goes with it.
pub fn modern(method: &str, id: &Value, mut params: Value) -> (Vec<(&'static str, String)>, String) {
    params["_meta"]["io.modelcontextprotocol/protocolVersion"] = "2026-07-28".into();
    params["_meta"]["io.modelcontextprotocol/clientCapabilities"] = json!({});
    let mut headers = vec![("mcp-protocol-version", "2026-07-28".to_owned()), ("mcp-method", method.to_owned())];
    headers.extend(params["name"].as_str().or(params["uri"].as_str()).map(|name| ("mcp-name", name.to_owned())));
    (headers, json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string())
}

/// A stream of events, read as they come.
pub struct Events(BufReader<ureq::BodyReader<'static>>);

impl std::fmt::Debug for Events {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a stream of events")
    }
}

impl Events {
    /// The lines of what is left, comments among them.
    pub fn into_lines(self) -> std::io::Lines<impl BufRead> {
        self.0.lines()
    }
}

impl Iterator for Events {
    type Item = Value;

    /// The next message; `None` at the end.
    fn next(&mut self) -> Option<Value> {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).expect("the stream ends as it should") == 0 {
                return None;
            }
            if let Some(message) = line.strip_prefix("data: ") {
                return Some(serde_json::from_str(message).expect("events are JSON"));
            }
        }
    }
}

/// Calls a tool and follows what it says until its end.
///
/// # Panics
///
/// If the answer is no stream.
pub fn follow(url: &str, id: &Value, tool: &str, arguments: &Value) -> Events {
    let params = json!({ "name": tool, "arguments": arguments, "_meta": { "progressToken": id } });
    let message = json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params }).to_string();
    let request = ureq::post(url).header("content-type", "application/json").header("accept", "application/json, text/event-stream");
    let response = request.send(message).expect("the server answers");
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    Events(BufReader::new(response.into_body().into_reader()))
}

/// The resident memory of a server's process, in bytes.
///
/// # Panics
///
/// If the system does not tell.
#[cfg(target_os = "linux")]
pub fn memory(server: &Server) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).expect("the system tells");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a process has memory");
    resident.trim().trim_end_matches(" kB").parse::<u64>().expect("it is a number") * 1024
}

/// Listens to change notices. `Err`: the status, and what was answered instead of a stream.
///
/// # Errors
///
/// What the server refuses with.
///
/// # Panics
///
/// If it can't be reached.
pub fn listen(url: &str, id: &Value, filter: &Value, more: &[(&str, &str)]) -> Result<Events, (u16, Value)> {
    let (headers, body) = modern("subscriptions/listen", id, json!({ "notifications": filter }));
    let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_recv_body(Some(PATIENCE * 3)).build();
    let request = config.new_agent().post(url).header("content-type", "application/json");
    let request = request.header("accept", "application/json, text/event-stream");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
    let request = more.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let mut response = request.send(body).expect("the server answers");
    if response.headers()["content-type"] == "text/event-stream" {
        return Ok(Events(BufReader::new(response.into_body().into_reader())));
    }
    let text = response.body_mut().read_to_string().expect("the answer is text");
    Err((response.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::String(text))))
}
