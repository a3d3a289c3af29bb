//! What open pages are told as it happens, as Server-Sent Events.

use axum::response::sse::{Event, KeepAlive, KeepAliveStream, Sse};
use futures_core::Stream;
use serde::Serialize;
use std::{
    convert::Infallible,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tokio::sync::{
    Notify,
    mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

/// How long a page waits before it looks for a server that has gone: about as long as a rebuilt one needs to start.
const RETRY: Duration = Duration::from_millis(250);

/// The open pages.
#[derive(Default)]
pub(super) struct Live {
    pages: Mutex<Pages>,
    joined: Notify,
}

#[derive(Default)]
struct Pages {
    open: Vec<UnboundedSender<Event>>,
    ended: bool,
}

impl Live {
    /// A page that hears this now, and what `tell` says from now on.
    pub(super) fn join(&self, name: &str, first: &impl Serialize) -> Sse<KeepAliveStream<Events>> {
        let (send, receive) = unbounded_channel();
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if !pages.ended {
            let _ = send.send(event(name, first).retry(RETRY));
            pages.open.push(send);
        }
        self.joined.notify_one();
        Sse::new(Events(receive)).keep_alive(KeepAlive::new())
    }

    pub(super) fn tell(&self, name: &str, news: &impl Serialize) {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let event = event(name, news);
        pages.open.retain(|page| page.send(event.clone()).is_ok());
    }

    /// Resolves when somebody is looking.
    pub(super) async fn watched(&self) {
        while !self.has_pages() {
            self.joined.notified().await;
        }
    }

    fn has_pages(&self) -> bool {
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        pages.open.retain(|page| !page.is_closed());
        !pages.open.is_empty()
    }

    pub(super) fn end(&self) {
        *self.pages.lock().unwrap_or_else(PoisonError::into_inner) = Pages { open: Vec::new(), ended: true };
    }
}

fn event(name: &str, news: &impl Serialize) -> Event {
    // Escaped, JSON has no line of its own; structs of strings and numbers are always JSON.
    Event::default().event(name).data(serde_json::to_string(news).unwrap_or_default())
}

/// The stream of one page; it ends when there is nobody left who could say something.
pub(super) struct Events(UnboundedReceiver<Event>);

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}
