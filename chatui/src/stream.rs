//! An answer in pieces: Server-Sent Events, once a call speaks before it ends.

use crate::{
    events::Arrivals,
    places::{Place, Places},
    platform::{Platform, Sleep},
    rpc::Answer,
    task::Task,
};
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::{
    convert::Infallible,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, Wake, Waker},
    time::Duration,
};

/// Proxies close what is silent for a minute or two, some after 30 s.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The body of an HTTP response: whole, or a stream of events. Dropping it ends the call that writes it.
#[derive(Debug)]
pub struct Body(Kind);

enum Kind {
    Whole(Bytes),
    Stream(Box<Stream>),
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(if matches!(self, Kind::Whole(_)) { "whole" } else { "a stream" })
    }
}

impl Body {
    pub(crate) fn stream(stream: Stream) -> Self {
        Body(Kind::Stream(Box::new(stream)))
    }

    /// The bytes of a whole body, or the stream that it is.
    pub(crate) fn whole(self) -> Result<Bytes, Self> {
        match self.0 {
            Kind::Whole(bytes) => Ok(bytes),
            stream => Err(Body(stream)),
        }
    }

    /// All of it. A stream is read to its end.
    pub async fn bytes(mut self) -> Bytes {
        let mut all = Vec::new();
        loop {
            match poll_fn(|context| self.poll(context)).await {
                Some(bytes) if all.is_empty() && matches!(self.0, Kind::Whole(_)) => return bytes,
                Some(bytes) => all.extend_from_slice(&bytes),
                None => return all.into(),
            }
        }
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        match &mut self.0 {
            Kind::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Kind::Whole(bytes) => Poll::Ready(Some(std::mem::take(bytes))),
            Kind::Stream(stream) => stream.poll(context),
        }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Body(Kind::Whole(bytes.into()))
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Body(Kind::Whole(bytes))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Body(Kind::Whole(text.into()))
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.get_mut().poll(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.0, Kind::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Kind::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Kind::Stream(_) => SizeHint::default(),
        }
    }
}

/// A call that is still running, and what it has said.
pub(crate) struct Stream {
    relay: Arc<Relay>,
    road: Option<Task<'static, Answer>>,
    arrivals: Arrivals,
    said: Option<Vec<u8>>,
    answer: Option<Vec<u8>>,
    keep_alive: Option<(Sleep, Task<'static, ()>)>,
    _place: Option<Place>,
}

/// Wakes whoever polled last. On Workers each piece of a stream is read by another task, and what sleeps there keeps the
/// waker of its first poll, whose task is gone by then.
struct Relay(Mutex<Waker>);

impl Relay {
    fn new() -> Arc<Self> {
        Arc::new(Relay(Mutex::new(Waker::noop().clone())))
    }

    fn waker(self: &Arc<Self>, context: &Context<'_>) -> Waker {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone_from(context.waker());
        self.clone().into()
    }
}

impl Wake for Relay {
    fn wake(self: Arc<Self>) {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        last.wake();
    }
}

/// How an answer goes out.
pub(crate) enum Way {
    Whole(Answer),
    InPieces(Stream),
}

/// Follows a call until it ends or speaks, whichever is first. Where it finds no place for what it says, its answer is whole.
pub(crate) async fn follow(
    mut road: Task<'static, Answer>,
    mut arrivals: Arrivals,
    platform: &Platform,
    places: Option<&Arc<Places>>,
) -> Way {
    let relay = Relay::new();
    let (said, ended) = poll_fn(|context| {
        let waker = relay.waker(context);
        let context = &mut Context::from_waker(&waker);
        let ended = match road.as_mut().poll(context) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        };
        match (next(&mut arrivals, context), ended) {
            (Some(said), ended) => Poll::Ready((Some(said), ended)),
            (None, Some(answer)) => Poll::Ready((None, Some(answer))),
            (None, None) => Poll::Pending,
        }
    })
    .await;
    let place = if said.is_some() { places.map(Places::take) } else { None };
    match (said, ended) {
        (None, Some(answer)) => Way::Whole(answer),
        (_, ended) if matches!(place, Some(None)) => {
            // Nobody hears it: it is not to wait for a reader.
            drop(arrivals);
            Way::Whole(match ended {
                Some(answer) => answer,
                None => road.await,
            })
        }
        (said, ended) => {
            let road = if ended.is_some() { None } else { Some(road) };
            let keep_alive = platform.sleep.map(|sleep| (sleep, sleep(KEEP_ALIVE)));
            Way::InPieces(Stream {
                relay,
                road,
                arrivals,
                said,
                answer: ended.and_then(|answer| answer.body),
                keep_alive,
                _place: place.flatten(),
            })
        }
    }
}

fn next(arrivals: &mut Arrivals, context: &mut Context<'_>) -> Option<Vec<u8>> {
    match futures_core::Stream::poll_next(Pin::new(arrivals), context) {
        Poll::Ready(said) => said,
        Poll::Pending => None,
    }
}

impl Stream {
    /// What was said goes before the answer, and the answer is the end.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let waker = self.relay.waker(context);
        let context = &mut Context::from_waker(&waker);
        loop {
            if let Some(said) = self.said.take().or_else(|| next(&mut self.arrivals, context)) {
                return Poll::Ready(Some(event(said)));
            }
            if let Some(answer) = self.answer.take() {
                return Poll::Ready(Some(event(answer)));
            }
            let Some(road) = &mut self.road else { return Poll::Ready(None) };
            match road.as_mut().poll(context) {
                Poll::Ready(answer) => {
                    self.road = None;
                    self.answer = answer.body;
                }
                Poll::Pending => {
                    // The poll may have said something.
                    if let Some(said) = next(&mut self.arrivals, context) {
                        return Poll::Ready(Some(event(said)));
                    }
                    break;
                }
            }
        }
        let Some((sleep, time)) = &mut self.keep_alive else { return Poll::Pending };
        match time.as_mut().poll(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(()) => {
                *time = sleep(KEEP_ALIVE);
                Poll::Ready(Some(Bytes::from_static(b":\n\n")))
            }
        }
    }
}

fn event(message: Vec<u8>) -> Bytes {
    [b"event: message\ndata: ".as_slice(), &message, b"\n\n"].concat().into()
}

#[cfg(test)]
mod tests {
    use super::{Body, Way, follow};
    use crate::{events, platform::Platform, rpc::Answer, task::task};
    use std::{
        future::{pending, ready},
        task::{Context, Poll, Waker},
    };

    /// Where any time has passed at once.
    static HURRIED: Platform = Platform { sleep: Some(|_| Box::pin(ready(()))), now: None, spawn_blocking: None };

    fn text(body: &mut Body) -> Poll<Option<String>> {
        let polled = body.poll(&mut Context::from_waker(Waker::noop()));
        polled.map(|bytes| bytes.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap()))
    }

    #[tokio::test]
    async fn a_silent_stream_is_kept_alive() {
        let (events, arrivals) = events::pipe();
        let road = task(async move {
            events.send(b"{\"said\":1}".to_vec()).await;
            pending::<Answer>().await
        });
        let Way::InPieces(stream) = follow(road, arrivals, &HURRIED, None).await else { panic!("it has spoken") };
        let mut body = Body::stream(stream);
        assert_eq!(text(&mut body), Poll::Ready(Some("event: message\ndata: {\"said\":1}\n\n".into())));
        assert_eq!(text(&mut body), Poll::Ready(Some(":\n\n".into())));
        assert_eq!(text(&mut body), Poll::Ready(Some(":\n\n".into())));
    }

    #[tokio::test]
    async fn what_was_said_goes_before_the_answer_and_the_answer_is_the_end() {
        let (events, arrivals) = events::pipe();
        let road = task(async move {
            events.send(b"1".to_vec()).await;
            events.send(b"2".to_vec()).await;
            Answer { status: 200, body: Some(b"3".to_vec()), challenge: None }
        });
        let Way::InPieces(stream) = follow(road, arrivals, &HURRIED, None).await else { panic!("it has spoken") };
        let all = Body::stream(stream).bytes().await;
        assert_eq!(all, "event: message\ndata: 1\n\nevent: message\ndata: 2\n\nevent: message\ndata: 3\n\n");
    }
}
