//! What is known before any request, written out once for each era: the lists, the handshake, discovery.

use crate::{
    about::{About, ServerInfo},
    access::Scheme,
    entry::Entry,
    file::takes_files,
    guard::Guard,
    host::PerHost,
    icon::Icon,
    item::Package,
    limits::Limits,
    only::Only,
    prompt, resource,
    revision::Era,
    site::Site,
    tool::{Audience, Effect, Tool},
    widget::Page,
};
use serde::{
    Deserialize, Serialize, Serializer,
    ser::{Error as _, SerializeMap},
};
use serde_json::{Map, Value, value::RawValue};

/// One JSON text for each era.
struct Both {
    legacy: Box<RawValue>,
    modern: Box<RawValue>,
}

impl Both {
    fn of(&self, era: Era) -> &RawValue {
        match era {
            Era::Legacy => &self.legacy,
            Era::Modern => &self.modern,
        }
    }
}

/// A list, all of it on its first page unless the app has said how many entries go on one.
pub(crate) struct Pages {
    first: Both,
    /// Each with the cursor that leads to it.
    more: Vec<(String, Both)>,
}

impl Pages {
    fn write(described: &Described<'_>, is_private: bool, key: &'static str, entries: &[Box<RawValue>]) -> Self {
        let paging = described.limits.page.filter(|paging| entries.len() > paging.size);
        let size = paging.map_or(usize::MAX, |paging| paging.size);
        let cursors = paging.map_or_else(Vec::new, |paging| (paging.cursors)(key, entries, paging.size));
        let page = |at: usize| {
            let entries = &entries[entries.len().min(at * size)..entries.len().min((at + 1).saturating_mul(size))];
            let next_cursor = cursors.get(at).map(String::as_str);
            let write = |era| raw(&Listed::page(era, described.about.info.package, is_private, Entries { key, entries, next_cursor }));
            Both { legacy: write(Era::Legacy), modern: write(Era::Modern) }
        };
        Pages { first: page(0), more: cursors.iter().enumerate().map(|(at, cursor)| (cursor.clone(), page(at + 1))).collect() }
    }

    pub(crate) fn first(&self, era: Era) -> &RawValue {
        self.first.of(era)
    }

    /// All of its pages.
    #[cfg(all(feature = "dev", not(target_family = "wasm")))]
    pub(crate) fn all(&self, era: Era) -> impl Iterator<Item = &RawValue> {
        std::iter::once(&self.first).chain(self.more.iter().map(|(_, page)| page)).map(move |page| page.of(era))
    }

    /// The page that a cursor leads to, if this list gave it.
    pub(crate) fn at(&self, cursor: &str, era: Era) -> Option<&RawValue> {
        self.more.iter().find(|(known, _)| known == cursor).map(|(_, page)| page.of(era))
    }
}

/// The entries of one page.
struct Entries<'a> {
    key: &'static str,
    entries: &'a [Box<RawValue>],
    next_cursor: Option<&'a str>,
}

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(self.key, self.entries)?;
        if let Some(cursor) = self.next_cursor {
            map.serialize_entry("nextCursor", cursor)?;
        }
        map.end()
    }
}

/// What is known of the whole app.
pub(crate) struct Described<'a> {
    pub(crate) about: About<'a>,
    pub(crate) site: &'a Site,
    pub(crate) limits: &'a Limits,
    pub(crate) guard: &'a Option<Only<Guard>>,
}

fn raw(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).expect("strings, lists and schemas are always JSON")
}

pub(crate) struct Listings {
    /// Who answers, as each result of the modern era repeats it.
    pub(crate) server: Box<RawValue>,
    pub(crate) discover: Box<RawValue>,
    pub(crate) tools: Pages,
    pub(crate) resources: PerHost<Pages>,
    pub(crate) templates: Pages,
    pub(crate) prompts: Pages,
}

impl Listings {
    pub(crate) fn write(
        described: &Described<'_>,
        tools: &[Entry],
        pages: &[Page],
        resources: &[resource::Entry],
        prompts: &[prompt::Entry],
    ) -> Self {
        let Described { about, site, guard, .. } = described;
        let package = about.info.package;
        let resources_at = |templates: bool| {
            let own = resources.iter().filter(move |entry| entry.resource.is_template() == templates);
            own.map(|entry| entry.listed.clone())
        };
        // What is shown to nobody who is not signed in, no cache may keep for others.
        let is_closed = guard.as_ref().is_some_and(|guard| guard.is_closed);
        let discovered = Listed::page(Era::Modern, package, is_closed, about.discovered()).by(about.info);
        let differ = is_closed || pages.iter().any(Page::differs);
        let list = |key, entries: Vec<_>| Pages::write(described, is_closed, key, &entries);
        Listings {
            server: raw(&ServerInfo::from(package)),
            discover: raw(&discovered),
            tools: list("tools", tools.iter().map(|entry| raw(&ToolEntry::of(entry, pages, guard))).collect()),
            resources: PerHost::new(site, |host| {
                let pages = pages.iter().map(|page| raw(&page.entry(host)));
                Pages::write(described, differ, "resources", &pages.chain(resources_at(false)).collect::<Vec<_>>())
            }),
            prompts: list("prompts", prompts.iter().map(|entry| entry.listed.clone()).collect()),
            templates: list("resourceTemplates", resources_at(true).collect()),
        }
    }
}

/// A result that may be kept: in the modern era it says for how long and for whom.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Listed<'a, T> {
    #[serde(skip_serializing_if = "Option::is_none")]
    result_type: Option<&'static str>,
    #[serde(flatten)]
    body: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    ttl_ms: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_scope: Option<&'static str>,
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    meta: Option<ResultMeta<'a>>,
}

impl<'a, T> Listed<'a, T> {
    /// A result that is another one every time.
    pub(crate) fn changing(era: Era, package: Package, body: T) -> Self {
        let listed = Listed::new(era, package, body);
        Listed { ttl_ms: listed.ttl_ms.map(|_| 0), cache_scope: listed.cache_scope.map(|_| "private"), ..listed }
    }

    /// A result that nobody may keep, and that says nothing of it.
    pub(crate) fn once(era: Era, package: Package, body: T) -> Self {
        Listed { ttl_ms: None, cache_scope: None, ..Listed::new(era, package, body) }
    }

    /// A result that may be for one host or one user alone.
    pub(crate) fn page(era: Era, package: Package, is_private: bool, body: T) -> Self {
        let listed = Listed::new(era, package, body);
        Listed { cache_scope: listed.cache_scope.map(|scope| if is_private { "private" } else { scope }), ..listed }
    }

    /// The same in a result that says more of its server than others do.
    fn by(self, server: ServerInfo<'a>) -> Self {
        Listed { meta: Some(server.into()), ..self }
    }

    fn new(era: Era, package: Package, body: T) -> Self {
        match era {
            Era::Legacy => Listed { result_type: None, body, ttl_ms: None, cache_scope: None, meta: None },
            Era::Modern => Listed {
                result_type: Some("complete"),
                body,
                // A new deployment should be seen within minutes, also where nobody is told of changes.
                ttl_ms: Some(300_000),
                cache_scope: Some("public"),
                meta: Some(ServerInfo::from(package).into()),
            },
        }
    }
}

/// The `_meta` of a result. `S`: who answers, as it is or written already.
pub(crate) struct ResultMeta<'a, S = ServerInfo<'a>> {
    pub(crate) server: Option<S>,
    pub(crate) ui_only: Option<&'a RawValue>,
    /// What the tool added by hand.
    pub(crate) more: Option<&'a Map<String, Value>>,
}

impl<'a> From<ServerInfo<'a>> for ResultMeta<'a> {
    fn from(server: ServerInfo<'a>) -> Self {
        ResultMeta { server: Some(server), ui_only: None, more: None }
    }
}

impl<I: Serialize> Serialize for ResultMeta<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(server) = &self.server {
            map.serialize_entry("io.modelcontextprotocol/serverInfo", server)?;
        }
        if let Some(ui_only) = self.ui_only {
            // The `#[ui_only]` fields, which the bridge puts back beside the others. Hosts show `_meta` to no model.
            map.serialize_entry("chatui/uiOnly", ui_only)?;
        }
        for (key, value) in self.more.into_iter().flatten() {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// An entry of `tools/list`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ToolEntry<'a> {
    name: &'a str,
    title: &'a str,
    description: &'a str,
    input_schema: &'a Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_schema: Option<&'a Value>,
    annotations: Annotations<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icons: Option<[Icon<'a>; 1]>,
    /// What ChatGPT reads; nobody else does, and the server asks for it in any case.
    #[serde(skip_serializing_if = "Option::is_none")]
    security_schemes: Option<Only<Vec<Scheme<'a>>>>,
    #[serde(rename = "_meta")]
    meta: ToolMeta<'a>,
}

/// All of them in any case: ChatGPT refuses tools that leave one out, and the defaults are the worst.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Annotations<'a> {
    title: &'a str,
    read_only_hint: bool,
    destructive_hint: bool,
    idempotent_hint: bool,
    open_world_hint: bool,
}

/// The link to the widget in the three spellings that hosts read, who may call, what ChatGPT says meanwhile.
struct ToolMeta<'a> {
    uri: Option<&'a str>,
    entry: &'a Entry,
    schemes: Option<Only<Vec<Scheme<'a>>>>,
}

impl Serialize for ToolMeta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Ui<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            resource_uri: Option<&'a str>,
            visibility: &'static [&'static str],
        }
        let Tool { audience, invoking, invoked, meta, .. } = self.entry.tool;
        let (visibility, in_app): (&[&str], bool) = match audience {
            Audience::Both => (&["model", "app"], true),
            Audience::App => (&["app"], true),
            Audience::Model => (&["model"], false),
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("ui", &Ui { resource_uri: self.uri, visibility })?;
        if let Some(uri) = self.uri {
            map.serialize_entry("ui/resourceUri", uri)?;
            map.serialize_entry("openai/outputTemplate", uri)?;
        }
        map.serialize_entry("openai/widgetAccessible", &in_app)?;
        if *audience == Audience::App {
            // For M365 Copilot and older builds of ChatGPT.
            map.serialize_entry("openai/visibility", "private")?;
        }
        for (key, text) in [("openai/toolInvocation/invoking", invoking), ("openai/toolInvocation/invoked", invoked)] {
            if let Some(text) = text {
                map.serialize_entry(key, text)?;
            }
        }
        let properties = self.entry.input.schema()["properties"].as_object();
        let files = properties.into_iter().flatten().filter(|(_, schema)| takes_files(schema));
        let files: Vec<&str> = files.map(|(key, _)| key.as_str()).collect();
        if !files.is_empty() {
            map.serialize_entry("openai/fileParams", &files)?;
        }
        if let Some(schemes) = &self.schemes {
            // For readers that drop what the protocol does not know at the top.
            map.serialize_entry("securitySchemes", schemes)?;
        }
        if self.entry.tool.answer.profile {
            map.serialize_entry("openai/profile", &true)?;
        }
        for (key, json) in *meta {
            map.serialize_entry(key, <&RawValue>::deserialize(&mut serde_json::Deserializer::from_str(json)).map_err(S::Error::custom)?)?;
        }
        map.end()
    }
}

impl<'a> ToolEntry<'a> {
    fn of(entry: &'a Entry, pages: &'a [Page], guard: &'a Option<Only<Guard>>) -> Self {
        let tool = entry.tool;
        let schemes = || guard.as_ref().map(|guard| guard.with(guard.schemes(tool.access)));
        let reads = tool.effect == Effect::ReadOnly;
        // A link would draw the answer of a call that a widget makes for itself.
        let uri = entry.page(pages).map(Page::uri).filter(|_| tool.audience != Audience::App);
        ToolEntry {
            name: tool.name,
            title: tool.title,
            description: tool.about,
            input_schema: entry.input.schema(),
            output_schema: entry.output.as_ref(),
            annotations: Annotations {
                title: tool.title,
                read_only_hint: reads,
                destructive_hint: tool.effect == Effect::Destructive,
                // To read again changes no more than to read once.
                idempotent_hint: tool.idempotent || reads,
                open_world_hint: tool.open_world,
            },
            icons: tool.icon.map(Icon::of),
            security_schemes: schemes(),
            meta: ToolMeta { uri, entry, schemes: schemes() },
        }
    }
}
