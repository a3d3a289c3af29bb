//! What a call may be besides a value: something said on the way, a panic, too long, a thread that waits; and resources.

use chatui::{App, Content, Context, File, Json, Reply, Result, Server, Tell, bail, data, resource, tool, widget};
use http::{Request, StatusCode};
use serde_json::{Value, json};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// Works in steps.
#[tool(read_only)]
async fn steps(count: u32, cx: &Context) -> String {
    for step in 1..=count {
        cx.progress(step, count, "working").await;
        // Not more than before: not told.
        cx.progress(step, count, "again").await;
        std::future::ready(()).await;
    }
    "worked".into()
}

/// Panics.
#[tool(read_only)]
fn panics() -> String {
    panic!("at the wall")
}

/// Never ends.
#[tool(read_only, timeout = "50ms")]
async fn endless() {
    std::future::pending::<()>().await;
}

/// Waits on its thread.
#[tool(read_only, blocking)]
fn waits() -> bool {
    std::thread::sleep(Duration::from_millis(300));
    true
}

/// Everything at once.
#[tool(writes, idempotent, open_world, title = "All of it", invoking = "Working…", invoked = "Done", app_only, icon = "https://example.com/i.png", meta("com.example/limit" = 5))]
fn all() -> Reply<Json<Vec<u8>>> {
    Reply::new(Json(vec![1])).text("one").content(Content::link("notes://1", "note")).meta("com.example/took", 3)
}

/// Takes files.
#[tool(read_only)]
fn files(first: File, more: Option<Vec<File>>) -> usize {
    drop(first);
    more.map_or(1, |more| more.len() + 1)
}

#[data]
enum Kind {
    Big,
    Small,
}

#[data]
enum Unit {
    #[serde(alias = "km")]
    Kilometre,
    Mile,
}

/// Has an alias beside a rule.
#[tool(read_only)]
fn distance(#[arg(range = 0..=7)] far: u8, unit: Unit) -> String {
    match unit {
        Unit::Kilometre => format!("{far} kilometres"),
        Unit::Mile => format!("{far} miles"),
    }
}

/// Has defaults.
#[tool(read_only)]
fn defaults(
    #[arg(default = 3)] number: u8,
    #[arg(default = "Small")] kind: Kind,
    #[arg(default = vec![7])] list: Vec<u8>,
    #[arg(default, name = "max-size")] size: u32,
) -> String {
    let kind = match kind {
        Kind::Big => "big",
        Kind::Small => "small",
    };
    format!("{number} {kind} {list:?} {size}")
}

/// A map, with all that a host is asked for.
#[widget(
    html = "<!doctype html><title>Map</title><p>Map",
    name = "city_map",
    title = "City map",
    text = words,
    csp(
        connect = ["https://api.example.com", "wss://live.example.com"],
        resource = "https://*.tiles.example.com",
        frame = ["https://frame.example.com"],
        redirect = ["https://example.com"]
    ),
    prefers_border,
    permissions(geolocation, clipboard_write)
)]
struct Map {
    city: String,
}

fn words(map: &Map) -> String {
    format!("A map of {}", map.city)
}

/// Shows a map, in a widget that only the model may ask for.
#[tool(read_only, model_only)]
fn map(city: String) -> Map {
    Map { city }
}

trait Clock: Send + Sync {
    fn now(&self) -> u32;
}

#[derive(Default)]
struct Ticks(AtomicU32);

impl Clock for Ticks {
    fn now(&self) -> u32 {
        self.0.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Tells the time.
#[tool(read_only)]
fn time(clock: &dyn Clock) -> Result<u32> {
    let now = clock.now();
    if now > 1 {
        bail!("it is {now}, too late");
    }
    Some(now).tell("never reached")
}

/// The one note that is always there.
#[resource("notes://all", mime = "text/markdown")]
fn all_notes() -> &'static str {
    "# notes"
}

/// A note by its number.
#[resource("notes://{id}/text")]
async fn note(id: u32, clock: &dyn Clock) -> Option<String> {
    let _ = clock;
    (id < 3).then(|| format!("note {id}"))
}

/// A file of any folder.
#[resource("files://{+path}", name = "file")]
fn bytes(path: String) -> Result<Vec<u8>> {
    if path == "broken" {
        bail!("the file is broken");
    }
    Ok(path.into_bytes())
}

fn server() -> Server {
    App::new().state_dyn::<dyn Clock>(Box::<Ticks>::default()).build().unwrap()
}

fn message(method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string()
}

async fn send(server: &Server, accept: &str, body: String) -> (StatusCode, String, String) {
    let request = Request::post("/mcp").header("content-type", "application/json").header("accept", accept).body(body.into()).unwrap();
    let response = server.handle(request).await;
    let media = response.headers()["content-type"].to_str().unwrap().to_owned();
    let status = response.status();
    (status, media, String::from_utf8(response.into_body().bytes().await.to_vec()).unwrap())
}

async fn ask(server: &Server, method: &str, params: Value) -> Value {
    let (_, _, body) = send(server, "*/*", message(method, &params)).await;
    serde_json::from_str(&body).unwrap()
}

async fn text(server: &Server, tool: &str, arguments: Value) -> String {
    let answer = ask(server, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    answer["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

async fn listed(name: &str) -> Value {
    let tools = ask(&server(), "tools/list", json!({})).await["result"]["tools"].take();
    tools.as_array().unwrap().iter().find(|tool| tool["name"] == name).unwrap().clone()
}

const STREAM: &str = "application/json, text/event-stream";

#[tokio::test]
async fn progress_makes_the_answer_a_stream() {
    let params = json!({ "name": "steps", "arguments": { "count": 2 }, "_meta": { "progressToken": "p" } });
    let (status, media, body) = send(&server(), STREAM, message("tools/call", &params)).await;
    assert_eq!((status, media.as_str()), (StatusCode::OK, "text/event-stream"));
    let events: Vec<Value> =
        body.split("\n\n").filter_map(|event| serde_json::from_str(event.strip_prefix("event: message\ndata: ")?).ok()).collect();
    let said: Vec<_> =
        events.iter().map(|event| (&event["params"]["progressToken"], &event["params"]["progress"], &event["params"]["message"])).collect();
    assert_eq!(said[..2], [(&json!("p"), &json!(1.0), &json!("working")), (&json!("p"), &json!(2.0), &json!("working"))]);
    assert_eq!(events[2]["result"]["content"][0]["text"], "worked");
    assert_eq!(events.len(), 3);
}

#[tokio::test]
async fn without_a_token_or_a_reader_of_streams_it_stays_json() {
    let quiet = json!({ "name": "steps", "arguments": { "count": 2 } });
    let asked = json!({ "name": "steps", "arguments": { "count": 2 }, "_meta": { "progressToken": 1 } });
    for (accept, params) in [
        (STREAM, &quiet),
        ("application/json", &asked),
        (STREAM, &json!({ "name": "steps", "arguments": { "count": 0 }, "_meta": { "progressToken": 1 } })),
    ] {
        let (status, media, body) = send(&server(), accept, message("tools/call", params)).await;
        assert_eq!((status, media.as_str()), (StatusCode::OK, "application/json"), "{params}");
        assert!(body.contains("worked"), "{body}");
    }
}

#[tokio::test]
async fn a_slow_reader_makes_the_call_wait_and_loses_nothing() {
    let params = json!({ "name": "steps", "arguments": { "count": 1000 }, "_meta": { "progressToken": 1 } });
    let (_, _, body) = send(&server(), STREAM, message("tools/call", &params)).await;
    assert_eq!(body.matches("notifications/progress").count(), 1000);
}

#[tokio::test]
async fn a_panic_is_an_internal_error_of_its_own_call() {
    let server = server();
    let said = text(&server, "panics", json!({})).await;
    assert!(said.starts_with("internal error ") && !said.contains("wall"), "{said}");
    assert_eq!(text(&server, "waits", json!({})).await, "true");
}

#[tokio::test]
async fn keys_reach_the_list() {
    let tool = listed("all").await;
    assert_eq!(tool["title"], "All of it");
    assert_eq!(tool["icons"], json!([{ "src": "https://example.com/i.png", "mimeType": "image/png" }]));
    let hints =
        ["readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint"].map(|hint| tool["annotations"][hint].as_bool().unwrap());
    assert_eq!(hints, [false, false, true, true]);
    assert_eq!(
        tool["_meta"],
        json!({
            "ui": { "visibility": ["app"] },
            "openai/widgetAccessible": true,
            "openai/visibility": "private",
            "openai/toolInvocation/invoking": "Working…",
            "openai/toolInvocation/invoked": "Done",
            "com.example/limit": 5,
        })
    );
}

#[tokio::test]
async fn what_a_widget_asks_of_its_host_is_said_in_both_dialects() {
    let server = server();
    let list = ask(&server, "resources/list", json!({})).await["result"]["resources"].take();
    let entry = list.as_array().unwrap().iter().find(|entry| entry["name"] == "city_map").unwrap().clone();
    assert_eq!(entry["title"], "City map");
    assert!(entry["uri"].as_str().unwrap().starts_with("ui://chatui-tests/city_map-"), "{entry}");
    let (connect, resource) = (json!(["https://api.example.com", "wss://live.example.com"]), json!(["https://*.tiles.example.com"]));
    let (frame, redirect) = (json!(["https://frame.example.com"]), json!(["https://example.com"]));
    let meta = json!({
        "ui": {
            "csp": { "connectDomains": connect, "resourceDomains": resource, "frameDomains": frame },
            "permissions": { "clipboardWrite": {}, "geolocation": {} },
            "prefersBorder": true,
        },
        "openai/widgetDescription": "A map, with all that a host is asked for.",
        "openai/widgetPrefersBorder": true,
        "openai/widgetCSP": { "connect_domains": connect, "resource_domains": resource, "frame_domains": frame, "redirect_domains": redirect },
    });
    assert_eq!(entry["_meta"], meta);
    let contents = ask(&server, "resources/read", json!({ "uri": entry["uri"] })).await["result"]["contents"][0].take();
    assert_eq!(contents["_meta"], meta, "the same on the list and on the document");
    assert!(contents["text"].as_str().unwrap().starts_with("<!doctype html><meta charset=\"utf-8\"><style>"), "{contents}");
    let tool = listed("map").await;
    assert_eq!(tool["_meta"]["ui"], json!({ "resourceUri": entry["uri"], "visibility": ["model"] }));
    assert_eq!(tool["_meta"]["openai/widgetAccessible"], false);
    assert_eq!(text(&server, "map", json!({ "city": "Bern" })).await, "A map of Bern");
}

#[tokio::test]
async fn a_reply_adds_to_its_value() {
    let answer = ask(&server(), "tools/call", json!({ "name": "all" })).await["result"].take();
    assert_eq!(
        answer["content"],
        json!([{ "type": "text", "text": "one" }, { "type": "resource_link", "uri": "notes://1", "name": "note" }])
    );
    assert_eq!(answer["structuredContent"], json!({ "result": [1] }));
    assert_eq!(answer["_meta"], json!({ "com.example/took": 3 }));
}

#[tokio::test]
async fn files_are_announced_with_the_exact_schema() {
    let tool = listed("files").await;
    assert_eq!(tool["_meta"]["openai/fileParams"], json!(["first", "more"]));
    let string = json!({ "type": "string" });
    let file = json!({
        "type": "object",
        "properties": { "download_url": string, "file_id": string, "mime_type": string, "file_name": string },
        "required": ["download_url", "file_id"],
        "additionalProperties": false,
    });
    assert_eq!(tool["inputSchema"]["properties"]["first"], file);
    assert_eq!(tool["inputSchema"]["properties"]["more"]["items"], file);
    assert_eq!(tool["inputSchema"]["required"], json!(["first"]));
    let sent = json!({ "first": { "download_url": "https://a", "file_id": "f" } });
    assert_eq!(text(&server(), "files", sent).await, "1");
}

#[tokio::test]
async fn defaults_are_published_where_they_are_written_out() {
    let server = server();
    assert_eq!(text(&server, "defaults", json!({})).await, "3 small [7] 0");
    assert_eq!(text(&server, "defaults", json!({ "number": null, "kind": "Big", "list": [], "max-size": 9 })).await, "3 big [] 9");
    let schema = listed("defaults").await["inputSchema"].take();
    assert_eq!(schema.get("required"), None);
    let defaults = |key: &str| schema["properties"][key].get("default").cloned();
    assert_eq!([defaults("number"), defaults("kind"), defaults("list")], [Some(json!(3)), Some(json!("Small")), None]);
}

#[tokio::test]
async fn serde_aliases_are_taken_beside_rules() {
    let server = server();
    assert_eq!(text(&server, "distance", json!({ "far": 2, "unit": "km" })).await, "2 kilometres");
    let wrong = text(&server, "distance", json!({ "far": 9, "unit": "Mile" })).await;
    assert_eq!(wrong, "wrong arguments:\n- `far` is 9; expected an integer from 0 to 7");
}

#[test]
fn an_app_can_wait_for_something_while_it_is_made() {
    fn assert_send<T: Send>(_: T) {}
    assert_send(async {
        let app = App::new().filter(|tool| tool.is_read_only());
        std::future::ready(()).await;
        app
    });
}

#[tokio::test]
async fn a_trait_object_is_lent() {
    let server = server();
    assert_eq!(text(&server, "time", json!({})).await, "1");
    assert_eq!(text(&server, "time", json!({})).await, "it is 2, too late");
}

#[tokio::test]
async fn resources_are_listed_and_read() {
    let server = server();
    let list = ask(&server, "resources/list", json!({})).await["result"]["resources"].take();
    let list: Value = list.as_array().unwrap().iter().filter(|entry| entry["uri"] == "notes://all").cloned().collect();
    let expected = json!([{ "uri": "notes://all", "name": "all_notes", "title": "All notes", "description": "The one note that is always there.", "mimeType": "text/markdown" }]);
    assert_eq!(list, expected);
    let templates = ask(&server, "resources/templates/list", json!({})).await["result"]["resourceTemplates"].take();
    let templates: Vec<_> =
        templates.as_array().unwrap().iter().map(|template| template["uriTemplate"].as_str().unwrap().to_owned()).collect();
    assert_eq!(templates, ["files://{+path}", "notes://{id}/text"]);
    let read = async |uri: &str| ask(&server, "resources/read", json!({ "uri": uri })).await;
    assert_eq!(
        read("notes://all").await["result"]["contents"],
        json!([{ "uri": "notes://all", "mimeType": "text/markdown", "text": "# notes" }])
    );
    assert_eq!(read("notes://2/text").await["result"]["contents"][0]["text"], "note 2");
    let bytes = json!([{ "uri": "files://a/b%21", "mimeType": "application/octet-stream", "blob": "YS9iIQ==" }]);
    assert_eq!(read("files://a/b%21").await["result"]["contents"], bytes);
    for nothing in ["notes://7/text", "notes://two/text", "notes://", "other://"] {
        assert_eq!(read(nothing).await["error"]["code"], -32002, "{nothing}");
    }
    let broken = read("files://broken").await["error"].take();
    assert_eq!((&broken["code"], &broken["message"]), (&json!(-32603), &json!("the file is broken")));
}

#[tokio::test]
async fn an_app_chooses_among_its_tools() {
    let names = async |app: App| {
        let tools =
            ask(&app.state_dyn::<dyn Clock>(Box::<Ticks>::default()).build().unwrap(), "tools/list", json!({})).await["result"]["tools"]
                .take();
        tools.as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(App::new().only(["all", "waits"])).await, ["all", "waits"]);
    assert!(!names(App::new().without(["all"])).await.contains(&"all".to_owned()));
    assert_eq!(names(App::new().filter(|tool| !tool.is_read_only())).await, ["all"]);
    let mistakes = App::new().only(["al"]).with("weather-tools").build().err().unwrap();
    let mistakes: Vec<_> = mistakes.iter().map(str::to_owned).collect();
    assert!(mistakes[0].contains("`use weather_tools as _;`"), "{mistakes:?}");
    assert!(mistakes[1].ends_with("did you mean `all`?"), "{mistakes:?}");
}
