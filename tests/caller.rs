//! What a call knows of who calls, what it says on the way, and arguments that travel in headers too.

use chatui::{App, Context, Level, Result, Server, resource, tool};
use http::{Request, StatusCode, request::Builder};
use serde_json::{Value, json};

/// Logs at every level, with whatever data.
#[tool(read_only)]
async fn noisy(cx: &Context) -> String {
    cx.log(Level::Debug, "looking").await;
    cx.log(Level::Info, json!({ "found": 3 })).await;
    cx.log(Level::Error, "lost one").await;
    "done".into()
}

/// Says who calls.
#[tool(read_only)]
fn who(cx: &Context) -> String {
    let client = cx.client().map(|client| format!("{} {} {:?}", client.name, client.version, client.title));
    let city = cx.location().and_then(|location| location.city);
    let seen = [client, cx.locale(), cx.user_agent(), city, cx.subject(), cx.session()];
    let headers = ["X-Region", "authorization", "cookie"].map(|name| cx.header(name).map(str::to_owned));
    seen.into_iter().chain(headers).map(|seen| seen.unwrap_or_else(|| "-".into())).collect::<Vec<_>>().join(" | ")
}

/// Says whether the client lends its model.
#[tool(read_only)]
fn lends(cx: &Context) -> bool {
    cx.supports("sampling")
}

/// Says whether the client opens pages.
#[tool(read_only)]
fn opens(cx: &Context) -> Result<bool> {
    Ok(cx.supports("elicitation.url") && cx.require("elicitation.url").is_ok())
}

/// Asks for the weather in a region.
#[tool(read_only)]
fn regional(#[arg(header = "Region")] region: String, #[arg(header = "Days")] days: Option<u8>) -> String {
    format!("{region} {days:?}")
}

/// Notes, with a word in the log.
#[resource("notes://all")]
async fn notes(cx: &Context) -> String {
    cx.log(Level::Notice, "read").await;
    "notes".into()
}

fn server() -> Server {
    App::new()
        .title("Caller's desk")
        .icon("https://example.com/icon.svg")
        .website("https://example.com")
        .build()
        .unwrap_or_else(|error| panic!("{error}"))
}

const MODERN: &str = "2026-07-28";

fn post(version: &str, method: &str, name: &str) -> Builder {
    let post = Request::post("/mcp").header("content-type", "application/json").header("accept", "application/json, text/event-stream");
    let post = post.header("mcp-protocol-version", version);
    if version == MODERN { post.header("mcp-method", method).header("mcp-name", name) } else { post }
}

async fn send(request: Builder, method: &str, params: Value) -> (StatusCode, Vec<Value>) {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
    let response = server().handle(request.body(body.into()).unwrap()).await;
    let status = response.status();
    let body = String::from_utf8(response.into_body().bytes().await.to_vec()).unwrap();
    let events = body.split("\n\n").map(|event| event.strip_prefix("event: message\ndata: ").unwrap_or(event));
    (status, events.filter(|event| !event.is_empty()).map(|event| serde_json::from_str(event).unwrap()).collect())
}

/// The `_meta` of a modern request, and what goes beside it.
fn modern(more: Value) -> Value {
    let mut meta = json!({ "io.modelcontextprotocol/protocolVersion": MODERN, "io.modelcontextprotocol/clientCapabilities": {} });
    for (key, value) in more.as_object().unwrap() {
        meta[key] = value.clone();
    }
    meta
}

async fn call_modern(name: &str, arguments: Value, meta: Value, headers: &[(&str, &str)]) -> (StatusCode, Vec<Value>) {
    let post = headers.iter().fold(post(MODERN, "tools/call", name), |post, (name, value)| post.header(*name, *value));
    send(post, "tools/call", json!({ "name": name, "arguments": arguments, "_meta": modern(meta) })).await
}

fn levels(events: &[Value]) -> Vec<&str> {
    let logged = events.iter().filter(|event| event["method"] == "notifications/message");
    logged.map(|event| event["params"]["level"].as_str().unwrap()).collect()
}

fn text(events: &[Value]) -> &str {
    events.last().unwrap()["result"]["content"][0]["text"].as_str().unwrap()
}

#[tokio::test]
async fn a_modern_client_hears_what_it_asks_for() {
    for (asked, heard) in [("debug", vec!["debug", "info", "error"]), ("notice", vec!["error"]), ("emergency", vec![]), ("loud", vec![])] {
        let (_, events) = call_modern("noisy", json!({}), json!({ "io.modelcontextprotocol/logLevel": asked }), &[]).await;
        assert_eq!(levels(&events), heard, "{asked}");
        assert_eq!(text(&events), "done");
    }
    let (_, events) = call_modern("noisy", json!({}), json!({}), &[]).await;
    assert_eq!(events.len(), 1, "it did not ask: {events:?}");
    let (_, events) = call_modern("noisy", json!({}), json!({ "io.modelcontextprotocol/logLevel": "info" }), &[]).await;
    let said = json!({ "jsonrpc": "2.0", "method": "notifications/message", "params": { "level": "info", "logger": "noisy", "data": { "found": 3 } } });
    assert_eq!(events[0], said);
}

#[tokio::test]
async fn an_older_client_hears_what_is_worth_a_line() {
    let (_, events) = send(post("2025-11-25", "", ""), "tools/call", json!({ "name": "noisy" })).await;
    assert_eq!((levels(&events), text(&events)), (vec!["info", "error"], "done"));
    let (_, events) = send(post("2025-11-25", "", ""), "resources/read", json!({ "uri": "notes://all" })).await;
    assert_eq!(levels(&events), ["notice"]);
    assert_eq!(events[1]["result"]["contents"][0]["text"], "notes");
}

#[tokio::test]
async fn a_level_is_one_that_there_is() {
    let (status, events) = send(post("2025-11-25", "", ""), "logging/setLevel", json!({ "level": "warning" })).await;
    assert_eq!((status, &events[0]["result"]), (StatusCode::OK, &json!({})));
    let (_, events) = send(post("2025-11-25", "", ""), "logging/setLevel", json!({ "level": "loud" })).await;
    assert_eq!(events[0]["error"]["code"], -32602);
    let message = events[0]["error"]["message"].as_str().unwrap();
    assert!(message.starts_with("there is no level `loud`; the levels are debug, info,"), "{message}");
}

#[tokio::test]
async fn what_a_host_hints_at_has_a_type() {
    let hints = json!({
        "io.modelcontextprotocol/clientInfo": { "name": "desk", "version": "2", "title": "Desk" },
        "openai/locale": "fr-FR",
        "openai/userLocation": { "city": "Paris", "latitude": "48.9" },
        "openai/subject": "v1/abc",
        "openai/session": "s1",
    });
    let headers = [("user-agent", "desk/2"), ("x-region", "eu"), ("authorization", "Bearer x"), ("cookie", "a=b")];
    let (_, events) = call_modern("who", json!({}), hints, &headers).await;
    assert_eq!(text(&events), r#"desk 2 Some("Desk") | fr-FR | desk/2 | Paris | v1/abc | s1 | eu | - | -"#);
    let (_, events) =
        call_modern("who", json!({}), json!({ "openai/locale": 7, "webplus/i18n": "de", "openai/userAgent": "phone" }), &[]).await;
    assert_eq!(text(&events), "- | de | phone | - | - | - | - | - | -");
}

#[tokio::test]
async fn a_capability_can_be_asked_for() {
    let (_, events) = call_modern("lends", json!({}), json!({}), &[]).await;
    assert_eq!(text(&events), "false");
    let meta = json!({ "io.modelcontextprotocol/clientCapabilities": { "sampling": {} } });
    let (_, events) = call_modern("lends", json!({}), meta, &[]).await;
    assert_eq!(text(&events), "true");
    for (declared, able) in [(json!({ "url": {} }), "true"), (json!({ "form": {} }), "false")] {
        let meta = json!({ "io.modelcontextprotocol/clientCapabilities": { "elicitation": declared } });
        assert_eq!(text(&call_modern("opens", json!({}), meta, &[]).await.1), able);
    }
}

#[tokio::test]
async fn a_header_says_what_its_argument_says() {
    let arguments = json!({ "region": "Grüße", "days": 3 });
    let both = [("mcp-param-region", "=?base64?R3LDvMOfZQ==?="), ("mcp-param-days", "3")];
    let (status, events) = call_modern("regional", arguments.clone(), json!({}), &both).await;
    assert_eq!((status, text(&events)), (StatusCode::OK, "Grüße Some(3)"));
    let (status, events) = call_modern("regional", json!({ "region": "eu", "days": null }), json!({}), &[("mcp-param-region", "eu")]).await;
    assert_eq!((status, text(&events)), (StatusCode::OK, "eu None"));
    for (headers, why) in [
        (&both[..1], "the header `Mcp-Param-Days` is missing, and its argument is not"),
        (&both[1..], "the header `Mcp-Param-Region` is missing, and its argument is not"),
        (&[("mcp-param-region", "eu"), both[1]], "the header `Mcp-Param-Region` says something else than its argument"),
        (&[("mcp-param-region", "=?base64?!?="), both[1]], "the header `Mcp-Param-Region` can't be decoded"),
    ] {
        let (status, events) = call_modern("regional", arguments.clone(), json!({}), headers).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{headers:?}");
        assert_eq!((&events[0]["error"]["code"], &events[0]["error"]["message"]), (&json!(-32020), &json!(why)));
        assert_eq!(events[0]["id"], 1);
    }
    // Older revisions know no such header.
    let (status, events) = send(post("2025-11-25", "", ""), "tools/call", json!({ "name": "regional", "arguments": arguments })).await;
    assert_eq!((status, text(&events)), (StatusCode::OK, "Grüße Some(3)"));
}

#[tokio::test]
async fn clients_read_which_arguments_want_a_header() {
    let (_, events) = send(post("2025-11-25", "", ""), "tools/list", json!({})).await;
    let tool = events[0]["result"]["tools"].as_array().unwrap().iter().find(|tool| tool["name"] == "regional").unwrap();
    let properties = &tool["inputSchema"]["properties"];
    assert_eq!((&properties["region"]["x-mcp-header"], &properties["days"]["x-mcp-header"]), (&json!("Region"), &json!("Days")));
}

#[tokio::test]
async fn the_server_has_a_face() {
    let face = json!({
        "name": "chatui-tests",
        "version": env!("CARGO_PKG_VERSION"),
        "title": "Caller's desk",
        "icons": [{ "src": "https://example.com/icon.svg", "mimeType": "image/svg+xml" }],
        "websiteUrl": "https://example.com",
    });
    let (_, events) = send(post("2025-11-25", "", ""), "initialize", json!({ "protocolVersion": "2025-11-25" })).await;
    assert_eq!(events[0]["result"]["serverInfo"], face);
    assert_eq!(events[0]["result"]["capabilities"]["logging"], json!({}));
    let (_, events) = send(post(MODERN, "server/discover", ""), "server/discover", json!({ "_meta": modern(json!({})) })).await;
    assert_eq!(events[0]["result"]["_meta"]["io.modelcontextprotocol/serverInfo"], face);
}

#[test]
fn what_hosts_would_not_load_keeps_the_app_from_starting() {
    let wrong = App::new().icon("/icon.png").website("example.com").build().err().unwrap().to_string();
    assert!(wrong.contains("the app's icon is `/icon.png`; hosts load icons from"), "{wrong}");
    assert!(wrong.contains("the app's website is `example.com`; write it with `https://`"), "{wrong}");
}
