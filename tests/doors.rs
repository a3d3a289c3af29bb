//! One transcript of each era through the doors that need only Rust; `replay` takes them to the Worker too.

use chatui_tests::{
    process::{Server, build},
    transcript::{Http, Pipe, replay},
};
use std::process::Command;

#[test]
fn every_door_gives_the_same_bytes() {
    let binary = build("dashboard");
    let native = Server::start(&binary, &["serve"]);
    replay(&mut [Box::new(Pipe::start(&binary)), Box::new(Http(native.url.clone()))]);
}

#[test]
fn stdio_ends_with_its_input_and_prints_only_answers() {
    Pipe::start(&build("hello")).close();
}

#[cfg(unix)]
#[test]
fn the_native_server_ends_well_when_asked_to() {
    let server = Server::start(&build("hello"), &["serve"]);
    let asked = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().expect("kill starts");
    assert!(asked.success());
    assert_eq!(server.wait(), Some(0));
}
