//! A call that may ask: what it asks, what was answered, and what its client carries from one round to the next.
//!
//! Calls of 2026-07-28 are not held while somebody reads (basic/patterns/mrtr): a call that waits for an answer ends with its
//! questions, and the client calls again with the answers. The fn then runs from its top, and finds them.
//!
//! All of it is linked by [`ASKS`] alone, which the macro writes where an attribute says `asks`.

mod digest;
mod needed;

#[cfg(not(target_family = "wasm"))]
use crate::session::Session;
use crate::{
    Error,
    events::Events,
    item::Package,
    limits::Limits,
    platform::wall_clock,
    revision::Era,
    seal::Keys,
    state::States,
    task::{Shared, Task, task},
    user::User,
    wire::{Failure, INVALID_PARAMS, present, string},
};
use digest::{digest, short};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json, value::RawValue};
use std::{
    fmt,
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What it takes to ask.
#[doc(hidden)]
pub struct Asks {
    /// The keys of a secret; without one, those of a process under development.
    pub(crate) keys: fn(Option<&str>, bool) -> Result<Keys, String>,
    pub(crate) begin: fn(&Ground<'_>) -> Result<Arc<dyn Questions>, Failure>,
}

/// One call that may ask, as the road knows it: by a table of fns, so that nothing of it is linked where nobody asks.
pub(crate) trait Questions: Shared {
    /// Asked when the call was polled and is not ready.
    fn waits(&self) -> Waits;

    /// What the user answers to a question: an `ElicitResult`.
    fn elicit(&self, capability: &'static str, params: Value) -> Task<'_, Result<Value, Error>>;

    /// What came under a name of the author's.
    fn input(&self, name: &str) -> Option<Value>;

    /// What the author had carried.
    fn own(&self) -> Option<Value>;

    /// After the call: an error that says that something is to be answered first becomes that answer.
    fn end(&self, error: Error, server: Package, out: &mut Vec<u8>) -> Result<(), Error>;
}

/// The one there is.
#[doc(hidden)]
pub static ASKS: Asks = Asks { keys, begin };

/// What a call stands on.
#[cfg_attr(target_family = "wasm", allow(dead_code, reason = "a Worker has no pipes"))]
pub(crate) struct Ground<'a> {
    /// The app's name: another may be sealed with the same secret.
    pub(crate) app: &'static str,
    pub(crate) era: Era,
    pub(crate) method: &'static str,
    /// Which of the method's: the tool, the address.
    pub(crate) name: &'a str,
    pub(crate) params: Option<&'a RawValue>,
    pub(crate) user: Option<&'a User>,
    pub(crate) door: &'a Arc<States>,
    pub(crate) events: Option<&'a Events>,
    pub(crate) keys: &'a Keys,
    pub(crate) limits: &'a Limits,
}

/// One call that may ask.
struct Asking {
    way: Way,
    /// What the client says that it can.
    capabilities: Value,
    keys: Keys,
    /// Whose call it is, and with what: see [`digest`].
    call: String,
    /// How long it takes a state to expire, in milliseconds.
    time: u64,
    most: usize,
    state: Mutex<State>,
}

/// How answers come.
enum Way {
    /// With another call, in which all begins anew.
    Rounds,
    /// While the call waits, over a pipe that stays.
    #[cfg(not(target_family = "wasm"))]
    Session { session: Arc<Session>, events: Events },
    /// Not at all.
    None,
}

#[derive(Default)]
struct State {
    /// What was asked and answered in earlier rounds, by the keys of the questions.
    known: Map<String, Value>,
    /// What came with this call, asked or not.
    sent: Map<String, Value>,
    /// What is waited for now.
    open: Map<String, Value>,
    /// What was waited for when the call was ended.
    round: Map<String, Value>,
    /// How often each question was asked in this run.
    counts: Vec<(String, usize)>,
    /// How many are being asked over a session.
    waiting: usize,
    own: Option<Value>,
}

/// What a client carries.
#[derive(Serialize, Deserialize)]
struct Carried {
    /// In milliseconds since 1970.
    until: u64,
    call: String,
    asked: Vec<String>,
    known: Map<String, Value>,
    own: Option<Value>,
}

/// The call can't go on before somebody has answered.
#[derive(Debug)]
struct Unanswered;

impl fmt::Display for Unanswered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a question is open")
    }
}

impl std::error::Error for Unanswered {}

fn keys(secret: Option<&str>, is_development: bool) -> Result<Keys, String> {
    const MAKE: &str = "set STATE_SECRET to what `openssl rand -base64 32` prints, the same for all that serve this app (on Workers `wrangler secret put STATE_SECRET`)";
    match secret {
        Some(secret) => {
            let keys = Keys::read(secret).map_err(|why| format!("its secret {why}; {MAKE}"))?;
            for secret in secret.split_whitespace() {
                crate::secrets::register(secret).map_err(|why| format!("its secret {why}"))?;
            }
            Ok(keys)
        }
        #[cfg(not(target_family = "wasm"))]
        None if is_development => Ok(Keys::of_this_process()),
        None => {
            let _ = is_development;
            Err(format!("no secret seals what its clients carry; {MAKE}"))
        }
    }
}

/// What somebody who knows a secret can make, for those who look for what it could do.
#[doc(hidden)]
pub fn sealed(secret: &str, content: &str) -> Option<String> {
    Keys::read(secret).ok().map(|keys| keys.seal(content.as_bytes()))
}

fn begin(ground: &Ground<'_>) -> Result<Arc<dyn Questions>, Failure> {
    #[derive(Deserialize, Default)]
    struct Params<'a> {
        #[serde(borrow, default)]
        arguments: Option<&'a RawValue>,
        #[serde(borrow, default, rename = "_meta")]
        meta: Option<&'a RawValue>,
        #[serde(borrow, default, rename = "inputResponses", deserialize_with = "present")]
        responses: Option<&'a RawValue>,
        #[serde(borrow, default, rename = "requestState", deserialize_with = "present")]
        state: Option<&'a RawValue>,
    }
    let params: Params<'_> = ground.params.and_then(|params| serde_json::from_str(params.get()).ok()).unwrap_or_default();
    let mut asking = Asking {
        way: Way::None,
        capabilities: Value::Null,
        keys: ground.keys.clone(),
        call: digest(ground, params.arguments),
        time: ground.limits.user_timeout.as_millis().try_into().unwrap_or(u64::MAX),
        most: ground.limits.arguments,
        state: Mutex::default(),
    };
    if ground.era == Era::Modern {
        asking.way = Way::Rounds;
        asking.capabilities = params.meta.map(declared).unwrap_or_default();
        let carried = params.state.map(|state| asking.carried(state, wall_clock())).transpose()?;
        let sent = params.responses.map(|responses| responses_of(responses, ground.limits)).transpose()?;
        asking.state = Mutex::new(State::of(carried, sent.unwrap_or_default()));
    }
    #[cfg(not(target_family = "wasm"))]
    if let (Era::Legacy, Some(session), Some(events)) = (ground.era, ground.door.get::<Arc<Session>>(), ground.events) {
        asking.capabilities = session.capabilities();
        asking.way = Way::Session { session: session.clone(), events: events.clone() };
    }
    Ok(Arc::new(asking))
}

fn declared(meta: &RawValue) -> Value {
    #[derive(Deserialize)]
    struct Meta {
        #[serde(default, rename = "io.modelcontextprotocol/clientCapabilities")]
        capabilities: Value,
    }
    serde_json::from_str::<Meta>(meta.get()).map(|meta| meta.capabilities).unwrap_or_default()
}

fn refused(why: impl Into<std::borrow::Cow<'static, str>>) -> Failure {
    Failure::new(200, INVALID_PARAMS, why)
}

/// What a client answers, each an object.
fn responses_of(responses: &RawValue, limits: &Limits) -> Result<Map<String, Value>, Failure> {
    if limits.take(responses.get()).is_err() {
        return Err(refused("`params.inputResponses` is larger or deeper than this server takes; send less"));
    }
    let read: Option<Map<String, Value>> = serde_json::from_str(responses.get()).ok();
    read.filter(|read| read.values().all(Value::is_object))
        .ok_or_else(|| refused("`params.inputResponses` must be an object with an object for each request that it answers"))
}

impl State {
    fn of(carried: Option<Carried>, sent: Map<String, Value>) -> Self {
        let Some(Carried { asked, mut known, own, .. }) = carried else { return State { sent, ..State::default() } };
        for key in asked {
            if let Some(answer) = sent.get(&key) {
                known.insert(key, answer.clone());
            }
        }
        State { known, sent, own, ..State::default() }
    }
}

impl Questions for Asking {
    fn waits(&self) -> Waits {
        Asking::waits(self)
    }

    fn elicit(&self, capability: &'static str, params: Value) -> Task<'_, Result<Value, Error>> {
        task(Asking::elicit(self, capability, params))
    }

    fn input(&self, name: &str) -> Option<Value> {
        let state = self.state();
        state.sent.get(name).or_else(|| state.known.get(name)).cloned()
    }

    fn own(&self) -> Option<Value> {
        self.state().own.clone()
    }

    fn end(&self, error: Error, server: Package, out: &mut Vec<u8>) -> Result<(), Error> {
        needed::end(self, error, server, out)
    }
}

/// What keeps a call from going on.
pub(crate) enum Waits {
    /// Nothing that it asks.
    No,
    /// Somebody who reads, while the call stays.
    Here,
    /// Somebody who reads, and calls again.
    Elsewhere(Error),
}

impl Asking {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn waits(&self) -> Waits {
        let mut state = self.state();
        if state.waiting > 0 {
            return Waits::Here;
        }
        if state.open.is_empty() {
            return Waits::No;
        }
        // The call is dropped before anybody looks, and its questions with it.
        state.round = std::mem::take(&mut state.open);
        Waits::Elsewhere(Error::keep(Unanswered))
    }

    /// What a client brings back, if it is what it was given for this call.
    fn carried(&self, state: &RawValue, now: u64) -> Result<Carried, Failure> {
        const AGAIN: &str = "make the call again from its start, without `requestState` and `inputResponses`";
        let text = string(state).ok_or_else(|| refused("`params.requestState` must be a string"))?;
        let opened = Some(&*text).filter(|text| text.len() <= self.most).and_then(|text| self.keys.open(text));
        let carried: Option<Carried> = opened.and_then(|json| serde_json::from_slice(&json).ok());
        match carried {
            None => {
                crate::log::refused(
                    "a `requestState` was not sealed with the STATE_SECRET of this server; all that serve an app have one secret",
                );
                Err(refused(format!("`params.requestState` is not as this server gave it; {AGAIN}")))
            }
            Some(carried) if carried.call != self.call => {
                Err(refused(format!("`params.requestState` is of another call: of another user or with other arguments; {AGAIN}")))
            }
            Some(carried) if carried.until < now => Err(refused(format!("`params.requestState` has expired; {AGAIN}"))),
            Some(carried) => Ok(carried),
        }
    }

    /// Whether the client has a capability; of elicitation a mode of it, as forms go without saying.
    fn able(&self, capability: &'static str) -> Result<(), Error> {
        let (name, mode) = capability.split_once('.').unwrap_or((capability, ""));
        let able = self.capabilities.get(name).and_then(Value::as_object).is_some_and(|declared| match (name, mode) {
            (_, "url") => declared.contains_key("url"),
            ("elicitation", _) => declared.contains_key("form") || !declared.contains_key("url"),
            _ => true,
        });
        if able { Ok(()) } else { Err(Error::lacking(capability)) }
    }

    async fn elicit(&self, capability: &'static str, params: Value) -> Result<Value, Error> {
        const NOBODY: &str =
            "this asks its user, and clients of a revision before 2026-07-28 can be asked over stdio alone; use a newer client, or stdio";
        if let Way::None = self.way {
            return Err(Error::tell(NOBODY));
        }
        self.able(capability)?;
        match &self.way {
            #[cfg(not(target_family = "wasm"))]
            Way::Session { session, events } => {
                self.state().waiting += 1;
                let _here = Here(self);
                session.pipe.ask("elicitation/create", &params, events).await
            }
            _ => self.answer(params).await,
        }
    }

    /// The answer that came, else none in this round.
    async fn answer(&self, params: Value) -> Result<Value, Error> {
        let key = self.key(&params);
        if let Some(answer) = self.state().known.get(&key) {
            return Ok(answer.clone());
        }
        let request = json!({ "method": "elicitation/create", "params": params });
        self.state().open.insert(key.clone(), request);
        let _open = Open(self, &key);
        pending().await
    }

    /// The same for the same question at the same turn, and for no other: code that takes another way after an answer asks anew.
    fn key(&self, params: &Value) -> String {
        let question = short(&params.to_string());
        let mut state = self.state();
        let count = match state.counts.iter_mut().find(|(known, _)| *known == question) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                state.counts.push((question.clone(), 1));
                1
            }
        };
        if count == 1 { format!("ask-{question}") } else { format!("ask-{question}-{count}") }
    }
}

/// A question that is waited for, for as long as it is.
struct Open<'a>(&'a Asking, &'a str);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.state().open.shift_remove(self.1);
    }
}

/// The same over a session.
#[cfg(not(target_family = "wasm"))]
struct Here<'a>(&'a Asking);

#[cfg(not(target_family = "wasm"))]
impl Drop for Here<'_> {
    fn drop(&mut self) {
        self.0.state().waiting -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn what_serves_others_makes_up_no_secret() {
        let why = keys(None, false).err().unwrap();
        assert!(why.contains("set STATE_SECRET to what `openssl rand -base64 32` prints"), "{why}");
        assert!(keys(None, true).is_ok());
        assert!(keys(Some("too short"), true).is_err());
    }
}
