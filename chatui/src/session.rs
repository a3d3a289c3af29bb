//! A session: a client that stays, at a door that can send to it whenever there is something.

use crate::{
    level::Threshold,
    notices::{Handle, Listening, Topic},
    pipe::Pipe,
};
use serde::Deserialize;
use serde_json::Value;
use std::{
    future::pending,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What there is between a client and the door that lends this.
pub(crate) struct Session {
    state: Mutex<State>,
    pub(crate) pipe: Pipe,
    /// What it wants to hear of the log.
    pub(crate) level: Threshold,
    /// Where the app announces something.
    listening: Option<Listening>,
}

#[derive(Default)]
struct State {
    /// What `initialize` has agreed on.
    revision: Option<&'static str>,
    introduction: Introduction,
}

/// What a client says of itself in `initialize`.
#[derive(Default, Deserialize)]
pub(crate) struct Introduction {
    #[serde(default)]
    capabilities: Value,
    /// Its name and version.
    #[serde(default, rename = "clientInfo")]
    client: Value,
}

impl Session {
    pub(crate) fn new(handle: Option<&Handle>) -> Self {
        // There is one session in the process, and so it has its place.
        let listening = handle.and_then(|handle| handle.hub().join(Vec::new(), usize::MAX));
        Session { state: Mutex::default(), pipe: Pipe::default(), level: Threshold::default(), listening }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn introduce(&self, introduction: Introduction) {
        self.state().introduction = introduction;
    }

    pub(crate) fn capabilities(&self) -> Value {
        self.state().introduction.capabilities.clone()
    }

    pub(crate) fn client(&self) -> Value {
        self.state().introduction.client.clone()
    }

    pub(crate) fn agree(&self, revision: &'static str) {
        self.state().revision = Some(revision);
    }

    /// The revision, once there is one.
    pub(crate) fn revision(&self) -> Option<&'static str> {
        self.state().revision
    }

    /// The client is ready for notices: of the lists without having asked for them, as those revisions have it.
    pub(crate) fn begin(&self) {
        if let (Some(_), Some(listening)) = (self.revision(), &self.listening) {
            listening.add([Topic::Tools, Topic::Prompts, Topic::Resources], usize::MAX);
        }
    }

    /// What it listens with, where the app announces something.
    pub(crate) fn listening(&self) -> Option<&Listening> {
        self.listening.as_ref()
    }

    /// What the client is told next; `None` once the server is stopping.
    pub(crate) async fn next(&self) -> Option<Topic> {
        match &self.listening {
            Some(listening) => listening.next().await,
            None => pending().await,
        }
    }
}
