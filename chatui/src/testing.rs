//! Tests of an app: a client in the same process, which sees of each tool what a host does.
//!
//! A tool is a function, and what it computes is best tested by calling it, with
//! [`Context::for_tests`](crate::Context::for_tests) where it wants the call. This is for what lies around it: that arguments
//! are read and refused as they should be, that state is lent, what the model is told, what the widget gets. No socket is
//! opened and nothing sleeps.
//!
//! ```standalone_crate
//! use chatui::{App, data, testing::{self, json}, tool, widget};
//!
//! /// A list, of which the model sees how long it is.
//! #[widget(html = "<!doctype html><title>List</title><p>List", text = "{count} entries")]
//! #[data]
//! struct List {
//!     count: usize,
//!     #[ui_only]
//!     entries: Vec<String>,
//! }
//!
//! /// Splits a text at its commas.
//! #[tool(read_only)]
//! fn split(#[arg(length = 1..)] text: String) -> List {
//!     let entries: Vec<String> = text.split(',').map(str::to_owned).collect();
//!     List { count: entries.len(), entries }
//! }
//!
//! #[chatui::app]
//! fn app() -> App {
//!     App::new()
//! }
//!
//! # testing::block_on(async {
//! // In a test: #[tokio::test] async fn … {
//! let client = testing::client(app());
//!
//! let answer = client.call("split", json!({ "text": "a,b" })).await;
//! answer.assert_text_contains("2 entries");
//! assert_eq!(*answer.model_data(), json!({ "count": 2 }));
//! assert_eq!(*answer.data(), json!({ "count": 2, "entries": ["a", "b"] })); // what the template draws
//!
//! let list: List = client.call_as("split", json!({ "text": "a,b" })).await.unwrap();
//! assert_eq!(list.entries, ["a", "b"]);
//!
//! client.call("split", json!({ "text": "" })).await.assert_error_contains("`text`");
//! # });
//! ```
//!
//! An async app fn is awaited, `client(app().await)`; a crate without one has `client(App::new())`. An app fn that opens a
//! database gets a sister that does not, and both add the rest: `client(plain().state(Store::in_memory()))`. Where the crate
//! is a binary the tests stand in it, under `#[cfg(test)]`: nothing outside sees its functions.
//!
//! A tool that asks its user is answered by [`Client::answers`].
//!
//! One more line keeps what hosts see from changing unseen, [`assert_contract!`](crate::assert_contract).
//!
//! What a door lends is missing, as with [`Server::handle`]: a `timeout` does not end a call, and
//! `blocking` tools run where they are polled.

mod answer;
mod questions;

use questions::Person;

pub use answer::{Answer, Contents, Progress};
#[doc(no_inline)]
pub use serde_json::json;

use crate::{
    Error, Result,
    app::IntoApp,
    header,
    mcp::Kept,
    revision::{self, Era},
    server::Server,
    site::ENDPOINT,
    state::States,
    user::User,
};
use http::{Request, request::Builder};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Map;
use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

/// Any JSON: serde_json's, for crates that do not depend on it.
///
/// ```
/// use chatui::testing::{Value, json};
///
/// let value: Value = json!({ "city": "Paris" });
/// assert_eq!(value["city"], "Paris");
/// ```
// An alias, because its variants would join the names that rustc shortens: every message about a `String` would then speak of
// `std::string::String`.
pub type Value = serde_json::Value;

/// A client of this app, which may be an `App` or a `Result` of one, as `#[chatui::app]` fns return it.
///
/// ```standalone_crate
/// # use chatui::{App, testing, tool};
/// # /// Says hello.
/// # #[tool(read_only)]
/// # fn hello() -> String { "hello".into() }
/// let client = testing::client(App::new());
/// let answer = testing::block_on(client.call("hello", ()));
/// assert_eq!(answer.text(), "hello");
/// ```
///
/// # Panics
///
/// Where the app can't start, with everything that keeps it from that.
#[track_caller]
pub fn client(app: impl IntoApp) -> Client {
    // Told at the place of the test, which is where the app was made.
    match app.into_app() {
        Ok(app) => match app.build_for(true) {
            Ok(server) => Client { server, era: Era::Modern, meta: Map::new(), user: None, person: None },
            Err(mistakes) => panic!("{mistakes}"),
        },
        Err(error) => panic!("the app can't start: {error}"),
    }
}

/// Runs a future to its end, for tests without a runtime.
///
/// There are no timers and no sockets in it: what needs tokio's says so by a panic, and belongs under `#[tokio::test]`.
///
/// ```
/// assert_eq!(chatui::testing::block_on(async { 1 + 1 }), 2);
/// ```
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Parked(Thread);
    impl Wake for Parked {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Parked(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}

/// A client in the same process; [`client`] makes it. Cheap to clone.
#[derive(Clone)]
pub struct Client {
    server: Server,
    era: Era,
    meta: Map<String, Value>,
    user: Option<User>,
    /// Who answers what tools ask.
    person: Option<Person>,
}

impl Client {
    /// The same client, which speaks the newest revision that opens with `initialize`, 2025-11-25.
    ///
    /// ```
    /// # fn both(client: chatui::testing::Client) {
    /// for client in [client.clone().legacy(), client.modern()] {
    ///     // what must hold for hosts of today and of tomorrow
    /// }
    /// # }
    /// ```
    pub fn legacy(self) -> Self {
        Client { era: Era::Legacy, ..self }
    }

    /// The same client, which speaks the newest revision, 2026-07-28, as it does unless told otherwise.
    ///
    /// ```
    /// # fn again(client: chatui::testing::Client) -> chatui::testing::Client {
    /// client.legacy().modern()
    /// # }
    /// ```
    pub fn modern(self) -> Self {
        Client { era: Era::Modern, ..self }
    }

    /// The same client, which puts this into the `_meta` of its requests: what a tool reads with
    /// [`Context::hint`](crate::Context::hint), and what [`Context::require`](crate::Context::require) asks for.
    ///
    /// ```standalone_crate
    /// use chatui::{App, Context, testing::{self, json}, tool};
    ///
    /// /// Greets in the user's language.
    /// #[tool(read_only)]
    /// fn greet(cx: &Context) -> &'static str {
    ///     match cx.hint::<String>("openai/locale") {
    ///         Some(locale) if locale.starts_with("de") => "Guten Tag!",
    ///         _ => "Hello!",
    ///     }
    /// }
    ///
    /// # testing::block_on(async {
    /// let client = testing::client(App::new());
    /// assert_eq!(client.call("greet", ()).await.text(), "Hello!");
    /// let german = client.with_meta("openai/locale", "de-DE");
    /// assert_eq!(german.call("greet", ()).await.text(), "Guten Tag!");
    /// let able = german.with_meta("io.modelcontextprotocol/clientCapabilities", json!({ "sampling": {} }));
    /// # assert_eq!(able.call("greet", ()).await.text(), "Guten Tag!");
    /// # });
    /// ```
    ///
    /// # Panics
    ///
    /// Where the value can't be written as JSON.
    pub fn with_meta(mut self, key: &str, value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => drop(self.meta.insert(key.to_owned(), value)),
            Err(error) => panic!("the value of `{key}` can't be written as JSON: {error}"),
        }
        self
    }

    /// The same client, whose user is signed in as this one. There is no token to verify, and what the tools ask for is asked
    /// for all the same.
    ///
    /// ```standalone_crate
    /// use chatui::{App, Auth, User, testing, tool};
    ///
    /// /// Empties the list.
    /// #[tool(destructive, auth(scopes("list:write")))]
    /// fn empty(user: &User) -> String {
    ///     format!("the list of {} is empty", user.subject())
    /// }
    ///
    /// # testing::block_on(async {
    /// let client = testing::client(App::new().auth(Auth::issuer("https://auth.example.com")));
    /// client.call("empty", ()).await.assert_error_contains("sign in");
    /// let ada = client.with_user(User::new("ada").with_scopes(["list:write"]));
    /// ada.call("empty", ()).await.assert_text_contains("of ada is empty");
    /// # });
    /// ```
    #[cfg(feature = "auth")]
    pub fn with_user(self, user: User) -> Self {
        Client { user: Some(user), ..self }
    }

    /// Calls a tool with what it takes: [`json!`], a map, a `#[data]` struct, or `()` where it takes nothing.
    ///
    /// An error of the tool is an answer too, and so is a refusal, such as of a name that no tool has: see
    /// [`Answer::is_error`] and [`Answer::code`].
    ///
    /// ```
    /// # use chatui::testing::{Client, json};
    /// # async fn called(client: Client) {
    /// let answer = client.call("forecast", json!({ "city": "Paris", "day": 1 })).await;
    /// answer.assert_text_contains("Paris");
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// Where the arguments can't be written as JSON.
    pub async fn call(&self, tool: &str, arguments: impl Serialize) -> Answer {
        let arguments = written(tool, arguments);
        // Asked of each call: whoever tests progress needs nothing more, and the others lose nothing.
        let said = json!({ "name": tool, "arguments": arguments, "_meta": { "progressToken": 1 } });
        let heard = self.ask("tools/call", Some(tool), said).await;
        let entry = self.server.table.tool(tool);
        let page = entry.and_then(|entry| entry.page(self.server.table.pages()));
        Answer::of(tool, heard, page.map(|page| page.uri().to_owned()), entry.is_some_and(|entry| entry.wraps))
    }

    /// Calls a tool and reads its answer: [`Client::call`] and [`Answer::parse`] in one.
    ///
    /// ```
    /// # use chatui::{Result, data, testing::{Client, json}};
    /// #[data]
    /// struct Sum {
    ///     sum: f64,
    /// }
    ///
    /// # async fn called(client: Client) -> Result<()> {
    /// let sum: Sum = client.call_as("add", json!({ "a": 1, "b": 2 })).await?;
    /// assert_eq!(sum.sum, 3.0);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// What the tool says where it fails, why the call was refused, or why the answer is no `T`.
    ///
    /// # Panics
    ///
    /// Where the arguments can't be written as JSON.
    pub async fn call_as<T: DeserializeOwned>(&self, tool: &str, arguments: impl Serialize) -> Result<T> {
        self.call(tool, arguments).await.parse()
    }

    /// The tools as hosts have them listed, sorted by name.
    ///
    /// ```
    /// # use chatui::testing::Client;
    /// # async fn listed(client: Client) {
    /// let tools = client.tools().await;
    /// assert_eq!(tools[0]["name"], "forecast");
    /// assert_eq!(tools[0]["annotations"]["readOnlyHint"], true);
    /// # }
    /// ```
    pub async fn tools(&self) -> Vec<Value> {
        let (mut all, mut params) = (Vec::new(), json!({}));
        loop {
            let mut heard = self.ask("tools/list", None, params).await;
            let Value::Array(tools) = heard.answer["result"]["tools"].take() else {
                panic!("tools/list was answered with {}", heard.answer);
            };
            all.extend(tools);
            match heard.answer["result"]["nextCursor"].take() {
                Value::Null => return all,
                cursor => params = json!({ "cursor": cursor }),
            }
        }
    }

    /// Reads a resource, or the document of a widget ([`Answer::widget`] names it).
    ///
    /// ```
    /// # use chatui::{Result, testing::Client};
    /// # async fn read(client: Client) -> Result<()> {
    /// assert_eq!(client.read("notes://all").await?.text(), "milk\nbread");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Where nothing is under this address, and what the resource says where it fails.
    pub async fn read(&self, uri: &str) -> Result<Contents> {
        let mut heard = self.ask("resources/read", Some(uri), json!({ "uri": uri })).await;
        match heard.answer["error"]["message"].as_str() {
            Some(message) => Err(Error::tell(answer::with_kept(message, heard.kept.as_deref()))),
            None => Ok(Contents::of(heard.answer["result"]["contents"][0].take())),
        }
    }

    /// Asks for a prompt, as a person who chooses it in a host, and gives its messages as hosts get them.
    ///
    /// ```standalone_crate
    /// use chatui::{App, prompt, testing::{self, json}};
    ///
    /// /// Plans a day in a city.
    /// #[prompt]
    /// fn day(city: String, #[arg(default = 2)] people: u8) -> String {
    ///     format!("Plan a day in {city} for {people}.")
    /// }
    ///
    /// let messages = testing::block_on(testing::client(App::new()).prompt("day", json!({ "city": "Paris" }))).unwrap();
    /// assert_eq!(messages[0]["role"], "user");
    /// assert_eq!(messages[0]["content"]["text"], "Plan a day in Paris for 2.");
    /// ```
    ///
    /// # Errors
    ///
    /// What the client is told instead; of an internal error also what only the log gets.
    ///
    /// # Panics
    ///
    /// Where the arguments can't be written as JSON.
    pub async fn prompt(&self, name: &str, arguments: impl Serialize) -> Result<Vec<Value>> {
        let arguments = written(name, arguments);
        let mut heard = self.ask("prompts/get", Some(name), json!({ "name": name, "arguments": arguments })).await;
        let messages = heard.answer["result"]["messages"].take();
        match (heard.answer["error"]["message"].as_str(), messages) {
            (Some(message), _) => Err(Error::tell(answer::with_kept(message, heard.kept.as_deref()))),
            (None, Value::Array(messages)) => Ok(messages),
            _ => panic!("prompts/get was answered with {}", heard.answer),
        }
    }

    /// One request, as a host of this era sends it, and again with what its user answers.
    async fn ask(&self, method: &str, name: Option<&str>, mut params: Value) -> Heard {
        let mut heard = self.send(method, name, params.clone()).await;
        while let Some(person) = &self.person
            && let Some(answers) = person.answers_to(&heard.answer["result"])
        {
            params["inputResponses"] = answers;
            params["requestState"] = heard.answer["result"]["requestState"].take();
            let said = heard.said;
            heard = self.send(method, name, params.clone()).await;
            heard.said.splice(..0, said);
        }
        heard
    }

    async fn send(&self, method: &str, name: Option<&str>, mut params: Value) -> Heard {
        let version = revision::names(self.era).next().unwrap_or_default();
        let mut request = Request::post(ENDPOINT)
            .header("content-type", "application/json")
            .header("accept", "application/json, text/event-stream")
            .header("mcp-protocol-version", version);
        if self.era == Era::Modern {
            params["_meta"]["io.modelcontextprotocol/protocolVersion"] = version.into();
            params["_meta"]["io.modelcontextprotocol/clientInfo"] =
                json!({ "name": "chatui-testing", "version": env!("CARGO_PKG_VERSION") });
            let capabilities = self.person.as_ref().map_or(json!({}), |_| questions::capabilities());
            params["_meta"]["io.modelcontextprotocol/clientCapabilities"] = capabilities;
            request = self.repeated(request.header("mcp-method", method), method, name, &params["arguments"]);
        }
        for (key, value) in &self.meta {
            params["_meta"][key] = value.clone();
        }
        let message = json!({ "jsonrpc": "2.0", "id": 0, "method": method, "params": params }).to_string();
        let mut request = request.body(message.into()).expect("a header's value is plain text here");
        if let Some(user) = &self.user {
            request.extensions_mut().insert(user.clone());
        }
        let kept = Kept::default();
        let mut door = States::default();
        door.add(Box::new(kept.clone()));
        let server = Server { door: Arc::new(door), ..self.server.clone() };
        let bytes = server.handle(request).await.into_body().bytes().await;
        Heard::of(&String::from_utf8_lossy(&bytes), kept.take())
    }

    /// With the headers that repeat the name, and what a tool wants repeated of its arguments.
    fn repeated(&self, mut request: Builder, method: &str, name: Option<&str>, arguments: &Value) -> Builder {
        let Some(name) = name else { return request };
        request = request.header("mcp-name", header::encode(name));
        let tool = self.server.table.tool(name).filter(|_| method == "tools/call");
        for slot in tool.into_iter().flat_map(|entry| entry.tool.params) {
            if let (Some(header), Some(value)) = (slot.header, arguments.get(slot.key).filter(|value| !value.is_null())) {
                let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                request = request.header(format!("mcp-param-{}", header.name), header::encode(&text));
            }
        }
        request
    }
}

fn written(whose: &str, arguments: impl Serialize) -> Value {
    match serde_json::to_value(arguments) {
        Ok(Value::Null) => json!({}),
        Ok(arguments) => arguments,
        Err(error) => panic!("the arguments of `{whose}` can't be written as JSON: {error}"),
    }
}

/// What came back on one request.
struct Heard {
    answer: Value,
    /// The notifications before it.
    said: Vec<Value>,
    kept: Option<String>,
}

impl Heard {
    /// One message, or a stream of events with one in each.
    fn of(body: &str, kept: Option<String>) -> Self {
        let read = |json: &str| serde_json::from_str(json).unwrap_or_else(|_| panic!("the server answered what is no JSON: {body}"));
        let mut said: Vec<Value> = match body.starts_with('{') {
            true => vec![read(body)],
            false => body.lines().filter_map(|line| line.strip_prefix("data: ")).map(read).collect(),
        };
        let answer = said.pop().unwrap_or_else(|| panic!("the server answered nothing: {body:?}"));
        Heard { answer, said, kept }
    }
}
