//! The native door on a real socket: time, threads, panics, connections that go away, names that are not known.

use chatui_tests::process::Server;
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpStream,
    path::Path,
    thread,
    time::{Duration, Instant},
};

fn start(args: &[&str]) -> Server {
    Server::start(Path::new(env!("CARGO_BIN_EXE_fixture")), args)
}

fn message(tool: &str, token: bool) -> String {
    let meta = if token { json!({ "progressToken": 1 }) } else { json!({}) };
    json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": tool, "_meta": meta } }).to_string()
}

fn call(url: &str, tool: &str) -> Value {
    let mut response = ureq::post(url).header("content-type", "application/json").send(message(tool, false)).unwrap();
    let answer: Value = serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap();
    answer["result"].clone()
}

fn text(result: &Value) -> &str {
    result["content"][0]["text"].as_str().unwrap()
}

/// Sends a request by hand and reads until the server has sent `until`.
fn raw(url: &str, head: &str, body: &str, until: &str) -> (TcpStream, String) {
    let address = url.trim_start_matches("http://").trim_end_matches("/mcp");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(stream, "POST /mcp HTTP/1.1\r\n{head}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut seen = Vec::new();
    let mut part = [0; 1024];
    while !String::from_utf8_lossy(&seen).contains(until) {
        let count = stream.read(&mut part).unwrap();
        assert_ne!(count, 0, "the server closed after {:?}", String::from_utf8_lossy(&seen));
        seen.extend_from_slice(&part[..count]);
    }
    (stream, String::from_utf8_lossy(&seen).into_owned())
}

fn within(limit: Duration, mut done: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < limit {
        if done() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

#[test]
fn a_call_that_takes_too_long_is_stopped_and_says_so() {
    let server = start(&["serve"]);
    for tool in ["slow", "stuck"] {
        let start = Instant::now();
        let result = call(&server.url, tool);
        assert_eq!(
            (text(&result), &result["isError"]),
            ("it took longer than 100 ms and is not waited for; ask for less, or look later whether it was done", &json!(true))
        );
        assert!(start.elapsed() < Duration::from_secs(20), "{tool} took {:?}", start.elapsed());
    }
}

#[cfg(unix)]
#[test]
fn a_thread_that_hangs_does_not_keep_the_server_from_ending() {
    let server = start(&["serve"]);
    assert_eq!(call(&server.url, "stuck")["isError"], true);
    let start = Instant::now();
    server.ask_to_stop();
    assert_eq!(server.wait(), Some(0));
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn tools_that_block_hold_nobody_up() {
    let server = start(&["serve"]);
    thread::scope(|scope| {
        let calls: Vec<_> = (0..40).map(|_| scope.spawn(|| call(&server.url, "waits"))).collect();
        let health = server.url.replace("/mcp", "/health");
        let mut response = ureq::get(&health).call().unwrap();
        assert_eq!(response.body_mut().read_to_string().unwrap(), "ok\n");
        assert!(!calls.iter().any(|call| call.is_finished()), "it was answered after them");
        assert!(calls.into_iter().all(|call| text(&call.join().unwrap()) == "true"));
    });
}

#[test]
fn a_panic_ends_only_its_own_call() {
    let server = start(&["serve"]);
    let result = call(&server.url, "panics");
    assert!(text(&result).starts_with("internal error ") && result["isError"] == true, "{result}");
    assert_eq!(text(&call(&server.url, "dropped")), "0");
}

#[test]
fn a_connection_that_goes_away_ends_its_call() {
    let server = start(&["serve"]);
    // Once as a stream that has begun, once while nothing has been sent yet.
    let head = "host: localhost\r\naccept: application/json, text/event-stream\r\n";
    let (stream, seen) = raw(&server.url, head, &message("endless", true), "waiting");
    assert!(seen.contains("content-type: text/event-stream") && seen.contains("x-accel-buffering: no"), "{seen}");
    drop(stream);
    assert!(within(Duration::from_secs(5), || text(&call(&server.url, "dropped")) == "1"));
    let address = server.url.trim_start_matches("http://").trim_end_matches("/mcp").to_owned();
    let mut stream = TcpStream::connect(address).unwrap();
    let body = message("endless", false);
    write!(
        stream,
        "POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    thread::sleep(Duration::from_millis(200));
    drop(stream);
    assert!(within(Duration::from_secs(5), || text(&call(&server.url, "dropped")) == "2"));
}

#[test]
fn foreign_names_are_refused_with_the_flag_that_admits_them() {
    let server = start(&["serve"]);
    let (_, seen) = raw(&server.url, "host: weather.example.com\r\n", &message("dropped", false), "environment");
    assert!(seen.starts_with("HTTP/1.1 403 ") && seen.contains("`--public-url https://weather.example.com`"), "{seen}");
    let (_, seen) = raw(&server.url, "host: localhost\r\norigin: https://evil.example\r\n", &message("dropped", false), "environment");
    assert!(seen.starts_with("HTTP/1.1 403 ") && seen.contains("`https://evil.example`"), "{seen}");
    let public = start(&["serve", "--public-url", "https://weather.example.com"]);
    let (_, seen) = raw(&public.url, "host: weather.example.com\r\n", &message("dropped", false), "isError");
    assert!(seen.starts_with("HTTP/1.1 200 "), "{seen}");
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let server = start(&["serve"]);
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let body = format!("{{\"padding\":\"{}\"}}", "a".repeat(4 * 1024 * 1024));
    let response = config.new_agent().post(&server.url).header("content-type", "application/json").send(body).unwrap();
    assert_eq!(response.status(), 413);
}
