//! A module without a prelude. What schemars' derive wants of it is imported by hand; our attributes want nothing.

#![no_implicit_prelude]

use ::chatui::{App, Context, Json, Message, Result, data, prompt, resource, tool, widget};
#[allow(unused_imports)]
use ::std::{
    convert::{From, Into},
    default::Default,
    option::Option::Some,
};
use ::std::{format, option::Option, primitive::u8, result::Result::Ok, string::String, vec::Vec};

pub(crate) struct Lent(pub(crate) u8);

#[data]
struct Pair {
    left: u8,
    right: Option<Vec<String>>,
    #[serde(default)]
    more: u8,
}

#[data]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Shape {
    Dot,
    Line { from: u8, to: u8 },
}

/// A card.
#[widget(html = "<!doctype html><p>Hi", text = "{left}", csp(connect = "https://a.example"), prefers_border, permissions(camera))]
struct BareCard {
    left: u8,
    shape: Shape,
    #[ui_only]
    right: Vec<Pair>,
}

/// Adds.
#[tool(read_only, open_world, invoking = "Adding", meta("com.example/a" = 1), timeout = "5s", model_only)]
async fn bare_add(
    pair: Pair,
    #[arg(default = 1, range = 1..=9)] times: u8,
    #[arg(default)] more: u8,
    cx: &Context,
    lent: &Lent,
) -> Result<Json<Pair>> {
    let _ = cx;
    Ok(Json(Pair { left: (pair.left + more + lent.0) * times, right: pair.right, more: pair.more }))
}

/// Draws.
#[tool(read_only)]
fn bare_draw(shape: Shape, #[arg(default = "a", length = 1.., pattern = "^a")] text: String) -> BareCard {
    let _ = text;
    BareCard { left: 1, shape, right: Vec::new() }
}

/// A note.
#[resource("bare://{id}", mime = "text/markdown")]
fn bare_note(#[arg(complete = bare_offers)] id: u8) -> Option<String> {
    Some(format!("{id}"))
}

#[data]
enum Side {
    Left,
    Right,
}

/// Asks.
#[prompt(icon = "https://a.example/i.png", auth(none))]
async fn bare_ask(
    #[arg(complete = bare_offers, length = 1..)] text: String,
    #[arg(default = 1, range = 1..=9)] times: u8,
    side: Option<Side>,
    lent: &Lent,
) -> Result<Vec<Message>> {
    let _ = (times, side, lent);
    Ok(::std::vec![Message::user(text)])
}

fn bare_offers(typed: &str) -> [&str; 1] {
    [typed]
}

#[::chatui::app]
pub(super) async fn app() -> Result<App> {
    Ok(App::new().with("renamed-tools").state(Lent(7)).state(super::names::Context("ours")))
}
