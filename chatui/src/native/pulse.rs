//! What a connection is waiting for, and until when. hyper knows one time for all that comes before a request; here a silent
//! client, a slow one and one that does not read are told apart.

use crate::limits::Limits;
use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::Instant,
};

/// What a connection and its requests say of themselves.
pub(super) struct Pulse(Mutex<State>);

struct State {
    reads: Reads,
    /// Since when there is something that the client does not take.
    stuck: Option<Instant>,
}

#[derive(Clone, Copy)]
enum Reads {
    /// Nothing has ever come.
    Nothing(Instant),
    /// The beginning of a request.
    Head(Instant),
    /// A request is being answered, which has limits of its own.
    Request,
    /// Nothing since the last answer.
    Silence(Instant),
}

impl Pulse {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Pulse(Mutex::new(State { reads: Reads::Nothing(Instant::now()), stuck: None })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request has arrived as far as its body.
    pub(super) fn begins(self: &Arc<Self>) -> Busy {
        self.state().reads = Reads::Request;
        Busy(self.clone())
    }

    pub(super) fn is_idle(&self) -> bool {
        let state = self.state();
        matches!(state.reads, Reads::Nothing(_) | Reads::Silence(_)) && state.stuck.is_none()
    }

    /// When the connection has waited long enough, as it looks now.
    pub(super) fn deadline(&self, limits: &Limits) -> Option<Instant> {
        let state = self.state();
        let reads = match state.reads {
            Reads::Nothing(since) | Reads::Head(since) => Some(since + limits.header_timeout),
            Reads::Request => None,
            Reads::Silence(since) => Some(since + limits.idle_timeout),
        };
        let stuck = state.stuck.map(|since| since + limits.write_timeout);
        reads.into_iter().chain(stuck).min()
    }

    /// The time that no deadline is nearer than.
    pub(super) fn shortest(limits: &Limits) -> Duration {
        limits.header_timeout.min(limits.idle_timeout).min(limits.write_timeout)
    }
}

/// A request that is being answered, until this is dropped with the last of its answer.
pub(super) struct Busy(Arc<Pulse>);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.state().reads = Reads::Silence(Instant::now());
    }
}

/// A connection's socket.
pub(super) struct Socket {
    pub(super) stream: TcpStream,
    pub(super) pulse: Arc<Pulse>,
}

impl Socket {
    fn wrote(&self, polled: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let mut state = self.pulse.state();
        match polled {
            Poll::Pending => _ = state.stuck.get_or_insert_with(Instant::now),
            Poll::Ready(_) => {
                state.stuck = None;
                // A large answer can be handed over long before it is gone.
                if let Reads::Silence(since) = &mut state.reads {
                    *since = Instant::now();
                }
            }
        }
        polled
    }
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            let mut state = self.pulse.state();
            if let Reads::Nothing(_) | Reads::Silence(_) = state.reads {
                state.reads = Reads::Head(Instant::now());
            }
        }
        polled
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.wrote(polled)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, parts: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.wrote(polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
