//! What the server says of itself as a whole: who it is, what it can do, how it is to be used.

use crate::{
    icon::Icon,
    item::Package,
    revision::{self, Era},
};
use serde::Serialize;

/// What a client is told about the whole.
#[derive(Clone, Copy)]
pub(crate) struct About<'a> {
    pub(crate) info: ServerInfo<'a>,
    pub(crate) instructions: Option<&'a str>,
    pub(crate) capabilities: Capabilities,
}

impl<'a> About<'a> {
    pub(crate) fn discovered(&self) -> Discovered<'a> {
        let About { instructions, capabilities, .. } = *self;
        Discovered { supported_versions: revision::names(Era::Modern).collect(), capabilities, instructions }
    }
}

/// Who answers: MCP's `Implementation`. In the handshake and in discovery with all that people see.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ServerInfo<'a> {
    #[serde(flatten)]
    pub(crate) package: Package,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icons: Option<[Icon<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website_url: Option<&'a str>,
}

impl<'a> ServerInfo<'a> {
    pub(crate) fn of(package: Package, sign: &'a Sign) -> Self {
        let Sign { title, icon, website } = sign;
        ServerInfo { package, title: title.as_deref(), icons: icon.as_deref().map(Icon::of), website_url: website.as_deref() }
    }
}

impl From<Package> for ServerInfo<'_> {
    fn from(package: Package) -> Self {
        ServerInfo { package, title: None, icons: None, website_url: None }
    }
}

/// What people see of the server.
#[derive(Default)]
pub(crate) struct Sign {
    pub(crate) title: Option<String>,
    pub(crate) icon: Option<String>,
    pub(crate) website: Option<String>,
}

/// What this server can do.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Capabilities {
    tools: Changes,
    resources: Changes,
    prompts: Changes,
    #[serde(skip_serializing_if = "Option::is_none")]
    logging: Option<Empty>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completions: Option<Empty>,
    extensions: Extensions,
}

impl Capabilities {
    /// `logs`: whether anything can say more than its answer; `completes`: whether anything offers values.
    pub(crate) fn new(logs: bool, completes: bool) -> Self {
        let [logging, completions] = [logs, completes].map(|has| has.then_some(Empty {}));
        let none = Changes::default();
        Capabilities { tools: none, resources: none, prompts: none, logging, completions, extensions: Extensions { ui: Empty {} } }
    }

    /// The same where the client is told of changes, or not.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn telling(self, tells: bool) -> Self {
        let (list, resources) = (Changes { list_changed: tells, subscribe: false }, Changes { list_changed: tells, subscribe: tells });
        Capabilities { tools: list, resources, prompts: list, ..self }
    }
}

/// Whether its changes are told. A Worker has nowhere to keep who listens.
#[derive(Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Changes {
    #[cfg(not(target_family = "wasm"))]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    list_changed: bool,
    #[cfg(not(target_family = "wasm"))]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    subscribe: bool,
}

#[derive(Clone, Copy, Serialize)]
struct Extensions {
    /// MCP Apps. Claude falls back to text where the server does not say this too.
    #[serde(rename = "io.modelcontextprotocol/ui")]
    ui: Empty,
}

#[derive(Clone, Copy, Serialize)]
struct Empty {}

/// The result of `server/discover`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Discovered<'a> {
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
    server_info: ServerInfo<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<&'a str>,
}

impl<'a> Initialized<'a> {
    /// `asked`: the revision that the client would like.
    pub(crate) fn new(about: About<'a>, asked: &str) -> Self {
        let About { info: server_info, instructions, capabilities } = about;
        Initialized { protocol_version: revision::agree(asked), capabilities, server_info, instructions }
    }

    /// What was agreed on.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn revision(&self) -> &'static str {
        self.protocol_version
    }

    /// The same, in a session in which the client is told of changes or not.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn telling(self, tells: bool) -> Self {
        Initialized { capabilities: self.capabilities.telling(tells), ..self }
    }
}
