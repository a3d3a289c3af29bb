//! Conversations as text: `→` is sent, `←` came back, `#` is a remark.
//!
//! The same messages go through every door. The doors must answer with the same bytes, and these must be what the file
//! says. What changes with every edit of a template is written as `⟦…⟧`.

use crate::process::root;
use serde_json::Value;
use std::{
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

/// The conversations, one for each era of the protocol.
pub const TRANSCRIPTS: [&str; 2] = ["2025-11-25", "2026-07-28"];

/// Something that takes a message and answers it, or not.
pub trait Door {
    /// For messages of failing tests.
    fn name(&self) -> String;

    /// Sends one message. `None`: there is no answer, because it is a notification.
    fn send(&mut self, message: &str) -> Option<String>;
}

/// Replays every transcript through every door.
///
/// With `UPDATE=1` in the environment the files are written anew from what the first door answers.
///
/// # Panics
///
/// If a door answers otherwise than the first one or than the file.
pub fn replay(doors: &mut [Box<dyn Door>]) {
    for name in TRANSCRIPTS {
        let path = root().join("tests/transcripts").join(name).with_extension("txt");
        let recorded = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let seen = conversation(&recorded, doors);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &seen).expect("the transcript can be written");
        } else {
            assert_same(&path, &recorded, &seen);
        }
    }
}

fn conversation(recorded: &str, doors: &mut [Box<dyn Door>]) -> String {
    let mut seen = String::new();
    let mut uri = String::new();
    for line in recorded.lines().filter(|line| !line.starts_with('←')) {
        let _ = writeln!(seen, "{line}");
        let Some(message) = line.strip_prefix("→ ") else { continue };
        // The widget's address, taken from the list that came before, as a client does.
        let message = message.replace("⟦uri⟧", &uri);
        let (first, others) = doors.split_first_mut().expect("there is a door");
        let answer = first.send(&message);
        for other in others {
            assert_eq!(other.send(&message), answer, "{} and {} answer alike to {message}", other.name(), first.name());
        }
        if let Some(answer) = &answer {
            uri = listed_uri(answer).unwrap_or(uri);
        }
        let _ = writeln!(seen, "← {}", answer.map_or_else(|| "nothing".to_owned(), |answer| steady(&answer)));
    }
    seen
}

fn listed_uri(answer: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    Some(answer["result"]["resources"][0]["uri"].as_str()?.to_owned())
}

/// Without the document of a widget and the hashes of documents.
fn steady(answer: &str) -> String {
    let mut answer = answer.to_owned();
    if let (Some(start), Some(end)) = (answer.find(r#""text":"<!doctype"#), answer.rfind(r#"","_meta":{"ui":"#)) {
        answer.replace_range(start + 8..end, "⟦document⟧");
    }
    let mut at = 0;
    while let Some(dot) = answer[at..].find(".html").map(|dot| at + dot) {
        at = dot + 5;
        let hashed = dot.checked_sub(17).filter(|start| answer[*start..].starts_with('-'));
        if let Some(start) = hashed {
            answer.replace_range(start + 1..dot, "⟦hash⟧");
            at = start + 5;
        }
    }
    answer
}

fn assert_same(path: &Path, recorded: &str, seen: &str) {
    for (number, (recorded, seen)) in recorded.lines().zip(seen.lines()).enumerate() {
        assert_eq!(seen, recorded, "{} line {}; `UPDATE=1` writes the file anew", path.display(), number + 1);
    }
    assert_eq!(seen.lines().count(), recorded.lines().count(), "{} has as many lines as were seen", path.display());
}

/// The HTTP endpoint at an address: the native server's or the Worker's.
#[derive(Debug)]
pub struct Http(pub String);

impl Door for Http {
    fn name(&self) -> String {
        self.0.clone()
    }

    fn send(&mut self, message: &str) -> Option<String> {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let mut request = config.new_agent().post(&self.0).header("content-type", "application/json");
        request = request.header("accept", "application/json, text/event-stream");
        for (name, value) in standard_headers(message) {
            request = request.header(name, value);
        }
        let mut response = request.send(message).unwrap_or_else(|error| panic!("{}: {error}", self.0));
        let body = response.body_mut().read_to_string().expect("the answer is UTF-8");
        (response.status() != 202).then_some(body)
    }
}

/// The headers that go with a modern message; they repeat what its body says.
fn standard_headers(message: &str) -> Vec<(&'static str, String)> {
    let message: Value = serde_json::from_str(message).unwrap_or_default();
    let params = &message["params"];
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let Some(version) = text(&params["_meta"]["io.modelcontextprotocol/protocolVersion"]) else { return Vec::new() };
    let mut headers = vec![("mcp-protocol-version", version)];
    headers.extend(text(&message["method"]).map(|method| ("mcp-method", method)));
    headers.extend(text(&params["name"]).or_else(|| text(&params["uri"])).map(|name| ("mcp-name", name)));
    headers
}

/// A process that is spoken to over its standard input and output.
#[derive(Debug)]
pub struct Pipe {
    child: Child,
    into: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Pipe {
    /// Starts a server with `--stdio`.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn start(binary: &PathBuf) -> Self {
        let mut child = Command::new(binary)
            .args(["serve", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let into = child.stdin.take();
        let from = BufReader::new(child.stdout.take().expect("stdout is piped"));
        Pipe { child, into, from }
    }

    /// Closes its standard input and waits for its end.
    ///
    /// # Panics
    ///
    /// If it prints anything more, or does not end well.
    pub fn close(mut self) {
        self.into = None;
        let mut rest = String::new();
        self.from.read_line(&mut rest).expect("the pipe can be read");
        assert_eq!(rest, "", "nothing else is printed");
        assert!(self.child.wait().expect("the process is ours").success());
    }
}

impl Door for Pipe {
    fn name(&self) -> String {
        "stdio".into()
    }

    fn send(&mut self, message: &str) -> Option<String> {
        let into = self.into.as_mut().expect("the pipe is open");
        writeln!(into, "{message}").expect("the server reads");
        let is_request = serde_json::from_str::<Value>(message).is_ok_and(|message| !message["id"].is_null());
        if !is_request {
            return None;
        }
        let mut answer = String::new();
        self.from.read_line(&mut answer).expect("the server answers");
        Some(answer.trim_end().to_owned())
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
