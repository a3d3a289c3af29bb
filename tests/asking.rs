//! Tools that ask their user: in rounds as 2026-07-28 has it, and over stdio as the revisions before it.

#[path = "asking/tools.rs"]
mod tools;

use chatui::{App, Limits, Server, User, testing};
use serde_json::{Map, Value, json};
use std::time::Duration;

fn app() -> App {
    App::new().state_secret("0123456789abcdef0123456789abcdef")
}

fn server() -> Server {
    app().build().unwrap()
}

/// One request of 2026-07-28, by a client that can be asked.
async fn send(server: &Server, user: Option<&str>, method: &str, name: &str, mut params: Value) -> Value {
    if params["_meta"].is_null() {
        params["_meta"] = json!({ "io.modelcontextprotocol/clientCapabilities": { "elicitation": { "form": {}, "url": {} } } });
    }
    params["_meta"]["io.modelcontextprotocol/protocolVersion"] = "2026-07-28".into();
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
    let request = http::Request::post("/mcp").header("content-type", "application/json").header("mcp-protocol-version", "2026-07-28");
    let request = request.header("mcp-method", method).header("mcp-name", name);
    let mut request = request.body(message.into()).unwrap();
    if let Some(user) = user {
        request.extensions_mut().insert(User::new(user));
    }
    serde_json::from_slice(&server.handle(request).await.into_body().bytes().await).unwrap()
}

async fn call(server: &Server, name: &str, arguments: Value, round: Option<(&Value, Value)>) -> Value {
    call_by(server, None, name, arguments, round).await
}

async fn call_by(server: &Server, user: Option<&str>, name: &str, arguments: Value, round: Option<(&Value, Value)>) -> Value {
    let mut params = json!({ "name": name, "arguments": arguments });
    if let Some((state, responses)) = round {
        params["requestState"] = state.clone();
        params["inputResponses"] = responses;
    }
    send(server, user, "tools/call", name, params).await
}

/// The messages of a round's questions, with the names that they are answered under.
fn questions(answer: &Value) -> Vec<(String, String)> {
    assert_eq!(answer["result"]["resultType"], "input_required", "{answer}");
    let requests = answer["result"]["inputRequests"].as_object().unwrap();
    requests.iter().map(|(name, request)| (name.clone(), request["params"]["message"].as_str().unwrap().to_owned())).collect()
}

/// The same content for each.
fn accept(answer: &Value, content: &Value) -> Value {
    let each = questions(answer).into_iter().map(|(name, _)| (name, json!({ "action": "accept", "content": content })));
    each.collect::<Map<_, _>>().into()
}

fn text(answer: &Value) -> &str {
    answer["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}"))
}

#[tokio::test]
async fn a_question_is_the_answer_and_its_answer_comes_with_another_call() {
    let server = server();
    let mut asked = call(&server, "delete", json!({ "count": 3 }), None).await;
    let (name, state) = (questions(&asked)[0].0.clone(), asked["result"]["requestState"].take());
    let done = call(
        &server,
        "delete",
        json!({ "count": 3 }),
        Some((&state, json!({ &name: { "action": "accept", "content": { "sure": true } } }))),
    )
    .await;
    assert_eq!(text(&done), "3 notes are deleted");
    assert_eq!(done["result"]["resultType"], "complete");
    asked["result"]["requestState"] = "…".into();
    let form =
        json!({ "type": "object", "properties": { "sure": { "type": "boolean", "description": "For good." } }, "required": ["sure"] });
    let request = json!({ "method": "elicitation/create", "params": { "message": "Delete 3 notes?", "requestedSchema": form } });
    let meta = json!({ "io.modelcontextprotocol/serverInfo": { "name": "chatui-tests", "version": "0.1.0" } });
    let result = json!({ "resultType": "input_required", "inputRequests": { &name: request }, "requestState": "…", "_meta": meta });
    assert_eq!(asked.to_string(), json!({ "jsonrpc": "2.0", "id": 1, "result": result }).to_string());
    for (action, says) in [("decline", "declined"), ("cancel", "cancelled")] {
        let done = call(&server, "delete", json!({ "count": 3 }), Some((&state, json!({ &name: { "action": action } })))).await;
        assert_eq!(text(&done), says);
    }
    let odd = call(&server, "delete", json!({ "count": 3 }), Some((&state, json!({ &name: { "action": "shrug" } })))).await;
    assert!(text(&odd).contains("no `action`") && odd["result"]["isError"] == true, "{odd}");
}

#[tokio::test]
async fn questions_at_once_go_in_one_round_and_earlier_answers_are_carried() {
    let server = server();
    let first = call(&server, "reserve", json!({}), None).await;
    let said: Vec<String> = questions(&first).into_iter().map(|(_, message)| message).collect();
    assert_eq!(said, ["Under which name?", "For how many?"]);
    // One of two is answered: the other is asked again, alone.
    let half = json!({ &questions(&first)[1].0: { "action": "accept", "content": { "seats": 4 } } });
    let second = call(&server, "reserve", json!({}), Some((&first["result"]["requestState"], half))).await;
    let [(name, message)] = questions(&second).try_into().unwrap();
    assert_eq!(message, "Under which name?");
    let rest = json!({ name: { "action": "accept", "content": { "name": "Ada" } } });
    let third = call(&server, "reserve", json!({}), Some((&second["result"]["requestState"], rest))).await;
    assert_eq!(questions(&third)[0].1, "Ada for 4?");
    let done =
        call(&server, "reserve", json!({}), Some((&third["result"]["requestState"], accept(&third, &json!({ "sure": true }))))).await;
    assert_eq!(text(&done).split(" after").next().unwrap(), "Ada, 4 seats, Some(true)");
}

#[tokio::test]
async fn the_same_question_again_is_another_question() {
    let server = server();
    let mut asked = call(&server, "insist", json!({}), None).await;
    let mut names = vec![questions(&asked)[0].0.clone()];
    for sure in [false, false, true] {
        asked =
            call(&server, "insist", json!({}), Some((&asked["result"]["requestState"], accept(&asked, &json!({ "sure": sure }))))).await;
        if !sure {
            names.push(questions(&asked)[0].0.clone());
        }
    }
    assert_eq!(text(&asked), "sure after 3");
    names.dedup();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[tokio::test]
async fn an_answer_is_for_its_own_question() {
    let server = server();
    let first = call(&server, "waver", json!({}), None).await;
    let second =
        call(&server, "waver", json!({}), Some((&first["result"]["requestState"], accept(&first, &json!({ "sure": true }))))).await;
    assert_eq!(questions(&second)[0].1, "Question 1?");
    let third =
        call(&server, "waver", json!({}), Some((&second["result"]["requestState"], accept(&second, &json!({ "sure": true }))))).await;
    assert_eq!(text(&third), "run 2");
}

#[tokio::test]
async fn nobody_answers_before_they_are_asked() {
    let server = server();
    let asked = call(&server, "delete", json!({ "count": 1 }), None).await;
    let mut params = json!({ "name": "delete", "arguments": { "count": 1 } });
    params["inputResponses"] = accept(&asked, &json!({ "sure": true }));
    let answer = send(&server, None, "tools/call", "delete", params).await;
    assert_eq!(questions(&answer), questions(&asked));
}

#[tokio::test]
async fn what_does_not_fit_is_asked_again_with_what_is_wrong_three_times_in_all() {
    let server = server();
    let mut asked = call(&server, "reserve", json!({}), None).await;
    let mut messages = Vec::new();
    for seats in [json!(9), json!("four")] {
        let content = json!({ "name": "Ada", "seats": seats });
        asked = call(&server, "reserve", json!({}), Some((&asked["result"]["requestState"], accept(&asked, &content)))).await;
        messages.push(questions(&asked)[0].1.clone());
    }
    assert!(messages[0].starts_with("For how many?\n\nNot yet: `seats` is 9"), "{messages:?}");
    assert!(messages[1].starts_with("For how many?\n\nNot yet: `seats` is \"four\""), "{messages:?}");
    let last = call(&server, "reserve", json!({}), Some((&asked["result"]["requestState"], accept(&asked, &json!({}))))).await;
    assert!(text(&last).starts_with("the user was asked 3 times"), "{last}");
    assert_eq!(last["result"]["isError"], true);
}

#[tokio::test]
async fn a_state_is_for_the_call_that_it_was_given_for() {
    const AGAIN: &str = "make the call again from its start, without `requestState` and `inputResponses`";
    let server = server();
    let asked = call_by(&server, Some("ada"), "delete", json!({ "count": 3 }), None).await;
    let (state, answers) = (&asked["result"]["requestState"], accept(&asked, &json!({ "sure": true })));
    let refused = |answer: &Value, why: &str| {
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
        assert_eq!(answer["error"]["message"], format!("`params.requestState` {why}; {AGAIN}"));
    };
    let other = "is of another call: of another user or with other arguments";
    for user in [None, Some("bob")] {
        refused(&call_by(&server, user, "delete", json!({ "count": 3 }), Some((state, answers.clone()))).await, other);
    }
    refused(&call_by(&server, Some("ada"), "delete", json!({ "count": 4 }), Some((state, answers.clone()))).await, other);
    refused(&call_by(&server, Some("ada"), "insist", json!({}), Some((state, answers.clone()))).await, other);
    // Another server of the same app opens it, one with another secret does not.
    assert_eq!(
        text(&call_by(&self::server(), Some("ada"), "delete", json!({ "count": 3 }), Some((state, answers.clone()))).await),
        "3 notes are deleted"
    );
    let altered = "is not as this server gave it";
    let stranger = App::new().state_secret("fedcba9876543210fedcba9876543210").build().unwrap();
    refused(&call_by(&stranger, Some("ada"), "delete", json!({ "count": 3 }), Some((state, answers.clone()))).await, altered);
    let sealed = state.as_str().unwrap();
    for at in 0..sealed.len() {
        let letter = if sealed.as_bytes()[at] == b'A' { "B" } else { "A" };
        let changed = json!(format!("{}{letter}{}", &sealed[..at], &sealed[at + 1..]));
        refused(&call_by(&server, Some("ada"), "delete", json!({ "count": 3 }), Some((&changed, answers.clone()))).await, altered);
    }
}

#[tokio::test]
async fn the_order_of_arguments_is_nothing_and_their_absence_is_an_empty_object() {
    let server = server();
    let asked = call(&server, "insist", json!({}), None).await;
    let mut params = json!({ "name": "insist", "requestState": asked["result"]["requestState"] });
    params["inputResponses"] = accept(&asked, &json!({ "sure": true }));
    assert_eq!(text(&send(&server, None, "tools/call", "insist", params).await), "sure after 1");
}

#[tokio::test]
async fn a_state_expires() {
    let server = app().limits(Limits::default().user_timeout(Duration::from_millis(50))).build().unwrap();
    let asked = call(&server, "insist", json!({}), None).await;
    tokio::time::sleep(Duration::from_millis(80)).await;
    let late = call(&server, "insist", json!({}), Some((&asked["result"]["requestState"], accept(&asked, &json!({ "sure": true }))))).await;
    assert_eq!(late["error"]["code"], -32602);
    assert!(late["error"]["message"].as_str().unwrap().starts_with("`params.requestState` has expired; "), "{late}");
}

#[tokio::test]
async fn what_a_client_carries_is_bounded() {
    let server = app().limits(Limits::default().arguments(400)).build().unwrap();
    let asked = call(&server, "reserve", json!({}), None).await;
    let content = json!({ "name": "A".repeat(150), "seats": 1 });
    let more = call(&server, "reserve", json!({}), Some((&asked["result"]["requestState"], accept(&asked, &content)))).await;
    assert!(more["error"]["message"].as_str().is_some_and(|why| why.contains("`params.inputResponses` is larger")), "{more}");
    let fits = json!({ &questions(&asked)[0].0: { "action": "accept", "content": { "name": "A".repeat(150) } } });
    let more = call(&server, "reserve", json!({}), Some((&asked["result"]["requestState"], fits))).await;
    assert!(text(&more).starts_with("what was asked so far has ") && more["result"]["isError"] == true, "{more}");
}

#[tokio::test]
async fn odd_responses_are_refused() {
    let server = server();
    for responses in [json!(null), json!([]), json!("a"), json!({ "a": 1 }), json!({ "a": null })] {
        let params = json!({ "name": "insist", "inputResponses": responses });
        let answer = send(&server, None, "tools/call", "insist", params).await;
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
    }
    for state in [json!(null), json!(1), json!(""), json!("…")] {
        let answer = send(&server, None, "tools/call", "insist", json!({ "name": "insist", "requestState": state })).await;
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
    }
}

#[tokio::test]
async fn a_client_that_does_not_ask_is_told() {
    let server = server();
    let params = |name: &str, capabilities: Value| json!({ "name": name, "arguments": { "count": 1 }, "_meta": { "io.modelcontextprotocol/clientCapabilities": capabilities } });
    let form = send(&server, None, "tools/call", "delete", params("delete", json!({ "elicitation": { "url": {} } }))).await;
    assert_eq!(form["error"]["code"], -32021, "{form}");
    assert_eq!(form["error"]["data"], json!({ "requiredCapabilities": { "elicitation": {} } }));
    let form = send(&server, None, "tools/call", "delete", params("delete", json!({ "elicitation": {} }))).await;
    assert_eq!(questions(&form).len(), 1);
    let mut page = params("connect", json!({ "elicitation": {} }));
    page["arguments"] = json!({});
    let page = send(&server, None, "tools/call", "connect", page).await;
    assert_eq!(page["error"]["data"], json!({ "requiredCapabilities": { "elicitation": { "url": {} } } }));
    let folders = call(&server, "folders", json!({}), None).await;
    assert_eq!(folders["error"]["data"], json!({ "requiredCapabilities": { "roots": {} } }));
}

#[tokio::test]
async fn a_page_is_opened_and_a_question_of_another_branch_is_not_asked() {
    let server = server();
    let asked = call(&server, "connect", json!({}), None).await;
    let (name, request) = asked["result"]["inputRequests"].as_object().unwrap().iter().next().unwrap();
    assert_eq!(request["params"]["url"], "https://example.com/connect");
    assert_eq!(request["params"]["mode"], "url");
    let done = call(&server, "connect", json!({}), Some((&asked["result"]["requestState"], json!({ name: { "action": "accept" } })))).await;
    assert_eq!(text(&done), "Accepted(())");
    assert_eq!(text(&call(&server, "hurry", json!({}), None).await), "not asked");
}

#[tokio::test]
async fn a_resource_asks_too() {
    let server = server();
    let asked = send(&server, None, "resources/read", "asked://greeting", json!({ "uri": "asked://greeting" })).await;
    let mut params = json!({ "uri": "asked://greeting", "requestState": asked["result"]["requestState"] });
    params["inputResponses"] = accept(&asked, &json!({ "name": "Ada" }));
    let read = send(&server, None, "resources/read", "asked://greeting", params).await;
    assert_eq!(read["result"]["contents"][0]["text"], "Hello, Ada!");
}

#[tokio::test]
async fn before_2026_07_28_nobody_can_be_asked_over_http() {
    let client = testing::client(app()).legacy().answers(json!({ "sure": true }));
    for (tool, arguments) in [("delete", json!({ "count": 1 })), ("connect", json!({}))] {
        client.call(tool, arguments).await.assert_error_contains("clients of a revision before 2026-07-28 can be asked over stdio alone");
    }
    client.call("folders", ()).await.assert_error_contains("those of MCP 2026-07-28 alone");
}

#[tokio::test]
async fn a_test_answers_in_one_line() {
    let client = testing::client(app()).answers(json!({ "name": "Ada", "seats": 2, "sure": true }));
    client.call("reserve", ()).await.assert_text_contains("Ada, 2 seats, Some(true)");
    client.call("connect", ()).await.assert_text_contains("Accepted");
    assert_eq!(client.read("asked://greeting").await.unwrap().text(), "Hello, Ada!");
    client.call("count", ()).await.assert_text_contains("3 rounds");
    let refuses = client.answers_with(|_| json!({ "action": "decline" }));
    refuses.call("delete", json!({ "count": 1 })).await.assert_text_contains("declined");
    let folders =
        refuses.answers_with(|request| json!({ "roots": [{ "uri": format!("file:///{}", request["method"].as_str().unwrap()) }] }));
    folders.call("folders", ()).await.assert_text_contains("file:///roots/list");
}

#[tokio::test]
async fn what_an_author_does_wrong_is_kept_from_the_model_and_told_to_the_author() {
    let client = testing::client(app()).answers(json!({}));
    let sneak = client.call("sneak", ()).await;
    assert!(sneak.is_error() && sneak.kept().unwrap().contains("write `asks` there"), "{sneak:?}");
    let deep = client.call("misshape", ()).await;
    assert!(deep.kept().unwrap().contains("Deep` has a field `name` that is an object of its own; a form has texts"), "{deep:?}");
    let public = call(&server(), "misshape", json!({}), None).await;
    assert!(text(&public).starts_with("internal error ") && !public.to_string().contains("Deep"), "{public}");
}

#[test]
fn a_secret_that_can_be_guessed_does_not_start() {
    for (secret, why) in [("short", "its secret has 5 bytes, and one with fewer than 32 can be guessed"), (" ", "its secret is empty")] {
        let mistakes = App::new().state_secret(secret).build().err().unwrap().to_string();
        assert!(mistakes.contains(why) && mistakes.contains("openssl rand -base64 32") && !mistakes.contains("short"), "{mistakes}");
    }
    // A debug build has one of its own.
    assert!(App::new().build().is_ok());
}
