//! Tools, parameters, types and constants under the names that the attributes might use themselves.

#![allow(non_camel_case_types)]

use chatui::{Json, tool};
use serde_json::json;

/// The user's own, not ours.
pub(crate) struct Context(pub(crate) &'static str);

const ANSWER: usize = 2;
const __ANSWER: usize = 3;
const PARAMS: u8 = 4;
const __PARAMS: u8 = 5;
const __WIDGET: u8 = 6;
const TOOL: u8 = 7;

mod chatui_like {
    pub(super) mod __private {
        #[chatui::data]
        pub(crate) struct Thing {
            pub(crate) size: u8,
        }
    }
}
use chatui_like::__private;

fn task() -> u8 {
    PARAMS
}

fn param() -> u8 {
    TOOL + __WIDGET
}

fn answer() -> u8 {
    __PARAMS
}

/// Uses them all.
#[tool(read_only)]
fn uses(
    thing: __private::Thing,
    list: [u8; __ANSWER],
    #[arg(default = task())] task: u8,
    #[arg(default = param())] param: u8,
    #[arg(default = answer() + __PARAMS)] answer: u8,
) -> Json<[u8; ANSWER + __ANSWER]> {
    Json([thing.size, list[0], task, param, answer])
}

macro_rules! named {
    ($($name:ident)*) => {$(
        /// Has a name.
        #[tool(read_only)]
        async fn $name($name: String, context: &Context) -> String {
            format!("{} {} {}", stringify!($name), $name, context.0)
        }
    )*};
}
named!(call args name describe tool schema slots submit package place serializer generator door text model hidden main lend check take);

/// Is a keyword.
#[tool(read_only)]
fn r#type(r#type: String, r#match: Option<u8>) -> String {
    format!("{type} {match:?}")
}

/// Has odd parameters.
#[tool(read_only)]
async fn odd(call: u8, args: u8, context: u8, self_: u8, schema: u8, mut make: u8, __call: u8, cx: &Context, __args: u8) -> String {
    make += 1;
    format!("{call}{args}{context}{self_}{schema}{make}{__call}{__args}{}", cx.0)
}

/// Has no parameters, and shows what stands around it.
#[chatui::widget("ui/card.html", text = "{type} {args} {TOOL}")]
struct r#final {
    r#type: u8,
    args: u8,
    #[ui_only]
    r#match: u8,
}

/// Is drawn.
#[tool(read_only)]
fn r#fn() -> r#final {
    r#final { r#type: 1, args: 2, r#match: 3 }
}

#[tokio::test]
async fn our_names_are_free() {
    let arguments = json!({ "thing": { "size": 1 }, "list": [2, 0, 0] });
    assert_eq!(super::data("uses", arguments).await, r#"{"result":[1,2,4,13,10]}"#);
    for name in [
        "call",
        "args",
        "name",
        "describe",
        "tool",
        "schema",
        "slots",
        "submit",
        "package",
        "place",
        "serializer",
        "generator",
        "door",
        "text",
        "model",
        "hidden",
        "main",
        "lend",
        "check",
        "take",
    ] {
        assert_eq!(super::say(name, json!({ name: "x" })).await, format!("{name} x ours"));
    }
}

#[tokio::test]
async fn keywords_are_names_too() {
    assert_eq!(super::say("type", json!({ "type": "a", "match": 1 })).await, "a Some(1)");
    assert_eq!(super::listed("type").await["title"], "Type");
    let numbers = json!({ "call": 1, "args": 2, "context": 3, "self_": 4, "schema": 5, "make": 5, "__call": 7, "__args": 8 });
    assert_eq!(super::say("odd", numbers).await, "12345678ours");
    let result = super::call("fn", json!({})).await;
    assert_eq!(result["content"][0]["text"], "1 2 7");
    assert_eq!(result["structuredContent"], json!({ "type": 1, "args": 2 }));
    assert_eq!(result["_meta"]["chatui/uiOnly"], json!({ "match": 3 }));
    assert!(super::listed("fn").await["_meta"]["ui"]["resourceUri"].as_str().unwrap().contains("/final-"));
}
