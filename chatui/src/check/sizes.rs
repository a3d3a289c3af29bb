//! Rules about everything that is served: how much it is, and what must not be in it.

use super::{
    facts::{Exchange, Facts},
    rule::{
        ALL, DRAWING,
        Find::{Whole, Widgets},
        Found, Level, Rule,
    },
};
use chatui_template::{find_secret, is_local};
use serde_json::Value;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C200",
        level: Level::Warning,
        hosts: ALL,
        title: "The tools together cost less than 5000 tokens",
        why: "A model reads them with every message, in all chats that have the app; beyond that hosts were seen to leave some out.",
        source: "REPORTS",
        fix: "shorten descriptions and schemas, put tools together, or leave out what nobody calls",
        find: Whole(|facts, found| {
            let read = |tool: &Value| {
                let keys = ["name", "description", "inputSchema"];
                keys.iter().map(|key| tool[*key].to_string().len()).sum::<usize>()
            };
            let tokens = tokens(facts.tools.iter().map(|tool| read(&tool.value)).sum());
            if tokens > 5000 {
                found.server(format!("its {} tools have about {tokens} tokens", facts.tools.len()));
            }
        }),
    },
    Rule {
        code: "C201",
        level: Level::Warning,
        hosts: DRAWING,
        title: "A widget has less than 500 KB",
        why: "A host loads the document with every answer that it draws, on phones too.",
        source: "REPORTS",
        fix: "leave out what it can do without, or load it from an origin that its policy names",
        find: Widgets(|widget, found| {
            if widget.html.len() > 500_000 {
                found.widget(widget, "", format!("it has {} KB", widget.html.len() / 1000));
            }
        }),
    },
    Rule {
        code: "C202",
        level: Level::Error,
        hosts: ALL,
        title: "No secret is served",
        why: "Lists, documents and answers are public: everybody who adds the app can read them.",
        source: "OAI-SEC",
        fix: "take it out, withdraw it where it was issued, and let a tool use its successor",
        find: Whole(|facts, found| {
            let mut known: Vec<String> = Vec::new();
            for exchange in facts.exchanges.iter().chain(facts.calls.iter().map(|call| &call.exchange)) {
                texts(exchange, &mut |text| {
                    let Some(secret) = find_secret(text) else { return };
                    let start: String = text[secret.at..].chars().take(4).collect();
                    let says = format!("`{start}…` looks like {}", secret.kind);
                    if !known.contains(&says) {
                        found.exchange(exchange, &says);
                        known.push(says);
                    }
                });
            }
        }),
    },
    Rule {
        code: "C203",
        level: Level::Error,
        hosts: ALL,
        title: "A public server serves no address of a developer's machine",
        why: "It leads everybody else nowhere, and tells them about yours.",
        source: "OAI-SUB, OAI-SEC",
        fix: "set PUBLIC_URL and WORKER_DOMAIN_BASE where it is deployed, or take the address out",
        find: Whole(addresses),
    },
];

/// About four bytes are one.
pub(super) fn tokens(bytes: usize) -> usize {
    bytes / 4
}

/// Every text in an answer, without what JSON writes for its quotes and lines.
fn texts(exchange: &Exchange, look: &mut dyn FnMut(&str)) {
    fn walk(value: &Value, look: &mut dyn FnMut(&str)) {
        match value {
            Value::String(text) => look(text),
            Value::Array(all) => all.iter().for_each(|value| walk(value, look)),
            Value::Object(all) => all.iter().for_each(|(_, value)| walk(value, look)),
            _ => {}
        }
    }
    match &exchange.message {
        Value::Null => look(&exchange.body),
        message => walk(message, look),
    }
}

fn addresses(facts: &Facts, found: &mut Found) {
    if facts.public.is_none() {
        return;
    }
    // Of what hosts read; what is answered to mistakes is for people.
    let served = ["initialize", "discover", "tools/list", "resources/list", "resources/read"];
    let own = facts.public.as_deref().map(super::reach::host).unwrap_or_default();
    // Another rule speaks of those in policies.
    let mut known: Vec<String> =
        facts.widgets.iter().flat_map(super::policies::entries).map(|(_, entry)| entry.as_str().unwrap_or_default().to_owned()).collect();
    for exchange in facts.exchanges.iter().filter(|exchange| served.contains(&exchange.what)) {
        texts(exchange, &mut |text| {
            for at in text.match_indices("://").map(|(at, _)| at) {
                let start = at - text[..at].bytes().rev().take_while(u8::is_ascii_alphabetic).count();
                let rest = text[start..].split(|letter: char| letter.is_whitespace() || "\"'`<>)\\,;".contains(letter)).next();
                let address = rest.unwrap_or_default();
                let web = ["http", "https", "ws", "wss"].contains(&&text[start..at]);
                let foreign = super::reach::host(address) != own;
                if web && foreign && is_local(address) && !known.iter().any(|one| one == address) {
                    known.push(address.to_owned());
                    found.exchange(exchange, format!("it has `{address}`"));
                }
            }
        });
    }
}
