//! Whatever is sent as a message has exactly one answer, or none where it asks for none: over HTTP and over stdio.

use chatui::{App, Server, tool};
use http::Request;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{
    cell::RefCell,
    fmt,
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};
use tokio::runtime::{Builder, Runtime};

/// Takes anything.
#[tool(read_only)]
fn anything(value: serde_json::Value) -> String {
    value.to_string().len().to_string()
}

/// An answer: the HTTP status, where there is one, and what else there is.
type Answer = (Option<u16>, Vec<String>);

trait Door {
    fn send(&mut self, message: &[u8]) -> Answer;
}

/// The road from an HTTP request.
struct Http(Server, Runtime);

impl Http {
    fn new() -> Self {
        Http(App::new().build().unwrap(), Builder::new_current_thread().build().unwrap())
    }
}

impl Door for Http {
    fn send(&mut self, message: &[u8]) -> Answer {
        let mut request = Request::post("/mcp").header("content-type", "application/json");
        // The headers of a modern call, right or wrong. A batch comes without: they would say that it is none.
        if contains(message, "2026-07-28") && serde_json::from_slice::<Vec<&RawValue>>(bare(message)).is_err() {
            request =
                request.header("mcp-protocol-version", "2026-07-28").header("mcp-method", "tools/call").header("mcp-name", "anything");
        }
        let request = request.body(message.to_vec().into()).unwrap();
        let (head, body) = self.1.block_on(async {
            let (head, body) = self.0.handle(request).await.into_parts();
            (head, body.bytes().await)
        });
        let body = String::from_utf8(body.to_vec()).unwrap();
        (Some(head.status.as_u16()), Some(body).into_iter().filter(|body| !body.is_empty()).collect())
    }
}

fn bare(message: &[u8]) -> &[u8] {
    message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message)
}

fn contains(message: &[u8], text: &str) -> bool {
    message.windows(text.len()).any(|part| part == text.as_bytes())
}

/// A process on whose standard input one message is read at a time.
struct Pipe {
    child: Child,
    into: ChildStdin,
    from: BufReader<ChildStdout>,
    sent: usize,
}

impl Pipe {
    fn new() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fixture"));
        command.args(["serve", "--stdio"]).env("FIXTURE_LIMITS", "calls=1").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (into, from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Pipe { child, into, from, sent: 0 }
    }
}

impl Door for Pipe {
    /// What comes before the answer to something that is always answered.
    fn send(&mut self, message: &[u8]) -> Answer {
        self.sent += 1;
        let end = format!(r#"{{"jsonrpc":"2.0","id":"end {}","#, self.sent);
        self.into.write_all(message).unwrap();
        write!(self.into, "\n{end}\"method\":\"ping\"}}\n").unwrap();
        let mut answers = Vec::new();
        loop {
            let mut line = String::new();
            assert_ne!(self.from.read_line(&mut line).unwrap(), 0, "the server ended after {:?}", String::from_utf8_lossy(message));
            if line.starts_with(&end) {
                return (None, answers);
            }
            answers.push(line.trim_end().to_owned());
        }
    }
}

impl Drop for Pipe {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The members of an object, each value as it is written; `None`: it is none.
struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl Members {
    fn read(json: &[u8]) -> Option<Self> {
        serde_json::from_slice(json).ok()
    }

    /// `None`: it is not there. `Err`: it is there more than once.
    fn one(&self, key: &str) -> Result<Option<&str>, ()> {
        let mut all = self.0.iter().filter(|(name, _)| name == key).map(|(_, value)| value.get());
        match (all.next(), all.next()) {
            (_, Some(_)) => Err(()),
            (one, None) => Ok(one),
        }
    }
}

/// What has to come back.
#[derive(Debug, PartialEq)]
enum Expected {
    /// A result or an error, with this id.
    Answer(String),
    /// An error, with the id or without.
    Refusal,
    /// Nothing. HTTP may tell what is wrong with it.
    Nothing,
    /// For each of these.
    All(Vec<String>),
}

fn is_text(json: &str) -> bool {
    serde_json::from_str::<String>(json).is_ok()
}

/// By the letter of JSON-RPC 2.0 and of MCP.
fn expected(message: &[u8]) -> Expected {
    let message = bare(message);
    if let Ok(members) = serde_json::from_slice::<Vec<Box<RawValue>>>(message) {
        let all: Vec<Expected> = members.iter().map(|member| expected(member.get().as_bytes())).collect();
        let at = |json: &str, key: &str| Members::read(json.as_bytes())?.one(key).ok()?.map(str::to_owned);
        let claim = |json: &str| at(&at(&at(json, "params")?, "_meta")?, "io.modelcontextprotocol/protocolVersion");
        let alone = |member: &RawValue| at(member.get(), "method").as_deref() == Some(r#""initialize""#) || claim(member.get()).is_some();
        let is_message = |one: &Expected| matches!(one, Expected::Answer(_) | Expected::Nothing);
        if members.is_empty() || members.len() > 100 || members.iter().any(|member| alone(member)) || !all.iter().all(is_message) {
            return Expected::Refusal;
        }
        let ids = all.into_iter().filter_map(|one| if let Expected::Answer(id) = one { Some(id) } else { None });
        let ids: Vec<String> = ids.collect();
        return if ids.is_empty() { Expected::Nothing } else { Expected::All(ids) };
    }
    let Some(members) = Members::read(message) else { return Expected::Refusal };
    let all = ["jsonrpc", "id", "method", "params", "result", "error"].map(|key| members.one(key));
    let [Ok(version), Ok(id), Ok(method), Ok(_), Ok(result), Ok(error)] = all else { return Expected::Refusal };
    let legal = id.is_none_or(|id| id.starts_with(['"', '-']) || id.starts_with(|letter: char| letter.is_ascii_digit()));
    let is_version = version.is_some_and(|version| serde_json::from_str::<String>(version).is_ok_and(|version| version == "2.0"));
    if !is_version || !legal {
        return Expected::Refusal;
    }
    match (method.filter(|method| *method != "null"), id) {
        (Some(method), _) if !is_text(method) => Expected::Refusal,
        (Some(_), Some(id)) => Expected::Answer(id.to_owned()),
        (Some(_), None) => Expected::Nothing,
        (None, Some(_)) if result.or(error).is_some() => Expected::Nothing,
        (None, _) => Expected::Refusal,
    }
}

/// Whether this is one answer of JSON-RPC; its id, and whether it is an error.
fn read(answer: &str) -> (String, bool) {
    let members = Members::read(answer.as_bytes()).unwrap_or_else(|| panic!("no object: {answer}"));
    let [version, id, result, error] = ["jsonrpc", "id", "result", "error"].map(|key| members.one(key).unwrap());
    assert_eq!(version, Some(r#""2.0""#), "{answer}");
    assert_eq!(members.0.len(), 3, "{answer}");
    match (result, error) {
        (Some(result), None) => assert!(result.starts_with('{'), "{answer}"),
        (None, Some(error)) => {
            let error: serde_json::Value = serde_json::from_str(error).unwrap();
            assert!(error["code"].is_i64() && error["message"].as_str().is_some_and(|message| !message.is_empty()), "{answer}");
        }
        _ => panic!("neither or both: {answer}"),
    }
    (id.expect("an answer has an id").to_owned(), error.is_some())
}

fn check(message: &[u8], (status, answers): &Answer) {
    let shown = String::from_utf8_lossy(message);
    let one = || {
        assert_eq!(answers.len(), 1, "{status:?} {answers:?} to {shown}");
        answers[0].as_str()
    };
    match expected(message) {
        // An empty line is nobody's message.
        _ if status.is_none() && message.trim_ascii().is_empty() => assert!(answers.is_empty()),
        Expected::Answer(id) => assert_eq!(read(one()).0, id, "to {shown}"),
        Expected::Refusal => {
            let (id, is_error) = read(one());
            assert!(is_error && (id == "null" || contains(message, &id)), "{answers:?} to {shown}");
        }
        Expected::Nothing if status.is_none_or(|status| status == 202) => assert!(answers.is_empty(), "{answers:?} to {shown}"),
        Expected::Nothing => assert_eq!(read(one()), ("null".to_owned(), true), "to {shown}"),
        Expected::All(ids) => {
            let all: Vec<Box<RawValue>> = serde_json::from_str(one()).unwrap_or_else(|error| panic!("{error}: {answers:?} to {shown}"));
            assert!(all.iter().map(|answer| read(answer.get()).0).eq(ids), "{answers:?} to {shown}");
        }
    }
}

const IDS: [&str; 16] = [
    "1",
    "0",
    "-7",
    "0.5",
    "-1.5E-7",
    "18446744073709551616",
    "1e400",
    r#""a""#,
    r#""""#,
    r#""\"\\\u00e9\n""#,
    r#""\ud800""#,
    r#""é""#,
    "null",
    "true",
    "[1]",
    "{}",
];
const METHODS: [&str; 16] = [
    r#""ping""#,
    r#""ping""#,
    r#""tools/call""#,
    r#""tools/call""#,
    r#""tools/list""#,
    r#""resources/list""#,
    r#""resources/read""#,
    r#""prompts/get""#,
    r#""server/discover""#,
    r#""initialize""#,
    r#""notifications/initialized""#,
    r#""\ud800""#,
    r#""""#,
    "5",
    "null",
    "[]",
];
const PARAMS: [&str; 16] = [
    "{}",
    "null",
    "[]",
    r#""text""#,
    r#"{"name":"anything","arguments":{"value":1}}"#,
    r#"{"name":"anything","arguments":{"value":"\ud800"}}"#,
    r#"{"name":"anything","arguments":{"value":1e400}}"#,
    r#"{"name":"anything","arguments":[[[]]]}"#,
    r#"{"name":"\udfff","arguments":{}}"#,
    r#"{"name":"anything","name":"anything"}"#,
    r#"{"name":"anything","arguments":{"value":1,"value":2,"\ud800":3}}"#,
    r#"{"name":"anything","arguments":{"value":{"a":[null,-0.0,1E5]}},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}"#,
    r#"{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}"#,
    r#"{"_meta":{"io.modelcontextprotocol/protocolVersion":5}}"#,
    r#"{"_meta":[],"uri":"ui://nothing","cursor":""}"#,
    r#"{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"a","version":"1"},"uri":7,"cursor":null}"#,
];

fn value(values: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(values).prop_map(str::to_owned)
}

/// A member of a message, usually as it should be.
fn member() -> impl Strategy<Value = String> {
    let pair = |key: &'static str, values: &'static [&'static str]| value(values).prop_map(move |value| format!("\"{key}\":{value}"));
    prop_oneof![
        4 => pair("id", &IDS),
        4 => pair("method", &METHODS),
        4 => pair("params", &PARAMS),
        2 => pair("jsonrpc", &[r#""2.0""#, r#""2.0""#, r#""2\u002e0""#, r#""1.0""#, "2.0", "null"]),
        1 => pair("result", &["{}", "null"]),
        1 => pair("error", &["{}", r#"{"code":1,"message":"a"}"#]),
        1 => pair("\\ud800", &["1"]),
        1 => pair("more", &["[1e999,\"\\udc00\",{}]"]),
    ]
}

fn object() -> impl Strategy<Value = String> {
    let whole = (value(&IDS), value(&METHODS), value(&PARAMS))
        .prop_map(|(id, method, params)| format!(r#"{{"jsonrpc":"2.0","id":{id},"method":{method},"params":{params}}}"#));
    let notification = (value(&METHODS), value(&PARAMS))
        .prop_map(|(method, params)| format!(r#"{{"params":{params},"method":{method},"jsonrpc":"2.0"}}"#));
    let parts = vec(member(), 0..6).prop_map(|members| format!(r#"{{"jsonrpc":"2.0",{}}}"#, members.join(",")).replace(",}", "}"));
    prop_oneof![3 => whole, 1 => notification, 2 => parts, 1 => vec(member(), 0..6).prop_map(|members| format!("{{{}}}", members.join(",")))]
}

fn message() -> impl Strategy<Value = Vec<u8>> {
    let batch = vec(object(), 0..4).prop_map(|members| format!("[{}]", members.join(",")));
    let text = prop_oneof![6 => object(), 2 => batch, 1 => object().prop_map(|text| format!("\u{feff} {text}\r\t"))];
    // A byte that is lost, doubled or another one.
    let spoilt = (text, any::<prop::sample::Index>(), any::<u8>(), 0..8_u8).prop_map(|(text, at, byte, how)| {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        match how {
            0 => _ = bytes.remove(at),
            1 => bytes.insert(at, byte),
            2 => bytes[at] = byte,
            3 => bytes.truncate(at),
            _ => {}
        }
        bytes
    });
    // On a pipe a line feed is the end of a message.
    let in_a_line = |bytes: Vec<u8>| bytes.into_iter().map(|byte| if byte == b'\n' { b' ' } else { byte }).collect::<Vec<u8>>();
    prop_oneof![12 => spoilt, 1 => vec(any::<u8>(), 0..40)].prop_map(in_a_line)
}

fn hold(cases: u32, door: impl Door) {
    let door = RefCell::new(door);
    // A failing case is printed, and becomes a line of the table below.
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&message(), |message| {
            check(&message, &door.borrow_mut().send(&message));
            Ok(())
        })
        .unwrap();
}

#[test]
fn any_message_has_one_answer_over_http() {
    hold(6000, Http::new());
}

/// A session in which nobody has said `initialize` with another revision knows batches.
struct Sessions(Pipe);

impl Door for Sessions {
    fn send(&mut self, message: &[u8]) -> Answer {
        let answer = self.0.send(message);
        if answer.1.iter().any(|answer| answer.contains(r#""protocolVersion":"2025-11-25""#)) {
            self.0 = Pipe::new();
        }
        answer
    }
}

#[test]
fn any_message_has_one_answer_over_stdio() {
    hold(3000, Sessions(Pipe::new()));
}

#[test]
fn what_is_no_message_is_answered_as_it_says_here() {
    let (mut http, mut pipe) = (Http::new(), Pipe::new());
    let mut seen = String::new();
    let mut show = |message: &[u8]| {
        let (status, answers) = http.send(message);
        let (_, piped) = pipe.send(message);
        check(message, &(status, answers.clone()));
        // An empty line is no message, and HTTP tells what is wrong with a notification.
        if !message.trim_ascii().is_empty() && expected(message) != Expected::Nothing {
            assert_eq!(answers, piped, "{}", String::from_utf8_lossy(message));
        }
        let is_plain = |text: &&str| !text.contains(char::is_control) && !text.contains('\u{feff}');
        let shown = std::str::from_utf8(message).ok().filter(is_plain).map_or_else(|| message.escape_ascii().to_string(), str::to_owned);
        seen.push_str(&format!("→ {shown}\n← {} {}\n", status.unwrap_or_default(), answers.first().map_or("nothing", |answer| answer)));
    };
    for id in IDS {
        show(format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"ping"}}"#).as_bytes());
    }
    for message in [
        r#"{"jsonrpc":"2.0","id":1,"id":1,"method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping","method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{},"params":{}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping","more":1,"more":2}"#,
        r#"{"id":1,"method":"ping"}"#,
        r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#,
        r#"{"jsonrpc":2.0,"id":1,"method":"ping"}"#,
        r#"{"jsonrpc":null,"id":1,"method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":1}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":null}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":5}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":["ping"]}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":""}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"\ud800"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"p\u0069ng"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":null}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":"a"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping","params":{"_meta":1}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call"}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":5}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\ud800"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"anything","arguments":5}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"anything","arguments":{"value":"\ud800"}}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"anything","arguments":{"value":1e400}}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"anything","arguments":{"value":123456789012345678901234567890}}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"anything","arguments":{"value":1,"value":2}}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"anything","arguments":{"\ud800":1}}}"#,
        r#"{"\ud800":1,"jsonrpc":"2.0","id":1,"method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":1,"result":{}}"#,
        r#"{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"a"}}"#,
        r#"{"jsonrpc":"2.0","result":{}}"#,
        r#"{"jsonrpc":"2.0","method":"notifications/nothing"}"#,
        r#"{"jsonrpc":"2.0","method":"notifications/nothing","params":5}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping"}{}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"ping""#,
        r#"{"jsonrpc":"2.0","id":1,"method":'ping'}"#,
        "\u{feff}{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
        " \t\r{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\r",
        "{}",
        "[]",
        "[1]",
        "null",
        "\"ping\"",
        "",
        "  ",
        "\0",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\0",
        "{\"jsonrpc\":\"2.0\",\"id\":\"\0\",\"method\":\"ping\"}",
    ] {
        show(message.as_bytes());
    }
    let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    let wide = |bom: &[u8], bytes: fn(u16) -> [u8; 2]| [bom.to_vec(), ping.encode_utf16().flat_map(bytes).collect()].concat();
    show(&wide(b"\xff\xfe", u16::to_le_bytes));
    show(&wide(b"", u16::to_be_bytes));
    show(b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}");
    show(b"{\"jsonrpc\":\"2.0\",\"id\":\"\xff\",\"method\":\"ping\"}");
    show(format!("[{}]", [ping; 101].join(",")).as_bytes());
    let path = chatui_tests::process::root().join("tests/transcripts/messages.txt");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &seen).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap();
    for (recorded, seen) in recorded.lines().zip(seen.lines()) {
        assert_eq!(seen, recorded, "`UPDATE=1` writes the file anew");
    }
    assert_eq!(recorded.lines().count(), seen.lines().count());
}
