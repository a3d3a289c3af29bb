//! What a call says before it ends: how far it is, and what it notes.

use super::Caller;
use crate::{
    events::Events,
    level::Level,
    log,
    revision::Era,
    secrets,
    wire::{legal_id, string},
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::sync::{Mutex, PoisonError};

/// Where a call speaks, if its client hears anything.
pub(super) struct Voice {
    whose: &'static str,
    events: Events,
    progress: Option<Progress>,
    /// What is below it the client does not want to hear; `None`: it wants to hear nothing.
    level: Option<Level>,
}

/// The progress that the client asked for.
struct Progress {
    token: Box<RawValue>,
    /// The last amount that was told: the next one must be more.
    last: Mutex<f64>,
}

impl Voice {
    pub(super) fn of(caller: &Caller<'_>) -> Option<Self> {
        #[derive(Deserialize, Default)]
        struct Wants<'a> {
            #[serde(borrow, default, rename = "progressToken")]
            token: Option<&'a RawValue>,
            #[serde(borrow, default, rename = "io.modelcontextprotocol/logLevel")]
            level: Option<&'a RawValue>,
        }
        let events = caller.events?.clone();
        let wants = caller.meta.and_then(|meta| serde_json::from_str::<Wants<'_>>(meta.get()).ok()).unwrap_or_default();
        let token = wants.token.filter(|token| legal_id(token.get()));
        let progress = token.map(|token| Progress { token: token.to_owned(), last: Mutex::new(f64::NEG_INFINITY) });
        let level = match caller.era {
            Era::Modern => wants.level.and_then(string).and_then(|name| Level::named(&name)),
            Era::Legacy => Some(caller.level),
        };
        (progress.is_some() || level.is_some()).then_some(Voice { whose: caller.whose, events, progress, level })
    }

    /// `done` is nothing new where it is not more than the last time.
    pub(super) async fn progress(&self, done: f64, total: Option<f64>, message: &str) {
        let Some(Progress { token, last }) = &self.progress else { return };
        {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if done <= *last {
                return;
            }
            *last = done;
        }
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Params<'a> {
            progress_token: &'a RawValue,
            progress: f64,
            #[serde(skip_serializing_if = "Option::is_none")]
            total: Option<f64>,
            message: &'a str,
        }
        self.say("progress", &Params { progress_token: token, progress: done, total, message }).await;
    }

    pub(super) async fn log(&self, level: Level, data: impl Serialize) {
        if self.level.is_none_or(|least| level < least) {
            return;
        }
        #[derive(Serialize)]
        struct Params<T> {
            level: &'static str,
            logger: &'static str,
            data: T,
        }
        self.say("message", &Params { level: level.name(), logger: self.whose, data }).await;
    }

    async fn say(&self, what: &str, params: &impl Serialize) {
        #[derive(Serialize)]
        struct Notification<'a, T> {
            jsonrpc: &'static str,
            method: String,
            params: &'a T,
        }
        let notification = Notification { jsonrpc: "2.0", method: format!("notifications/{what}"), params };
        let Ok(message) = serde_json::to_vec(&notification) else { return };
        if secrets::leaks(&message) {
            log::error(&format!("`{}` put a registered secret into its {what}, which was not sent", self.whose));
        } else {
            self.events.send(message).await;
        }
    }
}
