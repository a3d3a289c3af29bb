//! With rmcp, at both ends: its client at our door, and the app as a handler of its server.
#![expect(deprecated, reason = "logging: there are clients that want it")]

use chatui::{App, Asked, Context, Result, data, prompt, resource, tool};
use rmcp::{
    ClientHandler, ErrorData, RoleClient, ServiceExt,
    model::{
        CallToolRequestParams, CallToolResult, ClientCapabilities, ClientConfig, ClientRequest, ElicitRequestParams, ElicitResult,
        ElicitationAction, GetPromptRequestParams, Implementation, LoggingLevel, LoggingMessageNotificationParam,
        ProgressNotificationParam, ReadResourceRequestParams, Request, ResourceContents, SetLevelRequestParams,
    },
    service::{NotificationContext, PeerRequestOptions, RequestContext, RunningService},
    transport::TokioChildProcess,
};
use serde_json::{Value, json};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{process::Command, runtime::Handle};

/// Adds, in two steps.
#[tool(read_only)]
async fn add(a: i64, b: i64, cx: &Context) -> i64 {
    cx.progress(1, 2, "adding").await;
    a + b
}

/// How somebody likes to be called.
#[data]
struct Name {
    name: String,
}

/// Greets whoever says their name.
#[tool(read_only, asks)]
async fn greet(cx: &Context) -> Result<String> {
    assert_eq!(cx.client().unwrap().name, "person");
    Ok(match cx.ask::<Name>("What is your name?").await? {
        Asked::Accepted(Name { name }) => format!("Hello, {name}!"),
        _ => "Hello, stranger!".into(),
    })
}

/// All notes.
#[resource("notes://all")]
fn notes() -> &'static str {
    "milk"
}

/// Asks for a plan.
#[prompt]
fn plan(city: String) -> String {
    format!("Plan a day in {city}.")
}

/// A client whose user answers with a name, or not at all.
#[derive(Clone, Default)]
struct Person {
    name: Option<&'static str>,
    /// Does not answer at all.
    silent: bool,
    asked: Arc<AtomicBool>,
    progress: Arc<Mutex<Vec<f64>>>,
    logged: Arc<Mutex<Vec<Value>>>,
}

impl ClientHandler for Person {
    fn get_info(&self) -> ClientConfig {
        ClientConfig::new(ClientCapabilities::builder().enable_elicitation().build(), Implementation::new("person", "1"))
    }

    async fn create_elicitation(&self, request: ElicitRequestParams, _: RequestContext<RoleClient>) -> Result<ElicitResult, ErrorData> {
        let ElicitRequestParams::FormElicitationParams { message, .. } = request else { panic!("a form was asked for") };
        assert_eq!(message, "What is your name?");
        self.asked.store(true, Ordering::SeqCst);
        if self.silent {
            std::future::pending::<()>().await;
        }
        Ok(match self.name {
            Some(name) => ElicitResult::new(ElicitationAction::Accept).with_content(json!({ "name": name })),
            None => ElicitResult::new(ElicitationAction::Decline),
        })
    }

    async fn on_logging_message(&self, message: LoggingMessageNotificationParam, _: NotificationContext<RoleClient>) {
        self.logged.lock().unwrap().push(message.data);
    }

    async fn on_progress(&self, progress: ProgressNotificationParam, _: NotificationContext<RoleClient>) {
        self.progress.lock().unwrap().push(progress.progress);
    }
}

fn call(name: &'static str, arguments: Value) -> CallToolRequestParams {
    CallToolRequestParams::new(name).with_arguments(arguments.as_object().unwrap().clone())
}

fn text(result: &CallToolResult) -> &str {
    &result.content[0].as_text().unwrap().text
}

/// A session between a client and the app, both of rmcp.
async fn session(person: Person) -> RunningService<RoleClient, Person> {
    let (here, there) = tokio::io::duplex(64 * 1024);
    let server = App::new().build().unwrap();
    tokio::spawn(async move { server.serve(there).await.unwrap().waiting().await });
    person.serve(here).await.unwrap()
}

#[tokio::test]
async fn an_app_is_a_handler_of_its_server() {
    let person = Person::default();
    let client = session(person.clone()).await;
    assert_eq!(client.peer_info().unwrap().server_info.as_ref().unwrap().name, "chatui-tests");
    let tools = client.list_all_tools().await.unwrap();
    assert_eq!(tools.iter().map(|tool| &*tool.name).collect::<Vec<_>>(), ["add", "greet"]);
    let sum = client.call_tool(call("add", json!({ "a": 2, "b": 3 }))).await.unwrap();
    assert_eq!(text(&sum), "5");
    assert_eq!(*person.progress.lock().unwrap(), [1.0], "rmcp's client asks for progress by itself");
    let wrong = client.call_tool(call("add", json!({ "a": 2, "c": 3 }))).await.unwrap();
    assert_eq!(wrong.is_error, Some(true));
    assert!(text(&wrong).contains("`b` is missing"), "{}", text(&wrong));
    let unknown = client.call_tool(call("ad", json!({}))).await.unwrap_err().to_string();
    assert!(unknown.contains("did you mean `add`?"), "{unknown}");
    let read = client.read_resource(ReadResourceRequestParams::new("notes://all")).await.unwrap();
    let ResourceContents::TextResourceContents { text, .. } = &read.contents[0] else { panic!("{read:?}") };
    assert_eq!(text, "milk");
    let arguments = json!({ "city": "Paris" }).as_object().unwrap().clone();
    let said = client.get_prompt(GetPromptRequestParams::new("plan").with_arguments(arguments)).await.unwrap();
    assert!(serde_json::to_string(&said.messages).unwrap().contains("Plan a day in Paris."), "{said:?}");
    client.cancel().await.unwrap();
}

#[tokio::test]
async fn what_asks_asks_in_its_sessions() {
    for (name, greeting) in [(Some("Ada"), "Hello, Ada!"), (None, "Hello, stranger!")] {
        let client = session(Person { name, ..Person::default() }).await;
        let greeted = client.call_tool(call("greet", json!({}))).await.unwrap();
        assert_eq!(text(&greeted), greeting);
        client.cancel().await.unwrap();
    }
}

#[tokio::test]
async fn a_cancelled_call_asks_no_longer() {
    let person = Person { silent: true, ..Person::default() };
    let client = session(person.clone()).await;
    let request = ClientRequest::CallToolRequest(Request::new(call("greet", json!({}))));
    let called = client.send_cancellable_request(request, PeerRequestOptions::no_options()).await.unwrap();
    until(|| person.asked.load(Ordering::SeqCst)).await;
    let running = || Handle::current().metrics().num_alive_tasks();
    let before = running();
    called.cancel(None).await.unwrap();
    until(|| running() < before).await;
    client.cancel().await.unwrap();
}

async fn until(mut is: impl FnMut() -> bool) {
    for _ in 0..1000 {
        if is() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it does not come to this");
}

#[tokio::test]
async fn its_client_is_served_over_stdio() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_fixture"));
    server.args(["serve", "--stdio"]);
    let person = Person::default();
    let client = person.clone().serve(TokioChildProcess::new(server).unwrap()).await.unwrap();
    let tools = client.list_all_tools().await.unwrap();
    assert!(tools.iter().any(|tool| tool.name == "introduced"), "{tools:?}");
    let answer = client.call_tool(call("introduced", json!({}))).await.unwrap();
    assert_eq!(text(&answer), "person true");
    assert_eq!(*person.logged.lock().unwrap(), [json!("asked")], "a session hears what is worth a line");
    client.set_level(SetLevelRequestParams::new(LoggingLevel::Debug)).await.unwrap();
    client.call_tool(call("introduced", json!({}))).await.unwrap();
    assert_eq!(person.logged.lock().unwrap()[1..], [json!("asked"), json!("in detail")]);
    client.cancel().await.unwrap();
}
