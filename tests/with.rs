//! Another crate's tools are linked here; the app has them only when it names the crate.

use chatui::{App, tool};
use other_tools as _;
use serde_json::{Value, json};

/// This crate's own.
#[tool(read_only)]
fn own() {}

#[chatui::app]
fn app() -> App {
    App::new()
}

async fn names(app: App, method: &str, key: &str) -> Vec<String> {
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method }).to_string();
    let request = http::Request::post("/mcp").header("content-type", "application/json").body(message.into()).unwrap();
    let body = app.build().unwrap().handle(request).await.into_body().bytes().await;
    let answer: Value = serde_json::from_slice(&body).unwrap();
    answer["result"][key].as_array().unwrap().iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn being_linked_is_not_enough() {
    assert_eq!(names(app(), "tools/list", "tools").await, ["own"]);
    assert_eq!(names(app(), "resources/list", "resources").await, [""; 0]);
    assert_eq!(names(app(), "prompts/list", "prompts").await, [""; 0]);
}

#[tokio::test]
async fn a_crate_comes_in_by_name() {
    // Packages are named with `-`, crates with `_`.
    for name in ["other-tools", "other_tools"] {
        assert_eq!(names(app().with(name), "tools/list", "tools").await, ["delete_all", "own"]);
        assert_eq!(names(app().with(name), "resources/list", "resources").await, ["text"]);
        assert_eq!(names(app().with(name), "prompts/list", "prompts").await, ["say"]);
    }
}
