//! What is known before any request, written out once for each era: the lists, the handshake, discovery.

use super::{Era, Params, ResultMeta, revision, string};
use crate::{
    table::{Entry, Table},
    tool::{Effect, Package},
    widget::Page,
};
use serde::Serialize;
use serde_json::{Value, value::RawValue};

/// One JSON text for each era.
pub(crate) struct Both {
    legacy: Box<RawValue>,
    modern: Box<RawValue>,
}

impl Both {
    fn write<T: Serialize>(package: Package, body: T) -> Self {
        let write = |era| raw(&Listed::new(era, package, &body));
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
    pub(crate) resources: Both,
    pub(crate) templates: Both,
}

impl Listings {
    pub(crate) fn write(package: Package, instructions: Option<&str>, tools: &[Entry], pages: &[Page]) -> Self {
        #[derive(Serialize)]
        struct Tools<'a> {
            tools: Vec<ToolEntry<'a>>,
        }
        #[derive(Serialize)]
        struct Resources<'a> {
            resources: Vec<crate::widget::ResourceEntry<'a>>,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Templates {
            resource_templates: [(); 0],
        }
        let discovered =
            Discovered { supported_versions: revision::names(Era::Modern).collect(), capabilities: CAPABILITIES, instructions };
        Listings {
            discover: raw(&Listed::new(Era::Modern, package, discovered)),
            tools: Both::write(package, Tools { tools: tools.iter().map(|entry| ToolEntry::of(entry, pages)).collect() }),
            resources: Both::write(package, Resources { resources: pages.iter().map(Page::entry).collect() }),
            templates: Both::write(package, Templates { resource_templates: [] }),
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
    pub(crate) fn new(era: Era, package: Package, body: T) -> Self {
        match era {
            Era::Legacy => Listed { result_type: None, body, ttl_ms: None, cache_scope: None, meta: None },
            Era::Modern => Listed {
                result_type: Some("complete"),
                body,
                // A new deployment should be seen within minutes; until there are change notices this is how.
                ttl_ms: Some(300_000),
                cache_scope: Some("public"),
                meta: Some(ResultMeta { server: Some(package), ui_only: None }),
            },
        }
    }
}

/// What this server can do. Without sessions there is nobody to tell about changes.
#[derive(Serialize)]
struct Capabilities {
    tools: Empty,
    resources: Empty,
    extensions: Extensions,
}

#[derive(Serialize)]
struct Extensions {
    /// MCP Apps. Claude falls back to text where the server does not say this too.
    #[serde(rename = "io.modelcontextprotocol/ui")]
    ui: Empty,
}

#[derive(Serialize)]
struct Empty {}

const CAPABILITIES: Capabilities = Capabilities { tools: Empty {}, resources: Empty {}, extensions: Extensions { ui: Empty {} } };

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
    pub(crate) fn new(table: &'a Table, params: &Params<'_>) -> Self {
        let asked = params.version.and_then(string).unwrap_or_default();
        Initialized {
            protocol_version: revision::agree(&asked),
            capabilities: CAPABILITIES,
            server_info: table.package,
            instructions: table.instructions.as_deref(),
        }
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

/// The link to the widget in the three spellings that hosts read.
#[derive(Serialize)]
struct ToolMeta<'a> {
    ui: ToolUi<'a>,
    #[serde(rename = "ui/resourceUri", skip_serializing_if = "Option::is_none")]
    flat: Option<&'a str>,
    #[serde(rename = "openai/outputTemplate", skip_serializing_if = "Option::is_none")]
    openai: Option<&'a str>,
    #[serde(rename = "openai/widgetAccessible")]
    accessible: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ToolUi<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    resource_uri: Option<&'a str>,
    visibility: [&'static str; 2],
}

impl<'a> ToolEntry<'a> {
    fn of(entry: &'a Entry, pages: &'a [Page]) -> Self {
        let tool = entry.tool;
        let uri = entry.page(pages).map(Page::uri);
        ToolEntry {
            name: tool.name,
            title: tool.title,
            description: tool.about,
            input_schema: entry.input.schema(),
            output_schema: entry.output.as_ref(),
            annotations: Annotations {
                title: tool.title,
                read_only_hint: tool.effect == Effect::ReadOnly,
                destructive_hint: tool.effect == Effect::Destructive,
                idempotent_hint: tool.effect == Effect::ReadOnly,
                open_world_hint: false,
            },
            meta: ToolMeta { ui: ToolUi { resource_uri: uri, visibility: ["model", "app"] }, flat: uri, openai: uri, accessible: true },
        }
    }
}
