//! The command line, as a user types it.

use chatui_tests::process::{Server, build, root};
use std::{
    fs,
    process::{Command, Output},
};

fn run(example: &str, args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = Command::new(build(example)).args(args).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn list_shows_the_tools() {
    let (code, out, _) = run("hello", &["list"]);
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "tools\n  greet(name)\n      reads\n      Use this when the user wants somebody greeted.\n")
    );
    let (code, out, _) = run("dashboard", &["list", "--json"]);
    let listed: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, Some(0));
    assert_eq!((listed["tools"].as_array().unwrap().len(), listed["resources"].as_array().unwrap().len()), (3, 2));
}

#[test]
fn call_prints_the_answer_and_fails_with_the_tool() {
    let (code, out, _) = run("hello", &["call", "greet", r#"{"name":"Ada"}"#]);
    assert_eq!((code, out.as_str()), (Some(0), "Hello, Ada!\n"));
    let (code, out, _) = run("hello", &["call", "greet"]);
    assert_eq!((code, out.as_str()), (Some(1), "wrong arguments:\n- `name` is missing\n"));
    let (code, out, _) = run("hello", &["call", "greet", r#"{"name":"Ada"}"#, "--json"]);
    let result: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &result["isError"]), (Some(0), &serde_json::json!(false)));
    let (code, _, err) = run("hello", &["call", "gret"]);
    assert_eq!((code, err.as_str()), (Some(1), "error: there is no tool `gret`; did you mean `greet`?\n"));
    let (code, _, err) = run("hello", &["call", "greet", "name=Ada"]);
    assert!(code == Some(1) && err.contains("the arguments are not JSON"), "{err}");
}

#[test]
fn what_is_not_understood_is_said() {
    let (code, out, err) = run("hello", &["sevre"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.starts_with("error: unknown command `sevre`; did you mean `serve`?"), "{err}");
    let (code, out, _) = run("hello", &["--help"]);
    assert!(code == Some(0) && out.contains("Exit codes:") && out.contains("Usage: hello [COMMAND]"), "{out}");
    let (code, out, _) = run("hello", &["--version"]);
    assert_eq!((code, out.as_str()), (Some(0), "hello 0.1.0\n"));
}

#[test]
fn a_port_in_use_is_said() {
    let server = Server::start(&build("hello"), &["serve"]);
    let port = server.url.trim_end_matches("/mcp").rsplit(':').next().unwrap();
    let (code, _, err) = run("hello", &["serve", "--port", port]);
    assert_eq!(code, Some(1));
    assert!(err.contains("is in use") && err.contains("--port"), "{err}");
}

fn document(url: &str) -> String {
    let ask = |message: String| {
        let mut response = ureq::post(url).header("content-type", "application/json").send(message).unwrap();
        serde_json::from_str::<serde_json::Value>(&response.body_mut().read_to_string().unwrap()).unwrap()
    };
    let tools = ask(r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#.into());
    let linked = tools["result"]["tools"].as_array().unwrap().iter().find(|tool| tool["name"] == "show_dashboard").unwrap().clone();
    let uri = linked["_meta"]["ui"]["resourceUri"].as_str().unwrap();
    let read = ask(format!(r#"{{"jsonrpc":"2.0","id":2,"method":"resources/read","params":{{"uri":"{uri}"}}}}"#));
    let contents = &read["result"]["contents"][0];
    assert_eq!(contents["uri"], uri, "the list links to what is served");
    format!("{uri} {}", contents["text"].as_str().unwrap())
}

#[test]
fn dev_shows_a_saved_template_without_a_rebuild() {
    let binary = build("dashboard");
    // A copy: others build the example meanwhile.
    let copy = root().join("target/tests/dev");
    let _ = fs::remove_dir_all(&copy);
    fs::create_dir_all(copy.join("widgets")).unwrap();
    let template = |name: &str| root().join("examples/dashboard/widgets").join(name);
    for name in ["dashboard.html", "enhanced.html"] {
        fs::copy(template(name), copy.join("widgets").join(name)).unwrap();
    }
    let dev = Server::start(&binary, &["dev", "--templates", copy.to_str().unwrap()]);
    let serve = Server::start(&binary, &["serve"]);
    let (before, embedded) = (document(&dev.url), document(&serve.url));
    assert_eq!(before, embedded);
    let saved = copy.join("widgets/dashboard.html");
    fs::write(&saved, fs::read_to_string(&saved).unwrap().replace("</body>", "<p>saved just now</p></body>")).unwrap();
    let after = document(&dev.url);
    assert!(after.contains("saved just now") && after.split(' ').next() != before.split(' ').next(), "a new document has a new address");
    assert_eq!(document(&serve.url), embedded, "serve keeps what is embedded");
    fs::write(&saved, "not a document").unwrap();
    assert_eq!(document(&dev.url), embedded, "a broken template is not shown");
}
