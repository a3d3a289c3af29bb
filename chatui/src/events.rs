//! What a call says before it ends: notifications, on their way to the door.

use futures_channel::mpsc::{Receiver, Sender, channel};
use std::future::poll_fn;

/// How many wait for a reader beside the one that each sender may leave; then the call waits too, so that a slow reader
/// costs no memory.
const WAITING: usize = 0;

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
        // A sender is always ready for its first message; it is ready again once that was taken.
        let mut sender = self.0.clone();
        if sender.start_send(message).is_ok() {
            let _ = poll_fn(|context| sender.poll_ready(context)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::pipe;
    use std::{
        pin::pin,
        task::{Context, Poll, Waker},
    };

    #[test]
    fn who_sends_waits_for_the_reader() {
        let (events, mut arrivals) = pipe();
        let mut context = Context::from_waker(Waker::noop());
        let mut sent = pin!(events.send(b"1".to_vec()));
        assert_eq!(sent.as_mut().poll(&mut context), Poll::Pending);
        assert_eq!(arrivals.try_recv().ok().as_deref(), Some(&b"1"[..]));
        assert_eq!(sent.as_mut().poll(&mut context), Poll::Ready(()));
    }

    #[test]
    fn a_reader_that_is_gone_holds_nobody_up() {
        let (events, arrivals) = pipe();
        drop(arrivals);
        let mut context = Context::from_waker(Waker::noop());
        assert_eq!(pin!(events.send(b"1".to_vec())).poll(&mut context), Poll::Ready(()));
    }
}
