//! Rules about signing in: what a host needs to find the way from a 401 to a token.

use super::{
    facts::{Exchange, Facts, ToolFact, shown},
    rule::{ALL, CHATGPT, CLAUDE, DRAWING, Find::Whole, Level, Rule},
};
use serde_json::Value;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C060",
        level: Level::Error,
        hosts: DRAWING,
        title: "A 401 says where to sign in",
        why: "Hosts know OAuth 2.1 alone, no keys and no headers of your own; they find the way by `WWW-Authenticate: Bearer resource_metadata=\"…\"`.",
        source: "MCP-26, OAI-AUTH, OAI-TRBL",
        fix: "send that header with every 401",
        find: Whole(|facts, found| {
            let Some(hello) = refused(facts) else { return };
            let challenge = hello.header("www-authenticate");
            let bearer = challenge.to_ascii_lowercase().starts_with("bearer");
            if !bearer || !challenge.contains("resource_metadata") {
                let says = if challenge.is_empty() { "it has none".to_owned() } else { format!("it is `{challenge}`") };
                found.exchange(hello, format!("401 without a `WWW-Authenticate` that hosts can use: {says}"));
            }
        }),
    },
    Rule {
        code: "C061",
        level: Level::Error,
        hosts: DRAWING,
        title: "The metadata of the protected resource are served",
        why: "Without them a host does not know who gives tokens for this server (RFC 9728).",
        source: "MCP-26, OAI-AUTH",
        fix: "serve JSON with `resource` and `authorization_servers` at `/.well-known/oauth-protected-resource` and, with the endpoint's path behind it, too",
        find: Whole(|facts, found| {
            let Some(hello) = asked(facts) else { return };
            match metadata(facts) {
                None => found.exchange(hello, "no metadata are at either of the two addresses"),
                Some(answer) if answer.message["authorization_servers"][0].as_str().is_none() => {
                    found.exchange(answer, "`authorization_servers` names none");
                }
                Some(_) => {}
            }
        }),
    },
    Rule {
        code: "C062",
        level: Level::Error,
        hosts: CLAUDE,
        title: "The metadata name the server as hosts do",
        why: "Claude compares `resource` with the address that the server was added under, letter by letter; a token for another one is refused.",
        source: "MCP-26, OAI-AUTH",
        fix: "set `resource` to the public address of the endpoint, without a slash at its end",
        find: Whole(|facts, found| {
            if let Some(answer) = metadata(facts).filter(|answer| answer.message["resource"] != facts.url.as_str()) {
                found.exchange(
                    answer,
                    format!("`resource` is {}, the server's address `{}`", answer.message["resource"], shown(&facts.url)),
                );
            }
        }),
    },
    Rule {
        code: "C063",
        level: Level::Warning,
        hosts: ALL,
        title: "The metadata are at both of their addresses",
        why: "Clients try the address with the endpoint's path first, some know only that and some only the other.",
        source: "MCP-26",
        fix: "serve the same at both",
        find: Whole(|facts, found| {
            let all = ["metadata by path", "metadata"].into_iter().filter_map(|what| facts.answer(what));
            let lacking = all.filter(|answer| !is_metadata(answer) && metadata(facts).is_some());
            lacking.for_each(|answer| found.answer(answer));
        }),
    },
    Rule {
        code: "C064",
        level: Level::Warning,
        hosts: ALL,
        title: "The scopes leave `offline_access` out",
        why: "Whether a client may come back is between it and the authorization server; as a scope of this server it is refused by some of them.",
        source: "MCP-26",
        fix: "take it out of `scopes_supported` and out of challenges",
        find: Whole(|facts, found| {
            let listed = |answer: &&Exchange| {
                answer.message["scopes_supported"].as_array().is_some_and(|all| all.iter().any(|one| one == "offline_access"))
            };
            metadata(facts).filter(listed).into_iter().for_each(|answer| found.exchange(answer, "`scopes_supported` has it"));
            let challenged = refused(facts).filter(|hello| hello.header("www-authenticate").contains("offline_access"));
            challenged.into_iter().for_each(|hello| found.exchange(hello, "the challenge has it"));
        }),
    },
    Rule {
        code: "C065",
        level: Level::Error,
        hosts: DRAWING,
        title: "The authorization server has PKCE with S256",
        why: "ChatGPT and MCP clients refuse one that does not say so in its metadata.",
        source: "MCP-26, OAI-AUTH",
        fix: "switch PKCE on, and serve `code_challenge_methods_supported: [\"S256\"]` in its metadata",
        find: Whole(|facts, found| {
            let Some(resource) = metadata(facts).filter(|answer| answer.message["authorization_servers"][0].is_string()) else { return };
            let has = |answer: &Exchange| {
                let methods = answer.message["code_challenge_methods_supported"].as_array();
                methods.is_some_and(|methods| methods.iter().any(|method| method == "S256"))
            };
            // In the same process nobody else was asked.
            let was_asked = facts.answers("authorization server").next().is_some();
            match issuer(facts) {
                None if !was_asked => {}
                None => found.exchange(resource, format!("`{}` has no metadata", resource.message["authorization_servers"][0])),
                Some(answer) if !has(answer) => found.exchange(answer, "`code_challenge_methods_supported` lacks S256"),
                Some(_) => {}
            }
        }),
    },
    Rule {
        code: "C066",
        level: Level::Warning,
        hosts: DRAWING,
        title: "The authorization server lets hosts register",
        why: "Otherwise each host has to be known to it beforehand.",
        source: "MCP-26, OAI-AUTH",
        fix: "accept client id metadata documents (`client_id_metadata_document_supported: true`), or offer a `registration_endpoint`",
        find: Whole(|facts, found| {
            let closed = |answer: &&Exchange| {
                answer.message["client_id_metadata_document_supported"] != true && !answer.message["registration_endpoint"].is_string()
            };
            issuer(facts).filter(closed).into_iter().for_each(|answer| found.exchange(answer, "it offers neither of the two ways"));
        }),
    },
    Rule {
        code: "C067",
        level: Level::Error,
        hosts: CHATGPT,
        title: "What proves the domain is the token alone",
        why: "OpenAI reads `/.well-known/openai-apps-challenge` as plain text. A page that answers every path, as single-page apps have it, answers this one too.",
        source: "OAI-SUB",
        fix: "serve the token that the submission form shows and nothing around it, as `text/plain`; 404 as long as there is none",
        find: Whole(|facts, found| {
            let is_token = |text: &str| text.len() < 512 && text.bytes().all(|byte| byte.is_ascii_graphic()) && !text.contains(['<', '{']);
            let plain = |answer: &Exchange| answer.header("content-type").starts_with("text/plain");
            let wrong =
                facts.answer("challenge").filter(|answer| answer.status == 200 && !(is_token(answer.body.trim_end()) && plain(answer)));
            wrong.into_iter().for_each(|answer| {
                found.exchange(answer, format!("it was answered with {} of type `{}`", answer.shown(), answer.header("content-type")));
            });
        }),
    },
    Rule {
        code: "C068",
        level: Level::Error,
        hosts: CHATGPT,
        title: "A tool's security schemes are ones that ChatGPT knows",
        why: "It knows `noauth` and `oauth2`, and shows no way to sign in for any other.",
        source: "OAI-AUTH, OAI-REF",
        fix: "list `{\"type\": \"noauth\"}`, `{\"type\": \"oauth2\", \"scopes\": […]}`, or both",
        find: Whole(|facts, found| {
            for tool in &facts.tools {
                for (at, scheme) in schemes(tool).into_iter().flatten().enumerate() {
                    if !matches!(scheme["type"].as_str(), Some("noauth" | "oauth2")) {
                        found.tool(tool, &format!("securitySchemes[{at}]"), format!("its type is {}", scheme["type"]));
                    }
                }
            }
        }),
    },
    Rule {
        code: "C069",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "A tool's security schemes stand in its `_meta` too",
        why: "Clients that drop what they don't know of a tool keep its `_meta`.",
        source: "OAI-AUTH",
        fix: "write the same list to `securitySchemes` and to `_meta.securitySchemes`",
        find: Whole(|facts, found| {
            for tool in &facts.tools {
                if tool.value["securitySchemes"] != tool.value["_meta"]["securitySchemes"] {
                    found.tool(tool, "securitySchemes", "the tool and its `_meta` say different things");
                }
            }
        }),
    },
    Rule {
        code: "C070",
        level: Level::Error,
        hosts: ALL,
        title: "The authorization server is called as it calls itself",
        why: "Clients and this server compare the two letter by letter, a slash at the end included; tokens of another issuer are refused (RFC 8414, 3.3).",
        source: "MCP-26",
        fix: "copy `issuer` out of its metadata into `Auth::issuer`, as it is",
        find: Whole(|facts, found| {
            let named = metadata(facts).and_then(|answer| answer.message["authorization_servers"][0].as_str());
            let own = issuer(facts).filter(|answer| named.is_some_and(|named| answer.message["issuer"] != named));
            own.into_iter().for_each(|answer| {
                let own = &answer.message["issuer"];
                found.exchange(answer, format!("it calls itself {own}, and `authorization_servers` names `{}`", named.unwrap_or_default()));
            });
        }),
    },
];

pub(super) fn schemes(tool: &ToolFact) -> Option<&Vec<Value>> {
    tool.value["securitySchemes"].as_array().or_else(|| tool.value["_meta"]["securitySchemes"].as_array())
}

/// Whether a tool says that its user has to sign in, or may.
pub(super) fn signs_in(tool: &ToolFact) -> bool {
    schemes(tool).into_iter().flatten().any(|scheme| scheme["type"] == "oauth2")
}

/// The greeting of a server that asks its users to sign in, all of them or for some tools.
fn asked(facts: &Facts) -> Option<&Exchange> {
    refused(facts).or_else(|| facts.answer("initialize").filter(|_| facts.tools.iter().any(signs_in)))
}

fn refused(facts: &Facts) -> Option<&Exchange> {
    ["unsigned", "initialize"].into_iter().filter_map(|what| facts.answer(what)).find(|hello| hello.status == 401)
}

/// Why nothing was seen, where all is behind the sign-in.
pub(super) fn unseen(facts: &Facts) -> Option<String> {
    let hello = facts.answer("initialize").filter(|hello| hello.status == 401)?;
    let way = match metadata(facts) {
        None => "it serves no metadata that say where there are tokens".to_owned(),
        Some(answer) => {
            let metadata = answer.asked.trim_start_matches("GET ");
            let servers = answer.message["authorization_servers"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let servers: Vec<String> = servers.map(|server| format!("`{}`", shown(server))).collect();
            let servers = if servers.is_empty() { "nobody".to_owned() } else { servers.join(", ") };
            format!("its metadata at {metadata} name {servers} as who gives tokens")
        }
    };
    Some(match hello.signed {
        false => format!("nothing behind the sign-in was looked at: `initialize` was answered with 401; {way}"),
        true => format!("the token was not accepted: `initialize` was answered with {}; {way}", hello.shown()),
    })
}

fn is_metadata(answer: &Exchange) -> bool {
    answer.status == 200 && answer.message["resource"].is_string()
}

fn metadata(facts: &Facts) -> Option<&Exchange> {
    ["metadata by path", "metadata"].into_iter().filter_map(|what| facts.answer(what)).find(|answer| is_metadata(answer))
}

fn issuer(facts: &Facts) -> Option<&Exchange> {
    facts.answers("authorization server").find(|answer| answer.message["issuer"].is_string())
}
