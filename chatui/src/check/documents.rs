//! Rules about a widget's document: whether it is one, what it loads, and whether it talks to its host.

use super::{
    facts::WidgetFact,
    links::meta,
    policies::{LISTS, csp, twin},
    rule::{CHATGPT, CLAUDE, DRAWING, Find::Widgets, Found, Level, Rule},
};
use crate::widget::BRIDGE;
use chatui_template::{Policy, inspect};
use serde_json::Value;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C190",
        level: Level::Error,
        hosts: DRAWING,
        title: "A widget is a whole HTML document",
        why: "Hosts load it as a page of its own; without a doctype it is drawn in quirks mode, and some refuse it.",
        source: "APPS-STABLE",
        fix: "begin with `<!doctype html>`, close what is opened, and put something into the body",
        find: Widgets(|widget, found| problems(widget, found, |code| WHOLE.contains(&code))),
    },
    Rule {
        code: "C191",
        level: Level::Error,
        hosts: DRAWING,
        title: "A widget shakes hands",
        why: "A host sends no data before `ui/initialize` and `ui/notifications/initialized`, and Claude shows nothing: the usual reason of a blank widget.",
        source: "APPS-STABLE",
        fix: "send both when the document loads, or use a bridge that does",
        find: Widgets(|widget, found| {
            for method in ["ui/initialize", "ui/notifications/initialized"] {
                lacks(widget, found, "sends", method);
            }
        }),
    },
    Rule {
        code: "C192",
        level: Level::Error,
        hosts: DRAWING,
        title: "A widget introduces itself as `appInfo`",
        why: "`clientInfo` is what MCP calls it elsewhere; hosts refuse the handshake with it.",
        source: "APPS-STABLE, APPS-TYPES, qdonnars/ohmywind#78",
        fix: "send `appInfo` and `appCapabilities` with `ui/initialize`",
        find: Widgets(|widget, found| {
            if speaks_for_itself(widget) && widget.html.contains("ui/initialize") && !widget.html.contains("appInfo") {
                found.widget(widget, "", "it sends `ui/initialize` without `appInfo`");
            }
        }),
    },
    Rule {
        code: "C193",
        level: Level::Warning,
        hosts: DRAWING,
        title: "A widget reports its size",
        why: "A host that is not told keeps the frame at its default, with a scroll bar or an empty half.",
        source: "APPS-STABLE",
        fix: "send `ui/notifications/size-changed` when the size changes (a ResizeObserver)",
        find: Widgets(|widget, found| lacks(widget, found, "sends", "ui/notifications/size-changed")),
    },
    Rule {
        code: "C194",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "A widget finds what came before it",
        why: "The first widget of a chat in ChatGPT may be ready after the answer was sent; it then stands in `window.openai.toolOutput`.",
        source: "OAI-UI, openai/openai-apps-sdk-examples#179",
        fix: "read `window.openai?.toolOutput` too, and listen for `openai:set_globals`",
        find: Widgets(|widget, found| lacks(widget, found, "reads", "toolOutput")),
    },
    Rule {
        code: "C195",
        level: Level::Error,
        hosts: DRAWING,
        title: "A widget loads only what its policy allows",
        why: "A host blocks everything else, and a frame has no server of its own that a relative address could lead to.",
        source: "APPS-STABLE",
        fix: "put it into the document, or declare its origin in `_meta.ui.csp`",
        find: Widgets(|widget, found| problems(widget, found, |code| !WHOLE.contains(&code) && !["secret", "too-large"].contains(&code))),
    },
    Rule {
        code: "C196",
        level: Level::Warning,
        hosts: CLAUDE,
        title: "A widget brings its scripts along",
        why: "Claude was seen to block scripts of other hosts though the policy named them.",
        source: "REPORTS",
        fix: "bundle everything into the one document",
        find: Widgets(|widget, found| {
            if let Some(from) = remote_script(&widget.html) {
                found.widget(widget, "", format!("it loads a script from `{from}`"));
            }
        }),
    },
    Rule {
        code: "C197",
        level: Level::Warning,
        hosts: DRAWING,
        title: "A widget does nothing that a host keeps it from",
        why: "Dialogs, cookies, `eval`, WebAssembly, workers, fonts as data and the like are blocked by the standard's policy or by the sandbox. The word in brackets is what `allow = \"…\"` of `#[widget]` takes.",
        source: "APPS-STABLE, OAI-SRV",
        fix: "use what hosts offer instead, such as `ui/open-link`, `ui/message` and `ui/update-model-context`, which are `chatui.open`, `chatui.say` and `chatui.context` in a template of ours",
        find: Widgets(unwise),
    },
];

/// Codes of the template's checks about what is no document.
const WHOLE: [&str; 3] = ["html", "empty", "unclosed"];

/// Whether all that a document does stands in it.
fn speaks_for_itself(widget: &WidgetFact) -> bool {
    !widget.html.trim().is_empty() && remote_script(&widget.html).is_none()
}

fn lacks(widget: &WidgetFact, found: &mut Found, does: &str, what: &str) {
    if speaks_for_itself(widget) && !widget.html.contains(what) {
        found.widget(widget, "", format!("nothing in it {does} `{what}`"));
    }
}

/// The first address that the document loads a script from.
fn remote_script(html: &str) -> Option<String> {
    let tags = html.match_indices("<script").filter_map(|(at, _)| html[at..].split('>').next());
    let sources = tags.filter_map(|tag| tag.split_once("src=").map(|(_, rest)| rest.trim_start_matches(['"', '\''])));
    let mut addresses = sources.filter_map(|rest| rest.split(['"', '\'', ' ']).next());
    addresses.find(|address| address.starts_with("http") || address.starts_with("//")).map(str::to_owned)
}

/// The policy of a served widget, as its template would have declared it.
fn with_policy<T>(widget: &WidgetFact, look: impl FnOnce(&Policy<'_>) -> T) -> T {
    let lists: Vec<Vec<&str>> = LISTS
        .iter()
        .map(|(standard, own)| {
            let all = [&csp(widget)[*standard], &twin(widget)[*own]].into_iter().filter_map(Value::as_array).flatten();
            all.filter_map(Value::as_str).collect()
        })
        .collect();
    let redirect: Vec<&str> = twin(widget)["redirect_domains"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let permissions = meta(widget)["ui"]["permissions"].as_object();
    let permissions: Vec<&str> = permissions.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    look(&Policy {
        connect: &lists[0],
        resource: &lists[1],
        frame: &lists[2],
        redirect: &redirect,
        permissions: &permissions,
        assets: None,
        fields: None,
        allow: &[],
    })
}

fn problems(widget: &WidgetFact, found: &mut Found, wanted: impl Fn(&str) -> bool) {
    // Ours would not have compiled.
    if widget.html.trim().is_empty() || widget.own.is_some() {
        return;
    }
    let (problems, _) = with_policy(widget, |policy| inspect(&widget.html, policy));
    for problem in problems.iter().filter(|problem| wanted(problem.code)) {
        found.widget(widget, "", what(&problem.to_string()));
    }
}

fn unwise(widget: &WidgetFact, found: &mut Found) {
    if let Some(own) = &widget.own {
        return own.iter().for_each(|finding| found.widget(widget, "", finding));
    }
    if widget.html.trim().is_empty() {
        return;
    }
    // A served document has to shake hands, a policy may name what only data name, and sizes have a rule of their own.
    let others = ["handshake", "csp-unused", "size"];
    // Ours does what it does behind checks of its own.
    let html = widget.html.replace(BRIDGE, "");
    let (_, findings) = with_policy(widget, |policy| inspect(&html, policy));
    for finding in findings.iter().filter(|finding| !others.contains(&finding.code)) {
        found.widget(widget, "", format!("{} [{}]", what(&finding.message), finding.code));
    }
}

/// Of `html:1:2: what is wrong; what to do` the first half: the second is written for templates.
fn what(message: &str) -> String {
    let what = message.split("; ").next().unwrap_or(message);
    // A file is not there in the sense of a template; here it is an address that leads nowhere.
    what.replace("there is no file", "a frame has no server that would have")
}
