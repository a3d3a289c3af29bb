//! A tool of every kind, and resources. None panics: libFuzzer takes every panic for a finding, a caught one too.

use chatui::{Content, Context, Json, Reply, Result, bail, data, resource, tool, widget};
use std::io;

pub(crate) struct Store {
    pub(crate) notes: Vec<String>,
}

/// Says something, more than once if asked to.
#[tool(read_only)]
fn say(#[arg(length = 1..=80)] what: String, #[arg(default = 1, range = 1..=3)] times: u8) -> String {
    what.repeat(times.into())
}

/// Says nothing.
#[tool(writes, idempotent)]
fn keep_quiet() {}

#[data]
struct Sum {
    sum: i64,
    /// As text, which every client shows.
    words: Option<String>,
}

/// Adds.
#[tool(read_only, idempotent)]
async fn add(left: i64, right: Option<i64>) -> Json<Sum> {
    let sum = left.wrapping_add(right.unwrap_or_default());
    Json(Sum { sum, words: (sum < 0).then(|| format!("minus {}", sum.unsigned_abs())) })
}

/// A forecast for one city.
#[widget(
    html = "<!doctype html><head></head><p id=it></p><script>chatui.on('data', x => it.textContent = x.city)</script>",
    text = "{city}: {high}°"
)]
struct Forecast {
    city: String,
    high: i32,
    #[ui_only]
    hours: Vec<Hour>,
}

#[data]
struct Hour {
    at: String,
    degrees: f64,
}

/// Draws the weather of a place.
#[tool(read_only, open_world, invoking = "Looking…", invoked = "Seen")]
async fn draw(city: String, hours: Vec<Hour>) -> Result<Forecast> {
    let high = hours.iter().map(|hour| hour.degrees).fold(f64::MIN, f64::max);
    Ok(Forecast { city, high: high as i32, hours })
}

/// Says how far it is.
#[tool(read_only)]
async fn walk(#[arg(range = 0..=5)] steps: u8, name: String, cx: &Context) -> String {
    for step in 0..steps {
        cx.progress(step, steps, &name).await;
    }
    name
}

/// Fails, in words or without.
#[tool(destructive)]
fn fail(why: String, told: bool) -> Result<String> {
    if told {
        bail!("it failed: {why}");
    }
    Err(io::Error::other(why).into())
}

/// Needs a client that lends its model.
#[tool(read_only)]
fn need(cx: &Context) -> Result<&'static str> {
    cx.require("sampling")?;
    Ok("there")
}

/// Answers with content of every kind.
#[tool(read_only)]
fn show(text: String, uri: String) -> Reply<String> {
    let linked = Content::link(&uri, &text).described(&uri);
    let held = Content::resource(&uri, "text/html", &text);
    Reply::new(text.clone()).content(Content::image(&text, "image/png")).content(linked).content(held).meta("fuzz/text", &text)
}

/// Counts what there is.
#[tool(read_only, blocking)]
fn count(store: &Store) -> String {
    format!("{} notes", store.notes.len())
}

/// For widgets alone.
#[tool(writes, app_only)]
fn press(button: Button) -> Json<Vec<Button>> {
    Json(vec![button])
}

#[data]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Button {
    Left,
    Right { times: u8 },
}

/// All notes.
#[resource("notes://all")]
fn all(store: &Store) -> String {
    store.notes.join("\n")
}

/// One note.
#[resource("notes://{number}", mime = "text/markdown")]
async fn note(number: usize, store: &Store) -> Option<String> {
    store.notes.get(number).cloned()
}

/// What is asked for.
#[resource("echo://{first}/{+rest}")]
fn echo(first: String, rest: String) -> Result<Json<Vec<String>>> {
    if first == "fail" {
        bail!("it failed: {rest}");
    }
    Ok(Json(vec![first, rest]))
}
