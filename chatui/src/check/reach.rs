//! Rules about the address: what keeps any host from coming as far as the protocol.

use super::{
    facts::{Exchange, Facts, shown},
    rule::{ALL, CHATGPT, DRAWING, Find::Whole, Found, Level, Rule},
};
use chatui_template::is_local;
use http::Uri;
use serde_json::Value;
use std::{net::IpAddr, time::Duration};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C001",
        level: Level::Error,
        hosts: ALL,
        title: "The app starts",
        why: "What does not fit together, a wrong PUBLIC_URL, WORKER_DOMAIN_BASE or WIDGET_DOMAIN among it, refuses to start: better there than as an empty frame in a chat.",
        source: "OAI-SUB, APPS-STABLE",
        fix: "do what the sentence says",
        find: Whole(|facts, found| facts.mistakes.iter().for_each(|mistake| found.server(mistake))),
    },
    Rule {
        code: "C002",
        level: Level::Error,
        hosts: ALL,
        title: "The server can be reached and answers each request",
        why: "A host that gets no answer shows the app as broken, and most do not try twice.",
        source: "OAI-CONN, OAI-TRBL",
        fix: "start the server, and look at the name, the port and what stands between",
        find: Whole(|facts, found| failures(facts, found, false)),
    },
    Rule {
        code: "C003",
        level: Level::Error,
        hosts: ALL,
        title: "Its certificate is believed",
        why: "Hosts speak TLS with public certificates only; one that is self-signed, expired or for another name is the end of the connection.",
        source: "OAI-SRV",
        fix: "use a certificate of a public authority for this very name; a tunnel or Cloudflare brings one along",
        find: Whole(|facts, found| failures(facts, found, true)),
    },
    Rule {
        code: "C004",
        level: Level::Error,
        hosts: DRAWING,
        title: "The public address begins with `https://`",
        why: "ChatGPT and Claude connect to servers over HTTPS alone.",
        source: "OAI-SRV, OAI-CONN",
        fix: "serve it over HTTPS, and give that address to the host",
        find: Whole(|facts, found| {
            if facts.url.starts_with("http://") && (facts.public.is_some() || facts.wants_public) {
                found.server(format!("its address is `{}`", shown(&facts.url)));
            }
        }),
    },
    Rule {
        code: "C005",
        level: Level::Error,
        hosts: DRAWING,
        title: "The address is one that hosts reach",
        why: "ChatGPT and Claude call from their own machines, for which `localhost` and a private network lead nowhere.",
        source: "OAI-CONN, OAI-SUB",
        fix: "deploy it, or open a tunnel, and set PUBLIC_URL (or `--public-url`) to the address that it has then",
        find: Whole(reachable),
    },
    Rule {
        code: "C006",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "The address is that of a production server",
        why: "A tunnel is good for trying things out. It ends with your machine, its address often changes, and the address of a submitted app can't.",
        source: "OAI-SUB",
        fix: "deploy the app before you submit it",
        find: Whole(|facts, found| {
            let host = host(&facts.url);
            if facts.wants_public && is_local(&host) && !is_private(&host) {
                found.server(format!("`{host}` is a tunnel to a developer's machine"));
            }
        }),
    },
    Rule {
        code: "C007",
        level: Level::Error,
        hosts: ALL,
        title: "The endpoint does not redirect",
        why: "Hosts do not send a POST to another address, and a redirect to another host loses the Authorization header.",
        source: "MCP-25-11, OAI-TRBL",
        fix: "give hosts the address that it leads to, or answer where they ask",
        find: Whole(|facts, found| {
            for exchange in facts.exchanges.iter().filter(|exchange| exchange.what == "initialize" && is_redirect(exchange)) {
                found.exchange(exchange, format!("it leads to `{}` with {}", shown(exchange.header("location")), exchange.status));
            }
        }),
    },
    Rule {
        code: "C008",
        level: Level::Error,
        hosts: ALL,
        title: "An MCP server answers at the address",
        why: "A client opens with `initialize`, or with `server/discover` since 2026-07-28, and takes what answers neither for no server at all.",
        source: "MCP-25-11, MCP-26",
        fix: "name the endpoint itself, which usually ends in `/mcp`; behind a proxy tell the server its public name (`--public-url`)",
        find: Whole(|facts, found| {
            let hello = facts.answer("initialize").filter(|hello| !is_redirect(hello) && hello.status != 401);
            if let Some(hello) = hello.filter(|_| !facts.hello.is_object()) {
                found.answer(hello);
            }
        }),
    },
    Rule {
        code: "C009",
        level: Level::Warning,
        hosts: ALL,
        title: "It answers within a second",
        why: "Beyond a few hundred milliseconds a chat feels slow, and what is asked here costs a server nothing: no tool runs.",
        source: "OAI-SRV",
        fix: "look for cold starts, for lists that are made anew with each request, and for a region that is far from its users",
        find: Whole(|facts, found| {
            let mut times: Vec<Duration> = facts.answers("tools/list").chain(facts.answers("resources/list")).map(|one| one.took).collect();
            times.sort_unstable();
            if let Some(median) = times.get(times.len() / 2).filter(|median| **median > Duration::from_secs(1)) {
                found.server(format!("half of its lists took {} ms or more", median.as_millis()));
            }
        }),
    },
    Rule {
        code: "C010",
        level: Level::Warning,
        hosts: ALL,
        title: "What is deployed is what was built here",
        why: "A host keeps what it read. Connected to the older deployment it has the older tools, until somebody presses Refresh.",
        source: "OAI-CONN",
        fix: "deploy or restart, with the same PUBLIC_URL, then check again",
        find: Whole(deployed),
    },
    Rule {
        code: CUT_OFF,
        level: Level::Error,
        hosts: ALL,
        title: "It lets itself be asked as often as a check asks",
        why: "A check asks some forty times, and waits a minute in all where it is told to. All users of a host may come from a few addresses.",
        source: "OAI-SRV",
        fix: "let more through, at least for who is signed in (`--token-env`), or check again later; nothing else was judged",
        find: Whole(|facts, found| {
            if let Some(says) = &facts.cut_off {
                found.server(format!("it was cut off: {says}"));
            }
        }),
    },
];

/// The code of the one rule that can be judged where not all was asked.
pub(super) const CUT_OFF: &str = "C011";

fn failures(facts: &Facts, found: &mut Found, tls: bool) {
    for exchange in &facts.exchanges {
        if let Some(failure) = exchange.failure.as_ref().filter(|failure| failure.tls == tls) {
            found.exchange(exchange, &failure.says);
        }
    }
}

fn is_redirect(exchange: &Exchange) -> bool {
    (300..400).contains(&exchange.status)
}

fn reachable(facts: &Facts, found: &mut Found) {
    if !facts.wants_public {
        return;
    }
    match host(&facts.url) {
        host if host.is_empty() => found.server("no public address is set"),
        host if is_private(&host) => found.server(format!("`{host}` is this machine or its network")),
        _ => {}
    }
}

pub(super) fn host(url: &str) -> String {
    url.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_ascii_lowercase)).unwrap_or_default()
}

/// This machine or its network, and no tunnel to it.
pub(super) fn is_private(host: &str) -> bool {
    let named = ["localhost", "local", "localdomain"].iter().any(|name| host == *name || host.ends_with(&format!(".{name}")));
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    is_local(host) && (named || address.is_ok())
}

fn deployed(facts: &Facts, found: &mut Found) {
    let Some(ours) = facts.ours.as_ref().filter(|_| !facts.tools.is_empty()) else { return };
    for tool in &facts.tools {
        match ours.iter().find(|own| own["name"] == tool.value["name"]) {
            Some(own) if *own == tool.value => {}
            Some(_) => found.tool(tool, "", "it differs from the one of this binary"),
            None => found.tool(tool, "", "this binary has none of that name"),
        }
    }
    let known = |own: &&Value| facts.tools.iter().any(|tool| tool.value["name"] == own["name"]);
    for own in ours.iter().filter(|own| !known(own)) {
        found.server(format!("it lists no tool `{}`, which this binary has", own["name"].as_str().unwrap_or_default()));
    }
}
