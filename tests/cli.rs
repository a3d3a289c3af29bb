//! The command line, as a user types it.

use chatui_tests::process::{Server, build, build_beside, root};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Output, Stdio},
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
    let count = |key: &str| listed[key].as_array().unwrap().len();
    assert_eq!((count("tools"), count("resources"), count("widgets")), (3, 2, 2));
}

/// What is unwise about the only widget of `check/unwise.rs`.
const UNWISE: &str = "html:1:48: `alert` shows nothing in the sandbox of a host; show it in the widget";

#[test]
fn list_shows_what_is_unwise_about_a_widget_and_how_large_it_is() {
    let binary = build_beside("unwise");
    let list = |args: &[&str]| {
        let output = Command::new(&binary).arg("list").args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).unwrap()
    };
    let listed: serde_json::Value = serde_json::from_str(&list(&["--json"])).unwrap();
    let [widget] = listed["widgets"].as_array().unwrap().as_slice() else { panic!("{listed:#}") };
    assert_eq!(widget["findings"], serde_json::json!([{ "code": "dialog", "message": UNWISE }]));
    assert_eq!((&widget["name"], &widget["uri"]), (&listed["resources"][0]["name"], &listed["resources"][0]["uri"]));
    let size = document_of(&binary).len();
    assert_eq!(widget["size"], size);

    let said = list(&[]);
    let all: Vec<&str> = said.lines().skip_while(|line| *line != "widgets").collect();
    let uri = widget["uri"].as_str().unwrap();
    #[expect(clippy::cast_precision_loss, reason = "it is small")]
    let kilobytes = size as f64 / 1024.0;
    let shown = format!(
        "widgets\n  all ({kilobytes:.1} KB)\n      {uri}\n      A list of everything that there is.\n      warning: {UNWISE} [dialog]"
    );
    assert_eq!(all.join("\n"), shown);
}

/// The document of its only widget, as a host gets it.
fn document_of(binary: &Path) -> String {
    let ask = |message: &str| {
        let mut server = Command::new(binary)
            .args(["serve", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        writeln!(server.stdin.take().unwrap(), "{message}").unwrap();
        let output = server.wait_with_output().unwrap();
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()["result"].take()
    };
    let listed = ask(r#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#);
    let uri = &listed["resources"][0]["uri"];
    let read = ask(&format!(r#"{{"jsonrpc":"2.0","id":2,"method":"resources/read","params":{{"uri":{uri}}}}}"#));
    read["contents"][0]["text"].as_str().unwrap().to_owned()
}

#[test]
fn the_log_of_a_server_that_starts_says_what_is_unwise() {
    let start = |args: &[&str]| {
        let mut command = Command::new(build_beside("unwise"));
        let mut server = command.args(args).args(["--port", "0"]).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(server.stderr.take().unwrap()).lines().map(|line| line.unwrap());
        let before: Vec<String> = log.take_while(|line| !line.contains(" listens on http://")).collect();
        server.kill().unwrap();
        server.wait().unwrap();
        before
    };
    for args in [&["serve"][..], &["dev"]] {
        let said = start(args);
        let warned: Vec<&String> = said.iter().filter(|line| line.contains("html:")).collect();
        assert!(warned.len() == 1 && warned[0].contains(" WARN ") && warned[0].ends_with(&format!("{UNWISE} [dialog]")), "{said:#?}");
    }
}

#[test]
fn prompt_prints_what_is_said() {
    let (code, out, err) = run("dashboard", &["prompt", "compare_year", "year=2014", "measure=rain"]);
    let said = "user: Show Seattle's rain of 2014 against the years around it, and say in one sentence what was unusual.\n";
    assert_eq!((code, out.as_str()), (Some(0), said), "{err}");
    let (code, out, _) = run("dashboard", &["prompt", "compare_year", "year=2014", "--json"]);
    assert!(code == Some(0) && out.contains("\"role\": \"user\""), "{out}");
    let (code, _, err) = run("dashboard", &["prompt", "compare_year", "year=1999"]);
    assert!(code == Some(1) && err.contains("- `year` is 1999; expected an integer from 2012 to 2015"), "{err}");
    let (code, out, _) = run("dashboard", &["list"]);
    assert!(code == Some(0) && out.contains("prompts\n  compare_year(year, measure?)\n      Compare a year\n"), "{out}");
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
fn types_writes_what_has_changed_and_says_so() {
    let folder = root().join("target/tests/types");
    let _ = fs::remove_dir_all(&folder);
    let out = folder.join("for/the widgets");
    let path = |name: &str| out.join(name).display().to_string();
    let types = |more: &[&str]| run("dashboard", &[&["types", "--out", out.to_str().unwrap()], more].concat());
    let (code, written, _) = types(&[]);
    let all = ["chatui.d.ts", "dashboard.d.ts", "enhanced_example.d.ts"].map(path);
    assert_eq!((code, written), (Some(0), format!("{}\n", all.join("\n"))));
    let bridge = fs::read_to_string(root().join("chatui/web/chatui.d.ts")).unwrap();
    assert_eq!(fs::read_to_string(&all[0]).unwrap(), bridge);

    let saved = || fs::metadata(&all[1]).unwrap().modified().unwrap();
    let before = saved();
    let (code, written, said) = types(&[]);
    assert_eq!((code, written.as_str(), saved()), (Some(0), "", before), "what is as it should be stays untouched");
    assert!(said.ends_with("the widgets holds the types as they are\n"), "{said}");
    fs::write(&all[2], "something else").unwrap();
    let (code, written, _) = types(&["--json"]);
    assert_eq!((code, serde_json::from_str(&written).unwrap()), (Some(0), serde_json::json!([all[2]])));

    let file = folder.join("file");
    fs::write(&file, "").unwrap();
    let (code, _, said) = run("dashboard", &["types", "--out", file.join("in a file").to_str().unwrap()]);
    assert!(code == Some(1) && said.contains("can't make the folder") && said.contains("; give `--out`"), "{said}");
    let (code, _, said) = run("dashboard", &["types"]);
    assert!(code == Some(2) && said.contains("say it with `--out widgets/types`"), "{said}");
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

#[test]
fn on_a_free_port_widgets_are_told_which_it_is() {
    for command in ["serve", "dev"] {
        let server = Server::start(&build("widgets-lab"), &[command]);
        let origin = server.url.trim_end_matches("/mcp");
        let listed = ask(&server.url, r#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#);
        let gallery = listed["result"]["resources"].as_array().unwrap().iter().find(|resource| resource["name"] == "gallery").unwrap();
        assert_eq!(gallery["_meta"]["ui"]["csp"]["resourceDomains"], serde_json::json!([origin]), "{command}");
    }
}

fn ask(url: &str, message: &str) -> serde_json::Value {
    let mut response = ureq::post(url).header("content-type", "application/json").send(message).unwrap();
    serde_json::from_str(&response.body_mut().read_to_string().unwrap()).unwrap()
}

fn document(url: &str) -> String {
    let tools = ask(url, r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#);
    let linked = tools["result"]["tools"].as_array().unwrap().iter().find(|tool| tool["name"] == "show_dashboard").unwrap().clone();
    let uri = linked["_meta"]["ui"]["resourceUri"].as_str().unwrap();
    let read = ask(url, &format!(r#"{{"jsonrpc":"2.0","id":2,"method":"resources/read","params":{{"uri":"{uri}"}}}}"#));
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
    for name in ["dashboard.html", "enhanced.html", "shared.css", "shared.js"] {
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

#[test]
fn a_debug_build_shows_its_page_without_being_asked_and_serve_does_not() {
    let page = |args: &[&str]| {
        let server = Server::start(&build("hello"), args);
        ureq::get(server.url.replace("/mcp", "/")).call().unwrap().body_mut().read_to_string().unwrap()
    };
    assert!(page(&[]).contains("/dev/main.js") && page(&["dev"]).contains("/dev/main.js"));
    assert!(!page(&["serve"]).contains("/dev/"), "a person who opens a server gets its summary");
    let (code, _, err) = run("hello", &["dev", "--host", "0.0.0.0"]);
    assert!(code == Some(2) && err.contains("`dev` is for this machine alone"), "{err}");
}
