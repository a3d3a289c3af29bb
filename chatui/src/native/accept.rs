//! Connections: how many there are, how long each may take for what, and how they end.

use super::{
    gate::Gate,
    pulse::{Busy, Pulse, Socket},
};
use crate::{limits::Limits, platform::in_words, rate::Peer};
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::{
    Request, Response,
    body::Incoming,
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::rt::TokioIo;
use std::{
    convert::Infallible,
    error::Error,
    future::{Future, poll_fn},
    io::{self, ErrorKind},
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream, lookup_host},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{Instant, sleep, sleep_until, timeout},
};

/// So many clients that nobody has welcomed yet the system keeps; its usual 128 are few where hundreds come at once, and who is
/// turned away tries again a second later.
const ARRIVING: u32 = 1024;

/// Listens on the first address of that name that can be had.
pub(crate) async fn listen(host: &str, port: u16) -> io::Result<TcpListener> {
    let mut refused = None;
    for address in lookup_host((host, port)).await? {
        let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
        // A server that is started again would wait for the connections of the last one; on Windows it means something else.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        match socket.bind(address).and_then(|()| socket.listen(ARRIVING)) {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = Some(error),
        }
    }
    Err(refused.unwrap_or_else(|| io::Error::new(ErrorKind::InvalidInput, "the name has no address")))
}

/// Serves until the process is asked to stop, and then until the calls that are running have ended or had their time.
pub(super) async fn serve<R, B>(listener: TcpListener, road: R, gate: Arc<Gate>, stop: impl Future<Output = ()> + Send + 'static)
where
    R: Service<Request<Incoming>, Response = Response<B>, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
    B: Body<Data = Bytes, Error: Error + Send + Sync> + Unpin + Send + 'static,
{
    let limits = gate.limits;
    let places = Arc::new(Semaphore::new(limits.connections));
    let (ending, is_ending) = watch::channel(false);
    let mut http = http1::Builder::new();
    // Said only where it is another than hyper's own, which has room for that many without asking for memory.
    if limits.headers != Limits::default().headers {
        http.max_headers(limits.headers);
    }
    http.header_read_timeout(None).max_header_size(limits.header_size).max_buf_size(limits.header_size.max(8192));
    let mut stop = pin!(stop);
    loop {
        let arrival = async {
            let place = place(&places).await;
            (accepted(&listener).await, place)
        };
        let ((stream, peer), place) = tokio::select! {
            () = &mut stop => break,
            arrival = arrival => arrival,
        };
        let connection = Connection { http: http.clone(), road: road.clone(), limits, is_ending: is_ending.clone() };
        tokio::spawn(async move {
            connection.serve(stream, peer).await;
            drop(place);
        });
    }
    drop(listener);
    gate.close();
    ending.send_replace(true);
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let ended = timeout(limits.shutdown, places.acquire_many(all)).await.is_ok();
    let running = gate.running();
    if !ended && running > 0 {
        tracing::warn!("{running} calls did not end within {} and were cut off", in_words(limits.shutdown.as_millis() as u64));
    }
}

/// A place for a connection, once there is one.
async fn place(places: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    if let Ok(place) = places.clone().try_acquire_owned() {
        return Some(place);
    }
    tracing::debug!("as many connections are open as `Limits::connections` lets in; the next one waits");
    // Nobody closes it, so there is one at some time.
    places.clone().acquire_owned().await.ok()
}

/// The next connection. Where there can be none for the moment, such as for want of file descriptors, that is waited for.
async fn accepted(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(arrival) => return arrival,
            // Of a client that has gone again.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset) => {}
            Err(error) => {
                tracing::error!("can't accept a connection: {error}; trying again in a second");
                sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

struct Connection<R> {
    http: http1::Builder,
    road: R,
    limits: Limits,
    is_ending: watch::Receiver<bool>,
}

impl<R, B> Connection<R>
where
    R: Service<Request<Incoming>, Response = Response<B>, Error = Infallible>,
    B: Body<Data = Bytes, Error: Error + Send + Sync> + Unpin + 'static,
{
    async fn serve(self, stream: TcpStream, peer: SocketAddr) {
        let Connection { http, road, limits, mut is_ending } = self;
        // Answers are small and whole; waiting for more to send only delays them.
        let _ = stream.set_nodelay(true);
        let pulse = Pulse::new();
        let service = service_fn(|mut request: Request<Incoming>| {
            let busy = pulse.begins();
            if limits.rate.is_some() {
                request.extensions_mut().insert(Peer(peer.ip()));
            }
            let answer = road.call(request);
            async move { answer.await.map(|answer| answer.map(|body| Lasting { body, _busy: busy })) }
        });
        let mut connection = pin!(http.serve_connection(TokioIo::new(Socket { stream, pulse: pulse.clone() }), service));
        let shortest = Pulse::shortest(&limits);
        let mut alarm = pin!(sleep_until(Instant::now() + shortest));
        let mut end = pin!(is_ending.wait_for(|is_ending| *is_ending));
        let mut is_ending = false;
        poll_fn(|context| {
            // Its own errors are those of clients that went away, or that do not speak HTTP and have been told so.
            if connection.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            if !is_ending && end.as_mut().poll(context).is_ready() {
                is_ending = true;
                if pulse.is_idle() {
                    return Poll::Ready(());
                }
                connection.as_mut().graceful_shutdown();
                // What it then does is done now, and not when somebody sends something.
                if connection.as_mut().poll(context).is_ready() {
                    return Poll::Ready(());
                }
            }
            // Set to the nearest time that any deadline could be by then, and looked at when it has come: cheaper than to
            // set it anew with each request.
            while alarm.as_mut().poll(context).is_ready() {
                let (now, deadline) = (Instant::now(), pulse.deadline(&limits));
                if deadline.is_some_and(|deadline| deadline <= now) {
                    return Poll::Ready(());
                }
                let next = now + shortest;
                alarm.as_mut().reset(deadline.map_or(next, |deadline| deadline.min(next)));
            }
            Poll::Pending
        })
        .await;
    }
}

/// The body of an answer, which keeps its connection busy until it was sent.
struct Lasting<B> {
    body: B,
    _busy: Busy,
}

impl<B: Body + Unpin> Body for Lasting<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
