//! Rules about the way from a tool to its widget: the link, the address, the resource.

use super::{
    facts::{LINKS, WidgetFact},
    rule::{
        ALL, DRAWING,
        Find::{Tools, Widgets},
        Found, Level, Rule,
    },
};
use crate::widget::MIME;
use serde_json::Value;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C160",
        level: Level::Error,
        hosts: DRAWING,
        title: "A widget's address begins with `ui://`",
        why: "Hosts draw nothing from another scheme.",
        source: "APPS-STABLE",
        fix: "serve the document as a resource with an address like `ui://app/widget-1a2b3c4d.html`",
        find: Widgets(|widget, found| {
            if !widget.uri.starts_with("ui://") {
                found.widget(widget, "uri", "it begins otherwise");
            }
        }),
    },
    Rule {
        code: "C161",
        level: Level::Error,
        hosts: DRAWING,
        title: "A widget can be read",
        why: "A host fetches the document by `resources/read` under the address that the tool names. What it does not get it does not draw.",
        source: "APPS-STABLE, MCP-26",
        fix: "answer `resources/read` of this address with one document",
        find: Widgets(|widget, found| {
            if widget.html.trim().is_empty() {
                found.widget(widget, "", format!("reading it was answered with {}", widget.refused));
            }
        }),
    },
    Rule {
        code: "C162",
        level: Level::Error,
        hosts: DRAWING,
        title: "What is read has the address that was asked for",
        why: "Hosts compare both letter by letter.",
        source: "APPS-STABLE",
        fix: "repeat the address of the request in the contents",
        find: Widgets(|widget, found| {
            if !widget.html.is_empty() && widget.contents["uri"] != widget.uri.as_str() {
                found.widget(widget, "contents[0].uri", format!("it is {}", widget.contents["uri"]));
            }
        }),
    },
    Rule {
        code: "C163",
        level: Level::Error,
        hosts: DRAWING,
        title: "A widget's type is `text/html;profile=mcp-app`",
        why: "Hosts compare it as a string, without a space, and draw no other; `text/html+skybridge` is ChatGPT's of before and of nobody else.",
        source: "APPS-STABLE, OAI-REF",
        fix: "write exactly that into the contents of `resources/read`",
        find: Widgets(|widget, found| {
            if !widget.html.is_empty() && widget.contents["mimeType"] != MIME {
                found.widget(widget, "contents[0].mimeType", format!("it is {}", widget.contents["mimeType"]));
            }
        }),
    },
    Rule {
        code: "C164",
        level: Level::Warning,
        hosts: DRAWING,
        title: "The list has the same type",
        why: "Hosts that fetch widgets beforehand look for them by it.",
        source: "APPS-STABLE",
        fix: "write it into the entry of `resources/list` too",
        find: Widgets(|widget, found| {
            if widget.listed.is_object() && widget.listed["mimeType"] != MIME {
                found.widget(widget, "mimeType", format!("in the list it is {}", widget.listed["mimeType"]));
            }
        }),
    },
    Rule {
        code: "C165",
        level: Level::Warning,
        hosts: DRAWING,
        title: "A widget is listed",
        why: "The standard lets it be left out; the scan at ChatGPT's submission and Claude's review find its policy by the list.",
        source: "APPS-STABLE, OAI-SUB",
        fix: "list it in `resources/list`",
        find: Widgets(|widget, found| {
            if !widget.html.is_empty() && widget.listed.is_null() {
                found.widget(widget, "", "`resources/list` does not have it");
            }
        }),
    },
    Rule {
        code: "C166",
        level: Level::Error,
        hosts: DRAWING,
        title: "A tool links to one widget",
        why: "Hosts read different keys for it, so that one that differs shows another widget in another host.",
        source: "APPS-STABLE, OAI-REF",
        fix: "write the same address to `_meta.ui.resourceUri`, `_meta[\"ui/resourceUri\"]` and `_meta[\"openai/outputTemplate\"]`",
        find: Tools(|tool, found| {
            for (key, link) in LINKS.iter().zip(tool.links()) {
                if !link.is_null() && link.as_str() != tool.widget() {
                    found.tool(tool, &format!("_meta.{key}"), format!("it is {link}, elsewhere `{}`", tool.widget().unwrap_or_default()));
                }
            }
        }),
    },
    Rule {
        code: "C167",
        level: Level::Warning,
        hosts: ALL,
        title: "The link stands under every key that hosts read",
        why: "ChatGPT and Claude read `ui.resourceUri`; older builds of Claude and VS Code only `ui/resourceUri`, M365 Copilot `openai/outputTemplate`.",
        source: "APPS-TYPES, OAI-REF, MCPJAM",
        fix: "write the address under all three",
        find: Tools(|tool, found| {
            let lacking: Vec<&str> = LINKS.into_iter().zip(tool.links()).filter(|(_, link)| link.is_null()).map(|(key, _)| key).collect();
            if !lacking.is_empty() && lacking.len() < LINKS.len() {
                found.tool(tool, "_meta", format!("it lacks {}", lacking.join(", ")));
            }
        }),
    },
    Rule {
        code: "C168",
        level: Level::Warning,
        hosts: DRAWING,
        title: "A widget's address changes with its document",
        why: "Hosts cache a document by its address, published apps until the next review. An address that stays shows the old document.",
        source: "OAI-UI, OAI-REF",
        fix: "put a hash of the document into the address, and go on answering the older ones",
        find: Widgets(unversioned),
    },
    Rule {
        code: "C169",
        level: Level::Warning,
        hosts: DRAWING,
        title: "What a widget calls for itself draws nothing",
        why: "A tool for widgets only that links to one makes hosts draw another beside the one that called.",
        source: "APPS-STABLE",
        fix: "leave the link out of tools with the visibility `[\"app\"]`",
        find: Tools(|tool, found| {
            let visibility = tool.value["_meta"]["ui"]["visibility"].as_array();
            let for_widgets = visibility.is_some_and(|all| !all.is_empty() && all.iter().all(|one| one == "app"));
            if for_widgets && tool.widget().is_some() {
                found.tool(tool, "_meta.ui.resourceUri", "it is for widgets only, and has one");
            }
        }),
    },
];

/// A version is what has a digit and is no word: `3fa9c1d2`, `v2`, `2026-01-02`.
fn unversioned(widget: &WidgetFact, found: &mut Found) {
    let rest = widget.uri.strip_prefix("ui://").unwrap_or(&widget.uri);
    let path = rest.split_once('/').map_or(rest, |(_, path)| path);
    let versioned = path.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let hex = word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits > 0 && (digits == word.len() || hex || word.starts_with('v') || word.len() >= 6 && digits >= 2)
    });
    if widget.linked && !versioned {
        found.widget(widget, "uri", "nothing in it looks like a version");
    }
}

/// The description of a widget that counts: that of its contents, else that of the list.
pub(super) fn meta(widget: &WidgetFact) -> &Value {
    let own = &widget.contents["_meta"];
    if own.is_object() { own } else { &widget.listed["_meta"] }
}
