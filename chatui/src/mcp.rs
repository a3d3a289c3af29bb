//! The methods of MCP for a server of tools and resources.

mod envelope;
pub(crate) mod listing;
mod revision;

pub(crate) use envelope::Headers;
pub(crate) use revision::Era;

use crate::{
    args::Arguments,
    context::Context,
    reply::{Parts, Text},
    rpc::{Failure, INVALID_PARAMS, METHOD_NOT_FOUND, present},
    table::{Entry, Table},
    tool::{Call, Package},
    widget::Contents,
};
use serde::{Deserialize, Serialize};
use serde_json::{json, value::RawValue};
use std::{borrow::Cow, sync::Arc};

/// The members of `params` that any method here reads, values unread.
#[derive(Deserialize, Default)]
pub(crate) struct Params<'a> {
    #[serde(borrow, default, rename = "_meta")]
    meta: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    name: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    uri: Option<&'a RawValue>,
    #[serde(borrow, default)]
    arguments: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "protocolVersion", deserialize_with = "present")]
    version: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    cursor: Option<&'a RawValue>,
}

impl<'a> Params<'a> {
    fn read(json: Option<&'a RawValue>) -> Result<Self, Failure> {
        let Some(json) = json else { return Ok(Params::default()) };
        serde_json::from_str(json.get()).map_err(|_| Failure::new(200, INVALID_PARAMS, "`params` must be an object"))
    }

    /// A string that the method cannot do without.
    fn text(member: Option<&'a RawValue>, key: &str) -> Result<Cow<'a, str>, Failure> {
        let wanted = || Failure::new(200, INVALID_PARAMS, format!("`params.{key}` must be a string"));
        string(member.ok_or_else(wanted)?).ok_or_else(wanted)
    }
}

/// A JSON string, borrowed unless it is escaped.
fn string(json: &RawValue) -> Option<Cow<'_, str>> {
    #[derive(Deserialize)]
    struct Text<'a>(#[serde(borrow)] Cow<'a, str>);
    serde_json::from_str(json.get()).ok().map(|Text(text)| text)
}

/// Answers a request by writing its result into `out`.
pub(crate) async fn request(
    table: &Arc<Table>,
    method: &str,
    params: Option<&RawValue>,
    headers: Option<Headers<'_>>,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    let params = Params::read(params)?;
    let era = envelope::era_of_request(method, &params, headers.as_ref())?;
    let listings = &table.listings;
    match (method, era) {
        ("tools/call", _) => return call(table, &params, era, out).await,
        ("initialize", Era::Legacy) => write(out, &listing::Initialized::new(table, &params)),
        ("ping", Era::Legacy) => out.extend_from_slice(b"{}"),
        ("server/discover", Era::Modern) => copy(out, &listings.discover),
        ("tools/list", _) => list(&params, out, listings.tools.of(era))?,
        ("resources/list", _) => list(&params, out, listings.resources.of(era))?,
        ("resources/templates/list", _) => list(&params, out, listings.templates.of(era))?,
        ("resources/read", _) => read(table, &params, era, out)?,
        _ => {
            let status = if era == Era::Modern { 404 } else { 200 };
            return Err(Failure::new(status, METHOD_NOT_FOUND, format!("there is no method `{method}` in this revision of the protocol")));
        }
    }
    Ok(())
}

/// Looks a notification over. None asks for anything from a server without sessions.
pub(crate) fn notification(params: Option<&RawValue>, headers: Option<Headers<'_>>) -> Result<(), Failure> {
    envelope::check_notification(&Params::read(params)?, headers.as_ref())
}

fn copy(out: &mut Vec<u8>, json: &RawValue) {
    out.extend_from_slice(json.get().as_bytes());
}

fn write(out: &mut Vec<u8>, value: &impl Serialize) {
    // Into memory, and of types that are always JSON: there is nothing that could fail.
    let _ = serde_json::to_writer(out, value);
}

/// There is one page, so there is no cursor that this server gave.
fn list(params: &Params<'_>, out: &mut Vec<u8>, json: &RawValue) -> Result<(), Failure> {
    if params.cursor.is_some() {
        return Err(Failure::new(200, INVALID_PARAMS, "unknown `cursor`; the list has one page, ask without a cursor"));
    }
    copy(out, json);
    Ok(())
}

async fn call(table: &Arc<Table>, params: &Params<'_>, era: Era, out: &mut Vec<u8>) -> Result<(), Failure> {
    let name = Params::text(params.name, "name")?;
    let Some(entry) = table.tool(&name) else {
        let near = chatui_template::nearest(&name, table.tools().iter().map(|entry| entry.tool.name));
        let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
        return Err(Failure::new(200, INVALID_PARAMS, format!("there is no tool `{name}`{near}")));
    };
    let tool = entry.tool;
    let context = Box::new(Context::new(table, params.meta));
    let outcome = match Arguments::split(params.arguments, tool.params) {
        Ok(arguments) => {
            let arguments = arguments.against(&entry.input);
            (tool.call)(Call { arguments, context: &context, states: &table.states }).await
        }
        Err(error) => Err(error),
    };
    let server = (era == Era::Modern).then_some(table.package);
    match outcome {
        Ok(parts) => write(out, &CallResult::of(&parts, entry, server)),
        Err(error) => write(out, &CallResult::failed(&error.face(tool.name), server)),
    }
    Ok(())
}

/// The result of `tools/call`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CallResult<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    result_type: Option<&'static str>,
    content: [TextBlock<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    structured_content: Option<Structured<'a>>,
    is_error: bool,
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    meta: Option<ResultMeta<'a>>,
}

#[derive(Serialize)]
struct TextBlock<'a> {
    r#type: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Structured<'a> {
    Object(&'a RawValue),
    Wrapped { result: &'a RawValue },
}

#[derive(Serialize)]
pub(crate) struct ResultMeta<'a> {
    #[serde(rename = "io.modelcontextprotocol/serverInfo", skip_serializing_if = "Option::is_none")]
    server: Option<Package>,
    /// The `#[ui_only]` fields, which the bridge puts back beside the others. Hosts show `_meta` to no model.
    #[serde(rename = "chatui/uiOnly", skip_serializing_if = "Option::is_none")]
    ui_only: Option<&'a RawValue>,
}

impl<'a> CallResult<'a> {
    /// `server` is named on modern results only.
    fn of(parts: &'a Parts, entry: &Entry, server: Option<Package>) -> Self {
        let structured = parts.structured.as_deref();
        let text = match (&parts.text, structured) {
            (Text::Sentence(text), _) => text,
            (Text::Structured, Some(json)) => json.get(),
            (Text::Structured, None) => "",
        };
        let wrap = |json| if entry.wraps { Structured::Wrapped { result: json } } else { Structured::Object(json) };
        CallResult::new(text, structured.map(wrap), false, server, parts.hidden.as_deref())
    }

    fn failed(text: &'a str, server: Option<Package>) -> Self {
        CallResult::new(text, None, true, server, None)
    }

    fn new(
        text: &'a str,
        structured_content: Option<Structured<'a>>,
        is_error: bool,
        server: Option<Package>,
        ui_only: Option<&'a RawValue>,
    ) -> Self {
        let meta = (server.is_some() || ui_only.is_some()).then_some(ResultMeta { server, ui_only });
        let content = [TextBlock { r#type: "text", text }];
        CallResult { result_type: server.map(|_| "complete"), content, structured_content, is_error, meta }
    }
}

fn read(table: &Table, params: &Params<'_>, era: Era, out: &mut Vec<u8>) -> Result<(), Failure> {
    let uri = Params::text(params.uri, "uri")?;
    let Some(page) = table.page(&uri) else {
        // The code changed with the era (2026-07-28, server/resources).
        let code = if era == Era::Modern { INVALID_PARAMS } else { -32002 };
        return Err(Failure::new(200, code, format!("there is no resource `{uri}`")).with(json!({ "uri": uri })));
    };
    #[derive(Serialize)]
    struct Read<'a> {
        contents: [Contents<'a>; 1],
    }
    write(out, &listing::Listed::new(era, table.package, Read { contents: [page.contents(&uri)] }));
    Ok(())
}
