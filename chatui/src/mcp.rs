//! The methods of MCP for a server of tools and resources.

mod envelope;

pub(crate) use envelope::Headers;

use crate::{
    Error,
    access::{Access, Lack},
    asking::{Asks, Ground, Questions},
    content::Body,
    context::Context,
    entry::Entry,
    events::Events,
    item::Package,
    listing::{Initialized, Listed, ResultMeta},
    log,
    platform::Platform,
    reply::{Parts, Written},
    resource::{Found, Reading, Resource},
    revision::Era,
    run::{Clock, Who, guarded, run},
    secrets,
    server::Server,
    state::{Lenders, States},
    table::Table,
    user::User,
    wire::{Failure, INTERNAL_ERROR, INVALID_PARAMS, METHOD_NOT_FOUND, MISSING_CAPABILITY, present, string},
};
use chatui_template::{nearest, shortened};
use serde::{Deserialize, Serialize};
use serde_json::{json, value::RawValue};
#[cfg(not(target_family = "wasm"))]
use std::sync::{Mutex, PoisonError};
use std::{borrow::Cow, sync::Arc};

/// Where a request is answered: the app, what the platform and the door lend, and where a call can speak before it ends.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) table: &'a Arc<Table>,
    pub(crate) platform: &'static Platform,
    /// What the door lends to this request's tools.
    pub(crate) door: &'a Arc<States>,
    pub(crate) events: Option<&'a Events>,
    /// Who asks, as far as that is verified.
    pub(crate) user: Option<&'a User>,
}

/// What the platform calls this request, for the log; lent by the door.
pub(crate) struct RequestId(pub(crate) String);

/// What an error kept from the model, for a test; lent by the door.
#[cfg(not(target_family = "wasm"))]
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<Mutex<Option<String>>>);

#[cfg(not(target_family = "wasm"))]
impl Kept {
    pub(crate) fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<'a> Scene<'a> {
    pub(crate) fn of(server: &'a Server, user: Option<&'a User>, events: Option<&'a Events>) -> Self {
        // Who sits at the door needs no token.
        let user = user.or_else(|| server.door.get::<User>());
        Scene { table: &server.table, platform: server.platform, door: &server.door, events, user }
    }

    /// As whom the caller may call this.
    fn admit(&self, access: Access, era: Era) -> Result<Option<&'a User>, Lack> {
        let Some(guard) = &self.table.guard else { return Ok(self.user) };
        guard.admit(access, self.user).map_err(|lack| if era == Era::Legacy { guard.keeping(lack, self.user) } else { lack })
    }

    /// Whether the caller gets what belongs to no tool.
    fn enter(&self) -> Result<(), Failure> {
        let entered = self.table.guard.as_ref().map_or(Ok(()), |guard| guard.enter(self.user));
        entered.map_err(|lack| self.refuse(&lack))
    }

    /// What a client is told that lacks something.
    pub(crate) fn refuse(&self, lack: &Lack) -> Failure {
        let status = lack.status();
        // The codes of JSON-RPC have none for it; of those that are free, HTTP's is the one that everybody knows.
        let failure = Failure::new(status, i32::from(status), lack.says());
        let challenge = self.table.guard.as_ref().filter(|_| status != 503).map(|guard| guard.with(guard.challenge(lack, false).into()));
        Failure { challenge, ..failure }
    }

    /// The same as the answer of a tool, from which ChatGPT shows its user where to sign in.
    fn ask_to_sign_in(&self, lack: &Lack) -> Parts {
        let mut parts = Parts::text(lack.says());
        if let Some(guard) = &self.table.guard {
            parts.meta.insert("mcp/www_authenticate".into(), json!([guard.challenge(lack, true)]));
        }
        parts
    }

    /// What the client reads of an error.
    fn face(&self, error: Error, whose: &str) -> String {
        // What is told may quote what is not to be.
        let error = if error.told().is_some_and(|told| secrets::leaks(told.as_bytes())) { leak() } else { error };
        #[cfg(not(target_family = "wasm"))]
        if error.told().is_none()
            && error.lacks().is_none()
            && let Some(Kept(kept)) = self.door.get::<Kept>()
        {
            *kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.to_string());
        }
        error.face(whose)
    }
}

/// The members of `params` that any method here reads, values unread.
#[derive(Deserialize, Default)]
pub(crate) struct Params<'a> {
    /// All of it, for what only some read.
    #[serde(skip)]
    whole: Option<&'a RawValue>,
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
        // serde would take an array for an object's members in their order.
        let is_object = |json: &RawValue| json.get().starts_with('{');
        let params: Params<'a> = serde_json::from_str(json.get())
            .ok()
            .filter(|_| is_object(json))
            .ok_or_else(|| Failure::new(200, INVALID_PARAMS, "`params` must be an object, with each member once"))?;
        match params.meta {
            Some(meta) if !is_object(meta) => Err(Failure::new(200, INVALID_PARAMS, "`params._meta` must be an object")),
            _ => Ok(Params { whole: Some(json), ..params }),
        }
    }

    /// A string that the method cannot do without.
    fn text(member: Option<&'a RawValue>, key: &str) -> Result<Cow<'a, str>, Failure> {
        let wanted = || Failure::new(200, INVALID_PARAMS, format!("`params.{key}` must be a string"));
        string(member.ok_or_else(wanted)?).ok_or_else(wanted)
    }
}

/// Answers a request by writing its result into `out`.
pub(crate) async fn request(
    scene: Scene<'_>,
    method: &str,
    params: Option<&RawValue>,
    headers: Option<Headers<'_>>,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    // What a call lacks may have to be said in its answer.
    if method != "tools/call" {
        scene.enter()?;
    }
    let params = Params::read(params)?;
    let era = envelope::era_of_request(method, &params, headers.as_ref())?;
    let table = scene.table;
    let listings = &table.listings;
    let start = out.len();
    match (method, era) {
        ("tools/call", _) => return call(scene, &params, headers.as_ref(), era, out).await,
        ("resources/read", _) => read(scene, &params, headers.as_ref(), era, out).await?,
        ("initialize", Era::Legacy) => write(out, &initialized(table, &params)),
        ("ping", Era::Legacy) => out.extend_from_slice(b"{}"),
        ("server/discover", Era::Modern) => copy(out, &listings.discover),
        ("tools/list", _) => list(&params, out, listings.tools.of(era))?,
        ("resources/list", _) => list(&params, out, listings.resources.of(envelope::host(&params, headers.as_ref())).of(era))?,
        ("resources/templates/list", _) => list(&params, out, listings.templates.of(era))?,
        ("prompts/list", _) => list(&params, out, listings.prompts.of(era))?,
        ("prompts/get", _) => {
            let name = Params::text(params.name, "name")?;
            return Err(Failure::new(200, INVALID_PARAMS, format!("there is no prompt `{}`", shortened(&name))));
        }
        _ => {
            let status = if era == Era::Modern { 404 } else { 200 };
            let method = shortened(method);
            return Err(Failure::new(status, METHOD_NOT_FOUND, format!("there is no method `{method}` in this revision of the protocol")));
        }
    }
    sealed(out, start).map_err(|error| Failure::new(200, INTERNAL_ERROR, scene.face(error, method)))
}

fn initialized<'a>(table: &'a Table, params: &Params<'_>) -> Initialized<'a> {
    let asked = params.version.and_then(string).unwrap_or_default();
    Initialized::new(table.package, table.instructions.as_deref(), &asked)
}

/// Looks a notification over. None asks for anything from a server without sessions.
pub(crate) fn notification(scene: Scene<'_>, params: Option<&RawValue>, headers: Option<Headers<'_>>) -> Result<(), Failure> {
    scene.enter()?;
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

async fn call(scene: Scene<'_>, params: &Params<'_>, headers: Option<&Headers<'_>>, era: Era, out: &mut Vec<u8>) -> Result<(), Failure> {
    let table = scene.table;
    let name = Params::text(params.name, "name")?;
    let Some(entry) = table.tool(&name) else {
        scene.enter()?;
        let near = nearest(&name, table.tools().iter().map(|entry| entry.tool.name));
        let near = near.map_or_else(|| "; tools/list names them".to_owned(), |near| format!("; did you mean `{near}`?"));
        return Err(Failure::new(200, INVALID_PARAMS, format!("there is no tool `{}`{near}", shortened(&name))));
    };
    let server = (era == Era::Modern).then_some(table.package);
    let user = match scene.admit(entry.tool.access, era) {
        Ok(user) => user,
        Err(lack) if envelope::host(params, headers).is_asked_in_answers() => {
            let parts = scene.ask_to_sign_in(&lack);
            write(out, &CallResult { is_error: true, ..CallResult::of(&parts, entry, server) });
            return Ok(());
        }
        Err(lack) => return Err(scene.refuse(&lack)),
    };
    let asks = begin(scene, entry.tool.asks, "tools/call", &name, params, user, era)?;
    let context = Context::new(table, entry.tool.name, params.meta, scene.events, scene.door).by(user).with_asking(asks.clone());
    let line = log::Call::begins(entry.tool.name, scene.door.get::<RequestId>().map(|id| id.0.as_str()), scene.platform.now);
    let outcome = run(table, entry, params.arguments, context, scene.platform).await;
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

/// What a call that may ask brings with it.
fn begin(
    scene: Scene<'_>,
    asks: Option<&'static Asks>,
    method: &'static str,
    name: &str,
    params: &Params<'_>,
    user: Option<&User>,
    era: Era,
) -> Result<Option<Arc<dyn Questions>>, Failure> {
    let Some(asks) = asks else { return Ok(None) };
    let (table, door, events) = (scene.table, scene.door, scene.events);
    let ground = Ground { era, method, name, params: params.whole, user, door, events, keys: &table.keys, limits: &table.limits };
    (asks.begin)(&ground).map(Some)
}

/// Writes what a call needs before it can end, if that is what its error says.
fn end(asks: Option<Arc<dyn Questions>>, error: Error, table: &Table, out: &mut Vec<u8>) -> Result<(), Error> {
    match asks {
        Some(asks) => asks.end(error, table.package, out),
        None => Err(error),
    }
}

/// Takes back what was written since `start` if it holds a registered secret.
fn sealed(out: &mut Vec<u8>, start: usize) -> Result<(), Error> {
    if !secrets::leaks(&out[start..]) {
        return Ok(());
    }
    out.truncate(start);
    Err(leak())
}

fn leak() -> Error {
    Error::keep("there was a registered secret in the answer, of which nothing is sent")
}

/// What a client is told that lacks a capability; before 2026-07-28 there was no code for it.
fn lacking(error: &Error, name: &str, era: Era) -> Option<Failure> {
    let capability = error.lacks().filter(|_| era == Era::Modern)?;
    let needed = capability.rsplit('.').fold(json!({}), |within, part| json!({ part: within }));
    let needed = json!({ "requiredCapabilities": needed });
    Some(Failure::new(400, MISSING_CAPABILITY, format!("`{name}` needs a client with `{capability}`")).with(needed))
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
    meta: Option<ResultMeta<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Structured<'a> {
    Object(&'a RawValue),
    Wrapped { result: &'a RawValue },
}

impl<'a> CallResult<'a> {
    /// `server` is named on modern results only.
    fn of(parts: &'a Parts, entry: &Entry, server: Option<Package>) -> Self {
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

#[derive(Serialize)]
struct ReadResult<T> {
    contents: [T; 1],
}

async fn read(scene: Scene<'_>, params: &Params<'_>, headers: Option<&Headers<'_>>, era: Era, out: &mut Vec<u8>) -> Result<(), Failure> {
    let uri = Params::text(params.uri, "uri")?;
    if let Some(page) = scene.table.page(&uri) {
        let contents = [page.contents(&uri, envelope::host(params, headers))];
        let is_private = page.differs() || scene.table.is_closed();
        write(out, &Listed::page(era, scene.table.package, is_private, ReadResult { contents }));
        return Ok(());
    }
    let nothing = || {
        // The code changed with the era (2026-07-28, server/resources).
        let code = if era == Era::Modern { INVALID_PARAMS } else { -32002 };
        Failure::new(200, code, format!("there is no resource `{}`", shortened(&uri))).with(json!({ "uri": uri }))
    };
    let (resource, variables) = scene.table.resource(&uri).ok_or_else(nothing)?;
    let Found(body) = match found(scene, params, resource, (&uri, &variables), era, out).await? {
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
    resource: &'static Resource,
    (uri, variables): (&str, &[(&'static str, String)]),
    era: Era,
    out: &mut Vec<u8>,
) -> Result<Came, Failure> {
    let user = scene.admit(resource.access, era).map_err(|lack| scene.refuse(&lack))?;
    let asks = begin(scene, resource.asks, "resources/read", uri, params, user, era)?;
    let context = Context::new(scene.table, resource.name, params.meta, None, scene.door).by(user).with_asking(asks.clone());
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
