//! What the attributes write meets nothing of what stands around them, and the other way round: every tool here is
//! compiled in a hostile place, and called.

#[path = "hygiene/bare.rs"]
mod bare;
#[path = "hygiene/docs.rs"]
mod docs;
#[path = "hygiene/fields.rs"]
mod fields;
#[path = "hygiene/lints.rs"]
mod lints;
#[path = "hygiene/names.rs"]
mod names;
#[path = "hygiene/paths.rs"]
mod paths;
#[path = "hygiene/places.rs"]
mod places;
#[path = "hygiene/shadows.rs"]
mod shadows;

use serde_json::{Value, json};

async fn ask(method: &str, params: Value) -> Value {
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
    let request = http::Request::post("/mcp").header("content-type", "application/json").body(message.into()).unwrap();
    let response = bare::app().await.unwrap().build().unwrap().handle(request).await;
    serde_json::from_slice::<Value>(&response.into_body().bytes().await).unwrap()["result"].take()
}

async fn call(name: &str, arguments: Value) -> Value {
    ask("tools/call", json!({ "name": name, "arguments": arguments })).await
}

/// What a tool says.
async fn say(name: &str, arguments: Value) -> String {
    let result = call(name, arguments).await;
    assert_eq!(result["isError"], false, "{result}");
    result["content"][0]["text"].as_str().unwrap().to_owned()
}

/// The structured data of an answer, as it was written.
async fn data(name: &str, arguments: Value) -> String {
    call(name, arguments).await["structuredContent"].to_string()
}

async fn listed(name: &str) -> Value {
    let tools = ask("tools/list", json!({})).await["tools"].take();
    tools.as_array().unwrap().iter().find(|tool| tool["name"] == name).unwrap().clone()
}

async fn read(uri: &str) -> Value {
    ask("resources/read", json!({ "uri": uri })).await["contents"][0].take()
}

// The prelude is missing in the modules of `bare` too.
#[tokio::test]
async fn nothing_is_needed_around() {
    let pair = json!({ "left": 1, "right": ["a"] });
    assert_eq!(data("bare_add", json!({ "pair": pair, "times": 2 })).await, r#"{"left":16,"right":["a"],"more":0}"#);
    let result = call("bare_draw", json!({ "shape": { "kind": "line", "from": 1, "to": 2 } })).await;
    assert_eq!(result["structuredContent"], json!({ "left": 1, "shape": { "kind": "line", "from": 1, "to": 2 } }));
    assert_eq!(read("bare://5").await, json!({ "uri": "bare://5", "mimeType": "text/markdown", "text": "5" }));
}
