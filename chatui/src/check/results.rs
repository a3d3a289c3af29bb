//! Rules about what tools answer. They look at calls, which are made only where somebody asked for them (`--call`), and at
//! errors, which every check sees.

use super::{
    facts::{CallFact, Exchange, Facts},
    rule::{ALL, CLAUDE, Client, DRAWING, Find::Whole, Level, Rule},
};
use crate::validate::Checks;
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C140",
        level: Level::Error,
        hosts: ALL,
        title: "An answer keeps to its output schema",
        why: "Clients check it, and show an error instead of an answer that does not fit or is missing.",
        source: "MCP-25-11, MCP-26",
        fix: "answer with `structuredContent` as the schema says, or correct the schema",
        find: Whole(|facts, found| {
            for call in answered(facts) {
                let tool = &facts.tools[call.tool];
                let schema = &tool.value["outputSchema"];
                let answer = &call.exchange.result()["structuredContent"];
                if !schema.is_null() && answer.is_null() {
                    found.tool(tool, "outputSchema", "it is declared, and the answer has no `structuredContent`");
                } else if !schema.is_null() {
                    misfits(schema, answer).into_iter().take(3).for_each(|why| found.tool(tool, "outputSchema", why));
                }
            }
        }),
    },
    Rule {
        code: "C141",
        level: Level::Error,
        hosts: ALL,
        title: "An answer says something in words",
        why: "Clients without widgets show `content` alone, and a model that gets an empty one believes that nothing happened.",
        source: "MCP-26, APPS-STABLE",
        fix: "put a sentence into `content`, or the JSON of the structured answer",
        find: Whole(|facts, found| {
            for call in answered(facts).filter(|call| texts(&call.exchange).all(|text| text.trim().is_empty())) {
                let blocks = call.exchange.result()["content"].as_array();
                let shown = blocks.is_some_and(|all| all.iter().any(|block| block["type"] != "text" && block["type"].is_string()));
                if !shown {
                    found.tool(&facts.tools[call.tool], "", "its answer has no text");
                }
            }
        }),
    },
    Rule {
        code: "C142",
        level: Level::Warning,
        hosts: DRAWING,
        title: "The words beside a widget are a sentence",
        why: "ChatGPT was seen to show JSON beside the widget that draws it, and the model pays for both.",
        source: "paiml/rust-mcp-sdk#195",
        fix: "say in a sentence what the widget shows",
        find: Whole(|facts, found| {
            for call in answered(facts).filter(|call| facts.tools[call.tool].widget().is_some()) {
                let is_data = |text: &str| text.len() > 200 && serde_json::from_str::<Value>(text).is_ok_and(|value| !value.is_string());
                if texts(&call.exchange).any(is_data) {
                    found.tool(&facts.tools[call.tool], "", "it has a widget, and its text is JSON");
                }
            }
        }),
    },
    Rule {
        code: "C143",
        level: Level::Error,
        hosts: CLAUDE,
        title: "An answer is below what hosts cut",
        why: "Claude cuts an answer at about 150,000 characters, Claude Code at 25,000 tokens; half a JSON is none.",
        source: "CLAUDE",
        fix: "answer with a page of it and a way to the next, and give what only the widget needs as `_meta`",
        find: Whole(|facts, found| {
            for call in answered(facts) {
                let length = texts(&call.exchange).map(|text| text.chars().count()).sum::<usize>();
                if length + length_of(&call.exchange.result()["structuredContent"]) > 150_000 {
                    found.tool(&facts.tools[call.tool], "", format!("its answer has {length} characters of text, and data beside"));
                }
            }
        }),
    },
    Rule {
        code: "C144",
        level: Level::Warning,
        hosts: ALL,
        title: "An answer costs the model less than 5000 tokens",
        why: "It is read with every message that follows, and crowds out the conversation.",
        source: "SKYB",
        fix: "give the model what it talks about, and the widget the rest by `_meta` (`#[ui_only]`)",
        find: Whole(|facts, found| {
            for call in answered(facts) {
                let text = texts(&call.exchange).map(str::len).sum::<usize>();
                let tokens = super::sizes::tokens(text + length_of(&call.exchange.result()["structuredContent"]));
                if tokens > 5000 {
                    found.tool(&facts.tools[call.tool], "", format!("its answer has about {tokens} tokens"));
                }
            }
        }),
    },
    Rule {
        code: "C145",
        level: Level::Error,
        hosts: ALL,
        title: "What is wrong with a call is told to the model",
        why: "An `isError` with a sentence lets the model call again; of an error of the protocol it learns nothing.",
        source: "MCP-25-11, MCP-26",
        fix: "answer wrong arguments with `isError: true` and say which, and why",
        find: Whole(|facts, found| {
            for call in &facts.calls {
                let Some(missing) = call.without.as_deref() else { continue };
                let names = texts(&call.exchange).any(|text| text.contains(missing));
                if call.exchange.result()["isError"] != true || !names {
                    let says = format!("a call without `{missing}` was answered with {}", call.exchange.shown());
                    found.tool(&facts.tools[call.tool], "", says);
                }
            }
        }),
    },
    Rule {
        code: "C146",
        level: Level::Warning,
        hosts: &[Client::ChatGpt, Client::Claude, Client::Text],
        title: "An error tells nothing of the inside",
        why: "Traces and paths of files help nobody but attackers, and end up in somebody's chat.",
        source: "OAI-SEC, OAI-GUIDE",
        fix: "log what happened, and tell a sentence",
        find: Whole(|facts, found| {
            for exchange in facts.exchanges.iter().chain(facts.calls.iter().map(|call| &call.exchange)) {
                let failed = exchange.status >= 400 || exchange.error_code().is_some() || exchange.result()["isError"] == true;
                if let Some(trace) = TRACES.iter().find(|trace| failed && exchange.body.contains(**trace)) {
                    found.exchange(exchange, format!("the answer has a trace: \"{}\"", trace.trim()));
                }
            }
        }),
    },
    Rule {
        code: "C147",
        level: Level::Warning,
        hosts: ALL,
        title: "A call that only reads succeeds",
        why: "What fails for a checker without arguments fails for the first user too.",
        source: "OAI-REV",
        fix: "look into the log of the server",
        find: Whole(|facts, found| {
            // A tool that wants something of its client which a checker does not have is no tool that fails.
            let lacks = |call: &&CallFact| call.exchange.error_code() == Some(-32021) || asks(call);
            for call in facts.calls.iter().filter(|call| call.without.is_none() && !is_answered(call) && !lacks(call)) {
                let tool = &facts.tools[call.tool];
                found.tool(
                    tool,
                    "",
                    format!("it was called without arguments, of which it needs none, and answered with {}", call.exchange.shown()),
                );
            }
        }),
    },
];

/// How traces of the common runtimes look.
const TRACES: &[&str] =
    &["Traceback (most recent call last)", "\\n    at ", "panicked at ", "node_modules/", "site-packages/", ".cargo/registry"];

fn answered(facts: &Facts) -> impl Iterator<Item = &CallFact> {
    facts.calls.iter().filter(|call| call.without.is_none() && is_answered(call))
}

fn is_answered(call: &CallFact) -> bool {
    let result = call.exchange.result();
    result.is_object() && result["isError"] != true && !asks(call)
}

/// A server may have something to ask before it answers.
fn asks(call: &CallFact) -> bool {
    call.exchange.result()["resultType"] == "input_required"
}

fn texts(exchange: &Exchange) -> impl Iterator<Item = &str> {
    exchange.result()["content"].as_array().into_iter().flatten().filter_map(|block| block["text"].as_str())
}

fn length_of(value: &Value) -> usize {
    if value.is_null() { 0 } else { value.to_string().len() }
}

/// By the validator for our own schemas: what it does not know of others' it lets pass.
fn misfits(schema: &Value, answer: &Value) -> Vec<String> {
    let mut root = json!({ "properties": { "structuredContent": schema } });
    root["$defs"] = schema["$defs"].clone();
    let Ok(checks) = Checks::new(root, true) else { return Vec::new() };
    checks.argument("structuredContent", &answer.to_string(), false).iter().map(ToString::to_string).collect()
}
