//! The Worker door: Cloudflare's `fetch` event.
//!
//! A crate that holds nothing but tools is a Worker: `chatui` exports `fetch` for it. One with routes of its own turns the
//! feature `worker-entry` off and calls [`fetch`] for the requests that are chatui's.

use crate::{
    app::{App, Door},
    http::{self, Body},
    log,
    platform::Platform,
    server::Server,
    task::Task,
};
use bytes::Bytes;
use std::{
    cell::RefCell,
    future::poll_fn,
    pin::Pin,
    task::{self, Poll},
    time::Duration,
};
use worker::{Delay, Headers, Response};

pub use worker::{Context, Env, Request, Result};

thread_local! {
    /// An isolate has one thread and may be kept between requests.
    static SERVER: RefCell<Option<Server>> = const { RefCell::new(None) };
}

#[cfg(feature = "worker-entry")]
#[worker::event(fetch)]
async fn entry(request: Request, env: Env, context: Context) -> Result<Response> {
    fetch(request, env, context).await
}

/// Answers one request of a Worker.
///
/// # Errors
///
/// Those of the platform, for example a body that breaks off. A mistake in the app is an answer with status 500 and a log
/// line; the next request tries again.
pub async fn fetch(mut request: Request, env: Env, _context: Context) -> Result<Response> {
    let server = match server(&env).await {
        Ok(server) => server,
        Err(error) => {
            log::error(&error.to_string());
            return Response::error("the app can't start; its log says why", 500);
        }
    };
    let response = match read(&mut request).await? {
        Ok(request) => server.handle(request).await,
        Err(refusal) => refusal,
    };
    write(response)
}

/// The server of this isolate. No request waits for another's: workerd forbids that. Early ones each make the app, and
/// the first that is finished is kept.
async fn server(env: &Env) -> std::result::Result<Server, crate::Error> {
    if let Some(server) = SERVER.with_borrow(Option::clone) {
        return Ok(server);
    }
    let mut made = App::linked(&Door { env }).await?;
    made.platform = &WORKERD;
    Ok(SERVER.with_borrow_mut(|server| server.get_or_insert(made).clone()))
}

/// The request, or the answer to one whose body can't be read.
async fn read(request: &mut Request) -> Result<std::result::Result<::http::Request<Bytes>, ::http::Response<Body>>> {
    // As the platform has them: the crate's own types know fewer methods, and parse the address with all of Unicode.
    let (method, url) = (request.inner().method(), request.inner().url());
    let mut read = ::http::Request::builder().method(method.as_str()).uri(url);
    for (name, value) in request.headers() {
        read = read.header(name, value);
    }
    let mut body = Vec::new();
    if method == "POST" && request.inner().body().is_some() {
        // Memory that wasm has taken once it never gives back.
        let mut stream = request.stream()?;
        while let Some(part) = poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut stream), context)).await {
            let Ok(part) = part else { return Ok(Err(http::broken())) };
            body.extend_from_slice(&part);
            if body.len() > http::BODY_LIMIT {
                return Ok(Err(http::too_large()));
            }
        }
    }
    read.body(body.into()).map(Ok).map_err(|error| worker::Error::RustError(error.to_string()))
}

fn write(response: ::http::Response<Body>) -> Result<Response> {
    let headers = Headers::new();
    for (name, value) in response.headers() {
        headers.append(name.as_str(), value.to_str().unwrap_or_default())?;
    }
    let status = response.status().as_u16();
    let written = match response.into_body().whole() {
        Ok(body) if body.is_empty() => Response::empty()?,
        Ok(body) => Response::from_bytes(body.to_vec())?,
        Err(stream) => Response::from_stream(Pieces(stream))?,
    };
    Ok(written.with_status(status).with_headers(headers))
}

/// A body as the platform reads it.
struct Pieces(Body);

impl futures_core::Stream for Pieces {
    type Item = Result<Vec<u8>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut task::Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll(context).map(|bytes| bytes.map(|bytes| Ok(bytes.to_vec())))
    }
}

/// What workerd lends to the road.
static WORKERD: Platform = Platform { sleep: Some(sleep) };

fn sleep(time: Duration) -> Task<'static, ()> {
    Box::pin(Delay::from(time))
}
