//! What a call says before it ends: notifications, on their way to the door.

use futures_channel::mpsc::{Receiver, Sender, channel};
use std::future::poll_fn;

/// As many wait for a reader; then the call waits too, so that a slow reader costs no memory.
const WAITING: usize = 16;

/// The call's end of the pipe.
#[derive(Clone)]
pub(crate) struct Events(Sender<Vec<u8>>);

/// The door's end.
pub(crate) type Arrivals = Receiver<Vec<u8>>;

pub(crate) fn pipe() -> (Events, Arrivals) {
    let (send, receive) = channel(WAITING);
    (Events(send), receive)
}

impl Events {
    /// Sends one JSON-RPC message; waits while the reader is behind. A reader that is gone hears nothing more.
    pub(crate) async fn send(&self, message: Vec<u8>) {
        let mut sender = self.0.clone();
        if poll_fn(|context| sender.poll_ready(context)).await.is_ok() {
            let _ = sender.start_send(message);
        }
    }
}
