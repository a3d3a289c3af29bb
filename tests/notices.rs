//! What running code announces, as those hear it who listen: over HTTP, over stdio, in both eras.
#![cfg(unix)]

use chatui_tests::{
    process::{Server, build},
    socket::{Events, PATIENCE, called, eventually, listen, memory, modern},
};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

const FIXTURE: &str = env!("CARGO_BIN_EXE_fixture");

fn start(limits: &str) -> Server {
    Server::spawn(Command::new(FIXTURE).arg("serve").env("FIXTURE_LIMITS", limits))
}

/// Listens, and has read that it is heard.
fn listening(server: &Server, filter: &Value) -> Events {
    let mut events = listen(&server.url, &json!(7), filter, &[]).unwrap();
    assert_eq!(events.next().unwrap()["method"], "notifications/subscriptions/acknowledged");
    events
}

fn announce(server: &Server, what: &str) {
    assert_eq!(called(server, "announce", &json!({ "what": what })), ("done".to_owned(), false));
}

fn post(url: &str, message: &Value) -> Value {
    let mut response = ureq::post(url).header("content-type", "application/json").send(message.to_string()).unwrap();
    serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap()
}

#[test]
fn what_is_honoured_is_acknowledged_first_and_nothing_else_is_sent() {
    let server = start("");
    let filter = json!({
        "toolsListChanged": true,
        "promptsListChanged": false,
        "resourceSubscriptions": ["fixture://forever", "fixture://nowhere", "fixture://long/3"],
        "somethingNewer": true,
    });
    let mut events = listen(&server.url, &json!("a \"subscription\""), &filter, &[]).unwrap();
    let about = json!({ "io.modelcontextprotocol/subscriptionId": "a \"subscription\"" });
    let honoured = json!({ "toolsListChanged": true, "resourceSubscriptions": ["fixture://forever", "fixture://long/3"] });
    assert_eq!(
        events.next().unwrap(),
        json!({
            "jsonrpc": "2.0",
            "method": "notifications/subscriptions/acknowledged",
            "params": { "_meta": about, "notifications": honoured },
        })
    );
    for what in ["prompts", "resources", "fixture://nowhere", "fixture://long/4", "tools", "fixture://long/3"] {
        announce(&server, what);
    }
    let notice = |method: &str, params: Value| json!({ "jsonrpc": "2.0", "method": method, "params": params });
    assert_eq!(events.next().unwrap(), notice("notifications/tools/list_changed", json!({ "_meta": about })));
    assert_eq!(events.next().unwrap(), notice("notifications/resources/updated", json!({ "uri": "fixture://long/3", "_meta": about })));
    let (_, message) = modern("server/discover", &json!(1), json!({}));
    let headers = [("mcp-protocol-version", "2026-07-28"), ("mcp-method", "server/discover"), ("content-type", "application/json")];
    let request = headers.iter().fold(ureq::post(&server.url), |request, (name, value)| request.header(*name, *value));
    let discovered: Value = serde_json::from_str(&request.send(message).unwrap().body_mut().read_to_string().unwrap()).unwrap();
    let capabilities = &discovered["result"]["capabilities"];
    assert_eq!(capabilities["tools"], json!({ "listChanged": true }));
    assert_eq!(capabilities["prompts"], json!({ "listChanged": true }));
    assert_eq!(capabilities["resources"], json!({ "listChanged": true, "subscribe": true }));
}

#[test]
fn who_can_not_listen_is_told_why() {
    let server = start("subscriptions=1");
    let refused = |filter: Value, accept: &str| {
        let (headers, body) = modern("subscriptions/listen", &json!(1), json!({ "notifications": filter }));
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let request = config.new_agent().post(&server.url).header("content-type", "application/json").header("accept", accept);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        let mut response = request.send(body).unwrap();
        let text = response.body_mut().read_to_string().unwrap();
        let answer: Value = serde_json::from_str(&text).unwrap();
        (response.status().as_u16(), answer["error"]["code"].as_i64().unwrap(), answer["error"]["message"].as_str().unwrap().to_owned())
    };
    let both = "application/json, text/event-stream";
    let (status, code, message) = refused(json!({}), "application/json");
    assert_eq!((status, code), (406, -32600));
    assert!(message.contains("send `Accept: application/json, text/event-stream`"), "{message}");
    for wrong in [json!(null), json!({ "toolsListChanged": 1 }), json!({ "resourceSubscriptions": "a" })] {
        let (status, code, message) = refused(wrong, both);
        assert_eq!((status, code), (200, -32602));
        assert!(message.contains("`params.notifications` says what to listen to"), "{message}");
    }
    // It would be held for as long as it is listened to.
    assert_eq!(listen(&server.url, &json!("x".repeat(70_000)), &json!({}), &[]).unwrap_err().0, 413);
    let many: Vec<String> = (0..1001).map(|number| format!("fixture://long/{number}")).collect();
    let (status, code, message) = refused(json!({ "resourceSubscriptions": many }), both);
    assert_eq!((status, code), (200, -32602));
    assert_eq!(message, "a client may subscribe to at most 1000 resources; subscribe to fewer");
    let first = listening(&server, &json!({}));
    assert_eq!(
        refused(json!({}), both),
        (503, -32603, "the server has as many listeners as it can take; try again in a moment".to_owned())
    );
    // Who leaves makes room, though nothing is ever sent to them.
    drop(first);
    eventually(|| listen(&server.url, &json!(1), &json!({}), &[]).is_ok());
}

#[test]
fn where_nothing_is_announced_nothing_is_advertised() {
    let server = Server::start(&build("hello"), &["serve"]);
    let (status, answer) = listen(&server.url, &json!(1), &json!({ "toolsListChanged": true }), &[]).unwrap_err();
    assert_eq!((status, &answer["error"]["code"]), (404, &json!(-32601)));
    let answer = post(&server.url, &json!({ "jsonrpc": "2.0", "id": 1, "method": "resources/subscribe", "params": { "uri": "a://b" } }));
    assert_eq!(answer["error"]["code"], -32601);
    let none = Server::spawn(Command::new(FIXTURE).arg("serve").env("FIXTURE_LIMITS", "subscriptions=0"));
    assert_eq!(listen(&none.url, &json!(1), &json!({}), &[]).unwrap_err().0, 404);
    announce(&none, "tools");
}

#[test]
fn who_listens_takes_no_place_of_a_call_and_no_time_is_set() {
    let server = start("calls=1 queue=0 streams=0 timeout=300 idle_timeout=300 header_timeout=300");
    let mut all: Vec<Events> = (0..20).map(|_| listening(&server, &json!({ "toolsListChanged": true }))).collect();
    std::thread::sleep(Duration::from_millis(800));
    announce(&server, "tools");
    for events in &mut all {
        assert_eq!(events.next().unwrap()["method"], "notifications/tools/list_changed");
    }
}

/// A header that says so opens no side door: what is called by it is refused, and nothing runs without a place.
#[test]
fn nothing_else_can_be_done_in_the_name_of_listening() {
    let server = start("");
    let headers = [("mcp-protocol-version", "2026-07-28"), ("mcp-method", "subscriptions/listen"), ("accept", "text/event-stream")];
    let (_, claimed) = modern("tools/call", &json!(1), json!({ "name": "dropped", "arguments": {} }));
    let plain = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "dropped" } }).to_string();
    for body in [claimed, plain.clone(), format!("[{plain}]")] {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let request = config.new_agent().post(&server.url).header("content-type", "application/json");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        assert_eq!(request.send(&body).unwrap().status(), 400, "{body}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_listener_that_does_not_read_costs_no_memory_and_hears_of_the_last_change() {
    let server = start("write_timeout=60000");
    // So long an address that some notices fill the socket.
    let uri = format!("fixture://long/{}1", "0".repeat(60_000));
    let mut events = listening(&server, &json!({ "resourceSubscriptions": [uri], "toolsListChanged": true }));
    let before = memory(&server);
    let (calls, times) = (4, 300);
    for _ in 0..calls {
        let arguments = json!({ "what": uri, "times": times, "pause_ms": 1 });
        assert_eq!(called(&server, "announce", &arguments), ("done".to_owned(), false));
    }
    announce(&server, "tools");
    let grown = memory(&server).saturating_sub(before);
    assert!(grown < 30_000_000, "{grown} bytes more, where the notices had {} in all", calls * times * 60_000);
    let mut updates = 0;
    while events.next().unwrap()["method"] == "notifications/resources/updated" {
        updates += 1;
    }
    assert!((1..calls * times).contains(&updates), "{updates} notices were not merged");
}

#[test]
fn who_listens_is_told_of_the_end() {
    let server = start("");
    let mut events = listening(&server, &json!({ "toolsListChanged": true }));
    let start = Instant::now();
    server.ask_to_stop();
    let about = json!({ "io.modelcontextprotocol/subscriptionId": 7 });
    assert_eq!(events.next().unwrap(), json!({ "jsonrpc": "2.0", "id": 7, "result": { "resultType": "complete", "_meta": about } }));
    assert_eq!(events.next(), None);
    let (code, log) = server.wait_with_log();
    assert_eq!(code, Some(0));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(!log.contains("cut off"), "{log}");
}

#[test]
fn an_app_that_is_open_to_nobody_tells_nobody_who_is_not_signed_in() {
    let server = Server::spawn(Command::new(FIXTURE).arg("serve").env("FIXTURE_AUTH", "1"));
    let filter = json!({ "toolsListChanged": true });
    assert_eq!(listen(&server.url, &json!(1), &filter, &[]).unwrap_err().0, 401);
    assert_eq!(listen(&server.url, &json!(1), &filter, &[("authorization", "Bearer nobody")]).unwrap_err().0, 401);
    let mut events = listen(&server.url, &json!(1), &filter, &[("authorization", "Bearer ada")]).unwrap();
    assert_eq!(events.next().unwrap()["params"]["notifications"], filter);
    // A token that has expired is heard by no longer.
    let mut events = listen(&server.url, &json!(1), &filter, &[("authorization", "Bearer soon")]).unwrap();
    assert_eq!(events.next().unwrap()["params"]["notifications"], filter);
    assert_eq!(events.next().unwrap()["result"]["resultType"], "complete");
    assert_eq!(events.next(), None);
}

/// Over HTTP there is no session that notices could be sent in: nothing is promised, and a client that subscribes in spite of
/// that is not turned away.
#[test]
fn older_revisions_over_http_are_promised_nothing() {
    let server = start("");
    let params = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } });
    let answer = post(&server.url, &json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params }));
    assert_eq!(answer["result"]["capabilities"]["tools"], json!({}));
    assert_eq!(answer["result"]["capabilities"]["resources"], json!({}));
    let subscribe =
        |uri: &str| post(&server.url, &json!({ "jsonrpc": "2.0", "id": 1, "method": "resources/subscribe", "params": { "uri": uri } }));
    assert_eq!(subscribe("fixture://forever")["result"], json!({}));
    assert_eq!(subscribe("fixture://nowhere")["error"]["code"], -32002);
    assert_eq!(post(&server.url, &json!({ "jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen" }))["error"]["code"], -32601);
}

struct Pipe {
    child: Child,
    into: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Pipe {
    fn start(limits: &str) -> Self {
        let mut command = Command::new(FIXTURE);
        command.args(["serve", "--stdio"]).env("FIXTURE_LIMITS", limits).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (into, from) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Pipe { child, into, from }
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.into.as_mut().unwrap(), "{message}").unwrap();
    }

    fn read(&mut self) -> Value {
        let mut line = String::new();
        assert_ne!(self.from.read_line(&mut line).unwrap(), 0, "the server has ended");
        serde_json::from_str(&line).unwrap()
    }

    /// Has a change announced and reads until that call is answered; what came before its answer, or right after.
    fn announce(&mut self, what: &str) -> Vec<Value> {
        let arguments = json!({ "what": what });
        let call = |id: &str| json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": "announce", "arguments": arguments } });
        self.send(&call("announced"));
        let mut heard = Vec::new();
        let is_answer = |message: &Value, id: &str| message["id"] == id;
        loop {
            let message = self.read();
            let is_last = is_answer(&message, "announced");
            heard.push(message);
            if is_last {
                break;
            }
        }
        heard.retain(|message| message["id"].is_null());
        heard
    }

    fn close(&mut self) -> Vec<Value> {
        self.into = None;
        let rest: Vec<Value> = (&mut self.from).lines().map(|line| serde_json::from_str(&line.unwrap()).unwrap()).collect();
        assert!(self.child.wait().unwrap().success());
        rest
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// All that is heard until a notice of this method has come.
fn until(pipe: &mut Pipe, what: &str, method: &str) -> Vec<Value> {
    let mut heard = pipe.announce(what);
    let start = Instant::now();
    while !heard.iter().any(|message| message["method"] == method) {
        assert!(start.elapsed() < PATIENCE);
        heard.push(pipe.read());
    }
    heard
}

#[test]
fn over_stdio_listeners_share_the_pipe_and_end_with_it() {
    let mut pipe = Pipe::start("calls=1 subscriptions=2");
    for (id, filter) in [(1, json!({ "toolsListChanged": true })), (2, json!({ "resourceSubscriptions": ["fixture://forever"] }))] {
        let (_, message) = modern("subscriptions/listen", &json!(id), json!({ "notifications": filter }));
        pipe.send(&serde_json::from_str(&message).unwrap());
        let acknowledged = pipe.read();
        assert_eq!(acknowledged["method"], "notifications/subscriptions/acknowledged");
        assert_eq!(acknowledged["params"]["_meta"], json!({ "io.modelcontextprotocol/subscriptionId": id }));
    }
    let (_, third) = modern("subscriptions/listen", &json!(3), json!({ "notifications": {} }));
    pipe.send(&serde_json::from_str(&third).unwrap());
    assert_eq!(pipe.read()["error"]["code"], -32603);
    let heard = until(&mut pipe, "tools", "notifications/tools/list_changed");
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert_eq!(heard[0]["params"]["_meta"], json!({ "io.modelcontextprotocol/subscriptionId": 1 }));
    let heard = until(&mut pipe, "fixture://forever", "notifications/resources/updated");
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert_eq!(heard[0]["params"]["_meta"], json!({ "io.modelcontextprotocol/subscriptionId": 2 }));
    let mut rest = pipe.close();
    rest.sort_by_key(|message| message["id"].as_i64());
    let ended = |id: i64| json!({ "jsonrpc": "2.0", "id": id, "result": { "resultType": "complete", "_meta": { "io.modelcontextprotocol/subscriptionId": id } } });
    assert_eq!(rest, [ended(1), ended(2)]);
}

#[test]
fn a_session_over_stdio_is_told_of_the_lists_and_of_what_it_subscribes_to() {
    let mut pipe = Pipe::start("");
    let request = |id: i64, method: &str, params: Value| json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
    let params = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } });
    pipe.send(&request(1, "initialize", params));
    let capabilities = pipe.read()["result"]["capabilities"].take();
    assert_eq!(capabilities["tools"], json!({ "listChanged": true }));
    assert_eq!(capabilities["resources"], json!({ "listChanged": true, "subscribe": true }));
    assert_eq!(pipe.announce("tools"), [Value::Null; 0], "the client is not ready yet");
    pipe.send(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
    // What a client sends next may overtake a notification, which nobody answers.
    std::thread::sleep(Duration::from_millis(300));
    let heard = until(&mut pipe, "prompts", "notifications/prompts/list_changed");
    assert_eq!(heard, [json!({ "jsonrpc": "2.0", "method": "notifications/prompts/list_changed", "params": {} })]);
    let updated = json!({ "jsonrpc": "2.0", "method": "notifications/resources/updated", "params": { "uri": "fixture://forever" } });
    assert_eq!(pipe.announce("fixture://forever"), [Value::Null; 0], "nobody has subscribed");
    pipe.send(&request(2, "resources/subscribe", json!({ "uri": "fixture://forever" })));
    assert_eq!(pipe.read(), json!({ "jsonrpc": "2.0", "id": 2, "result": {} }));
    assert_eq!(until(&mut pipe, "fixture://forever", "notifications/resources/updated"), [updated]);
    pipe.send(&request(3, "resources/unsubscribe", json!({ "uri": "fixture://forever" })));
    assert_eq!(pipe.read(), json!({ "jsonrpc": "2.0", "id": 3, "result": {} }));
    pipe.announce("fixture://forever");
    // It is the next notice that is heard.
    let heard = until(&mut pipe, "tools", "notifications/tools/list_changed");
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert_eq!(pipe.close(), [Value::Null; 0]);
}
