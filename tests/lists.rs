//! Lists in pages.

use chatui_tests::{process::Server, socket::modern};
use serde_json::{Value, json};
use std::process::Command;

const FIXTURE: &str = env!("CARGO_BIN_EXE_fixture");
const LISTS: [(&str, &str); 4] = [
    ("tools/list", "tools"),
    ("resources/list", "resources"),
    ("resources/templates/list", "resourceTemplates"),
    ("prompts/list", "prompts"),
];

fn start(page: &str) -> Server {
    Server::spawn(Command::new(FIXTURE).arg("serve").env("FIXTURE_LIMITS", page))
}

fn ask(server: &Server, method: &str, params: Value, is_modern: bool) -> Value {
    let (headers, message) = match is_modern {
        true => modern(method, &json!(1), params),
        false => (Vec::new(), json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string()),
    };
    let request = ureq::post(&server.url).header("content-type", "application/json");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
    serde_json::from_str(&request.send(message).unwrap().body_mut().read_to_string().unwrap()).unwrap()
}

/// Every page of a list, as a client reads it.
fn pages(server: &Server, method: &str, is_modern: bool) -> Vec<Value> {
    let (mut pages, mut params) = (Vec::new(), json!({}));
    loop {
        let page = ask(server, method, params, is_modern)["result"].take();
        let cursor = page["nextCursor"].clone();
        pages.push(page);
        match cursor {
            Value::Null => return pages,
            cursor => params = json!({ "cursor": cursor }),
        }
    }
}

#[test]
fn the_pages_of_a_list_are_the_list() {
    let (whole, cut) = (start(""), start("page=3"));
    for is_modern in [false, true] {
        for (method, key) in LISTS {
            let entries = |pages: &[Value]| pages.iter().flat_map(|page| page[key].as_array().unwrap().clone()).collect::<Vec<_>>();
            let (one, many) = (pages(&whole, method, is_modern), pages(&cut, method, is_modern));
            assert_eq!(one.len(), 1);
            assert_eq!(entries(&one), entries(&many), "{method}");
            assert_eq!(many.len(), entries(&one).len().div_ceil(3).max(1), "{method}");
            assert!(many.iter().all(|page| page[key].as_array().unwrap().len() <= 3));
            assert!(many.iter().all(|page| page["cacheScope"] == one[0]["cacheScope"] && page["resultType"] == one[0]["resultType"]));
        }
    }
    assert!(pages(&cut, "tools/list", false).len() > 3, "there is something to cut");
}

#[test]
fn a_cursor_of_somebody_else_is_refused() {
    let server = start("page=1");
    let first = |server: &Server, method: &str| pages(server, method, true)[0]["nextCursor"].as_str().unwrap().to_owned();
    let tools = first(&server, "tools/list");
    assert_eq!(first(&start("page=1"), "tools/list"), tools, "another process of the same app goes on where the first one was");
    let flipped: String = tools.chars().rev().collect();
    for (method, cursor) in [
        ("resources/list", json!(tools)),
        ("prompts/list", json!(tools)),
        ("tools/list", json!(flipped)),
        ("tools/list", json!("")),
        ("tools/list", json!(1)),
        ("tools/list", json!(null)),
    ] {
        let answer = ask(&server, method, json!({ "cursor": cursor }), true);
        assert_eq!(answer["error"]["code"], -32602, "{answer}");
        assert_eq!(
            answer["error"]["message"], "unknown `cursor`; this list gave no such one, ask without a cursor for its beginning",
            "{answer}"
        );
    }
}

#[test]
fn the_command_line_shows_all_pages() {
    let list = |limits: &str| {
        let output = Command::new(FIXTURE).args(["list", "--json"]).env("FIXTURE_LIMITS", limits).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let whole = list("");
    assert!(whole["tools"].as_array().unwrap().len() > 10);
    assert_eq!(list("page=2"), whole);
}
