//! Tools that ask, over the pipes of a real process, in both eras.

use chatui_tests::process::build_beside;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Write},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::LazyLock,
    thread,
    time::Duration,
};

static APP: LazyLock<PathBuf> = LazyLock::new(|| build_beside("asking-app"));

struct Pipe {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Pipe {
    fn start() -> Self {
        let mut child = Command::new(&*APP).args(["serve", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        Pipe { child, input, output }
    }

    /// A client of 2025-11-25 with these capabilities.
    fn introduced(capabilities: Value) -> Self {
        let mut pipe = Pipe::start();
        let client =
            json!({ "protocolVersion": "2025-11-25", "capabilities": capabilities, "clientInfo": { "name": "a", "version": "1" } });
        pipe.send(json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": client }));
        assert_eq!(pipe.receive()["result"]["protocolVersion"], "2025-11-25");
        pipe.send(json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        pipe
    }

    fn send(&mut self, message: Value) {
        writeln!(self.input.as_mut().unwrap(), "{message}").unwrap();
    }

    fn call(&mut self, id: Value, tool: &str, arguments: Value) {
        self.send(json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": tool, "arguments": arguments } }));
    }

    fn cancel(&mut self, id: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": id, "reason": "no longer" } }));
    }

    fn receive(&mut self) -> Value {
        let mut line = String::new();
        assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the server has ended");
        serde_json::from_str(&line).unwrap()
    }

    /// Takes a question, and answers it.
    fn answer(&mut self, message: &str, content: Value) {
        let asked = self.receive();
        assert_eq!((asked["method"].as_str(), asked["params"]["message"].as_str()), (Some("elicitation/create"), Some(message)), "{asked}");
        self.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": { "action": "accept", "content": content } }));
    }

    fn text(&mut self, id: Value) -> String {
        let answer = self.receive();
        assert_eq!(answer["id"], id, "{answer}");
        answer["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    fn until_held(&mut self, how_far: &str) {
        let far = (10..1000).any(|id| {
            thread::sleep(Duration::from_millis(10));
            self.call(json!(id), "held", json!({}));
            self.text(json!(id)) == how_far
        });
        assert!(far, "`hold` has come to {how_far}");
    }

    /// Nothing is left to be said, and the process ends.
    fn end(mut self) {
        drop(self.input.take());
        let mut rest = String::new();
        assert_eq!(self.output.read_line(&mut rest).unwrap(), 0, "{rest}");
        assert!(self.child.wait().unwrap().success());
    }
}

#[test]
fn a_client_of_before_2026_07_28_is_asked_while_the_call_waits() {
    let mut pipe = Pipe::introduced(json!({ "elicitation": {} }));
    pipe.call(json!(1), "delete", json!({ "count": 3 }));
    let form =
        json!({ "type": "object", "properties": { "sure": { "type": "boolean", "description": "For good." } }, "required": ["sure"] });
    let params = json!({ "message": "Delete 3 notes?", "requestedSchema": form });
    let asked = pipe.receive();
    assert_eq!(asked.to_string(), json!({ "jsonrpc": "2.0", "id": "ask-1", "method": "elicitation/create", "params": params }).to_string());
    // Meanwhile others are answered.
    pipe.send(json!({ "jsonrpc": "2.0", "id": 2, "method": "ping" }));
    assert_eq!(pipe.receive()["id"], 2);
    pipe.send(json!({ "jsonrpc": "2.0", "id": "ask-1", "result": { "action": "decline" } }));
    assert_eq!(pipe.text(json!(1)), "declined");
    // Once: it does not begin anew, and what is wrong is asked again.
    pipe.call(json!(3), "reserve", json!({}));
    pipe.answer("Under which name?", json!({ "name": "Ada" }));
    pipe.answer("For how many?", json!({ "seats": 2 }));
    pipe.answer("Ada for 2?", json!({ "sure": true }));
    assert_eq!(pipe.text(json!(3)), "Ada, 2 seats, Some(true) after 1 runs");
    // A client that can't, and an answer that nobody waits for.
    pipe.call(json!(4), "delete", json!({ "count": 3 }));
    assert_eq!(pipe.receive()["id"], "ask-5");
    pipe.send(json!({ "jsonrpc": "2.0", "id": "ask-1", "result": { "action": "accept", "content": { "sure": true } } }));
    pipe.send(json!({ "jsonrpc": "2.0", "id": "ask-5", "error": { "code": -32603, "message": "no window" } }));
    assert_eq!(pipe.text(json!(4)), "the client did not ask its user: no window");
    pipe.end();
}

#[test]
fn a_secret_is_asked_of_nobody() {
    let mut pipe = Pipe::introduced(json!({ "elicitation": {} }));
    pipe.call(json!(1), "betray", json!({}));
    let told = pipe.text(json!(1));
    assert!(told.starts_with("internal error "), "{told}");
    pipe.end();
}

#[test]
fn a_client_that_did_not_say_that_it_asks_is_not_asked() {
    let mut pipe = Pipe::introduced(json!({}));
    pipe.call(json!(1), "delete", json!({ "count": 3 }));
    assert_eq!(pipe.text(json!(1)), "this needs a client with `elicitation`");
    pipe.end();
    let mut pipe = Pipe::introduced(json!({ "elicitation": { "form": {} } }));
    pipe.call(json!(1), "connect", json!({}));
    assert_eq!(pipe.text(json!(1)), "this needs a client with `elicitation.url`");
    pipe.end();
}

#[test]
fn time_stands_still_while_somebody_reads() {
    let mut pipe = Pipe::introduced(json!({ "elicitation": {} }));
    pipe.call(json!(1), "patient", json!({}));
    let asked = pipe.receive();
    thread::sleep(Duration::from_millis(700));
    pipe.send(json!({ "jsonrpc": "2.0", "id": asked["id"], "result": { "action": "accept", "content": { "sure": true } } }));
    assert!(pipe.text(json!(1)).starts_with("it took longer than 300 ms"));
    pipe.end();
}

#[test]
fn a_client_of_2026_07_28_calls_again() {
    let mut pipe = Pipe::start();
    let meta = json!({ "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": { "elicitation": {} } });
    let params = json!({ "name": "delete", "arguments": { "count": 3 }, "_meta": meta });
    pipe.send(json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params }));
    let asked = pipe.receive();
    assert_eq!(asked["result"]["resultType"], "input_required", "{asked}");
    let (name, _) = asked["result"]["inputRequests"].as_object().unwrap().iter().next().unwrap();
    let mut again = params.clone();
    again["inputResponses"] = json!({ name: { "action": "accept", "content": { "sure": true } } });
    again["requestState"] = asked["result"]["requestState"].clone();
    pipe.send(json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": again }));
    assert_eq!(pipe.text(json!(2)), "3 notes are deleted");
    pipe.end();
}

#[test]
fn a_cancelled_request_is_dropped_and_not_answered() {
    let mut pipe = Pipe::introduced(json!({ "elicitation": {} }));
    for (id, tool) in [(json!(1), "wait"), (json!("one"), "wait"), (json!(2), "insist")] {
        pipe.call(id.clone(), tool, json!({}));
        if tool == "insist" {
            assert_eq!(pipe.receive()["method"], "elicitation/create");
        }
        pipe.cancel(id);
    }
    // One that is unknown, and one that says nothing.
    pipe.cancel(json!(99));
    pipe.send(json!({ "jsonrpc": "2.0", "method": "notifications/cancelled" }));
    // A tool that can't be dropped sees it.
    pipe.call(json!(3), "hold", json!({}));
    pipe.until_held("1");
    pipe.cancel(json!(3));
    pipe.until_held("2");
    pipe.end();
}

#[test]
fn a_client_that_leaves_ends_what_it_was_asked() {
    let mut pipe = Pipe::introduced(json!({ "elicitation": {} }));
    pipe.call(json!(1), "insist", json!({}));
    assert_eq!(pipe.receive()["method"], "elicitation/create");
    drop(pipe.input.take());
    assert_eq!(pipe.text(json!(1)), "the client is gone, and nobody answers");
    pipe.end();
}

#[test]
fn call_asks_whoever_calls() {
    let call = |args: &[&str]| {
        let output = Command::new(&*APP).arg("call").args(args).stdin(Stdio::null()).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let answer = r#"{"name": "Ada", "seats": 2, "sure": true}"#;
    let (code, said, _) = call(&["reserve", "--answer", answer]);
    assert_eq!((code, &*said), (Some(0), "Ada, 2 seats, Some(true) after 3 runs\n"));
    let (code, _, error) = call(&["delete", r#"{"count": 3}"#]);
    assert_eq!(code, Some(1));
    let words = r#"error: the tool asks "Delete 3 notes?"; answer with `--answer '{"sure": …}'`, or call it in a terminal"#;
    assert!(error.contains(words), "{error}");
    let (_, said, shown) = call(&["connect", "--answer", "{}"]);
    assert_eq!((&*said, &*shown), ("Accepted(())\n", "Connect your calendar: https://example.com/connect\n"));
}
