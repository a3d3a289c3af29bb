//! What is under way with a client that stays: what runs for it, and what it is asked before 2026-07-28.

use crate::{Error, events::Events, secrets};
use futures_channel::oneshot::{Receiver, Sender, channel};
use serde::Serialize;
use serde_json::{Value, value::RawValue};
use std::{
    borrow::Cow,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

/// What is under way.
#[derive(Default)]
pub(crate) struct Pipe(Mutex<State>);

#[derive(Default)]
struct State {
    /// The questions that are on their way, by their ids.
    asked: Vec<(u64, Sender<Answer>)>,
    last: u64,
    /// What is being answered, by the ids as they were written.
    running: Vec<(String, Sender<()>)>,
    /// It will not answer any more.
    is_gone: bool,
    /// Who waits for fewer calls to be at work.
    waker: Option<Waker>,
}

/// What a client answers: a result, or why there is none.
pub(crate) type Answer = Result<Value, String>;

impl Pipe {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that this request is going to be answered. What is received means that nobody waits for the answer.
    pub(crate) fn begin(&self, id: &str) -> Receiver<()> {
        let (send, receive) = channel();
        self.state().running.push((id.to_owned(), send));
        receive
    }

    /// Forgets the request with what this gives.
    pub(crate) fn running(&self, id: String) -> Running<'_> {
        Running(self, id)
    }

    /// Ends what is being answered under this id.
    pub(crate) fn cancel(&self, id: &str) {
        let mut state = self.state();
        while let Some(at) = state.running.iter().position(|(known, _)| known == id) {
            let _ = state.running.swap_remove(at).1.send(());
        }
    }

    /// Takes the answer to one of our questions. To none that is open: nobody waits for it any more.
    pub(crate) fn answered(&self, id: &RawValue, answer: Answer) {
        let Ok(id) = serde_json::from_str::<Cow<'_, str>>(id.get()) else { return };
        let mut state = self.state();
        if let Some(at) = state.asked.iter().position(|(known, _)| id == name(*known)) {
            let _ = state.asked.swap_remove(at).1.send(answer);
        }
    }

    /// Nothing more is read from it.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        state.is_gone = true;
        state.asked.clear();
    }

    /// Ready once there are fewer than so many calls at work: those that wait for their user are not.
    pub(crate) fn poll_room(&self, calls: usize, most: usize, context: &std::task::Context<'_>) -> Poll<()> {
        let mut state = self.state();
        if calls < most + state.asked.len() {
            return Poll::Ready(());
        }
        state.waker = Some(context.waker().clone());
        Poll::Pending
    }

    /// Sends a request of ours by the way of the call's own messages, and waits for the answer.
    pub(crate) async fn ask(&self, method: &str, params: &Value, events: &Events) -> Result<Value, Error> {
        #[derive(Serialize)]
        struct Request<'a> {
            jsonrpc: &'static str,
            id: &'a str,
            method: &'a str,
            params: &'a Value,
        }
        let gone = || Error::tell("the client is gone, and nobody answers");
        let (send, receive) = channel();
        let asked = {
            let mut state = self.state();
            if state.is_gone {
                return Err(gone());
            }
            state.last += 1;
            let id = state.last;
            state.asked.push((id, send));
            if let Some(waker) = state.waker.take() {
                waker.wake();
            }
            Open(self, id)
        };
        let message = serde_json::to_vec(&Request { jsonrpc: "2.0", id: &name(asked.1), method, params })?;
        if secrets::leaks(&message) {
            return Err(Error::keep("there was a registered secret in the question, of which nothing is sent"));
        }
        events.send(message).await;
        match receive.await {
            Ok(answer) => answer.map_err(|why| Error::tell(format!("the client did not ask its user: {why}"))),
            Err(_) => Err(gone()),
        }
    }
}

/// No number, so that it is none of the client's ids.
fn name(id: u64) -> String {
    format!("ask-{id}")
}

/// A question that is forgotten with the call that asks it.
struct Open<'a>(&'a Pipe, u64);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.state().asked.retain(|(id, _)| *id != self.1);
    }
}

/// A request that is being answered.
pub(crate) struct Running<'a>(&'a Pipe, String);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        if let Some(at) = state.running.iter().position(|(id, _)| *id == self.1) {
            state.running.swap_remove(at);
        }
    }
}
