//! From bytes to a tool and back, in one process: what the macros wrote, what a call carries, what HTTP asks.

use chatui::{App, Context, Json, Result, Server, data, tool, widget};
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

struct Prefix(&'static str);

/// Joins what the app lends and what the model sends.
#[tool(read_only)]
async fn join(
    /// The text to join.
    text: String,
    /// How often.
    times: Option<u8>,
    prefix: &Prefix,
) -> String {
    format!("{}{}", prefix.0, text.repeat(times.unwrap_or(1).into()))
}

#[data]
#[derive(Debug)]
struct Sum {
    /// The sum of both.
    sum: f64,
    carry: Option<u8>,
}

/// Adds two numbers.
#[tool(writes, name = "add-up")]
fn add(a: f64, b: f64) -> Json<Sum> {
    Json(Sum { sum: a + b, carry: None })
}

/// Counts to a number.
#[tool(destructive)]
fn count(to: u32) -> Json<Vec<u32>> {
    Json((1..=to).collect())
}

/// Fails in one of the two ways.
#[tool(read_only)]
fn fail(told: bool) -> Result<String> {
    if told {
        return Err("the sentence".into());
    }
    Ok("secret".parse::<i32>()?.to_string())
}

/// What the client hinted at.
#[tool(read_only)]
fn hint(cx: &Context) -> String {
    cx.hint("openai/locale").unwrap_or_else(|| "none".to_owned())
}

/// A type that another one in the answer names.
type Answer = Result<Card, std::num::ParseIntError>;

/// A card with a front and a back. Public, as it may be.
#[widget("ui/card.html", text = "{shown}, {also_shown}")]
#[derive(Debug)]
#[serde(rename_all = "camelCase")]
#[allow(unreachable_pub)]
pub struct Card {
    /// The front.
    shown: String,
    also_shown: u8,
    #[ui_only]
    back_side: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nothing: Option<u8>,
}

/// Draws a card; the link to its widget goes through an alias and a `Result`.
#[tool(read_only)]
fn draw(number: String) -> Answer {
    let also_shown = number.parse()?;
    Ok(Card { shown: "front".into(), also_shown, back_side: vec!["hidden".into()], nothing: None })
}

fn server() -> Server {
    App::new().instructions("Tests.").state(Prefix("> ")).build().unwrap()
}

async fn send(request: Request<bytes::Bytes>) -> Response<bytes::Bytes> {
    let (parts, body) = server().handle(request).await.into_parts();
    Response::from_parts(parts, body.bytes().await)
}

fn post() -> http::request::Builder {
    Request::post("/mcp").header("content-type", "application/json")
}

async fn ask(method: &str, params: Value) -> Value {
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
    let response = send(post().body(message.into()).unwrap()).await;
    serde_json::from_slice(response.body()).unwrap()
}

async fn call(name: &str, arguments: Value) -> Value {
    ask("tools/call", json!({ "name": name, "arguments": arguments })).await["result"].take()
}

async fn listed(name: &str) -> Value {
    let tools = ask("tools/list", json!({})).await["result"]["tools"].take();
    tools.as_array().unwrap().iter().find(|tool| tool["name"] == name).unwrap().clone()
}

#[tokio::test]
async fn a_tool_is_listed_as_its_function_says() {
    let tool = listed("join").await;
    assert_eq!(tool["title"], "Join");
    assert_eq!(tool["description"], "Joins what the app lends and what the model sends.");
    assert_eq!(
        tool["inputSchema"],
        json!({
            "type": "object",
            "properties": {
                "text": { "description": "The text to join.", "type": "string" },
                "times": { "description": "How often.", "type": "integer", "minimum": 0, "maximum": 255 },
            },
            "required": ["text"],
            "additionalProperties": false,
        })
    );
    assert_eq!(tool.get("outputSchema"), None);
}

#[tokio::test]
async fn all_four_hints_are_always_said() {
    let hints = |tool: Value| {
        let hint = |name: &str| tool["annotations"][name].as_bool().unwrap();
        [hint("readOnlyHint"), hint("destructiveHint"), hint("idempotentHint"), hint("openWorldHint")]
    };
    assert_eq!(hints(listed("join").await), [true, false, true, false]);
    assert_eq!(hints(listed("add-up").await), [false, false, false, false]);
    assert_eq!(hints(listed("count").await), [false, true, false, false]);
}

#[tokio::test]
async fn an_async_tool_borrows_what_the_app_lends() {
    assert_eq!(call("join", json!({ "text": "ab", "times": 2 })).await["content"], json!([{ "type": "text", "text": "> abab" }]));
    assert_eq!(call("join", json!({ "text": "ab", "times": null })).await["content"][0]["text"], "> ab");
}

#[tokio::test]
async fn structured_data_have_a_schema_and_a_text() {
    let result = call("add-up", json!({ "a": 1, "b": 2.5 })).await;
    assert_eq!(result["structuredContent"], json!({ "sum": 3.5, "carry": null }));
    assert_eq!(result["content"][0]["text"], r#"{"sum":3.5,"carry":null}"#);
    let schema = &listed("add-up").await["outputSchema"];
    assert_eq!(schema["properties"]["sum"], json!({ "description": "The sum of both.", "type": "number" }));
    assert_eq!(schema["required"], json!(["sum", "carry"]));
}

#[tokio::test]
async fn what_is_no_object_is_wrapped() {
    let result = call("count", json!({ "to": 3 })).await;
    assert_eq!(result["structuredContent"], json!({ "result": [1, 2, 3] }));
    assert_eq!(result["content"][0]["text"], "[1,2,3]");
    let schema = &listed("count").await["outputSchema"];
    assert_eq!(schema["type"], "object");
    assert_eq!(schema["required"], json!(["result"]));
}

#[tokio::test]
async fn a_sentence_is_told_and_a_library_error_kept() {
    let told = call("fail", json!({ "told": true })).await;
    assert_eq!((&told["isError"], &told["content"][0]["text"]), (&json!(true), &json!("the sentence")));
    let kept = call("fail", json!({ "told": false })).await;
    let text = kept["content"][0]["text"].as_str().unwrap();
    assert_eq!(kept["isError"], true);
    assert!(text.starts_with("internal error ") && !text.contains("digit"), "{text}");
}

#[tokio::test]
async fn every_wrong_argument_is_listed_at_once() {
    let result = call("join", json!({ "txet": "ab", "times": 300 })).await;
    assert_eq!(result["isError"], true);
    let text = result["content"][0]["text"].as_str().unwrap();
    assert_eq!(
        text,
        "wrong arguments:\n- `txet` is not known; did you mean `text`?\n- `text` is missing\n\
         - `times` is 300; expected an integer from 0 to 255"
    );
    let result = ask("tools/call", json!({ "name": "join", "arguments": ["ab"] })).await;
    assert_eq!(result["result"]["content"][0]["text"], "wrong arguments: send one JSON object with a member for each argument");
}

#[tokio::test]
async fn the_widget_of_a_tool_is_its_return_type() {
    let tool = listed("draw").await;
    let uri = tool["_meta"]["ui"]["resourceUri"].as_str().unwrap().to_owned();
    assert!(uri.starts_with("ui://chatui-tests/card-") && uri.ends_with(".html"), "{uri}");
    assert_eq!(tool["_meta"]["ui/resourceUri"], uri);
    assert_eq!(tool["_meta"]["openai/outputTemplate"], uri);
    let contents = ask("resources/read", json!({ "uri": uri })).await["result"]["contents"][0].take();
    assert_eq!(contents["uri"], uri);
    assert_eq!(contents["mimeType"], "text/html;profile=mcp-app");
    let html = contents["text"].as_str().unwrap();
    assert!(
        html.starts_with("<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><style>"),
        "the style and the bridge are first in the head: {html:.80}"
    );
    assert_eq!(html.matches("ui/initialize").count(), 1);
}

#[tokio::test]
async fn ui_only_fields_are_kept_from_the_model() {
    let result = call("draw", json!({ "number": "7" })).await;
    assert_eq!(result["content"][0]["text"], "front, 7");
    assert_eq!(result["structuredContent"], json!({ "shown": "front", "alsoShown": 7 }));
    assert_eq!(result["_meta"], json!({ "chatui/uiOnly": { "backSide": ["hidden"] } }));
    let schema = listed("draw").await["outputSchema"].take();
    assert_eq!(schema["properties"].as_object().unwrap().keys().collect::<Vec<_>>(), ["shown", "alsoShown", "nothing"]);
    assert_eq!(schema["required"], json!(["shown", "alsoShown"]));
}

#[tokio::test]
async fn a_hint_of_the_client_reaches_the_tool() {
    let params = json!({ "name": "hint", "_meta": { "openai/locale": "de-CH" } });
    assert_eq!(ask("tools/call", params).await["result"]["content"][0]["text"], "de-CH");
    assert_eq!(call("hint", json!({})).await["content"][0]["text"], "none");
}

#[tokio::test]
async fn a_tool_is_an_ordinary_function() {
    assert_eq!(join("a".into(), None, &Prefix("b")).await, "ba");
    assert_eq!(hint(&Context::for_tests()), "none");
    assert_eq!(Context::for_tests().widgets().map(|page| page.name().to_owned()).collect::<Vec<_>>(), ["card"]);
}

#[tokio::test]
async fn a_person_who_opens_the_endpoint_reads_what_it_is() {
    let response = send(Request::get("/mcp").body(bytes::Bytes::new()).unwrap()).await;
    let text = String::from_utf8(response.body().to_vec()).unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert!(text.contains("chatui-tests 0.1.0 is an MCP server") && text.contains("  add-up  Adds two numbers."), "{text}");
}

#[tokio::test]
async fn http_has_its_own_refusals() {
    let status = async |request: http::request::Builder, body: &str| send(request.body(body.to_owned().into()).unwrap()).await.status();
    let stream = Request::get("/mcp").header("accept", "text/event-stream");
    assert_eq!(status(stream, "").await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(status(Request::delete("/mcp"), "").await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(status(Request::get("/mpc"), "").await, StatusCode::NOT_FOUND);
    assert!(
        String::from_utf8_lossy(send(Request::get("/").body(bytes::Bytes::new()).unwrap()).await.body()).contains("<h1>chatui-tests</h1>")
    );
    assert_eq!(status(Request::get("/health"), "").await, StatusCode::OK);
    assert_eq!(status(Request::get("/mcp").header("origin", "https://evil.example"), "").await, StatusCode::FORBIDDEN);
    assert_eq!(status(Request::post("/mcp").header("content-type", "text/plain"), "{}").await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(status(post(), "{").await, StatusCode::BAD_REQUEST);
    assert_eq!(status(post(), r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#).await, StatusCode::ACCEPTED);
}

/// Sends a modern request with these standard headers; gives the status and the error code.
async fn modern(headers: &[(&str, &str)]) -> (u16, Option<i64>) {
    let meta = json!({ "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {} });
    let params = json!({ "name": "count", "arguments": { "to": 1 }, "_meta": meta });
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params }).to_string();
    let request = headers.iter().fold(post(), |request, (name, value)| request.header(*name, *value));
    let response = send(request.body(message.into()).unwrap()).await;
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(body["id"], 1, "the id is echoed: {body}");
    (response.status().as_u16(), body["error"]["code"].as_i64())
}

#[tokio::test]
async fn standard_headers_must_agree_with_the_body() {
    const VERSION: (&str, &str) = ("mcp-protocol-version", "2026-07-28");
    const METHOD: (&str, &str) = ("mcp-method", "tools/call");
    assert_eq!(modern(&[VERSION, METHOD, ("mcp-name", "count")]).await, (200, None));
    assert_eq!(modern(&[VERSION, METHOD, ("mcp-name", " =?base64?Y291bnQ=?= ")]).await, (200, None));
    assert_eq!(modern(&[VERSION, METHOD, ("mcp-name", "add-up")]).await, (400, Some(-32020)));
    assert_eq!(modern(&[VERSION, METHOD]).await, (400, Some(-32020)));
    assert_eq!(modern(&[VERSION, ("mcp-method", "Tools/call"), ("mcp-name", "count")]).await, (400, Some(-32020)));
    assert_eq!(modern(&[("mcp-protocol-version", "2025-11-25"), METHOD, ("mcp-name", "count")]).await, (400, Some(-32020)));
    assert_eq!(modern(&[]).await, (400, Some(-32020)));
}

#[tokio::test]
async fn a_revision_nobody_knows_is_refused() {
    let status = async |version: &str| {
        let message = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#;
        send(post().header("mcp-protocol-version", version).body(message.into()).unwrap()).await.status().as_u16()
    };
    assert_eq!(status("2025-06-18").await, 200);
    assert_eq!(status("2020-01-01").await, 400);
    // The header claims the modern era, the body does not.
    assert_eq!(status("2026-07-28").await, 400);
}
