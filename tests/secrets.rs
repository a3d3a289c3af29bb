//! Registered secrets leave with no answer, whatever part of it they stand in, and stand in no line of the log.

use chatui::{App, Content, Context, Json, Reply, Result, Server, bail, data, prompt, resource, tool, widget};
use chatui_tests::process;
use http::Request;
use serde_json::{Value, json};
use std::process::Command;

/// With all that an escape can make of it.
const SECRET: &str = "p\"ss/w\\rd-ü-4711";

#[data]
struct Nested {
    deep: Vec<String>,
}

/// A card with something hidden.
#[widget(text = "a card")]
struct Card {
    shown: String,
    #[ui_only]
    hidden: String,
}

/// A text.
#[tool(read_only)]
fn text() -> String {
    format!("it is {SECRET}, by the way")
}

/// Data.
#[tool(read_only)]
fn structured() -> Json<Nested> {
    Json(Nested { deep: vec!["a".into(), SECRET.into()] })
}

/// Data that hold JSON.
#[tool(read_only)]
fn nested() -> Json<Nested> {
    Json(Nested { deep: vec![json!({ "config": json!({ "key": SECRET }).to_string() }).to_string()] })
}

/// A key of a map.
#[tool(read_only)]
fn key() -> Json<std::collections::BTreeMap<String, u8>> {
    Json([(SECRET.to_owned(), 1)].into())
}

/// Metadata.
#[tool(read_only)]
fn meta() -> Reply<String> {
    Reply::new("fine".to_owned()).meta("com.example/debug", json!({ "headers": [SECRET] }))
}

/// What only the template reads.
#[tool(read_only)]
fn ui_only() -> Card {
    Card { shown: "fine".into(), hidden: SECRET.into() }
}

/// What the model reads of a widget.
#[tool(read_only)]
fn card() -> Card {
    Card { shown: SECRET.into(), hidden: "fine".into() }
}

/// A link.
#[tool(read_only)]
fn link() -> Content {
    Content::link("https://api.example.com/", format!("of {SECRET}"))
}

/// A told error.
#[tool(read_only)]
fn told() -> Result<String> {
    bail!("the upstream refused `Authorization: {SECRET}`")
}

/// A kept error.
#[tool(read_only)]
fn kept() -> Result<String> {
    Err(std::io::Error::other(format!("postgres://app:{SECRET}@db")))?;
    Ok(String::new())
}

/// Base64, as `Authorization: Basic` has it.
#[tool(read_only)]
fn basic() -> String {
    use base64::{Engine, prelude::BASE64_STANDARD};
    format!("Basic {}", BASE64_STANDARD.encode(format!("app:{SECRET}")))
}

/// An answer whose way there tells too much.
#[tool(read_only)]
async fn progress(cx: &Context) -> String {
    cx.progress(1, 3, "fine").await;
    cx.progress(2, 3, &format!("asking with {SECRET}")).await;
    cx.progress(3, 3, "fine again").await;
    "done".into()
}

/// Nothing of it.
#[tool(read_only)]
fn innocent() -> String {
    "p\"ss/w\\rd-ü-4712, P\"SS/W\\RD-Ü-4711, p\"ss/w\\rd-ü".into()
}

/// A prompt.
#[prompt]
fn asks() -> String {
    format!("log in with {SECRET}")
}

/// A prompt that is refused.
#[prompt]
fn refuses() -> Result<String> {
    bail!("{SECRET} is no good")
}

/// A prompt that offers too much.
#[prompt]
fn offers(#[arg(complete = secrets)] key: String) -> String {
    key
}

fn secrets(_: &str) -> [&'static str; 1] {
    [SECRET]
}

/// A note.
#[resource("notes://text", mime = "text/plain")]
fn note() -> String {
    SECRET.into()
}

/// Bytes.
#[resource("notes://bytes", mime = "application/octet-stream")]
fn bytes() -> Vec<u8> {
    format!("{{}}{SECRET}").into_bytes()
}

/// An error.
#[resource("notes://error", mime = "text/plain")]
fn error() -> Result<String> {
    bail!("not with {SECRET}")
}

fn server() -> Server {
    App::new().secret(SECRET).build().unwrap()
}

/// The whole answer, as it leaves.
async fn sent(server: &Server, method: &str, params: Value, modern: bool) -> String {
    let mut request =
        Request::post("/mcp").header("content-type", "application/json").header("accept", "application/json, text/event-stream");
    let mut params = params;
    params["_meta"] = json!({ "progressToken": 1 });
    if modern {
        params["_meta"]["io.modelcontextprotocol/protocolVersion"] = "2026-07-28".into();
        params["_meta"]["io.modelcontextprotocol/clientCapabilities"] = json!({});
        request = request.header("mcp-protocol-version", "2026-07-28").header("mcp-method", method);
        if let Some(name) = params["name"].as_str().or(params["uri"].as_str()) {
            request = request.header("mcp-name", name);
        }
    }
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
    let response = server.handle(request.body(message.into()).unwrap()).await;
    String::from_utf8(response.into_body().bytes().await.to_vec()).unwrap()
}

#[tokio::test]
async fn no_part_of_a_result_holds_it() {
    let server = server();
    for modern in [false, true] {
        for tool in ["text", "structured", "nested", "key", "meta", "ui_only", "card", "link", "told", "kept", "basic"] {
            let answer = sent(&server, "tools/call", json!({ "name": tool, "arguments": {} }), modern).await;
            let result = &serde_json::from_str::<Value>(&answer).unwrap()["result"];
            assert_eq!(result["isError"], true, "{tool}: {answer}");
            let said = result["content"][0]["text"].as_str().unwrap();
            assert!(said.starts_with("internal error ") && said.len() == "internal error 01234567".len(), "{tool}: {answer}");
            // Of the answer that was to be there is nothing.
            let of_the_protocol = ["content", "isError", "resultType", "_meta"];
            assert!(result.as_object().unwrap().keys().all(|key| of_the_protocol.contains(&key.as_str())), "{tool}: {answer}");
            assert!(!answer.contains("4711") && !answer.contains("fine") && !answer.contains("Basic"), "{tool}: {answer}");
        }
        let answer = sent(&server, "tools/call", json!({ "name": "innocent", "arguments": {} }), modern).await;
        assert!(answer.contains("\"isError\":false") && answer.contains("4712"), "{answer}");
    }
}

#[tokio::test]
async fn no_resource_holds_it() {
    for uri in ["notes://text", "notes://bytes", "notes://error"] {
        let answer = sent(&server(), "resources/read", json!({ "uri": uri }), true).await;
        let error = &serde_json::from_str::<Value>(&answer).unwrap()["error"];
        assert_eq!(error["code"], -32603, "{answer}");
        assert!(error["message"].as_str().unwrap().starts_with("internal error "), "{answer}");
        assert!(!answer.contains("contents"), "{answer}");
    }
}

#[tokio::test]
async fn no_prompt_holds_it() {
    let offers = json!({ "ref": { "type": "ref/prompt", "name": "offers" }, "argument": { "name": "key", "value": "" } });
    let rows = [("prompts/get", json!({ "name": "asks" })), ("prompts/get", json!({ "name": "refuses" })), ("completion/complete", offers)];
    for (method, params) in rows {
        for modern in [false, true] {
            let answer = sent(&server(), method, params.clone(), modern).await;
            assert!(answer.contains("-32603") && answer.contains("internal error") && !answer.contains("4711"), "{method}: {answer}");
        }
    }
}

#[tokio::test]
async fn no_list_holds_it() {
    let server = App::new().instructions(format!("Sign with {SECRET}.")).secret(SECRET).build().unwrap();
    let hello = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "a", "version": "1" } });
    for (method, params, modern) in [("initialize", hello, false), ("server/discover", json!({}), true)] {
        let answer = sent(&server, method, params, modern).await;
        assert!(answer.contains("internal error ") && !answer.contains("Sign with"), "{answer}");
    }
    assert!(sent(&server, "tools/list", json!({}), true).await.contains("innocent"));
}

#[tokio::test]
async fn progress_that_holds_it_is_left_out() {
    let answer = sent(&server(), "tools/call", json!({ "name": "progress", "arguments": {} }), true).await;
    assert_eq!(answer.matches("notifications/progress").count(), 2, "{answer}");
    assert!(answer.contains("fine again") && answer.contains("done") && !answer.contains("asking with"), "{answer}");
}

#[test]
fn a_value_that_would_be_found_everywhere_keeps_the_app_from_starting() {
    let mistakes = App::new().secret("true").secret("").secret(" \n").build().err().unwrap();
    let mistakes: Vec<&str> = mistakes.iter().collect();
    let [short, empty, blank] = mistakes.as_slice() else { panic!("{mistakes:#?}") };
    assert!(short.starts_with("the secret given at tests/secrets.rs:") && short.contains(" has 4 bytes, and answers that do not hold it"));
    assert!(!short.contains("true"), "{short}");
    assert!(empty.ends_with(" is empty; set what it is read from, or leave it out"), "{empty}");
    assert!(blank.ends_with(" is empty; set what it is read from, or leave it out"), "{blank}");
}

/// The fixture's command line, which prints what a server's log would hold.
fn logged(arguments: &[&str], more: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fixture"));
    command.args(arguments).env("RUST_LOG", "trace").env("FIXTURE_SECRET", SECRET).envs(more.iter().copied());
    let output = command.output().unwrap();
    let printed = [output.stdout, output.stderr].concat();
    String::from_utf8(printed).unwrap()
}

fn fixture() -> process::Server {
    let environment = [("RUST_LOG", "trace"), ("FIXTURE_SECRET", SECRET)];
    process::Server::spawn(Command::new(env!("CARGO_BIN_EXE_fixture")).arg("serve").envs(environment.iter().copied()))
}

fn assert_none(log: &str) {
    assert!(!log.contains("4711") && log.contains("[secret]"), "{log}");
}

#[test]
fn the_log_says_which_tool_it_was_and_not_the_value() {
    let log = logged(&["call", "tells", r#"{"how": "text"}"#], &[]);
    assert!(log.contains("`tells` failed, error ") && log.contains("there was a registered secret in the answer"), "{log}");
    assert!(!log.contains("4711"), "{log}");
    let server = fixture();
    let params = json!({ "name": "tells", "arguments": { "how": "progress" }, "_meta": { "progressToken": 1 } });
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params }).to_string();
    let request = ureq::post(&server.url).header("content-type", "application/json").header("accept", "text/event-stream");
    assert_eq!(request.send(message).unwrap().status(), 200);
    let log = server.stop();
    assert!(log.contains("`tells` put a registered secret into its progress, which was not sent"), "{log}");
    assert!(!log.contains("4711"), "{log}");
}

#[test]
fn no_line_of_the_log_holds_it() {
    for how in ["kept", "event", "panic"] {
        assert_none(&logged(&["call", "tells", &json!({ "how": how }).to_string()], &[]));
    }
}

#[test]
fn what_keeps_the_app_from_starting_does_not_say_it() {
    let log = logged(&["list"], &[("FIXTURE_FAILS", "1")]);
    assert!(log.contains("error: the app can't start: postgres://app:[secret]@db is not there"), "{log}");
    assert_none(&log);
}

#[test]
fn a_token_that_a_request_brings_is_in_no_line_of_the_log() {
    let server = fixture();
    for (tool, status) in [("panics", 200), ("dropped", 200), ("tells", 200), ("no_such_tool", 200)] {
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": tool } }).to_string();
        let request = ureq::post(&server.url).header("content-type", "application/json").header("authorization", "Bearer token-0815-abc");
        assert_eq!(request.send(message).unwrap().status(), status);
    }
    let log = server.stop();
    assert!(log.contains("panics error ") && !log.contains("token-0815-abc"), "{log}");
}
