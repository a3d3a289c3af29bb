//! The attributes, documented where their examples compile.

/// Makes a function a tool that models can call.
///
/// The function stays what it is: a unit test calls it as any other. Parameters it owns come from the model, parameters it
/// borrows from the app ([`App::state`](crate::App::state), [`Context`](crate::Context)). Its doc comment is what the model
/// decides by; without one it does not compile.
///
/// ```
/// use chatui::{Context, Result, bail, tool};
///
/// /// Use this when the user wants a table at a restaurant.
/// #[tool(writes, open_world, invoking = "Calling the restaurant…", invoked = "Table booked")]
/// async fn book(
///     /// The restaurant, as the user calls it.
///     restaurant: String,
///     #[arg(range = 1..=12, default = 2)] people: u8,
///     cx: &Context,
/// ) -> Result<String> {
///     cx.progress(1, 2, "on the phone").await;
///     if restaurant.is_empty() {
///         bail!("no restaurant is named; ask the user for one"); // the model reads this
///     }
///     Ok(format!("A table for {people} at {restaurant}"))
/// }
/// ```
///
/// | key | what it says |
/// |---|---|
/// | `read_only`, `writes`, `destructive` | what the tool does to the world; exactly one. `destructive`: it can delete, overwrite or send for good. |
/// | `open_world` | it reaches beyond the user's own data: the web, other people. |
/// | `idempotent` | called twice with the same arguments it does no more than once. (Always true of `read_only`.) |
/// | `name = "…"` | the name, if not the identifier: 1 to 64 of `a-z A-Z 0-9 _ -`. |
/// | `title = "…"` | the name for people, if not the identifier in words. |
/// | `invoking = "…"`, `invoked = "…"` | what ChatGPT shows while and after it runs; at most 64 characters. |
/// | `app_only`, `model_only` | hosts offer it only to widgets, or only to the model. A wish, not a lock: whoever reaches the server can call it. |
/// | `icon = "…"` | an `https://` or `data:image/` address. |
/// | `meta("key" = 1, …)` | more entries of `_meta`: texts, numbers, booleans. |
/// | `schema = function` | a `fn(&mut serde_json::Value)` that adds to the schema of the arguments what no parameter can say, such as which need which others. Published, not enforced: check it in the tool. |
/// | `timeout = "30s"` | how long it is waited for (`ms`, `s`, `m`); then the call is dropped, at its next `.await`, and answered with an error. |
/// | `blocking` | a plain `fn` that waits, for a database or a disk: runs on a thread where that holds nobody up. After its `timeout` it is answered for, but runs on. |
/// | `crate = ::path` | where chatui is, if not at `::chatui`. |
///
/// And on parameters, `#[arg(…)]`:
///
/// | key | what it says |
/// |---|---|
/// | `default = …`, `default` | what the argument is when it is not sent: a literal, which the schema shows; another expression, made anew for each call; or the type's own `Default`. It is checked against the rules below when the app starts. `null` counts as not sent. |
/// | `range = 0..=7` | the smallest and the largest number; also `0..7`, `1..`, `0.0..1.0`. |
/// | `length = 1..=20` | of a string in characters, of a list in items; also `..=20`, `5`. |
/// | `pattern = "…"` | a regular expression that is found in a string; `^…$` for all of it. Of the dialect that all hosts read alike: no lookaround, no flags. |
/// | `name = "…"` | the key, if not the identifier. |
pub use chatui_macros::tool;

/// Makes a struct a widget: data that a template draws inside the chat.
///
/// A tool that returns the struct, or a `Result` of it, is linked to it. Needs no derives, and stands any, above or below.
///
/// ```
/// use chatui::{data, tool, widget};
///
/// /// A forecast for one city.
/// #[widget("widgets/forecast.html", text = "{city}: {high}° / {low}°", prefers_border)]
/// struct Forecast {
///     city: String,
///     high: i32,
///     low: i32,
///     /// Drawn by the widget, never shown to the model.
///     #[ui_only]
///     hours: Vec<Hour>,
/// }
///
/// #[data]
/// struct Hour {
///     at: String,
///     degrees: f64,
/// }
///
/// /// Use this when the user asks for the weather of a place.
/// #[tool(read_only)]
/// fn forecast(city: String) -> Forecast {
///     Forecast { city, high: 21, low: 12, hours: vec![Hour { at: "12:00".into(), degrees: 20.5 }] }
/// }
/// ```
///
/// | key | what it says |
/// |---|---|
/// | `"widgets/name.html"` | the template, from the folder of `Cargo.toml`: one whole HTML document. |
/// | `html = "…"` | the template itself, instead. |
/// | `text = "…"`, `text = function` | what hosts that draw nothing show, and the model reads: a format string over the fields, or a `fn(&Self) -> String`. |
/// | `name = "…"`, `title = "…"` | if not the identifier, in lower case and in words. |
/// | `csp(connect = ["…"], resource = ["…"], frame = ["…"], redirect = ["…"])` | the origins that it may fetch from, load from, frame, and open without being asked. |
/// | `prefers_border` | a host should draw a border around it. |
/// | `permissions(camera, microphone, geolocation, clipboard_write)` | what it asks the browser for. |
/// | `crate = ::path` | where chatui is, if not at `::chatui`. |
///
/// serde's attributes work as ever (`rename`, `rename_all`, `flatten`, `skip_serializing_if`, `serialize_with`, …). A field
/// marked `#[ui_only]` is left out of what the model sees and of the output schema; the template finds it beside the others.
///
/// # In the template
///
/// Hosts run it without access to the network beyond `csp`, without cookies and storage. A global `chatui` stands before its
/// first script:
///
/// | | |
/// |---|---|
/// | `chatui.data` | the struct's fields, once they are there. |
/// | `chatui.on(event, f)` | calls `f` now if there is something, and at every change; returns a function that ends it. Events: `data`, `status`, `input`, `error`, `theme`, `teardown`. |
/// | `chatui.status` | `loading`, `ready`, `error`, `cancelled`. |
/// | `chatui.error` | what a failed tool said. |
/// | `chatui.input` | the tool's arguments. |
/// | `chatui.theme` | `light` or `dark`; `<html data-theme>` says it too, and the host's CSS variables are set on it. |
/// | `await chatui.call(tool, args)` | calls a tool of this server and gives the data of its answer (fields merged, or its text); throws an `Error` with what a failed tool says. Does not change `chatui.data`. |
/// | `await chatui.say(text)` | says something in the chat, as the user would. |
pub use chatui_macros::widget;

/// Makes a function a resource: something to read under an address.
///
/// ```
/// use chatui::{Result, resource};
///
/// struct Notes(Vec<String>);
///
/// /// The names of all notes.
/// #[resource("notes://all")]
/// fn all(notes: &Notes) -> String {
///     notes.0.join("\n")
/// }
///
/// /// One note. `None`: there is no such note.
/// #[resource("notes://{number}", mime = "text/markdown")]
/// async fn note(number: usize, notes: &Notes) -> Option<String> {
///     notes.0.get(number).cloned()
/// }
/// # fn main() { assert_eq!(all(&Notes(vec!["a".into()])), "a"); let _ = note(0, &Notes(vec![])); }
/// ```
///
/// Variables of the address are parameters: `{name}` takes a part between slashes, `{+name}` takes slashes too. What comes
/// back is a `String` or `&'static str` (text), a `Vec<u8>` (bytes), `Json<T>`, or an `Option` or `Result` of one of them.
///
/// | key | what it says |
/// |---|---|
/// | `"scheme://…"` | the address, or a template of addresses. |
/// | `mime = "…"` | the type, if not `text/plain`, `application/octet-stream` or `application/json`. |
/// | `name = "…"`, `title = "…"` | if not the identifier, and the identifier in words. |
/// | `crate = ::path` | where chatui is, if not at `::chatui`. |
pub use chatui_macros::resource;

/// Lets a type of yours travel in arguments and answers: derives serde's `Serialize` and `Deserialize` and a JSON Schema,
/// through chatui, so that your Cargo.toml needs neither crate. Put it on every struct and enum inside a parameter, a
/// `Json<T>` or a widget.
///
/// ```
/// use chatui::{Json, data, tool};
///
/// #[data]
/// #[serde(rename_all = "snake_case")]
/// enum Unit {
///     Celsius,
///     Fahrenheit,
/// }
///
/// #[data]
/// struct Reading {
///     /// In the unit that was asked for.
///     degrees: f64,
///     unit: Unit,
/// }
///
/// /// Reads the thermometer.
/// #[tool(read_only)]
/// fn read(unit: Unit) -> Json<Reading> {
///     Json(Reading { degrees: 20.0, unit })
/// }
/// ```
///
/// serde's attributes work on it, and schemars' rules are published and enforced on every call:
/// `#[schemars(range(min = 1, max = 7))]`, `#[schemars(length(max = 20))]`, `#[schemars(regex(pattern = "^[A-Z]"))]`. For types of
/// `chrono` or `uuid` add `schemars = { version = "1", features = ["chrono04", "uuid1"] }` to your Cargo.toml. The one key is
/// `crate = ::path`.
pub use chatui_macros::data;

/// Names the function that makes the app: `App` or `Result<App, E>`, async or not.
///
/// ```standalone_crate
/// use chatui::{App, Result, tool};
///
/// struct Greeting(String);
///
/// /// Greets.
/// #[tool(read_only)]
/// fn greet(greeting: &Greeting) -> String {
///     greeting.0.clone()
/// }
///
/// #[chatui::app]
/// async fn app() -> Result<App> {
///     let greeting = std::env::var("GREETING").unwrap_or_else(|_| "Hello".into());
///     Ok(App::new().instructions("Greets people.").state(Greeting(greeting)))
/// }
/// ```
///
/// Runs once at start; an error ends the process with exit code 1. On Workers it runs when an isolate gets its first
/// request, may borrow `env: &chatui::worker::Env`, and an error is an answer with status 500 and a log line; state lives as
/// long as its isolate, which is not for long. The one key is `crate = ::path`.
pub use chatui_macros::app;
