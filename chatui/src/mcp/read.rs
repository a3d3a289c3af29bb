//! `resources/read`: the documents of widgets, and what fns hold.

use super::{Headers, Params, Scene, begin, end, envelope, lacking, write};
use crate::{
    content::Body,
    listing::Listed,
    resource::{Found, Reading, Resource},
    revision::Era,
    run::{Clock, Who, guarded},
    state::Lenders,
    wire::{Failure, INTERNAL_ERROR, INVALID_PARAMS},
};
use chatui_template::shortened;
use serde::Serialize;
use serde_json::json;

#[derive(Serialize)]
struct ReadResult<T> {
    contents: [T; 1],
}

pub(super) async fn read(
    scene: Scene<'_>,
    params: &Params<'_>,
    headers: Option<&Headers<'_>>,
    era: Era,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    let uri = Params::text(params.uri, "uri")?;
    if let Some(page) = scene.table.page(&uri) {
        let contents = [page.contents(&uri, envelope::host(params, headers))];
        let is_private = page.differs() || scene.table.is_closed();
        write(out, &Listed::page(era, scene.table.package, is_private, ReadResult { contents }));
        return Ok(());
    }
    let nothing = || nothing(&uri, era);
    let (resource, variables) = scene.table.resource(&uri).ok_or_else(nothing)?;
    let Found(body) = match found(scene, params, headers, resource, (&uri, &variables), era, out).await? {
        Came::Found(found) => found,
        Came::Nothing => return Err(nothing()),
        Came::Asked => return Ok(()),
    };
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Item<'a> {
        uri: &'a str,
        mime_type: &'static str,
        #[serde(flatten)]
        body: Body,
    }
    let item = Item { uri: &uri, mime_type: resource.mime, body };
    let start = out.len();
    write(out, &Listed::changing(era, scene.table.package, ReadResult { contents: [item] }));
    // A failure is written anew, from its start.
    scene.table.limits.hold(out.len() - start).map_or(Ok(()), |why| Err(Failure::new(200, INTERNAL_ERROR, why)))
}

pub(super) fn nothing(uri: &str, era: Era) -> Failure {
    // The code changed with the era (2026-07-28, server/resources).
    let code = if era == Era::Modern { INVALID_PARAMS } else { -32002 };
    Failure::new(200, code, format!("there is no resource `{}`", shortened(uri))).with(json!({ "uri": uri }))
}

/// What comes of reading.
enum Came {
    Found(Found),
    Nothing,
    /// It asks first, and that is written.
    Asked,
}

/// What a resource's fn gives. An address whose variables can't be read holds nothing.
async fn found(
    scene: Scene<'_>,
    params: &Params<'_>,
    headers: Option<&Headers<'_>>,
    resource: &'static Resource,
    (uri, variables): (&str, &[(&'static str, String)]),
    era: Era,
    out: &mut Vec<u8>,
) -> Result<Came, Failure> {
    let user = scene.admit(resource.access, era).map_err(|lack| scene.refuse(&lack))?;
    let asks = begin(scene, resource.asks, "resources/read", uri, params, user, era)?;
    let context = scene.context(resource.name, resource.lent, params, headers, era, user).with_asking(asks.clone());
    let context = Box::new(context);
    let mut fits = true;
    let lenders = Lenders { context: &context, user: context.lent_user(), door: scene.door, app: &scene.table.states };
    let reading = Reading { variables, lenders, fits: &mut fits };
    let who = Who { name: resource.name, place: resource.place, blocking: false };
    let clock = Clock::new(scene.table.limits.timeout_ms, scene.platform).of(context.open_questions());
    let outcome = guarded(who, (resource.read)(reading), clock).await;
    let error = match outcome {
        _ if !fits => return Ok(Came::Nothing),
        Ok(found) => return Ok(found.map_or(Came::Nothing, Came::Found)),
        Err(error) => error,
    };
    match end(asks, error, scene.table, out) {
        Ok(()) => Ok(Came::Asked),
        Err(error) => {
            Err(lacking(&error, resource.name, era).unwrap_or_else(|| Failure::new(200, INTERNAL_ERROR, scene.face(error, resource.name))))
        }
    }
}
