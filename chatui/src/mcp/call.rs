//! `tools/call`.

use super::{Headers, Params, RequestId, Scene, begin, end, envelope, lacking, sealed, write};
use crate::{
    Error,
    entry::Entry,
    listing::ResultMeta,
    log,
    reply::{Parts, Written},
    revision::Era,
    run::run,
    wire::{Failure, INVALID_PARAMS},
};
use chatui_template::{nearest, shortened};
use serde::Serialize;
use serde_json::value::RawValue;
#[cfg(not(target_family = "wasm"))]
use tracing::Instrument;

pub(super) async fn call(
    scene: Scene<'_>,
    params: &Params<'_>,
    headers: Option<&Headers<'_>>,
    era: Era,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    let table = scene.table;
    let name = Params::text(params.name, "name")?;
    let Some(entry) = table.tool(&name) else {
        scene.enter()?;
        let near = nearest(&name, table.tools().iter().map(|entry| entry.tool.name));
        let near = near.map_or_else(|| "; tools/list names them".to_owned(), |near| format!("; did you mean `{near}`?"));
        return Err(Failure::new(200, INVALID_PARAMS, format!("there is no tool `{}`{near}", shortened(&name))));
    };
    let server = (era == Era::Modern).then_some(&*table.listings.server);
    let user = match scene.admit(entry.tool.access, era) {
        Ok(user) => user,
        Err(lack) if envelope::host(params, headers).is_asked_in_answers() => {
            let parts = scene.ask_to_sign_in(&lack);
            write(out, &CallResult { is_error: true, ..CallResult::of(&parts, entry, server) });
            return Ok(());
        }
        Err(lack) => return Err(scene.refuse(&lack)),
    };
    if let Some(headers) = headers.and_then(|headers| headers.all).filter(|_| era == Era::Modern) {
        envelope::mirrored(entry.tool.params, params.arguments, headers, &table.limits)?;
    }
    let asks = begin(scene, entry.tool.asks, "tools/call", &name, params, user, era)?;
    let context = scene.context(entry.tool.name, entry.tool.lent, params, headers, era, user).with_asking(asks.clone());
    let line = log::Call::begins(entry.tool.name, scene.door.get::<RequestId>().map(|id| id.0.as_str()), scene.platform.now);
    let running = run(table, entry, params.arguments, context, scene.platform);
    #[cfg(not(target_family = "wasm"))]
    let running = running.instrument(log::span(entry.tool.name, params.meta));
    let outcome = running.await;
    let start = out.len();
    let written = match outcome {
        Ok(parts) => {
            write(out, &CallResult::of(&parts, entry, server));
            Ok(())
        }
        Err(error) => end(asks, error, table, out),
    };
    let outcome = written.and_then(|()| {
        sealed(out, start)?;
        match scene.table.limits.hold(out.len() - start) {
            None => Ok(()),
            Some(why) => {
                out.truncate(start);
                Err(Error::tell(why))
            }
        }
    });
    line.ended(outcome.is_ok());
    let Err(error) = outcome else { return Ok(()) };
    if let Some(failure) = lacking(&error, &name, era) {
        return Err(failure);
    }
    let parts = Parts::text(scene.face(error, entry.tool.name));
    write(out, &CallResult { is_error: true, ..CallResult::of(&parts, entry, server) });
    Ok(())
}

/// The result of `tools/call`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CallResult<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    result_type: Option<&'static str>,
    content: Written<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    structured_content: Option<Structured<'a>>,
    is_error: bool,
    #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
    meta: Option<ResultMeta<'a, &'a RawValue>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Structured<'a> {
    Object(&'a RawValue),
    Wrapped { result: &'a RawValue },
}

impl<'a> CallResult<'a> {
    /// `server` is named on modern results only.
    fn of(parts: &'a Parts, entry: &Entry, server: Option<&'a RawValue>) -> Self {
        let structured = parts.structured.as_deref();
        let ui_only = parts.hidden.as_deref();
        let more = (!parts.meta.is_empty()).then_some(&parts.meta);
        let meta = (server.is_some() || ui_only.is_some() || more.is_some()).then_some(ResultMeta { server, ui_only, more });
        let wrap = |json| if entry.wraps { Structured::Wrapped { result: json } } else { Structured::Object(json) };
        CallResult {
            result_type: server.map(|_| "complete"),
            content: Written(&parts.content, structured),
            structured_content: structured.map(wrap),
            is_error: false,
            meta,
        }
    }
}
