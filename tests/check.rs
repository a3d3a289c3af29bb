//! `check`, as a user types it: of our examples, of what is wrong with them, and what it says of itself.

use chatui_tests::process::{Server, build, build_beside, root};
use serde_json::{Value, json};
use std::{
    fs,
    io::Read,
    net::TcpListener,
    path::Path,
    process::{Command, Output},
};

fn run(binary: &Path, args: &[&str], env: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let list = root().join("target/tests/check.db");
    let mut command = Command::new(binary);
    command.arg("check").args(args).env("TODO_DB", list).env_remove("PUBLIC_URL").envs(env.iter().copied());
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn json(binary: &Path, args: &[&str], env: &[(&str, &str)]) -> (Option<i32>, Value) {
    let (code, out, err) = run(binary, &[args, &["--json"]].concat(), env);
    (code, serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}")))
}

fn codes(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[test]
fn our_examples_are_in_order() {
    fs::create_dir_all(root().join("target/tests")).unwrap();
    for (example, sees) in [("hello", "1 tool, no widgets"), ("dashboard", "3 tools, 2 widgets"), ("todo", "5 tools, 1 widget")] {
        let binary = build(example);
        let (code, out, err) = run(&binary, &[], &[]);
        assert_eq!((code, out.as_str(), err.as_str()), (Some(0), format!("no errors, no warnings: {sees} in this binary\n").as_str(), ""));
        // With the tools that only read, and where the address leaves the path out.
        let server = Server::start(&binary, &["serve"]);
        let bare = server.url.trim_end_matches("/mcp").trim_start_matches("http://");
        let (code, out, _) = run(&binary, &[bare, "--call"], &[]);
        assert_eq!((code, out.as_str()), (Some(0), format!("no errors, no warnings: {sees} at {}\n", server.url).as_str()));
        // Somebody else's binary knows nothing of it, and finds nothing either.
        let (code, out, _) = run(&build("hello"), &[&server.url, "--host", "claude"], &[]);
        assert_eq!((code, out.as_str()), (Some(0), format!("no errors, no warnings for claude: {sees} at {}\n", server.url).as_str()));
    }
}

#[test]
fn an_address_that_can_not_be_is_a_finding() {
    let (code, report) = json(&build("hello"), &[], &[("PUBLIC_URL", "weather.example.com"), ("WIDGET_DOMAIN", "http://widgets.example")]);
    assert_eq!((code, codes(&report)), (Some(1), vec!["C001", "C001"]));
    let message = report["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("PUBLIC_URL") && message.contains("; write it like"), "{message}");
    let (code, out, err) = run(&build("hello"), &[], &[("WORKER_DOMAIN_BASE", "https://a.example/files")]);
    assert!(code == Some(1) && out.starts_with("error C001 ") && out.contains("WORKER_DOMAIN_BASE") && err.is_empty(), "{out}{err}");
}

#[test]
fn no_password_and_no_key_of_an_address_is_shown() {
    let hello = build("hello");
    let server = Server::start(&hello, &["serve"]);
    let address = server.url.replace("http://", "http://ada:secret@");
    let away = "http://ada:secret@127.0.0.1:9/mcp?key=secret";
    for (url, shown) in [(format!("{address}?key=secret"), &*server.url), (away.to_owned(), "http://127.0.0.1:9/mcp")] {
        let (_, out, err) = run(&hello, &[&url], &[]);
        assert!(out.contains(&format!(" at {shown}\n")) && !format!("{out}{err}").contains("secret"), "{out}{err}");
        let (_, report) = json(&hello, &[&url], &[]);
        assert!(report["url"] == shown && !report.to_string().contains("secret"), "{report}");
    }
    let (_, report) = json(&hello, &[], &[("PUBLIC_URL", "https://weather.example.com")]);
    assert_eq!(report["url"], Value::Null, "nobody was asked there");
}

#[test]
fn before_the_address_goes_to_chatgpt() {
    let hello = build("hello");
    let (code, out, _) = run(&hello, &["--public"], &[]);
    assert!(code == Some(1) && out.contains("error C005") && out.contains("no public address is set"), "{out}");
    let server = Server::start(&hello, &["serve"]);
    let address = server.url.trim_end_matches("/mcp");
    let (code, report) = json(&hello, &["--public", "--public-url", address], &[]);
    assert_eq!((code, &report["host"], codes(&report)), (Some(1), &json!("chatgpt"), vec!["C004", "C005"]));
    let (_, report) = json(&hello, &["--public", "--public-url", address, "--host", "all"], &[]);
    assert_eq!(report["host"], "all");
    // Another app is deployed there: it has one tool, and lacks three.
    let (_, report) = json(&build("dashboard"), &["--public"], &[("PUBLIC_URL", address)]);
    let differs = report["findings"].as_array().unwrap().iter().filter(|finding| finding["code"] == "C010");
    let differs: Vec<&str> = differs.map(|finding| finding["message"].as_str().unwrap()).collect();
    assert_eq!(differs[0], "this binary has none of that name");
    assert!(differs.len() == 4 && differs[1].contains("no tool `list_widgets`"), "{differs:?}");
}

#[test]
fn what_is_ours_is_found_where_it_is_written() {
    let (code, report) = json(&build_beside("unwise"), &[], &[("PUBLIC_URL", "https://unwise.example.com")]);
    let places: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| format!("{} {} {}", finding["code"].as_str().unwrap(), finding["place"].as_str().unwrap(), finding["file"]))
        .collect();
    let uri = report["findings"].as_array().unwrap().iter().find_map(|finding| finding["place"].as_str().unwrap().strip_prefix("widget "));
    let uri = uri.unwrap();
    let expected = [
        "C084 tool `delete_all` \"tests/check/unwise.rs:13\"".to_owned(),
        "C102 tool `delete_all` \"tests/check/unwise.rs:13\"".to_owned(),
        format!("C178 widget {uri} \"tests/check/unwise.rs:6\""),
        format!("C197 widget {uri} \"tests/check/unwise.rs:6\""),
    ];
    assert_eq!((code, places), (Some(0), expected.to_vec()), "warnings are no failure");
    let message = report["findings"][3]["message"].as_str().unwrap();
    assert!(message.contains("`alert`") && message.ends_with("[dialog]"), "{message}");
}

#[test]
fn what_can_not_be_asked_is_said() {
    let hello = build("hello");
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (code, report) = json(&hello, &[&format!("127.0.0.1:{port}")], &[]);
    assert_eq!((code, codes(&report)), (Some(1), vec!["C002"]));
    assert_eq!(report["findings"][0]["message"], format!("nothing listens at `127.0.0.1:{port}`"));
    let (code, report) = json(&hello, &["https://nobody.invalid/mcp"], &[]);
    assert_eq!((code, codes(&report)), (Some(1), vec!["C002"]), "{report}");
    assert_eq!(report["findings"][0]["message"], "no name server knows `nobody.invalid`");
    let (code, _, err) = run(&hello, &["ftp://a.example"], &[]);
    assert!(code == Some(1) && err.contains("is no address of a server; write it like"), "{err}");
    let (code, _, err) = run(&hello, &["--host", "bing"], &[]);
    assert!(code == Some(2) && err.contains("chatgpt, claude and all"), "{err}");
}

/// A server that says something else than HTTP, and one that says nothing.
#[test]
fn what_is_no_server_is_said() {
    let hello = build("hello");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let closing = std::thread::spawn(move || {
        for stream in listener.incoming().take(1) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]);
            let _ = std::io::Write::write_all(&mut stream, b"SSH-2.0-x\r\n");
        }
    });
    let (code, report) = json(&hello, &[&format!("http://{address}/mcp")], &[]);
    assert_eq!((code, codes(&report)), (Some(1), vec!["C002"]), "{report}");
    closing.join().unwrap();
}

#[test]
fn the_rules_are_documented() {
    let (code, out, _) = run(&build("hello"), &["--rules"], &[]);
    assert_eq!(code, Some(0));
    let written = fs::read_to_string(root().join("docs/guides/CHECKS.md")).unwrap();
    assert!(out == written, "docs/guides/CHECKS.md is not what `check --rules` writes; its head says how to write it anew");
}
