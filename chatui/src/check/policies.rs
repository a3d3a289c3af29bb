//! Rules about what a widget's resource says of it: its policy, its domain, how it wants to be shown.

use super::{
    facts::{Facts, WidgetFact},
    links::meta,
    rule::{
        CHATGPT, CLAUDE, DRAWING,
        Find::{Whole, Widgets},
        Found, Level, Rule,
    },
};
use chatui_template::{check_origin, is_local};
use serde_json::Value;
use sha2::{Digest, Sha256};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C170",
        level: Level::Error,
        hosts: CHATGPT,
        title: "A widget declares its policy",
        why: "The review wants the exact origins in words, also where there are none. In developer mode there is no policy, so that a widget without one works there and is blank once published.",
        source: "OAI-SUB, OAI-REF",
        fix: "write `_meta.ui.csp` with `connectDomains` and `resourceDomains`, empty if need be, to the contents of `resources/read`",
        find: Widgets(|widget, found| {
            let declared = csp(widget).is_object() || twin(widget).is_object();
            let path = "contents[0]._meta.ui.csp";
            match widget.contents["_meta"].is_object() {
                _ if widget.html.is_empty() => {}
                _ if !declared => found.widget(widget, path, "there is none"),
                true => {}
                false => found.widget(widget, path, "it stands in the list only, which is not what counts"),
            }
        }),
    },
    Rule {
        code: "C171",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "ChatGPT's form of the policy says the same",
        why: "Claude reads `ui.csp`, ChatGPT was seen to read `openai/widgetCSP`; where one is missing or differs, something is blocked in one of them.",
        source: "OAI-REF, APPS-STABLE",
        fix: "write the same origins to `_meta[\"openai/widgetCSP\"]`: `connect_domains`, `resource_domains`, `frame_domains`",
        find: Widgets(twins),
    },
    Rule {
        code: "C172",
        level: Level::Error,
        hosts: DRAWING,
        title: "A policy lists origins",
        why: "A path, a missing scheme or a wildcard in the wrong place makes hosts ignore the entry, or the whole policy.",
        source: "APPS-STABLE, OAI-REF",
        fix: "write `https://host` for each, with a wildcard as the first label at most",
        find: Widgets(|widget, found| {
            for (path, entry) in entries(widget) {
                match entry.as_str().map(check_origin) {
                    Some(Ok(())) => {}
                    Some(Err(problem)) => found.widget(widget, &path, problem.to_string()),
                    None => found.widget(widget, &path, format!("{entry} is no text")),
                }
            }
        }),
    },
    Rule {
        code: "C173",
        level: Level::Error,
        hosts: DRAWING,
        title: "The policy of a public server names no machine of yours",
        why: "What works on your machine is blank on all others.",
        source: "OAI-SUB, APPS-STABLE",
        fix: "name the host that users reach (PUBLIC_URL, WORKER_DOMAIN_BASE), or take the entry out",
        find: Whole(|facts, found| {
            for widget in facts.widgets.iter().filter(|_| facts.public.is_some()) {
                // A tunnel that the server itself is reached by is as public as it.
                let own = facts.public.as_deref().map(super::facts::origin).unwrap_or_default();
                let local = |(_, entry): &(String, &Value)| entry.as_str().is_some_and(|entry| is_local(entry) && entry != own);
                entries(widget)
                    .into_iter()
                    .filter(local)
                    .for_each(|(path, entry)| found.widget(widget, &path, format!("{entry} is local")));
            }
        }),
    },
    Rule {
        code: "C174",
        level: Level::Warning,
        hosts: CLAUDE,
        title: "A widget goes without pages of others",
        why: "Claude, Slack, M365 Copilot and Le Chat draw no frames, whatever the policy says, and keep `base-uri` as it is. ChatGPT's review wants a reason for each.",
        source: "MCPJAM, OAI-GUIDE",
        fix: "draw it in the widget, or open it by a link",
        find: Widgets(|widget, found| {
            for key in ["frameDomains", "baseUriDomains"] {
                if csp(widget)[key].as_array().is_some_and(|all| !all.is_empty()) {
                    found.widget(widget, &format!("contents[0]._meta.ui.csp.{key}"), "Claude ignores it");
                }
            }
        }),
    },
    Rule {
        code: "C175",
        level: Level::Warning,
        hosts: DRAWING,
        title: "The list says of a widget what its contents say",
        why: "Hosts review by the list and draw by the contents. Where both differ the one that was reviewed is not the one that is drawn.",
        source: "APPS-DRAFT, OAI-REF",
        fix: "write the same `_meta` to both",
        find: Widgets(|widget, found| {
            let both = widget.listed.is_object() && !widget.html.is_empty();
            for key in ["ui", "openai/widgetCSP", "openai/widgetDomain", "openai/widgetDescription", "openai/widgetPrefersBorder"] {
                if both && widget.listed["_meta"][key] != widget.contents["_meta"][key] {
                    found.widget(widget, &format!("_meta.{key}"), "the list and the contents differ");
                }
            }
        }),
    },
    Rule {
        code: "C176",
        level: Level::Error,
        hosts: CLAUDE,
        title: "Claude gets its own form of the domain, or none",
        why: "It takes `{the first 32 digits of the SHA-256 of the server's address}.claudemcpcontent.com` alone; on any other value the widget fails.",
        source: "APPS-DOCS, SKYB",
        fix: "leave `ui.domain` out for it (its User-Agent begins with `Claude-User`), or compute it",
        find: Whole(|facts, found| facts.widgets.iter().for_each(|widget| claude_domain(facts, widget, found))),
    },
    Rule {
        code: "C177",
        level: Level::Error,
        hosts: CHATGPT,
        title: "The domain for ChatGPT is an origin of yours",
        why: "ChatGPT makes the origin of the widget's sandbox from it; it takes `https://` and a host.",
        source: "OAI-REF, OAI-SUB",
        fix: "write it like `https://weather.example.com` (WIDGET_DOMAIN)",
        find: Widgets(|widget, found| {
            let meta = meta(widget);
            for (path, domain) in [("ui.domain", &meta["ui"]["domain"]), ("openai/widgetDomain", &meta["openai/widgetDomain"])] {
                let fits = |domain: &str| {
                    domain.starts_with("https://") && check_origin(domain).is_ok() && !domain.contains('*') && !is_local(domain)
                };
                if !domain.is_null() && !domain.as_str().is_some_and(fits) {
                    found.widget(widget, &format!("contents[0]._meta.{path}"), format!("it is {domain}"));
                }
            }
        }),
    },
    Rule {
        code: "C178",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "The widgets of a public server have a domain",
        why: "The submission asks for one, and for another in each app. Without it widgets of all apps share one origin, and what they store.",
        source: "OAI-SUB",
        fix: "set WIDGET_DOMAIN to an origin of yours",
        find: Whole(|facts, found| {
            // What a tunnel leads to is not submitted.
            let submitted = facts.public.as_deref().is_some_and(|url| !is_local(url));
            for widget in facts.widgets.iter().filter(|widget| submitted && !widget.html.is_empty()) {
                if meta(widget)["ui"]["domain"].is_null() && meta(widget)["openai/widgetDomain"].is_null() {
                    found.widget(widget, "contents[0]._meta.ui.domain", "there is none");
                }
            }
        }),
    },
    Rule {
        code: "C179",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "A widget says whether it wants a border",
        why: "Each host decides for itself otherwise, and a card without a border of its own floats in one of them.",
        source: "APPS-STABLE, OAI-REF",
        fix: "set `ui.prefersBorder` to true or false",
        find: Widgets(|widget, found| {
            let said = [&meta(widget)["ui"]["prefersBorder"], &meta(widget)["openai/widgetPrefersBorder"]];
            if !widget.html.is_empty() && !said.into_iter().any(Value::is_boolean) {
                found.widget(widget, "contents[0]._meta.ui.prefersBorder", "it does not");
            }
        }),
    },
    Rule {
        code: "C180",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "A widget is described to the model",
        why: "The model knows from it what the user sees already, and does not tell it again.",
        source: "OAI-REF, OAI-LOG",
        fix: "set `_meta[\"openai/widgetDescription\"]` to a sentence",
        find: Widgets(|widget, found| {
            let said = [&meta(widget)["openai/widgetDescription"], &widget.listed["description"]];
            if !widget.html.is_empty() && !said.into_iter().any(|text| text.as_str().is_some_and(|text| !text.trim().is_empty())) {
                found.widget(widget, "contents[0]._meta.openai/widgetDescription", "it has no description");
            }
        }),
    },
    Rule {
        code: "C181",
        level: Level::Error,
        hosts: DRAWING,
        title: "Permissions are ones that a host can give",
        why: "A key that hosts don't know is not asked for, and what is no object is not read.",
        source: "APPS-STABLE",
        fix: "write `{\"camera\": {}}`, `microphone`, `geolocation` or `clipboardWrite`",
        find: Widgets(|widget, found| {
            let said = &meta(widget)["ui"]["permissions"];
            let known = ["camera", "microphone", "geolocation", "clipboardWrite"];
            let wrong = said.as_object().into_iter().flatten().any(|(key, value)| !known.contains(&key.as_str()) || !value.is_object());
            if wrong || !said.is_null() && !said.is_object() {
                found.widget(widget, "contents[0]._meta.ui.permissions", format!("it is {said}"));
            }
        }),
    },
];

/// The keys of a policy, in the standard's form and in ChatGPT's.
pub(super) const LISTS: [(&str, &str); 3] =
    [("connectDomains", "connect_domains"), ("resourceDomains", "resource_domains"), ("frameDomains", "frame_domains")];

pub(super) fn csp(widget: &WidgetFact) -> &Value {
    &meta(widget)["ui"]["csp"]
}

pub(super) fn twin(widget: &WidgetFact) -> &Value {
    &meta(widget)["openai/widgetCSP"]
}

/// Every origin that a policy names, with its path.
pub(super) fn entries(widget: &WidgetFact) -> Vec<(String, &Value)> {
    let mut all = Vec::new();
    for (name, policy) in [("ui.csp", csp(widget)), ("openai/widgetCSP", twin(widget))] {
        for (key, list) in policy.as_object().into_iter().flatten() {
            let entries = list.as_array().into_iter().flatten().enumerate();
            all.extend(entries.map(|(at, entry)| (format!("contents[0]._meta.{name}.{key}[{at}]"), entry)));
        }
    }
    all
}

fn twins(widget: &WidgetFact, found: &mut Found) {
    let (one, other) = (csp(widget), twin(widget));
    if !one.is_object() && !other.is_object() {
        return;
    }
    let list = |value: &Value| {
        let mut all: Vec<String> = value.as_array().into_iter().flatten().map(ToString::to_string).collect();
        all.sort_unstable();
        all
    };
    if !other.is_object() {
        found.widget(widget, "contents[0]._meta.openai/widgetCSP", "there is none");
    } else if let Some((_, key)) = LISTS.iter().find(|(standard, own)| list(&one[*standard]) != list(&other[*own])) {
        found.widget(widget, &format!("contents[0]._meta.openai/widgetCSP.{key}"), "it differs from `ui.csp`");
    }
}

fn claude_domain(facts: &Facts, widget: &WidgetFact, found: &mut Found) {
    let domain = &widget.for_claude["_meta"]["ui"]["domain"];
    if domain.is_null() {
        return;
    }
    let hash = domain.as_str().and_then(|domain| domain.strip_suffix(".claudemcpcontent.com")).unwrap_or_default();
    let formed = hash.len() == 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    let expected: String = Sha256::digest(facts.url.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    if !formed || facts.public.is_some() && hash != expected {
        found.widget(widget, "contents[0]._meta.ui.domain", format!("Claude reads {domain}"));
        found.instead(format!("leave it out for Claude, or make it `{expected}.claudemcpcontent.com`"));
    }
}
