//! A widget as data, and as the MCP resource that hosts fetch.

use crate::item::Package;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What a browser runs inside every widget.
const BRIDGE: &str = include_str!("../web/bridge.js");

/// Exactly this, without a space: hosts compare it as a string (MCP Apps 2026-01-26).
pub(crate) const MIME: &str = "text/html;profile=mcp-app";

/// What the macro writes about one annotated struct.
#[doc(hidden)]
pub struct Widget {
    pub name: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    pub package: Package,
    pub place: &'static str,
    pub template: Template,
    pub csp: Csp,
    pub prefers_border: bool,
    /// As MCP Apps spells them.
    pub permissions: &'static [&'static str],
}

/// What a widget is where its attribute says nothing; the macro fills in the rest.
#[doc(hidden)]
pub const WIDGET: Widget = Widget {
    name: "",
    title: "",
    about: "",
    package: Package { name: "", version: "", is_root: false },
    place: "",
    template: TEMPLATE,
    csp: CSP,
    prefers_border: false,
    permissions: &[],
};
#[doc(hidden)]
pub const TEMPLATE: Template = Template { before: "", after: "", path: "", root: "" };
#[doc(hidden)]
pub const CSP: Csp = Csp { connect: &[], resource: &[], frame: &[], redirect: &[] };

/// The origins that a widget may reach.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Csp {
    pub connect: &'static [&'static str],
    pub resource: &'static [&'static str],
    pub frame: &'static [&'static str],
    pub redirect: &'static [&'static str],
}

/// A template, cut where the bridge goes.
#[doc(hidden)]
pub struct Template {
    pub before: &'static str,
    pub after: &'static str,
    pub path: &'static str,
    /// The folder that `path` starts from, in debug builds only: no path of the build machine is shipped.
    pub root: &'static str,
}

/// A widget as it is served: a `ui://` resource that holds one HTML document.
pub struct Page {
    widget: &'static Widget,
    uri: String,
    size: usize,
    /// The document as a JSON string, escaped once.
    text: Box<RawValue>,
    meta: Box<RawValue>,
}

impl Page {
    /// The name, unique in the app.
    pub fn name(&self) -> &str {
        self.widget.name
    }

    /// The name for people.
    pub fn title(&self) -> &str {
        self.widget.title
    }

    /// The doc comment: what the widget shows.
    pub fn description(&self) -> &str {
        self.widget.about
    }

    /// The address of the document. It ends in a hash of its bytes, so no cache of a host can be stale.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The size of the document in bytes.
    pub fn size(&self) -> usize {
        self.size
    }

    pub(crate) fn new(widget: &'static Widget) -> Self {
        Page::with_template(widget, widget.template.before, widget.template.after)
    }

    /// The page with another template than the embedded one.
    pub(crate) fn with_template(widget: &'static Widget, before: &str, after: &str) -> Self {
        let html = format!("{before}<script>{BRIDGE}</script>{after}");
        let hash = Sha256::digest(html.as_bytes());
        let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Page {
            widget,
            uri: format!("{}{hash}.html", prefix(widget)),
            size: html.len(),
            text: raw(&html),
            meta: raw(&ResourceMeta::of(widget)),
        }
    }

    pub(crate) fn widget(&self) -> &'static Widget {
        self.widget
    }

    /// Whether the page answers for this address: its own, or that of an older template of the same widget, which open
    /// conversations still hold.
    pub(crate) fn answers(&self, uri: &str) -> bool {
        let hash = uri.strip_prefix(&prefix(self.widget)).and_then(|rest| rest.strip_suffix(".html"));
        hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }

    pub(crate) fn entry(&self) -> PageEntry<'_> {
        PageEntry {
            uri: &self.uri,
            name: self.name(),
            title: self.title(),
            description: self.description(),
            mime_type: MIME,
            meta: &self.meta,
        }
    }

    /// The document, under the address that was asked for.
    pub(crate) fn contents<'a>(&'a self, uri: &'a str) -> Contents<'a> {
        Contents { uri, mime_type: MIME, text: &self.text, meta: &self.meta }
    }
}

fn prefix(widget: &Widget) -> String {
    format!("ui://{}/{}-", widget.package.name, widget.name)
}

fn raw(value: &(impl Serialize + ?Sized)) -> Box<RawValue> {
    to_raw_value(value).expect("strings and structs of strings are always JSON")
}

/// A widget's entry of `resources/list`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageEntry<'a> {
    uri: &'a str,
    name: &'a str,
    title: &'a str,
    description: &'a str,
    mime_type: &'static str,
    #[serde(rename = "_meta")]
    meta: &'a RawValue,
}

/// An item of `resources/read`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Contents<'a> {
    uri: &'a str,
    mime_type: &'static str,
    text: &'a RawValue,
    #[serde(rename = "_meta")]
    meta: &'a RawValue,
}

type Origins = &'static [&'static str];

/// The same on both, in the standard's words and in ChatGPT's.
#[derive(Serialize)]
struct ResourceMeta {
    ui: UiMeta,
    #[serde(rename = "openai/widgetDescription")]
    description: &'static str,
    #[serde(rename = "openai/widgetPrefersBorder")]
    prefers_border: bool,
    #[serde(rename = "openai/widgetCSP")]
    csp: OpenaiCsp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UiMeta {
    csp: UiCsp,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    permissions: BTreeMap<&'static str, Empty>,
    prefers_border: bool,
}

#[derive(Serialize)]
struct Empty {}

/// Empty lists and not nothing: a review of the app wants the policy in words. Frames alone are asked about when named.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UiCsp {
    connect_domains: Origins,
    resource_domains: Origins,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    frame_domains: Origins,
}

#[derive(Serialize)]
struct OpenaiCsp {
    connect_domains: Origins,
    resource_domains: Origins,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    frame_domains: Origins,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    redirect_domains: Origins,
}

impl ResourceMeta {
    fn of(widget: &'static Widget) -> Self {
        let Widget { about: description, prefers_border, permissions, csp, .. } = *widget;
        let Csp { connect: connect_domains, resource: resource_domains, frame: frame_domains, redirect: redirect_domains } = csp;
        let permissions = permissions.iter().map(|name| (*name, Empty {})).collect();
        ResourceMeta {
            ui: UiMeta { csp: UiCsp { connect_domains, resource_domains, frame_domains }, permissions, prefers_border },
            description,
            prefers_border,
            csp: OpenaiCsp { connect_domains, resource_domains, frame_domains, redirect_domains },
        }
    }
}
