//! `cargo run -p chatui-tests --bin same -- URL URL…`: the endpoints of one app behind several doors, asked in every way that
//! HTTP has. Each door must answer with the status, the headers and the bytes of the first.

use std::collections::BTreeMap;
use ureq::{Agent, Body, http::Response};

/// What a door's platform adds: how the bytes travel, and when.
const OF_THE_PLATFORM: [&str; 4] = ["connection", "content-length", "date", "transfer-encoding"];

const JSON: (&str, &str) = ("content-type", "application/json");
const EVENTS: (&str, &str) = ("accept", "text/event-stream");
/// A client in a browser on the same machine.
const PAGE: (&str, &str) = ("origin", "http://localhost:6274");
const BOTH: (&str, &str) = ("accept", "application/json, text/event-stream");

/// A request: method, path (empty: the endpoint), headers, body.
type Asked = (&'static str, &'static str, &'static [(&'static str, &'static str)], &'static str);

const REQUESTS: &[Asked] = &[
    ("GET", "", &[], ""),
    ("GET", "", &[EVENTS], ""),
    ("DELETE", "", &[], ""),
    ("PUT", "", &[JSON], "{}"),
    ("OPTIONS", "", &[], ""),
    ("OPTIONS", "", &[PAGE, ("access-control-request-method", "POST")], ""),
    ("OPTIONS", "", &[("origin", "https://evil.example"), ("access-control-request-method", "POST")], ""),
    ("GET", "/.well-known/openai-apps-challenge", &[], ""),
    ("POST", "", &[JSON, PAGE], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#),
    ("POST", "", &[JSON, ("origin", "null")], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#),
    ("GET", "/", &[], ""),
    ("GET", "/health", &[], ""),
    ("GET", "/nowhere", &[], ""),
    ("GET", "/nowhere.png?v=1", &[], ""),
    ("POST", "", &[], ""),
    ("POST", "", &[JSON], ""),
    ("POST", "", &[JSON], "{"),
    ("POST", "", &[JSON], "[]"),
    ("POST", "", &[("content-type", "text/plain")], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#),
    ("POST", "", &[("content-type", "application/json; charset=utf-8")], r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#),
    ("POST", "", &[JSON], r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#),
    ("POST", "", &[JSON, ("mcp-protocol-version", "1999-01-01")], r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#),
    // As an event stream where the app has this tool, and as a refusal where it has not.
    (
        "POST",
        "",
        &[JSON, BOTH],
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"test_tool_with_progress","arguments":{},"_meta":{"progressToken":"p"}}}"#,
    ),
];

fn main() {
    let doors: Vec<String> = std::env::args().skip(1).collect();
    assert!(doors.len() > 1, "two addresses and more can be compared");
    let agent = Agent::config_builder().http_status_as_error(false).accept_encoding("identity").build().new_agent();
    for asked in REQUESTS {
        let answers: Vec<Answer> = doors.iter().map(|door| ask(&agent, door, asked)).collect();
        for (door, answer) in doors.iter().zip(&answers) {
            assert_eq!(answer, &answers[0], "{door} and {} answer alike to {asked:?}", doors[0]);
        }
    }
    println!("{} requests, the same statuses, headers and bytes from {}", REQUESTS.len(), doors.join(", "));
}

#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: String,
}

fn ask(agent: &Agent, endpoint: &str, (method, path, headers, body): &Asked) -> Answer {
    let base = endpoint.strip_suffix("/mcp").expect("an address of an endpoint ends in /mcp");
    let address = if path.is_empty() { endpoint.to_owned() } else { format!("{base}{path}") };
    let mut request = ureq::http::Request::builder().method(*method).uri(address);
    for (name, value) in *headers {
        request = request.header(*name, *value);
    }
    // Without a body at all, and not with an empty one.
    let sent = match body.is_empty() {
        true => agent.run(request.body(()).expect("plain text")),
        false => agent.run(request.body(*body).expect("plain text")),
    };
    read(sent.unwrap_or_else(|error| panic!("{endpoint}: {method} {path}: {error}")))
}

fn read(mut response: Response<Body>) -> Answer {
    let named = |(name, value): (&ureq::http::HeaderName, &ureq::http::HeaderValue)| {
        (name.as_str().to_owned(), value.to_str().unwrap_or_default().to_owned())
    };
    let headers = response.headers().iter().map(named).filter(|(name, _)| !OF_THE_PLATFORM.contains(&&**name)).collect();
    let body = response.body_mut().read_to_string().expect("the answer is UTF-8");
    Answer { status: response.status().as_u16(), headers, body }
}
