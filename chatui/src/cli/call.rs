//! `call`: one tool, as a person at a terminal or a script wants its answer.
//!
//! What is piped is the same text without colour, and not JSON: `call … | head` is typed by people, and a program that wants
//! the whole answer says `--json` and gets it wherever it writes to.

use super::{
    DONE, FAILED,
    answers::{self, Person, Round},
    ask, ask_with, pretty, print,
};
use crate::{Error, events, ink::Ink, server::Server};
use chatui_template::nearest;
use futures_core::Stream;
use serde::Serialize;
use serde_json::{Map, Value, value::RawValue};
use std::{
    future::poll_fn,
    io::{IsTerminal, Write},
    pin::{Pin, pin},
    task::Poll,
};

#[derive(Serialize)]
struct Params<'a> {
    name: &'a str,
    arguments: &'a RawValue,
    #[serde(flatten)]
    round: Option<Round>,
    #[serde(rename = "_meta", skip_serializing_if = "Map::is_empty")]
    meta: Map<String, Value>,
}

pub(super) async fn run(server: &Server, name: &str, arguments: &str, person: Person, json: bool) -> Result<u8, Error> {
    let arguments: &RawValue = serde_json::from_str(arguments)
        .map_err(|error| Error::tell(format!("the arguments are not JSON: {error}; write them like '{{\"city\": \"Paris\"}}'")))?;
    if server.table.prompts().iter().any(|entry| entry.prompt.name == name) && server.table.tool(name).is_none() {
        return Err(Error::tell(format!("`{name}` is a prompt; `prompt {name}` says it")));
    }
    if server.table.tool(name).is_none() {
        let near = nearest(name, server.table.tools().iter().map(|entry| entry.tool.name));
        let near = near.map_or_else(|| "`list` shows them".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(Error::tell(format!("there is no tool `{name}`; {near}")));
    }
    let is_watched = std::io::stderr().is_terminal();
    let mut meta = Map::new();
    if is_watched {
        meta.insert("progressToken".into(), 1.into());
    }
    // Only a client of this revision is asked in rounds.
    if server.table.tool(name).is_some_and(|entry| entry.tool.asks.is_some()) {
        meta.extend(answers::able());
    }
    let mut round = None;
    let result = loop {
        let params = Params { name, arguments, round, meta: meta.clone() };
        let result = if is_watched { watched(server, params).await? } else { ask(server, "tools/call", params).await? };
        round = person.answers(&result)?;
        if round.is_none() {
            break result;
        }
    };
    if json {
        pretty(&result);
    } else {
        let stdout = std::io::stdout();
        let page = server.table.tool(name).and_then(|entry| entry.page(server.table.pages()));
        let drawn = page.filter(|_| stdout.is_terminal()).map(crate::widget::Page::name);
        print(&text(&result, drawn, stdout.is_terminal(), &Ink::of(&stdout)));
    }
    Ok(if result["isError"] == true { FAILED } else { DONE })
}

/// Calls, and shows on standard error how far the call has come.
async fn watched(server: &Server, params: Params<'_>) -> Result<Value, Error> {
    let (events, mut arrivals) = events::pipe();
    let mut answer = pin!(ask_with(server, "tools/call", params, Some(&events)));
    let mut showed = false;
    let result = poll_fn(|context| {
        while let Poll::Ready(Some(message)) = Pin::new(&mut arrivals).poll_next(context) {
            if let Some(line) = progress(&message) {
                showed = true;
                show(&line);
            }
        }
        answer.as_mut().poll(context)
    })
    .await;
    if showed {
        show("");
    }
    result
}

/// In place of the line before it. A terminal that is gone is no reason to end the call.
fn show(line: &str) {
    let mut stderr = std::io::stderr();
    let _ = write!(stderr, "\r\x1b[2K{line}").and_then(|()| stderr.flush());
}

/// A line that is longer can't be taken back.
const WIDTH: usize = 78;

/// What a notification says of the progress.
fn progress(message: &[u8]) -> Option<String> {
    let message: Value = serde_json::from_slice(message).ok()?;
    let params = message.get("params").filter(|_| message["method"] == "notifications/progress")?;
    let done = params["progress"].as_f64()?;
    let total = params["total"].as_f64().map_or_else(String::new, |total| format!(" of {total}"));
    let line = format!("{done}{total} {}", params["message"].as_str().unwrap_or_default());
    // What moves the cursor would be left standing.
    Some(line.chars().filter(|letter| !letter.is_control()).take(WIDTH).collect())
}

/// The content of a result. `wide`: for a person, with JSON in lines; `drawn`: the widget that a host draws it with.
fn text(result: &Value, drawn: Option<&str>, wide: bool, Ink { dim, bad, end, .. }: &Ink) -> String {
    let is_error = result["isError"] == true;
    let (colour, back) = if is_error { (bad, end) } else { (&"", &"") };
    let mut text = String::new();
    for block in result["content"].as_array().into_iter().flatten() {
        text += &format!("{colour}{}{back}\n", words(block, wide));
    }
    match drawn.filter(|_| !is_error) {
        Some(widget) => format!("{text}{dim}hosts draw this with the widget {widget}; `--json` shows its data{end}\n"),
        None => text,
    }
}

/// What can be read of a block.
pub(super) fn words(block: &Value, wide: bool) -> String {
    let kind = block["type"].as_str().unwrap_or_default();
    let words = block["text"].as_str().or_else(|| block["uri"].as_str()).map(|words| if wide { in_lines(words) } else { words.into() });
    words.unwrap_or_else(|| format!("({kind}; `--json` shows it)"))
}

/// Data in lines, and words as they are.
fn in_lines(words: &str) -> String {
    match serde_json::from_str::<Value>(words) {
        Ok(data @ (Value::Object(_) | Value::Array(_))) => format!("{data:#}"),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, progress, text};
    use crate::ink::Ink;
    use serde_json::json;

    #[test]
    fn progress_is_one_line() {
        let line = |params| progress(json!({ "method": "notifications/progress", "params": params }).to_string().as_bytes());
        assert_eq!(line(json!({ "progress": 1.0, "total": 2.0, "message": "reading" })).as_deref(), Some("1 of 2 reading"));
        assert_eq!(line(json!({ "progress": 0.5, "message": "a\nb\u{1b}[1m" })).as_deref(), Some("0.5 ab[1m"));
        assert_eq!(line(json!({ "progress": 1, "message": "x".repeat(200) })).map(|line| line.len()), Some(WIDTH));
        assert_eq!(line(json!({ "message": "nothing" })), None);
        assert_eq!(progress(b"no JSON"), None);
    }

    #[test]
    fn a_person_reads_lines_and_a_pipe_the_text() {
        let ink = Ink { dim: "<dim>", bad: "<bad>", end: "<end>", ..Ink::NONE };
        let data = json!({ "content": [{ "type": "text", "text": "{\"a\":1}" }, { "type": "image" }], "isError": false });
        assert_eq!(text(&data, None, false, &Ink::NONE), "{\"a\":1}\n(image; `--json` shows it)\n");
        let shown =
            "{\n  \"a\": 1\n}\n(image; `--json` shows it)\n<dim>hosts draw this with the widget card; `--json` shows its data<end>\n";
        assert_eq!(text(&data, Some("card"), true, &ink), shown);
        let failed = json!({ "content": [{ "type": "text", "text": "7 is odd" }], "isError": true });
        assert_eq!(text(&failed, Some("card"), true, &ink), "<bad>7 is odd<end>\n");
    }
}
