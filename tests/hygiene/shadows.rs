//! Every name of the prelude means something else here. (The primitive types are what they are: serde's derives want that.)

#![allow(dead_code, unused_macros)]

use serde_json::json;

struct Result;
struct Option;
struct Box;
struct Vec;
struct String;
struct Some;
struct None;
struct Ok;
struct Err;
trait From {}
trait Into {}
trait Default {}
trait Iterator {}
trait Clone {}
trait Send {}
trait Sync {}
trait Serialize {}
trait Deserialize {}
trait JsonSchema {}
mod std {}
mod core {}
mod alloc {}

type Text = ::std::string::String;

macro_rules! format {
    () => {};
}
macro_rules! concat {
    () => {};
}
macro_rules! env {
    () => {};
}
macro_rules! include_bytes {
    () => {};
}

#[chatui::data]
struct Shade {
    text: ::std::string::String,
    more: ::std::option::Option<::std::vec::Vec<i32>>,
}

/// A card.
#[chatui::widget("ui/card.html", text = "{text}")]
struct ShadowCard {
    text: Text,
    #[ui_only]
    more: ::std::option::Option<Shade>,
}

/// Shades.
#[chatui::tool(writes)]
async fn shadow(
    /// A shade.
    shade: Shade,
    #[arg(default = "dark")] text: Text,
    #[arg(default = Text::new())] empty: Text,
    #[arg(default)] zero: i32,
) -> ::std::result::Result<chatui::Json<Shade>, Text> {
    ::std::result::Result::Ok(chatui::Json(Shade {
        text: ::std::format!("{}{text}{empty}{zero}", shade.text),
        more: ::std::option::Option::None,
    }))
}

/// Draws.
#[chatui::tool(read_only)]
fn shadow_draw() -> ShadowCard {
    ShadowCard { text: "drawn".into(), more: ::std::option::Option::None }
}

#[tokio::test]
async fn the_prelude_is_not_asked() {
    let shade = json!({ "text": "very " });
    assert_eq!(super::data("shadow", json!({ "shade": shade })).await, r#"{"text":"very dark0","more":null}"#);
    let result = super::call("shadow_draw", json!({})).await;
    assert_eq!((&result["content"][0]["text"], &result["_meta"]["chatui/uiOnly"]["more"]), (&json!("drawn"), &json!(null)));
}
