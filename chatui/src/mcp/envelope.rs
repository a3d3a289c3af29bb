//! Which era a message is of, and whether its envelope is in order. The rungs and their order are those of the
//! specification (2026-07-28, basic/versioning and basic/transports/streamable-http); the first that fails answers.

use super::Params;
use crate::{
    header::decode,
    host::Host,
    item::Slot,
    limits::Limits,
    revision::{self, Era},
    wire::{Failure, INVALID_PARAMS, INVALID_REQUEST, present, string},
};
use http::HeaderMap;
use serde::Deserialize;
use serde_json::{json, value::RawValue};
use std::borrow::Cow;

const HEADER_MISMATCH: i32 = -32020;
const UNSUPPORTED_VERSION: i32 = -32022;
pub(crate) const VERSION_KEY: &str = "io.modelcontextprotocol/protocolVersion";
pub(crate) const CAPABILITIES_KEY: &str = "io.modelcontextprotocol/clientCapabilities";

/// The standard headers of a request and its sender, trimmed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Headers<'a> {
    pub(crate) version: Option<&'a str>,
    pub(crate) method: Option<&'a str>,
    pub(crate) name: Option<&'a str>,
    pub(crate) agent: Option<&'a str>,
    /// These and the others.
    pub(crate) all: Option<&'a HeaderMap>,
}

/// What a modern request says about itself in `_meta`.
#[derive(Deserialize, Default)]
struct Claim<'a> {
    #[serde(borrow, default, rename = "io.modelcontextprotocol/protocolVersion", deserialize_with = "present")]
    version: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "io.modelcontextprotocol/clientCapabilities", deserialize_with = "present")]
    capabilities: Option<&'a RawValue>,
}

impl<'a> Claim<'a> {
    /// # Errors
    ///
    /// A `_meta` that says one of these twice.
    fn of(params: &Params<'a>) -> Result<Option<Self>, Failure> {
        let Some(meta) = params.meta else { return Ok(None) };
        let claim: Claim<'a> = serde_json::from_str(meta.get()).map_err(|_| lacks(VERSION_KEY))?;
        Ok(claim.version.is_some().then_some(claim))
    }

    fn version(&self) -> Option<Cow<'a, str>> {
        self.version.and_then(string)
    }

    fn has_capabilities(&self) -> bool {
        self.capabilities.is_some_and(|json| json.get().starts_with('{'))
    }
}

pub(crate) fn era_of_request(method: &str, params: &Params<'_>, headers: Option<&Headers<'_>>) -> Result<Era, Failure> {
    let named = headers.and_then(|headers| headers.version);
    let claim = Claim::of(params)?;
    if method == "initialize" {
        let valid = |claim: &Claim<'_>| claim.has_capabilities() && claim.version().is_some_and(|version| revision::is_modern(&version));
        if !claim.as_ref().is_some_and(valid) {
            return match named {
                Some(version) if revision::is_modern(version) => {
                    Err(mismatch("`MCP-Protocol-Version` names a revision that has no `initialize`"))
                }
                _ => Ok(Era::Legacy),
            };
        }
    }
    match claim {
        Some(claim) => modern(method, params, &claim, headers).map(|()| Era::Modern),
        None => legacy(named),
    }
}

/// Whether a message says by itself of which revision it is, be it wrongly.
pub(crate) fn is_claimed(params: &Params<'_>) -> bool {
    params.check().and_then(|()| Claim::of(params)).is_ok_and(|claim| claim.is_some())
}

/// Who asks, as far as the request says.
pub(crate) fn host(params: &Params<'_>, headers: Option<&Headers<'_>>) -> Host {
    #[derive(Deserialize)]
    struct Sender<'a> {
        #[serde(borrow, rename = "io.modelcontextprotocol/clientInfo")]
        client: Client<'a>,
    }
    #[derive(Deserialize)]
    struct Client<'a> {
        #[serde(borrow)]
        name: Cow<'a, str>,
    }
    let sender = params.meta.and_then(|meta| serde_json::from_str::<Sender<'_>>(meta.get()).ok());
    Host::of(headers.and_then(|headers| headers.agent), sender.as_ref().map(|sender| &*sender.client.name))
}

pub(crate) fn check_notification(params: &Params<'_>, headers: Option<&Headers<'_>>) -> Result<(), Failure> {
    let named = headers.and_then(|headers| headers.version);
    match (Claim::of(params)?.and_then(|claim| claim.version()), named) {
        (Some(claimed), Some(named)) if claimed != named => Err(version_mismatch(named, &claimed)),
        _ => Ok(()),
    }
}

fn legacy(named: Option<&str>) -> Result<Era, Failure> {
    match named {
        Some(version) if revision::is_modern(version) => Err(lacks(VERSION_KEY)),
        Some(version) if revision::era(version).is_none() => {
            let known = revision::names(Era::Modern).chain(revision::names(Era::Legacy)).collect::<Vec<_>>().join(", ");
            let message = format!("unknown revision `{version}` in `MCP-Protocol-Version`; this server speaks {known}");
            Err(Failure::new(400, INVALID_REQUEST, message))
        }
        _ => Ok(Era::Legacy),
    }
}

fn modern(method: &str, params: &Params<'_>, claim: &Claim<'_>, headers: Option<&Headers<'_>>) -> Result<(), Failure> {
    let Some(version) = claim.version() else { return Err(lacks(VERSION_KEY)) };
    if !claim.has_capabilities() {
        return Err(lacks(CAPABILITIES_KEY));
    }
    if let Some(named) = headers.and_then(|headers| headers.version)
        && named != version
    {
        return Err(version_mismatch(named, &version));
    }
    if let Some(named) = headers.and_then(|headers| headers.method)
        && named != method
    {
        return Err(mismatch(format!("`Mcp-Method` is `{named}`, the body's method `{method}`")));
    }
    if revision::era(&version) != Some(Era::Modern) {
        let supported: Vec<_> = revision::names(Era::Modern).collect();
        let message = format!("unsupported revision `{version}`; this server speaks {}", supported.join(", "));
        return Err(Failure::new(400, UNSUPPORTED_VERSION, message).with(json!({ "supported": supported, "requested": version })));
    }
    headers.map_or(Ok(()), |headers| standard_headers(method, params, headers))
}

/// That they are there; what they say was compared before, but for the name.
fn standard_headers(method: &str, params: &Params<'_>, headers: &Headers<'_>) -> Result<(), Failure> {
    if headers.version.is_none() {
        return Err(mismatch("the header `MCP-Protocol-Version` is missing"));
    }
    if headers.method.is_none() {
        return Err(mismatch("the header `Mcp-Method` is missing"));
    }
    let (member, key) = match method {
        "tools/call" | "prompts/get" => (params.name, "name"),
        "resources/read" => (params.uri, "uri"),
        _ => return Ok(()),
    };
    let Some(sent) = headers.name else { return Err(mismatch("the header `Mcp-Name` is missing")) };
    let Some(named) = decode(sent) else { return Err(mismatch(format!("the header `Mcp-Name` can't be decoded: `{sent}`"))) };
    match member.and_then(string) {
        Some(value) if value != named => Err(mismatch(format!("`Mcp-Name` is `{named}`, the body's `params.{key}` `{value}`"))),
        _ => Ok(()),
    }
}

/// Whether arguments that travel in headers too say the same there.
pub(crate) fn mirrored(slots: &[Slot], arguments: Option<&RawValue>, headers: &HeaderMap, limits: &Limits) -> Result<(), Failure> {
    let mut slots = slots.iter().filter_map(|slot| Some((slot.key, slot.header?))).peekable();
    // What is too large is told by what reads the arguments.
    let arguments = arguments.map_or("{}", RawValue::get);
    if slots.peek().is_none() || limits.take(arguments).is_err() {
        return Ok(());
    }
    let differs = slots.find_map(|(key, header)| (header.differs)(header, key, arguments, headers));
    differs.map_or(Ok(()), |why| Err(mismatch(why)))
}

fn lacks(key: &str) -> Failure {
    Failure::new(400, INVALID_PARAMS, format!("`params._meta` lacks a proper `{key}`")).with(json!({ "missing": key }))
}

fn version_mismatch(header: &str, body: &str) -> Failure {
    mismatch(format!("`MCP-Protocol-Version` is `{header}`, the body's revision `{body}`"))
}

fn mismatch(message: impl Into<Cow<'static, str>>) -> Failure {
    Failure::new(400, HEADER_MISMATCH, message)
}
