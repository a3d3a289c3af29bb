//! A widget as data, and as the MCP resource that hosts fetch.

mod meta;

use crate::{
    host::{Host, PerHost},
    item::Package,
    schema,
    site::Site,
};
#[cfg(not(target_family = "wasm"))]
use bytes::Bytes;
use chatui_template::ASSETS;
use meta::ResourceMeta;
use schemars::{Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// What a browser runs inside every widget; `web/bridge.js` is what it is made of.
pub(crate) const BRIDGE: &str = include_str!("../web/bridge.min.js");

/// How a template looks that says nothing about it.
const STYLE: &str = include_str!("../web/style.min.css");

/// Draws a widget that has no template.
const CARD: &str = include_str!("../web/card.min.js");

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
    /// Codes of findings that the author has looked at.
    pub allow: &'static [&'static str],
    pub findings: &'static [Finding],
}

/// Something unwise about a widget, for people: it is drawn all the same.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Finding {
    pub code: &'static str,
    pub message: Cow<'static, str>,
}

impl Finding {
    pub const fn new(code: &'static str, message: &'static str) -> Self {
        Finding { code, message: Cow::Borrowed(message) }
    }
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
    allow: &[],
    findings: &[],
};
#[doc(hidden)]
pub const TEMPLATE: Template = Template { before: "", after: "", path: "", root: "", style: STYLE, card: None, assets: None, fields: &[] };
/// Instead of a template, a drawing of what the schema says.
#[doc(hidden)]
pub const fn card(schema: fn(&mut SchemaGenerator) -> Schema) -> Template {
    Template {
        before: "<!doctype html>\n<html>\n<head>",
        after: "</head>\n<body>\n</body>\n</html>\n",
        card: Some(Card { script: CARD, schema }),
        ..TEMPLATE
    }
}
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
    /// Stands before all else, so that a template's own rules win.
    pub style: &'static str,
    pub card: Option<Card>,
    pub assets: Option<Assets>,
    /// Those that its scripts may read, for development alone; empty where the compiler does not know them.
    pub fields: &'static [&'static str],
}

/// Files that are served beside the document, and not put into it.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Assets {
    /// The folder that they lie in, relative to the crate.
    pub folder: &'static str,
    /// Of all of them together.
    pub version: &'static str,
    /// By their paths on the server. Empty on Workers, where the platform serves them.
    pub files: &'static [(&'static str, &'static [u8])],
}

#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Card {
    script: &'static str,
    schema: fn(&mut SchemaGenerator) -> Schema,
}

/// A widget as it is served: a `ui://` resource that holds one HTML document.
///
/// ```standalone_crate
/// # use chatui::{Context, data, tool, widget};
/// /// The weather of a city.
/// #[widget(text = "the weather of {city}")]
/// #[data]
/// struct Weather {
///     city: String,
/// }
/// # /// Use this when the user asks for the weather.
/// # #[tool(read_only)]
/// # fn weather(city: String) -> Weather { Weather { city } }
///
/// let cx = Context::for_tests();
/// let page = cx.widgets().find(|page| page.name() == "weather").unwrap();
/// assert_eq!((page.title(), page.description()), ("Weather", "The weather of a city."));
/// assert!(page.uri().starts_with("ui://") && page.size() < 100_000 && page.findings().next().is_none());
/// ```
pub struct Page {
    widget: &'static Widget,
    uri: String,
    size: usize,
    /// The document as a JSON string, escaped once.
    text: Box<RawValue>,
    meta: PerHost<Box<RawValue>>,
    findings: Vec<Finding>,
    #[cfg(not(target_family = "wasm"))]
    assets: Files,
}

/// The files beside a document: their version, and each by its path on the server, sorted.
#[cfg(not(target_family = "wasm"))]
#[derive(Default)]
pub(crate) struct Files {
    pub(crate) version: Cow<'static, str>,
    pub(crate) files: Vec<(Cow<'static, str>, Bytes)>,
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

    /// The address of the document. It ends in a hash of its bytes, of its policy and of its assets, so no cache of a host can be stale.
    pub fn uri(&self) -> &str {
        &self.uri
    }

    /// The size of the document in bytes.
    pub fn size(&self) -> usize {
        self.size
    }

    pub(crate) fn new(widget: &'static Widget, site: &Site) -> Self {
        let Template { before, after, .. } = widget.template;
        let version = widget.template.assets.map_or("", |assets| assets.version);
        #[cfg_attr(target_family = "wasm", allow(unused_mut, reason = "there the platform serves the assets"))]
        let mut page = Page::with_template(widget, before, after, version, widget.findings.to_vec(), site);
        #[cfg(not(target_family = "wasm"))]
        {
            let version = version.into();
            let files = widget.template.assets.iter().flat_map(|assets| assets.files);
            let files = files.map(|(path, bytes)| (Cow::Borrowed(*path), Bytes::from_static(bytes))).collect();
            page.assets = Files { version, files };
        }
        page
    }

    /// The same page with these files beside it.
    #[cfg(all(feature = "dev", not(target_family = "wasm")))]
    pub(crate) fn with_assets(self, assets: Files) -> Self {
        Page { assets, ..self }
    }

    /// A file that is served beside the document.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn asset(&self, path: &str) -> Option<(&Bytes, &str)> {
        let Files { version, files } = &self.assets;
        let at = files.binary_search_by(|(known, _)| (**known).cmp(path)).ok()?;
        Some((&files[at].1, &**version))
    }

    /// The page with another template than the embedded one. `version`: that of the files beside it.
    pub(crate) fn with_template(
        widget: &'static Widget,
        before: &str,
        after: &str,
        version: &str,
        findings: Vec<Finding>,
        site: &Site,
    ) -> Self {
        let mut html = document(widget, before, after);
        if widget.template.assets.is_some() {
            html = html.replace(ASSETS, site.base().unwrap_or_default());
        }
        let meta = PerHost::new(site, |host| raw(&ResourceMeta::of(widget, site, host)));
        // Hosts keep the policy and the domain with the document, so a change of those is a new address too. One address for
        // all hosts: the tools name it, and they are the same for everybody.
        let told = meta.all().map(|meta| meta.get()).collect::<String>();
        // And files that only a script names stand nowhere in the document.
        let hash = Sha256::new().chain_update(&html).chain_update(told).chain_update(version).finalize();
        let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Page {
            widget,
            uri: format!("{}{hash}.html", prefix(widget)),
            size: html.len(),
            text: raw(&html),
            meta,
            findings,
            #[cfg(not(target_family = "wasm"))]
            assets: Files::default(),
        }
    }

    /// What is unwise about its template, each with its place, what to do, and in brackets its code.
    pub fn findings(&self) -> impl Iterator<Item = String> {
        self.findings.iter().map(|Finding { code, message }| format!("{message} [{code}]"))
    }

    /// The same, in parts.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn noted(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether its description differs from host to host.
    pub(crate) fn differs(&self) -> bool {
        self.meta.differs()
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

    pub(crate) fn entry(&self, host: Host) -> PageEntry<'_> {
        PageEntry {
            uri: &self.uri,
            name: self.name(),
            title: self.title(),
            description: self.description(),
            mime_type: MIME,
            meta: self.meta.of(host),
        }
    }

    /// The document, under the address that was asked for.
    pub(crate) fn contents<'a>(&'a self, uri: &'a str, host: Host) -> Contents<'a> {
        Contents { uri, mime_type: MIME, text: &self.text, meta: self.meta.of(host) }
    }
}

/// The template with what every widget has: the style, the bridge, and where there is no template what draws instead.
pub(crate) fn document(widget: &Widget, before: &str, after: &str) -> String {
    let Template { style, card, .. } = &widget.template;
    let style = if style.is_empty() { String::new() } else { format!("<style>{style}</style>") };
    let card = card.map_or_else(String::new, |Card { script, schema }| {
        let title = widget.title.replace('&', "&amp;").replace('<', "&lt;");
        // A `</script>` in a description would end the script that it is data of.
        let schema = schema::output(schema).map_or_else(|_| "{}".into(), |(schema, _)| schema.to_string()).replace('<', "\\u003c");
        format!(
            "<title>{title}</title>\n<script type=\"application/json\" id=\"schema\">{schema}</script><script type=\"module\">{script}</script>"
        )
    });
    // First: browsers look for it no further than the first 1024 bytes.
    format!("{before}<meta charset=\"utf-8\">{style}<script>{BRIDGE}</script>{card}{after}")
}

/// What stays of a widget's address when its document changes.
pub(crate) fn prefix(widget: &Widget) -> String {
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

#[cfg(test)]
mod tests {
    use super::{Page, WIDGET, Widget};
    use crate::site::Site;

    #[test]
    fn files_that_nothing_names_make_another_address_too() {
        static SUN: Widget = Widget { name: "sun", ..WIDGET };
        let address = |version| Page::with_template(&SUN, "<!doctype html>", "<p>", version, Vec::new(), &Site::default()).uri().to_owned();
        assert_eq!(address("1"), address("1"));
        assert_ne!(address("1"), address("2"));
    }
}
