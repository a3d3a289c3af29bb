//! Rules about what is not in order: how a server answers mistakes, and what of HTTP it minds.

use super::{
    facts::{Exchange, Facts},
    probe::FOREIGN,
    rule::{ALL, Find::Whole, Found, Level, Rule},
};
use chatui_template::is_local;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C040",
        level: Level::Warning,
        hosts: ALL,
        title: "A notification is answered with 202 and nothing",
        why: "Nobody waits for an answer to it; some clients stumble over one.",
        source: "MCP-25-11, MCP-26",
        fix: "answer notifications with the status 202 and an empty body",
        find: Whole(|facts, found| expect(facts, found, "initialized", |answer| answer.status == 202 && answer.body.trim().is_empty())),
    },
    Rule {
        code: "C041",
        level: Level::Warning,
        hosts: ALL,
        title: "A GET of the endpoint is a stream or 405",
        why: "Clients of the older revisions try to open a stream by GET; 405 tells them that there is none, anything else may be taken for a failure.",
        source: "MCP-25-11, MCP-26",
        fix: "answer GET with 405 and `Allow: POST`, unless it opens a stream",
        find: Whole(|facts, found| {
            // Where there are sessions a GET without one is a mistake of its own.
            let fits = |get: &Exchange| get.status == 405 || (get.status < 300 && get.streams()) || get.status == 400;
            facts.answer("get").filter(|get| !fits(get)).into_iter().for_each(|get| {
                found.exchange(get, format!("`Accept: text/event-stream` was answered with {}", get.shown()));
            });
        }),
    },
    Rule {
        code: "C042",
        level: Level::Warning,
        hosts: ALL,
        title: "`ping` is answered",
        why: "Clients of the revisions with a handshake ask by it whether the server still lives.",
        source: "MCP-25-11",
        fix: "answer `ping` with `{}`",
        find: Whole(|facts, found| expect(facts, found, "ping", |answer| answer.result().is_object())),
    },
    Rule {
        code: "C043",
        level: Level::Warning,
        hosts: ALL,
        title: "An unknown method is -32601",
        why: "Clients try newer methods and fall back by this code. Before 2026-07-28 it rides on the status 200, since then on 404.",
        source: "MCP-26, MCP-25-11, TSSDK",
        fix: "answer with a JSON-RPC error -32601",
        find: Whole(|facts, found| {
            let legacy = facts.answers("unknown method").map(|exchange| (exchange, 200));
            let modern = facts.answers("modern unknown method").map(|exchange| (exchange, 404));
            for (exchange, status) in legacy.chain(modern) {
                if exchange.error_code() != Some(-32601) || exchange.status != status {
                    found.exchange(exchange, format!("it was answered with {}; expected is {status} with -32601", exchange.shown()));
                }
            }
        }),
    },
    Rule {
        code: "C044",
        level: Level::Warning,
        hosts: ALL,
        title: "A body that is no JSON is 400",
        why: "An error of the server (5xx) is tried again, and looks like an outage in everybody's statistics.",
        source: "MCP-25-11, TSSDK",
        fix: "answer with 400 and -32700",
        find: Whole(|facts, found| expect(facts, found, "not json", |answer| answer.status == 400)),
    },
    Rule {
        code: "C045",
        level: Level::Warning,
        hosts: ALL,
        title: "An unknown revision in `MCP-Protocol-Version` is 400",
        why: "A server that goes on answers a client that it does not understand.",
        source: "MCP-25-11",
        fix: "answer with 400 where the header names a revision that the server does not speak",
        find: Whole(|facts, found| expect(facts, found, "unknown revision", |answer| answer.status == 400)),
    },
    Rule {
        code: "C046",
        level: Level::Error,
        hosts: ALL,
        title: "Requests of 2026-07-28 that contradict themselves are refused",
        why: "Proxies route by the headers and servers act by the body: where both differ, one is a lie. Clients find the revision by these errors.",
        source: "MCP-26, CONF",
        fix: "compare headers and body first, and answer as the specification's table says",
        find: Whole(|facts, found| {
            let expected = [("modern other header", -32020), ("modern other revision", -32022), ("modern no capabilities", -32602)];
            for (what, code) in expected {
                let wrong = |exchange: &&Exchange| exchange.status != 400 || exchange.error_code() != Some(code);
                facts.answer(what).filter(wrong).into_iter().for_each(|exchange| {
                    let what = what.trim_start_matches("modern ");
                    found.exchange(exchange, format!("{what}: it was answered with {}; expected is 400 with {code}", exchange.shown()));
                });
            }
        }),
    },
    Rule {
        code: "C047",
        level: Level::Error,
        hosts: ALL,
        title: "An unknown tool is an error",
        why: "A model that calls a tool of yesterday has to learn that it is gone.",
        source: "MCP-26, MCP-25-11",
        fix: "answer with -32602 and a sentence that names the tool",
        find: Whole(|facts, found| {
            let refuses = |answer: &Exchange| answer.error_code().is_some() || answer.result()["isError"] == true;
            expect(facts, found, "unknown tool", |answer| refuses(answer) && answer.status < 500);
        }),
    },
    Rule {
        code: "C048",
        level: Level::Warning,
        hosts: ALL,
        title: "An unknown resource is an error",
        why: "A host that gets empty contents draws an empty frame. The code is -32602 since 2026-07-28 and was -32002 before.",
        source: "MCP-26, MCP-25-11",
        fix: "answer with that code, and with the address in `data.uri`",
        find: Whole(|facts, found| expect(facts, found, "unknown resource", |answer| matches!(answer.error_code(), Some(-32602 | -32002)))),
    },
    Rule {
        code: "C049",
        level: Level::Warning,
        hosts: ALL,
        title: "An unknown cursor is an error",
        why: "A client that is answered with the first page again never comes to the end of a list.",
        source: "MCP-26",
        fix: "answer with -32602",
        find: Whole(|facts, found| expect(facts, found, "unknown cursor", |answer| answer.error_code() == Some(-32602))),
    },
    Rule {
        code: "C050",
        level: Level::Error,
        hosts: ALL,
        title: "A local server refuses pages of elsewhere",
        why: "Any page that is open in your browser can call a server on your machine, and use its tools as you.",
        source: "MCP-25-11, MCP-26",
        fix: "answer 403 to requests whose `Origin` is not known",
        find: Whole(|facts, found| {
            let exchange = facts.answer("foreign origin").filter(|exchange| exchange.status != 403 && is_local(&facts.url));
            exchange.into_iter().for_each(|exchange| {
                found.exchange(exchange, format!("a request with `Origin: {FOREIGN}` was answered with {}", exchange.status));
            });
        }),
    },
    Rule {
        code: "C051",
        level: Level::Warning,
        hosts: ALL,
        title: "Who lets browsers in lets them in wholly",
        why: "A client in a browser sends MCP's headers, which a preflight has to allow, and reads others, which the answer has to expose. Half of it looks like a network error.",
        source: "MCP-25-11, APPS-DOCS",
        fix: "allow `Content-Type`, `Authorization`, `MCP-Protocol-Version`, `Mcp-Method` and `Mcp-Name`, or no foreign origin at all",
        find: Whole(cors),
    },
];

/// Where the question was asked, its answer is to be one that `fits`.
fn expect(facts: &Facts, found: &mut Found, what: &str, fits: impl Fn(&Exchange) -> bool) {
    if let Some(answer) = facts.answer(what).filter(|answer| !fits(answer)) {
        found.answer(answer);
    }
}

fn cors(facts: &Facts, found: &mut Found) {
    let Some(preflight) = facts.answer("preflight") else { return };
    if preflight.header("access-control-allow-origin").is_empty() {
        return;
    }
    let allowed = preflight.header("access-control-allow-headers").to_ascii_lowercase();
    let allows = |name: &&str| allowed.split(',').any(|one| matches!(one.trim(), "*") || one.trim() == *name);
    let mut wanted = vec!["content-type", "mcp-protocol-version"];
    if facts.is_modern() {
        wanted.extend(["mcp-method", "mcp-name"]);
    }
    let lacks: Vec<&str> = wanted.into_iter().filter(|name| !allows(name)).collect();
    if !lacks.is_empty() {
        found.exchange(preflight, format!("it lets `{FOREIGN}` in, and not its headers {}", lacks.join(", ")));
    }
    let session = facts.exchanges.iter().find(|exchange| !exchange.header("mcp-session-id").is_empty());
    let exposed = |answer: &Exchange| {
        let exposed = answer.header("access-control-expose-headers").to_ascii_lowercase();
        exposed.contains("mcp-session-id") || exposed.trim() == "*"
    };
    // What is exposed stands in the answer to the request itself, and only where it has an origin.
    if let (Some(_), Some(answer)) = (session, facts.answer("foreign origin").filter(|answer| answer.status < 300 && !exposed(answer))) {
        found.exchange(answer, "a page can't read the `Mcp-Session-Id` that it has to send; it is not exposed");
    }
}
