//! Rules about the messages: what a server says of itself, and how it answers what is in order.

use super::{
    facts::{Exchange, Facts},
    rule::{ALL, CLAUDE, Client, DRAWING, Find::Whole, Found, Level, Rule},
    talk::newest,
};
use crate::revision;
use serde_json::Value;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C020",
        level: Level::Error,
        hosts: ALL,
        title: "The handshake agrees on a revision that exists",
        why: "A client that does not know the revision it is answered with ends the connection.",
        source: "MCP-25-11",
        fix: "answer with the revision that was asked for, or with the newest that the server knows",
        find: Whole(|facts, found| {
            if let Some(version) = facts.hello["protocolVersion"].as_str().filter(|version| revision::era(version).is_none()) {
                found.server(format!("it answered `initialize` with the revision `{version}`"));
            }
        }),
    },
    Rule {
        code: "C021",
        level: Level::Warning,
        hosts: ALL,
        title: "It speaks both eras of the protocol",
        why: "ChatGPT and Claude ask for 2026-07-28 first; most other clients still open with `initialize`. One endpoint may serve both.",
        source: "MCP-26, MCPJAM",
        fix: "take a framework or a version of it that serves both",
        find: Whole(|facts, found| {
            if facts.hello.is_object() && !facts.is_modern() && facts.discovered.is_null() {
                found.server(format!("it does not answer `server/discover`, so it does not speak {}", newest()));
            } else if facts.is_modern() && !facts.shakes() {
                found.server("it does not answer `initialize`, with which the older clients open");
            }
        }),
    },
    Rule {
        code: "C022",
        level: Level::Error,
        hosts: ALL,
        title: "`server/discover` names a revision of its own era",
        why: "A client that gets only older revisions from it waits for something that never comes. Without it, the client falls back to `initialize` by itself.",
        source: "MCP-26",
        fix: "put 2026-07-28 into `supportedVersions`, or answer -32601 if the server does not speak it",
        find: Whole(|facts, found| {
            if let Some(exchange) = facts.answer("discover").filter(|_| facts.discovered.is_object() && !facts.is_modern()) {
                found.exchange(exchange, format!("`supportedVersions` is {}", facts.discovered["supportedVersions"]));
            }
        }),
    },
    Rule {
        code: "C023",
        level: Level::Error,
        hosts: ALL,
        title: "Results of 2026-07-28 have what that revision asks for",
        why: "Clients raise an error where `resultType` is missing; `ttlMs` and `cacheScope` say how long and for whom a list may be kept.",
        source: "MCP-26",
        fix: "add `resultType: \"complete\"`, and to lists, reads and discovery `ttlMs` (0 or more) and `cacheScope` (`public` or `private`)",
        find: Whole(complete),
    },
    Rule {
        code: "C024",
        level: Level::Error,
        hosts: ALL,
        title: "It offers what it announces, and announces what it offers",
        why: "A client asks for nothing that is not among the capabilities, and shows an error for what is among them and fails.",
        source: "MCP-26, MCP-25-11, CONF",
        fix: "make `capabilities` say what there is",
        find: Whole(capabilities),
    },
    Rule {
        code: "C025",
        level: Level::Warning,
        hosts: CLAUDE,
        title: "A server with widgets announces MCP Apps",
        why: "Claude Desktop was seen to show text alone where the server did not say that it speaks MCP Apps too.",
        source: "APPS-STABLE, anthropics/claude-ai-mcp#729",
        fix: "answer with `capabilities.extensions[\"io.modelcontextprotocol/ui\"] = {}`",
        find: Whole(|facts, found| {
            let extensions = |hello: &Value| hello["capabilities"]["extensions"]["io.modelcontextprotocol/ui"].is_object();
            let silent = !facts.widgets.is_empty() && facts.hello.is_object() && !extensions(&facts.hello);
            if silent || facts.is_modern() && !facts.widgets.is_empty() && !extensions(&facts.discovered) {
                found.server("it has widgets and does not announce them");
            }
        }),
    },
    Rule {
        code: "C026",
        level: Level::Error,
        hosts: ALL,
        title: "The list of tools is the same each time",
        why: "Hosts cache the list and compare it; one that differs from request to request can be neither reviewed nor cached.",
        source: "MCP-26",
        fix: "list the tools in one order, whoever asks and however often",
        find: Whole(|facts, found| {
            let differs = |again: &&Vec<Value>| !again.iter().eq(facts.tools.iter().map(|tool| &tool.value));
            if facts.again.as_ref().is_some_and(|again| differs(&again)) {
                found.server("two requests in a row got different lists");
            }
        }),
    },
    Rule {
        code: "C027",
        level: Level::Warning,
        hosts: ALL,
        title: "The server says its own name and version",
        why: "Hosts show it, and logs are told apart by it. Some frameworks put their own name there.",
        source: "MCP-25-11, MCP-26, jdx/mise#11361",
        fix: "set `serverInfo.name` and `serverInfo.version` to those of the app",
        find: Whole(|facts, found| {
            let modern = &facts.discovered["_meta"]["io.modelcontextprotocol/serverInfo"];
            let info = if facts.shakes() { &facts.hello["serverInfo"] } else { modern };
            let said = |key: &str| info[key].as_str().is_some_and(|value| !value.trim().is_empty());
            if facts.hello.is_object() && !(said("name") && said("version")) {
                found.server(format!("`serverInfo` is {info}"));
            } else if let Some(name) = info["name"].as_str().filter(|name| FRAMEWORKS.contains(name)) {
                found.server(format!("it calls itself `{name}`, which is the name of a framework"));
            }
        }),
    },
    Rule {
        code: "C028",
        level: Level::Warning,
        hosts: &[Client::ChatGpt, Client::Text],
        title: "The instructions are short enough to be read",
        why: "ChatGPT reads the first 512 characters for sure, Claude Code cuts at 2048.",
        source: "OAI-SRV, OAI-LOG, CLAUDE",
        fix: "begin with what matters most, and leave out what the tools' descriptions say",
        find: Whole(|facts, found| {
            let length = facts.hello["instructions"].as_str().map_or(0, |text| text.chars().count());
            if length > 2048 {
                found.server(format!("the instructions have {length} characters"));
            }
        }),
    },
    Rule {
        code: "C029",
        level: Level::Error,
        hosts: ALL,
        title: "Every answer bears the id of its request",
        why: "A client finds the answer by its id, and waits for ever for one that it does not know. Ids may be strings.",
        source: "MCP-25-11, MCP-26, CONF",
        fix: "send the id back as it came",
        find: Whole(|facts, found| {
            let answered = facts.exchanges.iter().filter(|exchange| is_rpc(exchange) && !exchange.id.is_null());
            // Before 2026-07-28 what HTTP refuses need not have been read so far.
            let unread = |exchange: &Exchange| exchange.message["id"].is_null() && exchange.status >= 400 && !facts.is_modern();
            let answered = answered.filter(|exchange| exchange.message["id"] != exchange.id && !unread(exchange));
            answered.for_each(|exchange| found.exchange(exchange, format!("{} came back under {}", exchange.id, exchange.message["id"])));
        }),
    },
    Rule {
        code: "C030",
        level: Level::Warning,
        hosts: ALL,
        title: "Error codes are those of the protocol",
        why: "-32020 to -32099 belong to MCP, which has given meaning to three of them; a client that reads another can't know what is meant.",
        source: "MCP-26",
        fix: "use -32602 for wrong parameters, -32603 for a failure inside, and codes outside of -32768…-32000 for your own",
        find: Whole(|facts, found| {
            for exchange in &facts.exchanges {
                let code = exchange.error_code().unwrap_or_default();
                let defined = [-32020, -32021, -32022].contains(&code) || (code == -32042 && !exchange.is_modern());
                if (-32099..=-32020).contains(&code) && !defined {
                    found.answer(exchange);
                }
            }
        }),
    },
    Rule {
        code: "C031",
        level: Level::Warning,
        hosts: ALL,
        title: "Streams pass proxies",
        why: "nginx and its like collect what a stream says until it ends, and close one that is silent.",
        source: "MCP-26",
        fix: "answer with JSON where nothing is said before the end, else send `X-Accel-Buffering: no`",
        find: Whole(|facts, found| {
            let stream = facts.exchanges.iter().find(|exchange| {
                exchange.streams() && exchange.is_modern() && !exchange.header("x-accel-buffering").eq_ignore_ascii_case("no")
            });
            if let Some(exchange) = stream {
                found.exchange(exchange, "the stream comes without `X-Accel-Buffering: no`");
            }
        }),
    },
    Rule {
        code: "C032",
        level: Level::Warning,
        hosts: ALL,
        title: "2026-07-28 has no sessions",
        why: "Its requests speak for themselves; an id that a server gives all the same ties its clients to one process.",
        source: "MCP-26",
        fix: "send no `Mcp-Session-Id` with answers of that revision",
        find: Whole(|facts, found| {
            let with = facts.exchanges.iter().find(|exchange| exchange.is_modern() && !exchange.header("mcp-session-id").is_empty());
            if let Some(exchange) = with {
                found.exchange(exchange, "the answer has an `Mcp-Session-Id`");
            }
        }),
    },
    Rule {
        code: "C033",
        level: Level::Warning,
        hosts: ALL,
        title: "A client of an older revision is answered",
        why: "Goose offers 2025-03-26, some stacks of Microsoft older ones still; a server that does not know theirs is to offer its own, and they decide.",
        source: "MCP-25-11, MCPJAM",
        fix: "answer `initialize` with the revision that was asked for, or else with the newest that the server knows",
        find: Whole(|facts, found| {
            let known =
                |hello: &Exchange| hello.result()["protocolVersion"].as_str().is_some_and(|version| revision::era(version).is_some());
            let older = facts.answer("older client").filter(|hello| !known(hello));
            older.into_iter().for_each(|hello| found.answer(hello));
        }),
    },
    Rule {
        code: "C034",
        level: Level::Error,
        hosts: DRAWING,
        title: "What differs from host to host is in no shared cache",
        why: "`public` lets a cache give one host's answer to another, with a domain that is fatal there.",
        source: "MCP-26, APPS-DOCS",
        fix: "answer with `cacheScope: \"private\"` where the domain depends on who asks",
        find: Whole(|facts, found| {
            let differs = |uri: &str| facts.widgets.iter().any(|widget| widget.uri == uri && widget.contents != widget.for_claude);
            for exchange in facts.exchanges.iter().filter(|exchange| exchange.result()["cacheScope"] == "public") {
                if exchange.result()["contents"][0]["uri"].as_str().is_some_and(differs) {
                    found.exchange(exchange, "ChatGPT and Claude get different contents, and `cacheScope` is `public`");
                }
            }
        }),
    },
    Rule {
        code: "C035",
        level: Level::Warning,
        hosts: ALL,
        title: "A server with resources lists its templates, be it none",
        why: "`resources/templates/list` belongs to the capability; clients that ask for it log an error otherwise.",
        source: "MCP-25-11, MCP-26",
        fix: "answer with `resourceTemplates: []`",
        find: Whole(|facts, found| {
            let lacking = facts.answer("resources/templates/list").filter(|answer| !answer.result().is_object());
            lacking.into_iter().for_each(|answer| found.answer(answer));
        }),
    },
    Rule {
        code: "C036",
        level: Level::Error,
        hosts: ALL,
        title: "An answer says what it is",
        why: "Clients read by `Content-Type` whether it is one message or a stream, and give up at any other.",
        source: "MCP-25-11, MCP-26",
        fix: "send `Content-Type: application/json`, or `text/event-stream` with a stream",
        find: Whole(|facts, found| {
            let untyped = |exchange: &&Exchange| {
                let named = exchange.header("content-type").to_ascii_lowercase().starts_with("application/json");
                exchange.status == 200 && !exchange.id.is_null() && is_rpc(exchange) && !named && !exchange.streams()
            };
            facts.exchanges.iter().find(untyped).into_iter().for_each(|exchange| {
                found.exchange(exchange, format!("its `Content-Type` is `{}`", exchange.header("content-type")));
            });
        }),
    },
    Rule {
        code: "C037",
        level: Level::Warning,
        hosts: ALL,
        title: "A server with prompts lists them, each under a name of its own",
        why: "`prompts/list` belongs to the capability, be there none; a person chooses a prompt, and each of its arguments, by name.",
        source: "MCP-25-11, MCP-26",
        fix: "answer with `prompts`, a list whose entries have a `name` each, and whose `arguments` have one too",
        find: Whole(prompts),
    },
];

fn prompts(facts: &Facts, found: &mut Found) {
    let Some(exchange) = facts.answer("prompts/list") else { return };
    let Some(prompts) = exchange.result()["prompts"].as_array() else { return found.answer(exchange) };
    let mut named = |what: &str, all: &[Value]| {
        for (at, one) in all.iter().enumerate() {
            match one["name"].as_str() {
                None | Some("") => found.exchange(exchange, format!("{what} {} has no name", at + 1)),
                Some(name) if all[..at].iter().any(|other| other["name"] == name) => {
                    found.exchange(exchange, format!("{what} `{name}` is there twice"));
                }
                Some(_) => {}
            }
        }
    };
    named("the prompt", prompts);
    for prompt in prompts {
        let name = prompt["name"].as_str().unwrap_or_default();
        named(&format!("of the prompt `{name}` the argument"), prompt["arguments"].as_array().map_or(&[], Vec::as_slice));
    }
}

/// What servers were seen to call themselves whose authors said nothing.
const FRAMEWORKS: [&str; 2] = ["rmcp", "FastMCP"];

/// Whether what came back is an answer in the sense of JSON-RPC.
fn is_rpc(exchange: &Exchange) -> bool {
    exchange.message.get("result").is_some() || exchange.message.get("error").is_some()
}

fn complete(facts: &Facts, found: &mut Found) {
    let results = facts.exchanges.iter().filter(|exchange| exchange.is_modern() && exchange.result().is_object());
    for exchange in results {
        let result = exchange.result();
        if !result["resultType"].is_string() {
            found.exchange(exchange, "the result has no `resultType`");
        }
        let kept = ["discover", "modern list", "tools/list", "resources/list", "resources/read"].contains(&exchange.what);
        let scope = result["cacheScope"].as_str();
        if kept && (result["ttlMs"].as_u64().is_none() || !matches!(scope, Some("public" | "private"))) {
            found.exchange(exchange, format!("`ttlMs` is {} and `cacheScope` {}", result["ttlMs"], result["cacheScope"]));
        }
    }
}

fn capabilities(facts: &Facts, found: &mut Found) {
    for (name, method) in [("tools", "tools/list"), ("resources", "resources/list")] {
        let announced = facts.hello["capabilities"][name].is_object();
        let Some(exchange) = facts.answer(method) else { continue };
        match exchange.result().is_object() {
            false if announced => {
                found.exchange(exchange, format!("`{name}` is announced, and this was answered with {}", exchange.shown()))
            }
            true if !announced => found.exchange(exchange, format!("this is answered, and `{name}` is not announced")),
            _ => {}
        }
    }
}
