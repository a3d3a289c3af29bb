//! The methods of MCP for a server of tools and resources.

mod call;
mod completion;
mod envelope;
#[cfg(not(target_family = "wasm"))]
mod listen;
mod params;
mod prompts;
mod read;

pub use completion::COMPLETE;
#[cfg(not(target_family = "wasm"))]
pub(crate) use envelope::{CAPABILITIES_KEY, VERSION_KEY};
pub(crate) use envelope::{Headers, is_claimed};
#[cfg(not(target_family = "wasm"))]
pub(crate) use listen::notice;
pub(crate) use params::Params;
pub use prompts::GET_PROMPT;

#[cfg(not(target_family = "wasm"))]
use crate::session::Session;
use crate::{
    Error,
    about::Initialized,
    access::{Access, Lack},
    asking::{Asks, Ground, Questions},
    context::{Caller, Context},
    events::Events,
    item::Lent,
    json::write,
    level::Level,
    listing::Pages,
    platform::Platform,
    reply::Parts,
    revision::{self, Era},
    secrets,
    server::Server,
    state::States,
    table::Table,
    task::Task,
    user::User,
    wire::{Failure, INTERNAL_ERROR, INVALID_PARAMS, METHOD_NOT_FOUND, MISSING_CAPABILITY, string},
};
use chatui_template::shortened;
use serde_json::{json, value::RawValue};
use std::sync::Arc;
#[cfg(not(target_family = "wasm"))]
use std::sync::{Mutex, PoisonError};

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
    /// What the client has agreed on before, where the door has sessions.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) session: Option<&'a Session>,
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
        Scene {
            table: &server.table,
            platform: server.platform,
            door: &server.door,
            events,
            user,
            #[cfg(not(target_family = "wasm"))]
            session: server.door.get::<Arc<Session>>().map(|session| &**session),
        }
    }

    /// The call of something that borrows `lent`.
    fn context(
        &self,
        whose: &'static str,
        lent: &[Lent],
        params: &Params<'_>,
        headers: Option<&Headers<'_>>,
        era: Era,
        user: Option<&User>,
    ) -> Context {
        // Copied for who can look at it.
        let hears = self.table.speaks && self.table.hears(lent);
        let (meta, events) = (params.meta.filter(|_| hears), self.events.filter(|_| hears));
        let headers = headers.and_then(|headers| headers.all).filter(|_| hears);
        let caller = Caller { whose, era, meta, headers, events, level: self.level(), user, door: self.door };
        Context::new(self.table, &caller)
    }

    /// What an older client wants to hear.
    fn level(&self) -> Level {
        #[cfg(not(target_family = "wasm"))]
        if let Some(session) = self.session {
            return session.level.get();
        }
        Level::UNASKED
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

/// Whether a message may be one of several in an array.
pub(crate) fn takes_batches(scene: Scene<'_>, headers: Option<Headers<'_>>) -> bool {
    let revision = headers.and_then(|headers| headers.version);
    #[cfg(not(target_family = "wasm"))]
    let revision = revision.or_else(|| scene.session?.revision());
    #[cfg(target_family = "wasm")]
    let _ = scene;
    // Who says nothing is of that revision too (MCP 2025-06-18, basic/transports, "Protocol Version Header").
    revision.is_none_or(revision::has_batches)
}

/// Answers a request by writing its result into `out`.
#[cfg_attr(target_family = "wasm", allow(unused_variables, reason = "nobody listens"))]
pub(crate) async fn request(
    scene: Scene<'_>,
    id: &RawValue,
    method: &str,
    params: &Params<'_>,
    headers: Option<Headers<'_>>,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    // What a call lacks may have to be said in its answer.
    if method != "tools/call" {
        scene.enter()?;
    }
    params.check()?;
    let era = envelope::era_of_request(method, params, headers.as_ref())?;
    let table = scene.table;
    let listings = &table.listings;
    let start = out.len();
    match (method, era) {
        ("tools/call", _) => return call::call(scene, params, headers.as_ref(), era, out).await,
        ("resources/read", _) => read::read(scene, params, headers.as_ref(), era, out).await?,
        ("initialize", Era::Legacy) => write(out, &initialized(scene, params)),
        ("ping", Era::Legacy) => out.extend_from_slice(b"{}"),
        ("logging/setLevel", Era::Legacy) if table.speaks => {
            set_level(scene, params)?;
            out.extend_from_slice(b"{}");
        }
        ("server/discover", Era::Modern) => copy(out, &listings.discover),
        ("tools/list", _) => list(params, out, &listings.tools, era)?,
        ("resources/list", _) => list(params, out, listings.resources.of(envelope::host(params, headers.as_ref())), era)?,
        ("resources/templates/list", _) => list(params, out, &listings.templates, era)?,
        ("prompts/list", _) => list(params, out, &listings.prompts, era)?,
        #[cfg(not(target_family = "wasm"))]
        ("subscriptions/listen", Era::Modern) => match &table.handle {
            Some(handle) => listen::listen(scene, handle, id, params.whole(), out).await?,
            None => return Err(no_method(method, era)),
        },
        #[cfg(not(target_family = "wasm"))]
        ("resources/subscribe" | "resources/unsubscribe", Era::Legacy) if table.handle.is_some() => {
            listen::subscribe(scene, params, method == "resources/subscribe")?;
            out.extend_from_slice(b"{}");
        }
        _ => match inventory::iter::<Method>.into_iter().find(|known| known.name == method) {
            Some(Method { answer, .. }) => answer(Asked { scene, params, headers: headers.as_ref(), era, out }).await?,
            None => return Err(unknown(method, params, era)?),
        },
    }
    sealed(out, start).map_err(|error| Failure::new(200, INTERNAL_ERROR, scene.face(error, method)))
}

/// Kept where there is a session. Without one the level is the same for all, and who asks for another is not told so: clients take
/// an error here for a broken server.
#[cfg_attr(target_family = "wasm", allow(unused_variables, reason = "there are no sessions"))]
fn set_level(scene: Scene<'_>, params: &Params<'_>) -> Result<(), Failure> {
    let name = Params::text(params.level, "level")?;
    let unknown =
        || Failure::new(200, INVALID_PARAMS, format!("there is no level `{}`; the levels are {}", shortened(&name), Level::names()));
    let level = Level::named(&name).ok_or_else(unknown)?;
    #[cfg(not(target_family = "wasm"))]
    if let Some(session) = scene.session {
        session.level.set(level);
    }
    Ok(())
}

/// A method that not every app has: submitted by the items that need it, so that the others have nothing of it.
#[doc(hidden)]
pub struct Method {
    name: &'static str,
    answer: for<'a> fn(Asked<'a>) -> Task<'a, Result<(), Failure>>,
}

inventory::collect!(Method);

/// What such a method is asked, and where its result goes.
#[doc(hidden)]
pub(crate) struct Asked<'a> {
    scene: Scene<'a>,
    params: &'a Params<'a>,
    headers: Option<&'a Headers<'a>>,
    era: Era,
    out: &'a mut Vec<u8>,
}

/// What is told about a method that there is not. Lists of prompts are answered in any case, and so is who asks for one.
fn unknown(method: &str, params: &Params<'_>, era: Era) -> Result<Failure, Failure> {
    if method == "prompts/get" {
        let name = Params::text(params.name, "name")?;
        return Ok(Failure::new(200, INVALID_PARAMS, format!("there is no prompt `{}`", shortened(&name))));
    }
    Ok(no_method(method, era))
}

fn no_method(method: &str, era: Era) -> Failure {
    let status = if era == Era::Modern { 404 } else { 200 };
    let method = shortened(method);
    Failure::new(status, METHOD_NOT_FOUND, format!("there is no method `{method}` in this revision of the protocol"))
}

fn initialized<'a>(scene: Scene<'a>, params: &Params<'_>) -> Initialized<'a> {
    let table: &'a Table = scene.table;
    let asked = params.version.and_then(string).unwrap_or_default();
    let initialized = Initialized::new(table.about(), &asked);
    #[cfg(not(target_family = "wasm"))]
    if let Some(session) = scene.session {
        session.agree(initialized.revision());
        return initialized.telling(session.listening().is_some());
    }
    initialized
}

/// Looks a notification over. What it says is for a session, where there is one.
#[cfg_attr(target_family = "wasm", allow(unused_variables, reason = "there are no sessions"))]
pub(crate) fn notification(scene: Scene<'_>, method: &str, params: &Params<'_>, headers: Option<Headers<'_>>) -> Result<(), Failure> {
    scene.enter()?;
    params.check()?;
    envelope::check_notification(params, headers.as_ref())?;
    #[cfg(not(target_family = "wasm"))]
    if let (Some(session), "notifications/initialized") = (scene.session, method) {
        session.begin();
    }
    Ok(())
}

fn copy(out: &mut Vec<u8>, json: &RawValue) {
    out.extend_from_slice(json.get().as_bytes());
}

fn list(params: &Params<'_>, out: &mut Vec<u8>, pages: &Pages, era: Era) -> Result<(), Failure> {
    let page = match params.cursor {
        None => Some(pages.first(era)),
        Some(cursor) => string(cursor).and_then(|cursor| pages.at(&cursor, era)),
    };
    // One of another list, of the app as it was before, or of somebody's making.
    let unknown = "unknown `cursor`; this list gave no such one, ask without a cursor for its beginning";
    copy(out, page.ok_or_else(|| Failure::new(200, INVALID_PARAMS, unknown))?);
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
    let app = table.package.name;
    let ground = Ground { app, era, method, name, params: params.whole(), user, door, events, keys: &table.keys, limits: &table.limits };
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
