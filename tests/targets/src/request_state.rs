//! What a client brings back to a tool that asks: its state and its answers, a line each. A state in braces is sealed as one is that
//! was given out, with `CALL` and `ASKED` for what stands in a right one; `GIVEN` is one that was given out; all else is sent as it is.

use crate::time::bounded;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use chatui::{__private::sealed, App, Asked, Context, Result, Server, data, tool};
use serde_json::{Value, json};
use std::sync::LazyLock;

const SECRET: &str = "what-seals-the-states-of-this-target";

#[data]
struct Sure {
    sure: bool,
}

/// Erases all, if that is sure.
#[tool(destructive, asks)]
async fn erase(cx: &Context) -> Result<&'static str> {
    Ok(match cx.ask::<Sure>("Erase all?").await? {
        Asked::Accepted(Sure { sure: true }) => "erased",
        Asked::Accepted(_) | Asked::Declined | Asked::Cancelled => "kept",
    })
}

/// A server, a state that it has given out, and what stands in that.
static GIVEN: LazyLock<(Server, String, Value)> = LazyLock::new(|| {
    let server =
        App::new().only(["erase"]).state(crate::tools::Store { notes: Vec::new() }).state_secret(SECRET).build().expect("the app starts");
    let asked = call(&server, None, None);
    let state = asked["result"]["requestState"].as_str().expect("it asks").to_owned();
    let content = BASE64_URL_SAFE_NO_PAD.decode(&state).expect("a state is base64");
    let content = serde_json::from_slice(&content[32..]).expect("behind its seal it is JSON");
    (server, state, content)
});

/// Nobody can seal here. Nothing is erased unless somebody was asked and is sure.
pub fn run(data: &[u8]) {
    let Ok(data) = std::str::from_utf8(data) else { return };
    let (state, responses) = data.split_once('\n').unwrap_or((data, ""));
    let (server, given, content) = &*GIVEN;
    let asked = content["asked"][0].as_str().expect("one question was asked");
    let responses: Option<Value> = serde_json::from_str(&responses.replace("ASKED", asked)).ok();
    let is_ours = state.starts_with('{') || state == "GIVEN";
    let sent = match state {
        "GIVEN" => given.clone(),
        made if made.starts_with('{') => {
            let made = made.replace("CALL", content["call"].as_str().expect("it is of a call")).replace("ASKED", asked);
            sealed(SECRET, &made).expect("the secret is long enough")
        }
        other => other.to_owned(),
    };
    let answer = bounded("request_state", data.len(), || call(server, Some(&sent), responses.as_ref()));
    let text = answer["result"]["content"][0]["text"].as_str();
    match (answer["error"]["code"].as_i64(), answer["result"]["resultType"].as_str()) {
        (Some(-32602), None) => {}
        (None, Some("input_required")) => assert!(is_ours, "a state of nobody's was taken: {answer}"),
        (None, Some("complete")) => assert!(is_ours && text.is_some(), "{answer}"),
        _ => panic!("{answer}"),
    }
    let sure = |text: &str| text.contains("accept") && text.contains("true");
    let said = format!("{state}{}", responses.unwrap_or_default());
    // An escape can spell both.
    assert!(text != Some("erased") || sure(&said) || said.contains('\\'), "erased without a yes: {data}");
}

fn call(server: &Server, state: Option<&str>, responses: Option<&Value>) -> Value {
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": { "elicitation": {} },
    });
    let mut params = json!({ "name": "erase", "arguments": {}, "_meta": meta });
    if let Some(state) = state {
        params["requestState"] = state.into();
    }
    if let Some(responses) = responses {
        params["inputResponses"] = responses.clone();
    }
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params }).to_string();
    let request = http::Request::post("/mcp")
        .header("content-type", "application/json")
        .header("mcp-protocol-version", "2026-07-28")
        .header("mcp-method", "tools/call")
        .header("mcp-name", "erase")
        .body(Bytes::from(message))
        .expect("a request of plain text");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime of its own");
    let body = runtime.block_on(async { server.handle(request).await.into_body().bytes().await });
    serde_json::from_slice(&body).expect("every answer is JSON")
}
