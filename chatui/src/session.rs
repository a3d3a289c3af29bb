//! A session: what the client of an older revision has agreed on, at a door that can send to it whenever there is something.

use crate::{
    level::Threshold,
    notices::{Handle, Listening, Topic},
};
use std::{
    future::pending,
    sync::{Mutex, PoisonError},
};

pub(crate) struct Session {
    /// What `initialize` has agreed on.
    revision: Mutex<Option<&'static str>>,
    /// What it wants to hear of the log.
    pub(crate) level: Threshold,
    /// Where the app announces something.
    listening: Option<Listening>,
}

impl Session {
    pub(crate) fn new(handle: Option<&Handle>) -> Self {
        // There is one session in the process, and so it has its place.
        let listening = handle.and_then(|handle| handle.hub().join(Vec::new(), usize::MAX));
        Session { revision: Mutex::default(), level: Threshold::default(), listening }
    }

    pub(crate) fn agree(&self, revision: &'static str) {
        *self.revision.lock().unwrap_or_else(PoisonError::into_inner) = Some(revision);
    }

    /// The revision, once there is one.
    pub(crate) fn revision(&self) -> Option<&'static str> {
        *self.revision.lock().unwrap_or_else(PoisonError::into_inner)
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
