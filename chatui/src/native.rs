//! The native door: a socket, by way of axum.

mod accept;
mod gate;
mod pulse;

pub(crate) use accept::{listen, serve};
pub(crate) use gate::Gate;

use crate::{
    Error, http,
    platform::{Job, Platform},
    server::Server,
    task::Task,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    response::Response,
};
use bytes::Bytes;
use gate::Pass;
use http_body::Frame;
use std::{
    convert::Infallible,
    pin::Pin,
    sync::{Arc, LazyLock},
    task::{Context, Poll},
    time::{Duration, Instant},
};
use tokio::time::timeout;

/// What tokio lends to the road.
pub(crate) static TOKIO: Platform = Platform { sleep: Some(sleep), now: Some(now), spawn_blocking: Some(spawn_blocking) };

fn sleep(time: Duration) -> Task<'static, ()> {
    Box::pin(tokio::time::sleep(time))
}

fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed()
}

fn spawn_blocking(job: Job) {
    tokio::task::spawn_blocking(job);
}

/// Hands every request to the server.
pub(crate) fn router(server: Server, gate: Arc<Gate>) -> Router {
    Router::new().fallback(door).with_state((server, gate))
}

async fn door(State((server, gate)): State<(Server, Arc<Gate>)>, request: Request) -> Response {
    let page = http::page_of(&server, &request);
    match whole(request, &gate).await {
        Ok(request) => answer(&server, &gate, request).await,
        Err(refusal) => http::shared(refusal, page),
    }
}

/// A request with all of its body, or what there is to say to it without.
pub(crate) async fn whole(request: Request, gate: &Gate) -> Result<Request<Bytes>, Response> {
    if let Some(refusal) = gate.refuses() {
        return Err(sent(refusal));
    }
    let limits = &gate.limits;
    let (parts, body) = request.into_parts();
    match timeout(limits.body_timeout, to_bytes(body, limits.body)).await {
        Ok(Ok(body)) => Ok(Request::from_parts(parts, body)),
        Ok(Err(error)) if is_too_large(&error) => Err(sent(http::too_large(limits.body))),
        Ok(Err(_)) => Err(sent(http::broken())),
        Err(_) => Err(sent(http::too_slow(limits.body_timeout))),
    }
}

/// Answers a request. What can be a call goes through the gate, and nothing else has to.
pub(crate) async fn answer(server: &Server, gate: &Gate, request: Request<Bytes>) -> Response {
    if !http::is_call(&request) {
        return sent(server.handle(request).await);
    }
    match gate.enter().await {
        Ok(pass) => {
            let listens = http::listens(server, request.headers());
            let answer = server.handle(request).await;
            // Who listens gives the place back now that this has begun.
            let pass = (!listens).then_some(pass);
            answer.map(|body| body.whole().map_or_else(|stream| Body::new(Running { stream, _pass: pass }), Body::from))
        }
        // What the page of a client reads of it too.
        Err(refusal) => sent(http::shared(refusal, http::page_of(server, &request))),
    }
}

/// An answer that has been made, on its way to the socket.
fn sent(response: axum::http::Response<http::Body>) -> Response {
    response.map(Body::new)
}

/// A call that has begun to speak, and has its place until it ends; or somebody who listens.
struct Running {
    stream: http::Body,
    _pass: Option<Pass>,
}

impl http_body::Body for Running {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.stream).poll_frame(context)
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<http_body_util::LengthLimitError>())
}

/// Ctrl-C, or a supervisor's SIGTERM. Listened for before anybody is told that the server is there: a signal that comes
/// earlier would end the process as if it had none.
pub(crate) struct Stop {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl Stop {
    pub(crate) fn listen() -> Result<Self, Error> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Stop { signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
        }
        #[cfg(not(unix))]
        Ok(Stop {})
    }

    /// Resolves at the first signal. The second one ends the process at once, for whoever will not wait.
    pub(crate) async fn asked(mut self) {
        self.next().await;
        tokio::spawn(async move {
            self.next().await;
            std::process::exit(130);
        });
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        {
            let [interrupt, terminate] = &mut self.signals;
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}
