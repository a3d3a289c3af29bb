//! The native door: a socket, by way of hyper.

mod accept;
mod gate;
mod pulse;

pub(crate) use accept::listen;
pub(crate) use gate::Gate;

use crate::{
    Error,
    http::{self, Body},
    platform::{Job, Platform},
    server::Server,
    task::Task,
};
use ::http::{Request, Response};
use bytes::{Bytes, BytesMut};
use gate::Pass;
use http_body::{Frame, SizeHint};
use hyper::{body::Incoming, service::service_fn};
use std::{
    convert::Infallible,
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::{Arc, LazyLock},
    task::{Context, Poll},
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, time::timeout};

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

/// Hands every request to the server, straight from hyper: a router would route nothing here, and cost a fifth of a call.
pub(crate) async fn serve(listener: TcpListener, server: Server, gate: Arc<Gate>, stop: impl Future<Output = ()> + Send + 'static) {
    let door = Arc::new((server, gate.clone()));
    let road = service_fn(move |request| {
        let door = door.clone();
        // Boxed, for a connection keeps room for it, and most of them wait most of the time.
        Box::pin(async move { Ok::<_, Infallible>(road(&door.0, &door.1, request).await) })
    });
    accept::serve(listener, road, gate, stop).await;
}

/// The same for more than a server: what hands requests on by itself.
#[cfg(feature = "dev")]
pub(crate) async fn serve_router(
    listener: TcpListener,
    router: axum::Router,
    gate: Arc<Gate>,
    stop: impl Future<Output = ()> + Send + 'static,
) {
    accept::serve(listener, hyper_util::service::TowerToHyperService::new(router), gate, stop).await;
}

async fn road(server: &Server, gate: &Gate, request: Request<Incoming>) -> Response<Running> {
    let page = http::page_of(server, &request);
    match whole(request, gate).await {
        Ok(request) => answer(server, gate, request).await,
        Err(refusal) => http::shared(refusal, page).map(Running::from),
    }
}

/// A request with all of its body, or what there is to say to it without.
pub(crate) async fn whole<B>(request: Request<B>, gate: &Gate) -> Result<Request<Bytes>, Response<Body>>
where
    B: http_body::Body<Data = Bytes>,
{
    if let Some(refusal) = gate.refuses() {
        return Err(refusal);
    }
    let limits = &gate.limits;
    let (parts, body) = request.into_parts();
    let mut reading = pin!(read(body, limits.body));
    // What has come along with the head, as most does, needs no alarm.
    let read = match poll_fn(|context| Poll::Ready(reading.as_mut().poll(context))).await {
        Poll::Ready(read) => Ok(read),
        Poll::Pending => timeout(limits.body_timeout, reading).await,
    };
    match read {
        Ok(Ok(body)) => Ok(Request::from_parts(parts, body)),
        Ok(Err(refusal)) => Err(refusal),
        Err(_) => Err(http::too_slow(limits.body_timeout)),
    }
}

/// All of a body. Most come in one piece, which is it then.
async fn read<B>(body: B, most: usize) -> Result<Bytes, Response<Body>>
where
    B: http_body::Body<Data = Bytes>,
{
    let (mut body, mut first, mut more) = (pin!(body), Bytes::new(), BytesMut::new());
    while let Some(frame) = poll_fn(|context| body.as_mut().poll_frame(context)).await {
        // Trailers are no part of it.
        let Ok(piece) = frame.map_err(|_| http::broken())?.into_data() else { continue };
        if first.len() + more.len() + piece.len() > most {
            return Err(http::too_large(most));
        }
        if first.is_empty() && more.is_empty() {
            first = piece;
        } else {
            more.extend_from_slice(&std::mem::take(&mut first));
            more.extend_from_slice(&piece);
        }
    }
    Ok(if more.is_empty() { first } else { more.freeze() })
}

/// Answers a request. What can be a call goes through the gate, and nothing else has to.
pub(crate) async fn answer(server: &Server, gate: &Gate, request: Request<Bytes>) -> Response<Running> {
    if !http::is_call(&request) {
        return server.handle(request).await.map(Running::from);
    }
    match gate.enter().await {
        Ok(pass) => {
            let listens = http::listens(server, request.headers());
            let answer = server.handle(request).await;
            // Who listens gives the place back now that this has begun.
            let pass = (!listens).then_some(pass);
            answer.map(|body| match body.whole() {
                Ok(bytes) => Body::from(bytes).into(),
                Err(body) => Running { body, _pass: pass },
            })
        }
        // What the page of a client reads of it too.
        Err(refusal) => http::shared(refusal, http::page_of(server, &request)).map(Running::from),
    }
}

/// An answer on its way to the socket. A call that has begun to speak has its place until it ends.
pub(crate) struct Running {
    body: Body,
    _pass: Option<Pass>,
}

impl From<Body> for Running {
    fn from(body: Body) -> Self {
        Running { body, _pass: None }
    }
}

impl http_body::Body for Running {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
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
