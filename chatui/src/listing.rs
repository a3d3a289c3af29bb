//! What is known before any request, written out once for each era: the lists, the handshake, discovery.

use crate::{
    access::Scheme,
    entry::Entry,
    file::takes_files,
    guard::Guard,
    host::PerHost,
    icon::Icon,
    item::Package,
    only::Only,
    prompt, resource,
    revision::{self, Era},
    site::Site,
    tool::{Audience, Effect, Tool},
    widget::{Page, PageEntry},
};
use serde::{
    Deserialize, Serialize, Serializer,
    ser::{Error as _, SerializeMap},
};
use serde_json::{Map, Value, value::RawValue};

/// One JSON text for each era.
pub(crate) struct Both {
    legacy: Box<RawValue>,
    modern: Box<RawValue>,
}

impl Both {
    fn write<T: Serialize>(package: Package, is_private: bool, body: T) -> Self {
        Both::of_each(|era| raw(&Listed::page(era, package, is_private, &body)))
    }

    fn of_each(write: impl Fn(Era) -> Box<RawValue>) -> Self {
        Both { legacy: write(Era::Legacy), modern: write(Era::Modern) }
    }

    pub(crate) fn of(&self, era: Era) -> &RawValue {
        match era {
            Era::Legacy => &self.legacy,
            Era::Modern => &self.modern,
        }
    }
}

fn raw(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).expect("strings, lists and schemas are always JSON")
}

pub(crate) struct Listings {
    pub(crate) discover: Box<RawValue>,
    pub(crate) tools: Both,
    pub(crate) resources: PerHost<Both>,
    pub(crate) templates: Both,
    pub(crate) prompts: Both,
    pub(crate) capabilities: Capabilities,
}

/// An app, as far as it is told.
pub(crate) struct Whole<'a> {
    pub(crate) package: Package,
    pub(crate) instructions: Option<&'a str>,
    pub(crate) site: &'a Site,
    pub(crate) guard: &'a Option<Only<Guard>>,
    pub(crate) tools: &'a [Entry],
    pub(crate) pages: &'a [Page],
    pub(crate) resources: &'a [resource::Entry],
    pub(crate) prompts: &'a [prompt::Entry],
}

impl Listings {
    pub(crate) fn write(whole: &Whole<'_>) -> Self {
        let Whole { package, instructions, site, guard, tools, pages, resources, prompts } = *whole;
        #[derive(Serialize)]
        struct Tools<'a> {
            tools: Vec<ToolEntry<'a>>,
        }
        #[derive(Serialize)]
        struct Resources<'a> {
            resources: Vec<Listable<'a>>,
        }
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Listable<'a> {
            Page(PageEntry<'a>),
            Resource(&'a RawValue),
        }
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Templates<'a> {
            resource_templates: Vec<&'a RawValue>,
        }
        #[derive(Serialize)]
        struct Prompts<'a> {
            prompts: Vec<&'a RawValue>,
        }
        let listed = |templates: bool| {
            let own = resources.iter().filter(move |entry| entry.resource.is_template() == templates);
            own.map(|entry| &*entry.listed)
        };
        // What is shown to nobody who is not signed in, no cache may keep for others.
        let is_closed = guard.as_ref().is_some_and(|guard| guard.is_closed);
        let differ = is_closed || pages.iter().any(Page::differs);
        let completes = resources.iter().any(|entry| entry.completes) || prompts.iter().any(|entry| entry.completes);
        let capabilities = Capabilities::with(completes);
        let resources = PerHost::new(site, |host| {
            let pages = pages.iter().map(|page| Listable::Page(page.entry(host)));
            let all = pages.chain(listed(false).map(Listable::Resource));
            let resources = Resources { resources: all.collect() };
            Both::of_each(|era| raw(&Listed::page(era, package, differ, &resources)))
        });
        let discovered = Discovered { supported_versions: revision::names(Era::Modern).collect(), capabilities, instructions };
        Listings {
            discover: raw(&Listed::page(Era::Modern, package, is_closed, discovered)),
            tools: Both::write(package, is_closed, Tools { tools: tools.iter().map(|entry| ToolEntry::of(entry, pages, guard)).collect() }),
            resources,
            prompts: Both::write(package, is_closed, Prompts { prompts: prompts.iter().map(|entry| &*entry.listed).collect() }),
            templates: Both::write(package, is_closed, Templates { resource_templates: listed(true).collect() }),
            capabilities,
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

impl<T> Listed<'_, T> {
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

    fn new(era: Era, package: Package, body: T) -> Self {
        match era {
            Era::Legacy => Listed { result_type: None, body, ttl_ms: None, cache_scope: None, meta: None },
            Era::Modern => Listed {
                result_type: Some("complete"),
                body,
                // A new deployment should be seen within minutes; until there are change notices this is how.
                ttl_ms: Some(300_000),
                cache_scope: Some("public"),
                meta: Some(ResultMeta { server: Some(package), ..ResultMeta::default() }),
            },
        }
    }
}

/// The `_meta` of a result.
#[derive(Default)]
pub(crate) struct ResultMeta<'a> {
    pub(crate) server: Option<Package>,
    pub(crate) ui_only: Option<&'a RawValue>,
    /// What the tool added by hand.
    pub(crate) more: Option<&'a Map<String, Value>>,
}

impl Serialize for ResultMeta<'_> {
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

/// What this server can do. Without sessions there is nobody to tell about changes.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct Capabilities {
    tools: Empty,
    resources: Empty,
    prompts: Empty,
    /// Where something completes.
    #[serde(skip_serializing_if = "Option::is_none")]
    completions: Option<Empty>,
    extensions: Extensions,
}

#[derive(Serialize, Clone, Copy)]
struct Extensions {
    /// MCP Apps. Claude falls back to text where the server does not say this too.
    #[serde(rename = "io.modelcontextprotocol/ui")]
    ui: Empty,
}

#[derive(Serialize, Clone, Copy)]
struct Empty {}

impl Capabilities {
    fn with(completions: bool) -> Self {
        let completions = completions.then_some(Empty {});
        Capabilities { tools: Empty {}, resources: Empty {}, prompts: Empty {}, completions, extensions: Extensions { ui: Empty {} } }
    }

    pub(crate) fn complete(self) -> bool {
        self.completions.is_some()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Discovered<'a> {
    supported_versions: Vec<&'static str>,
    capabilities: Capabilities,
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<&'a str>,
}

/// The result of `initialize`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Initialized<'a> {
    protocol_version: &'static str,
    capabilities: Capabilities,
    server_info: Package,
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<&'a str>,
}

impl<'a> Initialized<'a> {
    /// `asked`: the revision that the client would like.
    pub(crate) fn new(package: Package, capabilities: Capabilities, instructions: Option<&'a str>, asked: &str) -> Self {
        Initialized { protocol_version: revision::agree(asked), capabilities, server_info: package, instructions }
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
    icons: Option<[Icon; 1]>,
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
