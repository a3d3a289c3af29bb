//! One transcript of each era through the doors that need only Rust; `replay` takes them to the Worker too.

use chatui_tests::{
    process::{Server, build},
    transcript::{Http, Pipe, replay},
};
use std::process::{Command, Stdio};

#[test]
fn every_door_gives_the_same_bytes() {
    let binary = build("dashboard");
    let native = Server::start(&binary, &["serve"]);
    replay(&mut [Box::new(Pipe::start(&binary)), Box::new(Http::new(&native.url))]);
}

#[test]
fn stdio_ends_with_its_input_and_prints_only_answers() {
    Pipe::start(&build("hello")).close();
}

#[test]
fn a_line_that_is_no_text_is_answered_and_the_next_one_too() {
    use std::io::Write;
    let mut child = Command::new(build("hello")).args(["serve", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let lines = b"\xff\xfe\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n";
    child.stdin.take().unwrap().write_all(lines).unwrap();
    let output = child.wait_with_output().unwrap();
    let mut answers: Vec<&str> = std::str::from_utf8(&output.stdout).unwrap().lines().collect();
    answers.sort_unstable();
    let [pong, refusal] = answers.as_slice() else { panic!("{answers:?}") };
    assert_eq!(*pong, r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    assert!(refusal.contains("-32700"), "{refusal}");
    assert!(output.status.success());
}

#[cfg(unix)]
#[test]
fn the_native_server_ends_well_when_asked_to() {
    let server = Server::start(&build("hello"), &["serve"]);
    server.ask_to_stop();
    assert_eq!(server.wait(), Some(0));
}
