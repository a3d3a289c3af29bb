//! The attributes, documented where their examples compile.

/// Makes a function a tool that models can call.
///
/// The function stays what it is: a unit test calls it as any other, and [`testing::client`](super::testing::client)
/// as a host does. Parameters it owns come from the model, parameters it borrows from the app ([`App::state`](crate::App::state),
/// [`Context`](crate::Context)). Its doc comment is what the model decides by; without one it does not compile.
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
/// | `examples = ["…", …]` | what a user says when this is the tool to call, for example "Show me the dashboard". `submission` makes test prompts of them; models don't see them. |
/// | `app_only`, `model_only` | hosts offer it only to widgets, or only to the model. A wish, not a lock: whoever reaches the server can call it. |
/// | `auth(none)`, `auth(optional)`, `auth(scopes("…", …))` | who may call it, where the app asks users to sign in ([`App::auth`](crate::App), feature `auth`): anybody; anybody, and `cx.user()` says who is signed in; who is signed in with all of these scopes, in place of the app's. `optional` and `scopes` go together. Without it: who is signed in with the app's scopes. |
/// | `icon = "…"` | an `https://` or `data:image/` address. |
/// | `meta("key" = 1, …)` | more entries of `_meta`: texts, numbers, booleans. |
/// | `allow = "secret"` | a default or an entry of `meta` only looks like a key or a password, which would not compile. |
/// | `schema = function` | a `fn(&mut serde_json::Value)` that adds to the schema of the arguments what no parameter can say, such as which need which others. Published, not enforced: check it in the tool. |
/// | `timeout = "30s"` | how long it is waited for (`ms`, `s`, `m`), where that is not 55 s or what [`Limits::timeout`](crate::Limits::timeout) says; then the call is dropped, at its next `.await`, and answered with an error. |
/// | `blocking` | a plain `fn` that waits, for a database or a disk: runs on a thread where that holds nobody up. After its `timeout` it is answered for, but runs on. |
/// | `asks` | an `async fn` that asks its user, with [`Context::ask`](crate::Context::ask), or its client. |
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
/// | `header = "Region"` | the argument travels in the header `Mcp-Param-Region` too, for proxies that route by it: a text, a whole number or a boolean, and no secret. A request of 2026-07-28 whose header says something else is refused. |
/// | `name = "…"` | the key, if not the identifier. |
///
/// (`complete` is for what a person types: see [`prompt`](macro@super::prompt).)
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
/// | `"widgets/name.html"`, `"web/dist"` | the template, from the folder of `Cargo.toml`: an HTML document, or a folder with an `index.html`, as Vite builds one. |
/// | `html = "…"` | the template itself, instead. Without either the widget is drawn from its schema, as a card, a list or a table. |
/// | `text = "…"`, `text = function` | compulsory: what hosts that draw nothing show, and the model reads. A format string over the fields, or a `fn(&Self) -> String`. |
/// | `name = "…"`, `title = "…"` | if not the identifier, in lower case and in words. |
/// | `csp(connect = ["…"], resource = ["…"], frame = ["…"], redirect = ["…"])` | the origins that it may fetch from, load from, frame, and open without being asked. |
/// | `prefers_border` | a host should draw a border around it. |
/// | `permissions(camera, microphone, geolocation, clipboard_write)` | what it asks the browser for. |
/// | `assets = "web/assets"` | a folder whose files are served beside the document instead of being put into it: by the native server itself, on Workers by Cloudflare where wrangler.toml names the same folder as `[assets] directory`. |
/// | `bare` | without chatui's stylesheet, which has the hosts' variables with defaults and dresses plain HTML. |
/// | `allow = ["code"]` | findings that are right here; each is shown with its code. |
/// | `crate = ::path` | where chatui is, if not at `::chatui`. |
///
/// serde's attributes work as ever (`rename`, `rename_all`, `flatten`, `skip_serializing_if`, `serialize_with`, …). A field
/// marked `#[ui_only]` is left out of what the model sees and of the output schema; the template finds it beside the others.
///
/// # The template
///
/// It is read when the crate is compiled. Local scripts, styles and images are put into it, so that one document is all there
/// is to load, and a change of any of them rebuilds. What hosts would not show does not compile, with the line and the column:
/// a file that is missing, something to load from an origin that `csp` does not name, a key or a password. What is only unwise
/// is a finding with a code: `serve` logs it, `list` shows it (with `--json` below `widgets`, beside the size of the document in
/// bytes), `allow` silences it.
///
/// | code | what was found |
/// |---|---|
/// | `secret`, `localhost` | a key or a password, also in a file that is served beside it; an address of a developer's machine that something is loaded from, or a link or a script leads to. Refused, the latter in builds without debug assertions, unless allowed. |
/// | `field` | a script reads a field of `chatui.data`, or of what `chatui.on('data', …)` gets, that the struct has not. Refused unless allowed; not looked for where serde is told to `flatten` and the like. |
/// | `csp-unused`, `csp-meta`, `permission` | an origin in `csp` that nothing names; a policy of the template's own; something of the browser that `permissions` does not ask for. |
/// | `eval`, `wasm`, `worker`, `import-bare`, `fetch-data` | code that hosts' policies, or browsers, do not run. |
/// | `storage`, `dialog`, `form`, `link`, `javascript-link` | what a sandbox blocks: `localStorage` and cookies, `alert`, a form with an `action`, an address that leads nowhere or away. |
/// | `viewport-height`, `color-scheme` | a height in `vh`, which the host's own sizing chases; a fixed `color-scheme`, which paints a backdrop. |
/// | `font-data`, `asset`, `assets-cors`, `onload` | a font that can't be put into the document; a file that only a script names; assets that other origins may not read; a handler that is never called. |
/// | `charset`, `size`, `handshake` | letters without a `<meta charset>`; a document of over 500 KB (over 2 MB is refused); a second client beside the bridge. |
///
/// Links open through the host, and forms have their `submit` event, which a host's sandbox would drop.
///
/// Hosts run it without access to the network beyond `csp`, without cookies and storage. A global `chatui` stands before its
/// first script:
///
/// | | |
/// |---|---|
/// | `chatui.data` | the struct's fields, once they are there. |
/// | `chatui.status` | `loading`, `ready`, `error`, `cancelled`; `<html data-status>` says it too. |
/// | `chatui.error` | what a failed tool said. A template that listens to neither `status` nor `error` has it shown in front of its body. |
/// | `chatui.input`, `chatui.partial` | the tool's arguments, and whether the model is still writing them. |
/// | `chatui.on(event, f)` | calls `f` now if there is something, and at every change; returns a function that ends it. Events: `data`, `status`, `error`, `input`, `host`, `theme`, `state`, `teardown`. |
/// | `await chatui.call(tool, args)` | calls a tool of this server and gives the data of its answer (fields merged, or its text); throws an `Error` with what a failed tool says, named `ToolError`. Does not change `chatui.data`. |
/// | `await chatui.say(text)` | says something in the chat, as the user would. |
/// | `await chatui.context(what)` | tells the model what the person sees or has chosen, for its next turn. |
/// | `chatui.state`, `chatui.setState(state)` | a small value that is kept where the host can: in ChatGPT, and where the widget's origin has a storage. |
/// | `await chatui.open(url)`, `download(name, content)`, `display(mode)`, `read(uri)` | outside of the widget: an address, a file, `fullscreen`, a resource of this server. |
/// | `chatui.log(level, data)`, `chatui.close()` | to the host's log; asks the host to close the widget. |
/// | `chatui.host` | what the host is and can do, its locale, display mode, sizes; `chatui.theme` is `light` or `dark`. |
/// | `chatui.openai` | ChatGPT's own functions, where there are any. |
///
/// `cargo run -- types --out DIR` writes their types, and those of the data and the tools, for an editor.
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
/// | `icon = "…"` | an `https://` or `data:image/` address. |
/// | `audience = ["user", "assistant"]` | for whom it is: the person, the model, or both. A wish, not a lock. |
/// | `priority = 0.5` | how much it matters: from 0, it can be left out, to 1, it is needed. |
/// | `auth(…)` | who may read it, as for tools. |
/// | `asks` | it asks whoever reads it, as for tools. |
/// | `crate = ::path` | where chatui is, if not at `::chatui`. |
///
/// Two templates that fit one address, such as `notes://{id}` and `notes://{name}`, keep the app from starting. An address
/// without variables may stand beside a template that fits it, and goes before it.
///
/// On parameters `#[arg(name = "…")]` gives the name of the variable, and `#[arg(complete = function)]` what is offered to a
/// person who types it, as for a [`prompt`](macro@super::prompt).
pub use chatui_macros::resource;

/// Makes a function a prompt: words for a chat that a person chooses by name, in a menu of their host or after a slash.
///
/// ```
/// use chatui::{Message, Result, data, prompt};
///
/// struct Guide;
/// # impl Guide { fn sights(&self, _: &str) -> Result<String> { Ok("the tower".into()) } }
///
/// #[data]
/// #[serde(rename_all = "snake_case")]
/// enum Pace {
///     Slow,
///     Fast,
/// }
///
/// /// Plans a day in a city.
/// #[prompt(title = "Plan a day")]
/// async fn day(
///     /// Where to.
///     #[arg(complete = cities, length = 1..)]
///     city: String,
///     #[arg(range = 1..=12, default = 2)] people: u8,
///     pace: Option<Pace>,
///     guide: &Guide,
/// ) -> Result<Vec<Message>> {
///     let pace = if let Some(Pace::Fast) = pace { "all of it" } else { "the best of it" };
///     let sights = guide.sights(&city)?;
///     Ok(vec![
///         Message::user(format!("We are {people} and have a day for {city}. There is: {sights}")),
///         Message::assistant("What do you want to see?"),
///         Message::user(pace),
///     ])
/// }
///
/// /// What is offered while the city is typed.
/// fn cities(typed: &str) -> impl Iterator<Item = &'static str> {
///     ["Paris", "Pisa", "Rome"].into_iter().filter(move |city| city.starts_with(typed))
/// }
/// # let _ = day("Paris".into(), 2, None, &Guide);
/// ```
///
/// Parameters it owns are what the person fills in; those it borrows are lent by the app, as to tools. Its doc comment says
/// what it is for; without one it does not compile. What comes back is a `String` or a `&'static str` (one message of the
/// user), a [`Message`](crate::Message), a `Vec` or an array of messages, or a `Result` of one of these.
///
/// What is filled in travels as text. A parameter reads it as a string, or where its type wants no string as the number or the
/// word that it spells. An `Option`, and what has a default, may be missing, and an empty text counts as missing where the
/// type wants no text. What is wrong is refused with one message that lists all of it (`-32602`), before the fn runs.
///
/// | key | what it says |
/// |---|---|
/// | `name = "…"` | the name, if not the identifier: 1 to 64 of `a-z A-Z 0-9 _ -`. |
/// | `title = "…"` | the name for people, if not the identifier in words. |
/// | `icon = "…"` | an `https://` or `data:image/` address. |
/// | `asks` | it may [ask](super::Context::ask) its user. |
/// | `auth(…)` | who may ask for it, as for tools. |
/// | `crate = ::path` | where chatui is, if not at `::chatui`. |
///
/// On parameters, `#[arg(…)]` takes the keys that it takes on those of a [`tool`](macro@super::tool), but for `header`, and one more:
///
/// | key | what it says |
/// |---|---|
/// | `complete = function` | what is offered to a person who types it: a `fn(&str)` that gets what is typed so far and returns anything that is iterated over and gives `String`s or `&str`s, the best first. Hosts get the first 100. |
///
/// The values of an enum are offered by themselves: those that begin with what is typed, in any case of letters.
pub use chatui_macros::prompt;

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
///
/// Where some crate of the build switches on `serde_json/arbitrary_precision`, serde cannot read an `f32` or `f64` that is flattened or
/// stands in an enum with `untagged` or `tag`, anywhere, and so not in arguments: such a call is refused. Leave the enum as serde has
/// it without those, or find the crate with `cargo tree -e features -i serde_json`.
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
/// long as its isolate, which is not for long.
///
/// | key | what it says |
/// |---|---|
/// | `not_for = ["…", …]` | what a user says when none of the tools is to be called, though it sounds near. `submission` makes negative test prompts of them; models don't see them. |
/// | `crate = ::path` | where chatui is, if not at `::chatui`. |
pub use chatui_macros::app;

#[cfg(test)]
mod tests {
    #[test]
    fn every_code_of_a_finding_is_explained() {
        let docs = include_str!("attributes.rs");
        for code in chatui_template::CODES {
            assert!(docs.contains(&format!("`{code}`")), "{code}");
        }
    }
}
