//! `tools/call`.

use super::{Headers, Params, RequestId, Scene, begin, end, envelope, lacking, sealed, write};
use crate::{
    Error,
    entry::Entry,
    listing::ResultMeta,
    log,
    reply::Parts,
    revision::Era,
    run::run,
    wire::{Failure, INVALID_PARAMS},
};
use chatui_template::{nearest, shortened};
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
            CallResult::of(parts, entry, server).error().write(out);
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
        Ok(parts) => match table.limits.hold_back(parts.least()) {
            None => {
                CallResult::of(parts, entry, server).write(out);
                Ok(())
            }
            // What is not sent is not written.
            Some(why) => Err(Error::tell(why)),
        },
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
    CallResult::of(parts, entry, server).error().write(out);
    Ok(())
}

/// The result of `tools/call`.
struct CallResult<'a> {
    parts: Parts,
    /// Structured data that is no object stands in one.
    wraps: bool,
    is_error: bool,
    /// Named on modern results only.
    server: Option<&'a RawValue>,
}

impl<'a> CallResult<'a> {
    fn of(parts: Parts, entry: &Entry, server: Option<&'a RawValue>) -> Self {
        CallResult { parts, wraps: entry.wraps, is_error: false, server }
    }

    fn error(self) -> Self {
        CallResult { is_error: true, ..self }
    }

    fn write(self, out: &mut Vec<u8>) {
        let Parts { content, structured, hidden, meta } = self.parts;
        let (server, structured) = (self.server, structured.as_deref());
        out.extend_from_slice(if server.is_some() { br#"{"resultType":"complete","content":"# } else { br#"{"content":"# });
        content.write(structured, out);
        if let Some(json) = structured {
            let (opens, closes): (&[u8], &[u8]) = if self.wraps { (br#"{"result":"#, b"}") } else { (b"", b"") };
            for part in [br#","structuredContent":"#, opens, json.get().as_bytes(), closes] {
                out.extend_from_slice(part);
            }
        }
        out.extend_from_slice(if self.is_error { br#","isError":true"# } else { br#","isError":false"# });
        let meta = ResultMeta { server, ui_only: hidden.as_deref(), more: (!meta.is_empty()).then_some(&meta) };
        if meta.server.is_some() || meta.ui_only.is_some() || meta.more.is_some() {
            out.extend_from_slice(br#","_meta":"#);
            write(out, &meta);
        }
        out.push(b'}');
    }
}
