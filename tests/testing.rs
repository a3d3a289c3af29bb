//! The client that users test their apps with.

use chatui::{
    App, Content, Context, Error, Json, Reply, Result, bail, data, resource,
    testing::{self, Answer, Client, Progress, Value, block_on, json},
    tool, widget,
};
use std::panic::{AssertUnwindSafe, catch_unwind};

struct Unit(&'static str);

/// A walk, of which the model sees the length alone.
#[widget(html = "<!doctype html><title>Walk</title><p>Walk", text = "{length} {unit}", prefers_border)]
#[data]
#[derive(Debug)]
#[serde(rename_all = "camelCase")]
struct Walk {
    length: f64,
    unit: String,
    #[ui_only]
    way_points: Vec<[f64; 2]>,
}

/// Measures a walk.
#[tool(read_only)]
async fn walk(#[arg(range = 1..=9)] steps: u32, unit: &Unit, cx: &Context) -> Result<Walk> {
    let mut way_points = Vec::new();
    for step in 1..=steps {
        cx.progress(step, (step > 1).then_some(steps), "walking").await;
        way_points.push([f64::from(step), 0.0]);
    }
    if steps == 9 {
        bail!("nine steps are too far; take fewer");
    }
    Ok(Walk { length: f64::from(steps), unit: unit.0.into(), way_points })
}

/// The same the other way round: the attributes stand in any order.
#[data]
#[widget(html = "<!doctype html><title>Dot</title><p>Dot", text = "a dot")]
struct Dot {
    x: u8,
    #[ui_only]
    y: u8,
}

/// Draws a dot.
#[tool(read_only)]
fn dot() -> Dot {
    Dot { x: 1, y: 2 }
}

/// Counts to a number.
#[tool(read_only)]
fn count(to: u32) -> Json<Vec<u32>> {
    Json((1..=to).collect())
}

/// Answers in words.
#[tool(read_only)]
fn words(number: Option<u8>) -> String {
    number.map_or_else(|| "none".into(), |number| number.to_string())
}

/// Answers by hand.
#[tool(read_only)]
fn by_hand() -> Reply<&'static str> {
    Reply::new("one").content(Content::text("two")).content(Content::link("a://b", "b")).meta("com.example/took", 3)
}

/// Fails with what is not for the model.
#[tool(read_only)]
fn reads() -> Result<u32> {
    Ok("secret".parse()?)
}

/// Panics.
#[tool(read_only)]
fn panics() {
    panic!("at the wall")
}

/// Needs a client that can do something, and knows a place.
#[tool(read_only)]
fn needs(cx: &Context) -> Result<String> {
    cx.require("sampling")?;
    Ok(cx.hint("openai/locale").unwrap_or_default())
}

/// A note.
#[resource("notes://{name}", mime = "text/markdown")]
fn note(name: String) -> Result<Option<String>> {
    if name == "broken" {
        Err(std::io::Error::other("the disk is gone"))?;
    }
    Ok((name == "grün").then(|| "# Green".into()))
}

#[chatui::app]
async fn app() -> Result<App> {
    Ok(App::new().state(Unit("km")))
}

/// Both eras, which answer the same.
fn clients() -> [Client; 2] {
    let client = testing::client(block_on(app()));
    [client.clone().legacy(), client.modern()]
}

fn call(tool: &str, arguments: Value) -> [Answer; 2] {
    clients().map(|client| block_on(client.call(tool, arguments.clone())))
}

fn panic_of<T>(what: impl FnOnce() -> T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(what()))).expect_err("it panics");
    *panic.downcast::<String>().expect("a text")
}

#[test]
fn the_widget_sees_what_is_hidden_from_the_model() {
    for answer in call("walk", json!({ "steps": 2 })) {
        answer.assert_ok().assert_text_contains("2 km").assert_data_contains(json!({ "length": 2 }));
        assert_eq!(*answer.model_data(), json!({ "length": 2.0, "unit": "km" }));
        assert_eq!(*answer.data(), json!({ "length": 2.0, "unit": "km", "wayPoints": [[1.0, 0.0], [2.0, 0.0]] }));
        assert_eq!((answer.is_error(), answer.code(), answer.kept()), (false, None, None));
    }
}

#[tokio::test]
async fn an_answer_is_read_as_what_the_tool_returned() -> Result<()> {
    let client = testing::client(app().await);
    let walk: Walk = client.call_as("walk", json!({ "steps": 1 })).await?;
    assert_eq!((walk.length, walk.way_points), (1.0, vec![[1.0, 0.0]]));
    assert_eq!(client.call_as::<Dot>("dot", ()).await.map(|dot| (dot.x, dot.y))?, (1, 2));
    assert_eq!(client.call_as::<Vec<u32>>("count", json!({ "to": 2 })).await?, [1, 2]);
    assert_eq!(*client.call("count", json!({ "to": 2 })).await.data(), json!({ "result": [1, 2] }));
    assert_eq!(client.call_as::<String>("words", json!({ "number": 7 })).await?, "7");
    assert_eq!(client.call_as::<u8>("words", json!({ "number": 7 })).await?, 7);
    let wrong = client.call_as::<Vec<String>>("count", json!({ "to": 1 })).await.unwrap_err().to_string();
    assert!(wrong.contains("expected a string") && wrong.contains("`count` answered"), "{wrong}");
    Ok(())
}

#[test]
fn progress_is_heard_in_both_eras() {
    let step = |done, total| Progress { done, total, message: "walking".into() };
    for answer in call("walk", json!({ "steps": 2 })) {
        assert_eq!(answer.progress(), [step(1.0, None), step(2.0, Some(2.0))]);
        assert!(answer.to_string().ends_with("said on the way: 1, walking\nsaid on the way: 2 of 2, walking"), "{answer}");
    }
}

#[test]
fn what_a_client_says_of_itself_is_heard() {
    for client in clients() {
        let german = client.with_meta("openai/locale", "de-DE");
        block_on(german.call("needs", ())).assert_error_contains("sampling");
        let able = german.with_meta("io.modelcontextprotocol/clientCapabilities", json!({ "sampling": {} }));
        assert_eq!(block_on(able.call("needs", ())).assert_ok().text(), "de-DE");
    }
}

#[test]
fn errors_are_in_the_words_that_the_model_reads() {
    for answer in call("walk", json!({ "steps": 9 })) {
        answer.assert_error_contains("too far");
        assert_eq!((answer.code(), answer.progress().len()), (None, 9));
        assert_eq!(answer.parse::<Walk>().unwrap_err().to_string(), "nine steps are too far; take fewer");
    }
    for answer in call("walk", json!({ "steps": 10, "speed": 1 })) {
        answer.assert_error_contains("`steps`").assert_error_contains("`speed`");
        assert_eq!(answer.code(), None);
    }
}

#[test]
fn what_is_kept_from_the_model_is_shown_to_who_tests() {
    for (tool, kept) in [("reads", "invalid digit found in string"), ("panics", "panicked: at the wall")] {
        for answer in call(tool, json!(null)) {
            answer.assert_error_contains("internal error ");
            assert!(!answer.text().contains(kept));
            assert_eq!(answer.kept(), Some(kept));
            let error = answer.parse::<u32>().unwrap_err().to_string();
            assert!(error.starts_with("internal error ") && error.ends_with(kept), "{error}");
        }
    }
}

#[test]
fn a_tool_that_does_not_exist_is_refused() {
    for answer in call("wolk", json!({})) {
        answer.assert_error_contains("did you mean `walk`?");
        assert_eq!((answer.is_error(), answer.code(), answer.widget()), (true, Some(-32602), None));
    }
    for answer in call("gehe über", json!({})) {
        answer.assert_error_contains("there is no tool `gehe über`");
    }
}

#[test]
fn assertions_fail_at_their_place_with_the_whole_answer() {
    let [_, walk] = call("walk", json!({ "steps": 1 }));
    let [_, reads] = call("reads", json!({}));
    let failures = [
        (panic_of(|| walk.assert_text_contains("2 km")), "no \"2 km\" in the text; `walk` answered: {"),
        (panic_of(|| walk.assert_data_contains(json!({ "unit": "m" }))), "no {\"unit\":\"m\"} in the data; `walk` answered: {"),
        (panic_of(|| walk.assert_data_contains(json!({ "wayPoints": [] }))), "no {\"wayPoints\":[]} in the data; "),
        (panic_of(|| walk.assert_error_contains("1 km")), "no error; `walk` answered: {"),
        // The words are there, and are those of an error.
        (panic_of(|| reads.assert_text_contains("internal error")), "an error, where the tool should have done its work; `reads` "),
    ];
    for (failure, start) in &failures {
        assert!(failure.starts_with(start) && failure.contains("\"isError\":"), "{failure}");
    }
    assert!(failures[4].0.ends_with("kept from the model: invalid digit found in string"), "{}", failures[4].0);
}

#[test]
fn blocks_and_metadata_are_there() {
    for answer in call("by_hand", json!({})) {
        assert_eq!(answer.text(), "one\ntwo");
        assert_eq!(answer.content()[2], json!({ "type": "resource_link", "uri": "a://b", "name": "b" }));
        assert_eq!(answer.meta()["com.example/took"], 3);
        assert_eq!((answer.data(), answer.model_data()), (&Value::Null, &Value::Null));
    }
}

#[test]
fn tools_are_listed_and_resources_read() {
    for client in clients() {
        let tools = block_on(client.tools());
        let names: Vec<&str> = tools.iter().filter_map(|tool| tool["name"].as_str()).collect();
        assert_eq!(names, ["by_hand", "count", "dot", "needs", "panics", "reads", "walk", "words"]);
        let answer = block_on(client.call("walk", json!({ "steps": 1 })));
        let uri = answer.widget().expect("the tool draws");
        assert_eq!(tools[6]["_meta"]["ui"]["resourceUri"], uri);
        let page = block_on(client.read(uri)).unwrap();
        assert!(page.text().contains("<p>Walk") && page.meta()["ui"]["prefersBorder"] == true);
        let note = block_on(client.read("notes://grün")).unwrap();
        assert_eq!((note.text(), note.bytes(), note.mime(), note.meta()), ("# Green", &b"# Green"[..], "text/markdown", &Value::Null));
        let nothing = block_on(client.read("notes://none")).unwrap_err();
        assert_eq!(nothing.told(), Some("there is no resource `notes://none`"));
        let broken = block_on(client.read("notes://broken")).unwrap_err().to_string();
        assert!(broken.starts_with("internal error ") && broken.ends_with("the disk is gone"), "{broken}");
    }
}

#[test]
fn an_app_that_cannot_start_says_why() {
    let lacking = panic_of(|| testing::client(App::new()));
    assert!(lacking.starts_with("the app can't start:\n- ") && lacking.contains("Unit"), "{lacking}");
    let failed = panic_of(|| testing::client(Err::<App, _>(Error::tell("no database"))));
    assert_eq!(failed, "the app can't start: no database");
}

#[test]
fn a_future_that_is_woken_from_elsewhere_is_waited_for() {
    let (send, receive) = tokio::sync::oneshot::channel();
    let thread = std::thread::spawn(|| send.send(7));
    assert_eq!(block_on(receive), Ok(7));
    assert_eq!(thread.join().unwrap(), Ok(()));
}
