//! Conversations as text: `→` is sent, `←` came back (with the HTTP status, where there is one), `#` is a remark.
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

/// The conversations, one for each revision of the protocol.
pub const TRANSCRIPTS: [&str; 5] = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"];

/// Something that takes a message and answers it, or not.
pub trait Door {
    /// For messages of failing tests.
    fn name(&self) -> String;

    /// Sends one message.
    fn send(&mut self, message: &str) -> Answer;
}

/// What came back.
#[derive(Debug, PartialEq)]
pub struct Answer {
    /// The HTTP status, where the door has one.
    pub status: Option<u16>,
    /// `None`: there is no answer, because it is a notification.
    pub body: Option<String>,
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
        let answers: Vec<(String, Answer)> = doors.iter_mut().map(|door| (door.name(), door.send(&message))).collect();
        let ((first, answer), others) = answers.split_first().expect("there is a door");
        for (other, others_answer) in others {
            assert_eq!(others_answer.body, answer.body, "{other} and {first} answer alike to {message}");
        }
        let statuses: Vec<u16> = answers.iter().filter_map(|(_, answer)| answer.status).collect();
        let status = *statuses.first().expect("one of the doors speaks HTTP");
        assert!(statuses.iter().all(|other| *other == status), "all HTTP doors answer with one status to {message}: {statuses:?}");
        if let Some(body) = &answer.body {
            uri = listed_uri(body).unwrap_or(uri);
        }
        let _ = writeln!(seen, "← {status} {}", answer.body.as_deref().map_or_else(|| "nothing".to_owned(), steady));
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
pub struct Http {
    url: String,
    /// What the last `initialize` has agreed on.
    revision: Option<String>,
}

impl Http {
    /// Nothing has been said there yet.
    pub fn new(url: impl Into<String>) -> Self {
        Http { url: url.into(), revision: None }
    }
}

impl Door for Http {
    fn name(&self) -> String {
        self.url.clone()
    }

    fn send(&mut self, message: &str) -> Answer {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        let mut request = config.new_agent().post(&self.url).header("content-type", "application/json");
        request = request.header("accept", "application/json, text/event-stream");
        let headers = standard_headers(message);
        // Since 2025-06-18 clients repeat what was agreed on.
        let agreed = self.revision.as_ref().filter(|revision| headers.is_empty() && revision.as_str() >= "2025-06-18");
        if let Some(revision) = agreed {
            request = request.header("mcp-protocol-version", revision);
        }
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let mut response = request.send(message).unwrap_or_else(|error| panic!("{}: {error}", self.url));
        let status = response.status().as_u16();
        let media = response.headers().get("content-type").map(|value| value.to_str().unwrap_or_default().to_owned());
        let body = response.body_mut().read_to_string().expect("the answer is UTF-8");
        let body = Some(body).filter(|body| !body.is_empty());
        let agreed = body.as_deref().and_then(|body| serde_json::from_str::<Value>(body).ok());
        let agreed = agreed.and_then(|answer| answer["result"]["protocolVersion"].as_str().map(str::to_owned));
        self.revision = agreed.or(self.revision.take());
        assert_eq!(media.as_deref(), body.as_ref().map(|_| "application/json"), "the type of the answer to {message}");
        Answer { status: Some(status), body }
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

    fn send(&mut self, message: &str) -> Answer {
        let into = self.into.as_mut().expect("the pipe is open");
        writeln!(into, "{message}").expect("the server reads");
        let message: Value = serde_json::from_str(message).expect("transcripts hold JSON");
        // An array is answered, be it by a refusal, unless all of it is notifications.
        let is_request = |message: &Value| !message["id"].is_null() && message["result"].is_null();
        let is_notification = |message: &Value| message.is_object() && !is_request(message);
        let is_answered = match message.as_array() {
            Some(members) => members.is_empty() || !members.iter().all(is_notification),
            None => is_request(&message),
        };
        if !is_answered {
            return Answer { status: None, body: None };
        }
        let mut answer = String::new();
        self.from.read_line(&mut answer).expect("the server answers");
        Answer { status: None, body: Some(answer.trim_end().to_owned()) }
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
