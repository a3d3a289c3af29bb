//! Prompts as a person fills them in: what is listed, what comes back in both eras, what is refused, and what is offered while
//! an argument is typed; and what `resources/list` says of resources beside them.

use chatui::{App, Content, Context, Limits, Message, Result, Role, Server, bail, data, prompt, resource, testing, tool};
use http::{Request, StatusCode};
use serde_json::{Value, json};

struct Guide(&'static str);

#[data]
#[serde(rename_all = "snake_case")]
enum Pace {
    Slow,
    Fast,
    Faster,
}

/// Plans a day in a city.
///
/// For those who have one.
#[prompt(title = "Plan a day", icon = "https://example.com/day.svg")]
async fn day(
    /// Where to.
    #[arg(complete = cities, length = 2..=20)]
    city: String,
    #[arg(range = 1..=12, default = 2)] people: u8,
    pace: Option<Pace>,
    #[arg(name = "with-dog", default)] dog: bool,
    #[arg(pattern = "^[0-9]{4}$")] year: Option<String>,
    guide: &Guide,
    cx: &Context,
) -> Result<Vec<Message>> {
    if city == "Atlantis" {
        bail!("nobody knows where {city} is");
    }
    cx.progress(1, 1, "heard by nobody").await;
    let pace = pace.map_or("any", |pace| match pace {
        Pace::Slow => "slow",
        Pace::Fast => "fast",
        Pace::Faster => "faster",
    });
    let year = year.unwrap_or_else(|| "this year".into());
    Ok(vec![
        Message::user(format!("{people} for {city}, {pace}, {dog}, {year}: {}", guide.0)),
        Message::assistant(Content::link("guide://city", "The guide").priority(0.5)),
    ])
}

fn cities(typed: &str) -> impl Iterator<Item = &'static str> {
    ["Paris", "Pisa", "Rome"].into_iter().filter(move |city| city.starts_with(typed))
}

/// Says hello.
#[prompt]
fn hello() -> &'static str {
    "Say hello."
}

/// Takes a name for a number.
#[prompt]
fn numbers(#[arg(complete = many)] number: String, #[arg(complete = one)] other: f64) -> [Message; 2] {
    [Message::user(number), Message::user(Content::text(other.to_string()).audience([Role::User]))]
}

fn many(typed: &str) -> Vec<String> {
    (0..250).map(|number| format!("{typed}{number}")).collect()
}

fn one(typed: &str) -> Option<&'static str> {
    assert!(!typed.is_empty(), "at the wall");
    Some("1.5")
}

/// Panics.
#[prompt(name = "p-a-n-i-c")]
fn panics() -> String {
    panic!("at the wall")
}

/// Says more than anybody reads.
#[prompt]
fn endless() -> String {
    "x".repeat(100_000)
}

/// A note.
#[resource("notes://{book}/{id}", icon = "data:image/png;base64,AA==", audience = "user", priority = 1)]
fn note(#[arg(complete = books)] book: String, id: u32) -> String {
    format!("{book} {id}")
}

fn books(typed: &str) -> [String; 1] {
    [format!("{typed}-book")]
}

/// All notes.
#[resource("notes://all", audience = ["user", "assistant"])]
fn notes() -> &'static str {
    "none"
}

/// The speed of a car.
#[resource("cars://{pace}", priority = 0.25)]
fn car(pace: Pace) -> &'static str {
    let _ = pace;
    "fast enough"
}

/// Is a tool.
#[tool(read_only)]
fn tool_too() {}

fn server() -> Server {
    App::new().state(Guide("see the tower")).limits(Limits::default().answer(50_000)).build().unwrap()
}

const MODERN: &str = "2026-07-28";

/// As a client of an era asks; the answer's status with it.
async fn asked(version: &str, method: &str, mut params: Value) -> (StatusCode, Value) {
    let mut request = Request::post("/mcp").header("content-type", "application/json").header("mcp-protocol-version", version);
    if version == MODERN {
        params["_meta"] = json!({ "io.modelcontextprotocol/protocolVersion": version, "io.modelcontextprotocol/clientCapabilities": {} });
        request = request.header("mcp-method", method).header("mcp-name", params["name"].as_str().unwrap_or_default());
    }
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
    let response = server().handle(request.body(message.into()).unwrap()).await;
    (response.status(), serde_json::from_slice(&response.into_body().bytes().await).unwrap())
}

async fn ask(method: &str, params: Value) -> Value {
    asked("2025-11-25", method, params).await.1
}

async fn get(name: &str, arguments: Value) -> Value {
    ask("prompts/get", json!({ "name": name, "arguments": arguments })).await
}

/// The text of the first message, or what is refused with its code.
async fn said(name: &str, arguments: Value) -> std::result::Result<String, (i64, String)> {
    let answer = get(name, arguments).await;
    match answer["error"]["code"].as_i64() {
        Some(code) => Err((code, answer["error"]["message"].as_str().unwrap().to_owned())),
        None => Ok(answer["result"]["messages"][0]["content"]["text"].as_str().unwrap().to_owned()),
    }
}

#[tokio::test]
async fn prompts_are_listed_with_what_a_form_needs() {
    let prompts = ask("prompts/list", json!({})).await["result"]["prompts"].take();
    let names: Vec<&str> = prompts.as_array().unwrap().iter().map(|prompt| prompt["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["day", "endless", "hello", "numbers", "p-a-n-i-c"]);
    assert_eq!(
        prompts[0],
        json!({
            "name": "day",
            "title": "Plan a day",
            "description": "Plans a day in a city.\n\nFor those who have one.",
            "icons": [{ "src": "https://example.com/day.svg", "mimeType": "image/svg+xml" }],
            "arguments": [
                { "name": "city", "title": "City", "description": "Where to.", "required": true },
                { "name": "people", "title": "People", "required": false },
                { "name": "pace", "title": "Pace", "required": false },
                { "name": "with-dog", "title": "With dog", "required": false },
                { "name": "year", "title": "Year", "required": false },
            ],
        })
    );
    assert_eq!(prompts[2], json!({ "name": "hello", "title": "Hello", "description": "Says hello." }));
    let (_, modern) = asked(MODERN, "prompts/list", json!({})).await;
    assert_eq!(modern["result"]["prompts"], prompts);
    assert_eq!((&modern["result"]["ttlMs"], &modern["result"]["cacheScope"]), (&json!(300_000), &json!("public")));
}

#[tokio::test]
async fn a_prompt_is_filled_in_with_texts() {
    let full = json!({ "city": "Paris", "people": "3", "pace": "fast", "with-dog": "true", "year": "2026" });
    let answer = get("day", full.clone()).await;
    let messages = json!([
        { "role": "user", "content": { "type": "text", "text": "3 for Paris, fast, true, 2026: see the tower" } },
        { "role": "assistant", "content": {
            "type": "resource_link", "uri": "guide://city", "name": "The guide", "annotations": { "priority": 0.5 },
        } },
    ]);
    let description = "Plans a day in a city.\n\nFor those who have one.";
    assert_eq!(answer["result"], json!({ "description": description, "messages": messages }));
    let (status, answer) = asked(MODERN, "prompts/get", json!({ "name": "day", "arguments": full })).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        answer["result"],
        json!({
            "resultType": "complete", "description": description, "messages": messages,
            "_meta": { "io.modelcontextprotocol/serverInfo": { "name": "chatui-tests", "version": "0.1.0" } },
        })
    );
    // What may be missing is, and what a form leaves empty is missing.
    let alone = "2 for Paris, any, false, this year: see the tower";
    assert_eq!(said("day", json!({ "city": "Paris" })).await.unwrap(), alone);
    assert_eq!(said("day", json!({ "city": "Paris", "people": "", "pace": "", "with-dog": "" })).await.unwrap(), alone);
    assert_eq!(
        said("day", json!({ "city": "Paris", "people": 4, "with-dog": true })).await.unwrap(),
        alone.replace("2 for", "4 for").replace("false", "true")
    );
    // What wants a text takes what looks like something else.
    assert_eq!(said("day", json!({ "city": "42" })).await.unwrap(), alone.replace("Paris", "42"));
    assert_eq!(said("hello", json!({})).await.unwrap(), "Say hello.");
    assert_eq!(ask("prompts/get", json!({ "name": "hello" })).await["result"]["messages"][0]["role"], "user");
    let answer = get("numbers", json!({ "number": "null", "other": "1e3" })).await;
    let second = json!({ "type": "text", "text": "1000", "annotations": { "audience": ["user"] } });
    assert_eq!(
        [&answer["result"]["messages"][0]["content"]["text"], &answer["result"]["messages"][1]["content"]],
        [&json!("null"), &second]
    );
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once() {
    let wrong = json!({ "city": "X", "people": "13", "pace": "quick", "with-dog": "perhaps", "year": "99", "citty": "Rome" });
    let (code, message) = said("day", wrong).await.unwrap_err();
    assert_eq!(code, -32602);
    assert_eq!(
        message,
        "wrong arguments:\n\
         - `citty` is not known; did you mean `city`?\n\
         - `city` has 1 character; expected a string of 2 to 20 characters\n\
         - `people` is 13; expected an integer from 1 to 12\n\
         - `pace` is \"quick\"; expected one of \"slow\", \"fast\", \"faster\"\n\
         - `with-dog` is \"perhaps\"; expected true or false\n\
         - `year` is \"99\"; expected a string that matches `^[0-9]{4}$`"
    );
    let rows = [
        (json!({}), "- `city` is missing"),
        (json!({ "city": "Paris", "people": "many" }), "- `people` is \"many\"; expected an integer"),
        (json!({ "city": "" }), "- `city` "),
        (json!({ "city": "Paris", "people": "300" }), "- `people` is 300; expected"),
        (json!(["Paris"]), "send one JSON object with a text for each argument"),
    ];
    for (arguments, why) in rows {
        let (code, message) = said("day", arguments.clone()).await.unwrap_err();
        assert!(code == -32602 && message.starts_with("wrong arguments:") && message.contains(why), "{arguments}: {message}");
    }
    let message = r#"{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"day","arguments":{"city":"Rome","city":"Paris"}}}"#;
    let request = Request::post("/mcp").header("content-type", "application/json").body(message.into()).unwrap();
    let body = server().handle(request).await.into_body().bytes().await;
    assert!(String::from_utf8_lossy(&body).contains("- `city` is given twice; send it once"), "{body:?}");
}

#[tokio::test]
async fn what_can_not_be_said_is_an_error() {
    assert_eq!(said("dai", json!({})).await.unwrap_err(), (-32602, "there is no prompt `dai`; did you mean `day`?".into()));
    assert_eq!(said("nothing", json!({})).await.unwrap_err(), (-32602, "there is no prompt `nothing`; prompts/list names them".into()));
    assert_eq!(ask("prompts/get", json!({})).await["error"]["message"], "`params.name` must be a string");
    // A sentence that somebody wrote is told, and what was not meant to happen is not.
    assert_eq!(said("day", json!({ "city": "Atlantis" })).await.unwrap_err(), (-32603, "nobody knows where Atlantis is".into()));
    let (code, message) = said("p-a-n-i-c", json!({})).await.unwrap_err();
    assert!(code == -32603 && message.starts_with("internal error") && !message.contains("wall"), "{message}");
    let (code, message) = said("endless", json!({})).await.unwrap_err();
    assert!(code == -32603 && message.contains("sends at most 50000"), "{message}");
}

#[tokio::test]
async fn a_test_reads_the_messages_of_a_prompt() {
    let client = testing::client(App::new().state(Guide("rest")));
    let messages = client.prompt("day", json!({ "city": "Rome", "pace": "slow" })).await.unwrap();
    assert_eq!(messages[0]["content"]["text"], "2 for Rome, slow, false, this year: rest");
    assert_eq!(client.prompt("hello", json!(null)).await.unwrap().len(), 1);
    let error = client.prompt("p-a-n-i-c", json!({})).await.unwrap_err();
    assert!(error.to_string().ends_with("panicked: at the wall"), "{error}");
    assert_eq!(client.clone().legacy().prompt("hello", json!({})).await.unwrap(), client.prompt("hello", json!({})).await.unwrap());
}

fn of_prompt(name: &str, argument: &str, value: &str) -> Value {
    json!({ "ref": { "type": "ref/prompt", "name": name }, "argument": { "name": argument, "value": value } })
}

fn of_resource(uri: &str, argument: &str, value: &str) -> Value {
    json!({ "ref": { "type": "ref/resource", "uri": uri }, "argument": { "name": argument, "value": value } })
}

#[tokio::test]
async fn what_is_typed_is_completed() {
    let rows = [
        (of_prompt("day", "city", "P"), json!(["Paris", "Pisa"])),
        (of_prompt("day", "city", ""), json!(["Paris", "Pisa", "Rome"])),
        (of_prompt("day", "city", "x"), json!([])),
        (of_prompt("day", "pace", "FAST"), json!(["fast", "faster"])),
        (of_prompt("day", "pace", ""), json!(["slow", "fast", "faster"])),
        (of_prompt("day", "people", "1"), json!([])),
        (of_prompt("numbers", "other", "1"), json!(["1.5"])),
        (of_resource("notes://{book}/{id}", "book", "blue"), json!(["blue-book"])),
        (of_resource("cars://{pace}", "pace", "s"), json!(["slow"])),
    ];
    for (mut params, values) in rows {
        params["context"] = json!({ "arguments": { "people": "2" } });
        let completion = json!({ "values": values, "total": values.as_array().unwrap().len(), "hasMore": false });
        let answer = ask("completion/complete", params.clone()).await;
        assert_eq!(answer["result"], json!({ "completion": completion }), "{params} {answer}");
        let (status, modern) = asked(MODERN, "completion/complete", params.clone()).await;
        assert_eq!(
            (status, &modern["result"]["completion"], &modern["result"]["resultType"]),
            (StatusCode::OK, &completion, &json!("complete"))
        );
        assert_eq!(modern["result"].as_object().unwrap().keys().collect::<Vec<_>>(), ["resultType", "completion", "_meta"]);
    }
    let many = ask("completion/complete", of_prompt("numbers", "number", "n")).await["result"]["completion"].take();
    assert_eq!((many["values"].as_array().unwrap().len(), &many["values"][99]), (100, &json!("n99")));
    assert_eq!((&many["total"], &many["hasMore"]), (&json!(250), &json!(true)));
}

#[tokio::test]
async fn what_can_not_be_completed_is_said() {
    let shape = "`params` must have a `ref`";
    let rows = [
        (of_prompt("dai", "city", ""), "there is no prompt `dai`; did you mean `day`?"),
        (of_prompt("day", "citi", ""), "`day` has no argument `citi`; did you mean `city`?"),
        (of_prompt("hello", "city", ""), "`hello` has no argument `city`"),
        (
            of_resource("cars://{pac}", "pace", ""),
            "there is no resource with the address or template `cars://{pac}`; did you mean `cars://{pace}`?",
        ),
        (of_resource("notes://all", "book", ""), "`notes` has no argument `book`"),
        (json!({}), shape),
        (json!({ "ref": { "type": "ref/tool", "name": "day" }, "argument": { "name": "a", "value": "" } }), shape),
        (json!({ "ref": { "type": "ref/prompt", "name": "day" } }), shape),
    ];
    for (params, why) in rows {
        let error = ask("completion/complete", params.clone()).await["error"].take();
        let message = error["message"].as_str().unwrap();
        assert!(error["code"] == -32602 && message.starts_with(why), "{params}: {message}");
    }
    let error = ask("completion/complete", of_prompt("numbers", "other", "")).await["error"].take();
    let message = error["message"].as_str().unwrap();
    assert!(error["code"] == -32603 && message.starts_with("internal error") && !message.contains("wall"), "{message}");
}

#[tokio::test]
async fn what_completes_is_advertised() {
    let initialized = ask("initialize", json!({ "protocolVersion": "2025-11-25" })).await["result"]["capabilities"].take();
    let discovered = asked(MODERN, "server/discover", json!({})).await.1["result"]["capabilities"].take();
    for capabilities in [initialized, discovered] {
        assert_eq!((&capabilities["completions"], &capabilities["prompts"]), (&json!({}), &json!({})));
    }
}

#[tokio::test]
async fn resources_are_listed_with_their_icons_and_annotations() {
    let resources = ask("resources/list", json!({})).await["result"]["resources"].take();
    assert_eq!(
        resources,
        json!([{
            "uri": "notes://all", "name": "notes", "title": "Notes", "description": "All notes.", "mimeType": "text/plain",
            "annotations": { "audience": ["user", "assistant"] },
        }])
    );
    let templates = ask("resources/templates/list", json!({})).await["result"]["resourceTemplates"].take();
    assert_eq!(templates[0]["annotations"], json!({ "priority": 0.25 }));
    assert_eq!(templates[1]["icons"], json!([{ "src": "data:image/png;base64,AA==", "mimeType": "image/png" }]));
    assert_eq!(templates[1]["annotations"], json!({ "audience": ["user"], "priority": 1.0 }));
    // A fixed address beside a template that fits it.
    let read = async |uri: &str| ask("resources/read", json!({ "uri": uri })).await["result"]["contents"][0]["text"].take();
    assert_eq!((read("notes://all").await, read("notes://all/7").await), (json!("none"), json!("all 7")));
}
