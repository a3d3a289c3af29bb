//! The Worker door: Cloudflare's `fetch` event.
//!
//! A crate that holds nothing but tools is a Worker: `chatui` exports `fetch` for it. One with routes of its own turns the
//! feature `worker-entry` off and calls [`fetch`] for the requests that are chatui's.

use crate::{
    app::{App, Door, STATE_SECRET},
    http::{self, Body, Refusal},
    log,
    mcp::RequestId,
    mistakes::Mistakes,
    platform::Platform,
    secrets,
    server::Server,
    site::Addresses,
    state::States,
    task::Task,
};
use ::http::{HeaderName, HeaderValue, header::CONTENT_LENGTH};
use bytes::Bytes;
use std::{
    cell::RefCell,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{self, Poll},
    time::Duration,
};
use worker::{
    ByteStream, Delay, Headers, Response, ResponseBuilder,
    js_sys::{Array, JSON, Uint8Array, futures::JsFuture},
    web_sys,
};

pub use worker::{Context, Env, Request, Result};

/// Where Cloudflare says what it calls a request.
const RAY: &str = "cf-ray";

thread_local! {
    /// An isolate has one thread and may be kept between requests.
    static SERVER: RefCell<Option<Server>> = const { RefCell::new(None) };
}

#[cfg(feature = "worker-entry")]
#[worker::event(fetch)]
async fn entry(request: web_sys::Request, env: Env, context: Context) -> Result<Response> {
    answer(&request, env, context).await
}

/// Answers one request of a Worker.
///
/// # Errors
///
/// Those of the platform, for example a body that breaks off. A mistake in the app is an answer with status 500 and a log
/// line; the next request tries again.
pub async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    answer(request.inner(), env, context).await
}

/// Reads a secret of this Worker, such as `wrangler secret put` sets, and registers it as
/// [`App::secret`](crate::App::secret) does: from then on no answer and no line of the log holds it.
///
/// ```ignore
/// // Where a tool borrows `env: &Env`.
/// let key = chatui::worker::secret(env, "WEATHER_KEY")?;
/// ```
///
/// # Errors
///
/// There is no such secret, or it can't be told from other words: it is shorter than 8 bytes. Both are kept inside.
pub fn secret(env: &Env, name: &str) -> std::result::Result<String, crate::Error> {
    let missing = |_| {
        crate::Error::keep(format!("there is no secret `{name}`; `wrangler secret put {name}` sets it, and `.dev.vars` while you develop"))
    };
    let value = env.secret(name).map_err(missing)?.to_string();
    match secrets::register(&value) {
        Ok(()) => Ok(value),
        Err(why) => Err(crate::Error::keep(format!("the secret `{name}` {why}"))),
    }
}

/// Takes the request as the platform has it: the crate's own type asks for more than is needed, knows fewer methods, and
/// parses the address with all of Unicode.
async fn answer(request: &web_sys::Request, env: Env, context: Context) -> Result<Response> {
    let server = match server(&env, request).await {
        Ok(server) => server,
        Err(error) => {
            log::error(&match error.is::<Mistakes>() {
                true => error.to_string(),
                false => format!("the app can't start: {error}"),
            });
            return Response::error("the app can't start; its log says why", 500);
        }
    };
    let (request, refusal) = read(request, server.table.limits.body).await?;
    let mut lent = States::default();
    lent.add(Box::new(env));
    lent.add(Box::new(context));
    // Cloudflare's own name for the request, under which its dashboards know it.
    if let Some(Ok(ray)) = request.headers().get(RAY).map(HeaderValue::to_str) {
        lent.add(Box::new(RequestId(ray.to_owned())));
    }
    write(Server { door: Arc::new(lent), ..server }.handle_or(request, refusal).await)
}

/// The server of this isolate. No request waits for another's: workerd forbids that. Early ones each make the app, and
/// the first that is finished is kept.
async fn server(env: &Env, request: &web_sys::Request) -> std::result::Result<Server, crate::Error> {
    if let Some(server) = SERVER.with_borrow(Option::clone) {
        return Ok(server);
    }
    log::listen(env.var("RUST_LOG").ok().map(|level| level.to_string()).as_deref());
    let said = Addresses::of_env(|name| env.var(name).ok().map(|value| value.to_string()));
    let state_secret = env.secret(STATE_SECRET).ok().map(|secret| secret.to_string());
    let mut made = App::linked(&Door { said, state_secret, is_development: false, env }).await?;
    made.platform = &WORKERD;
    // Only the edge names a request so: while developing, the address may be that of a route that is not there yet.
    let host = request.url().parse::<::http::Uri>().ok().and_then(|url| url.host().map(str::to_owned));
    let host = host.filter(|_| request.headers().has(RAY).unwrap_or_default());
    if let Some(why) = host.and_then(|host| made.table.site.unreachable_from(&host)) {
        return Err(crate::Error::tell(why));
    }
    Ok(SERVER.with_borrow_mut(|server| server.get_or_insert(made).clone()))
}

/// A request, and what is said to it where its body can't be read, or where it is none.
async fn read(request: &web_sys::Request, most: usize) -> Result<(::http::Request<Bytes>, Option<Refusal>)> {
    let method = request.method();
    let mut read = ::http::Request::builder().method(method.as_str()).uri(request.url());
    for (name, value) in headers(request)? {
        // The platform takes some that the protocol has no letters for; nobody here reads those.
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            read = read.header(name, value);
        }
    }
    let length = read.headers_ref().and_then(|headers| headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok());
    let body = if method == "POST" { body(request, length, most).await? } else { Ok(Bytes::new()) };
    // It is answered by the road all the same: a page that sent too much is to read that.
    let (body, refusal) = match body {
        Ok(body) => (body, None),
        Err(refusal) => (Bytes::new(), Some(refusal)),
    };
    Ok(read.body(body).map_or_else(|_| (::http::Request::default(), Some(UNREADABLE)), |request| (request, refusal)))
}

/// All headers as one text: each step between the platform and wasm costs more than to read it.
fn headers(request: &web_sys::Request) -> Result<Vec<(String, String)>> {
    let text = JSON::stringify(&Array::from(&request.headers()))?;
    Ok(serde_json::from_str(&String::from(text))?)
}

const TOO_LARGE: Refusal = http::too_large;
const BROKEN: Refusal = |_| http::broken();
const UNREADABLE: Refusal = |_| http::unreadable();

/// The body, or the answer where it is too large: memory that wasm has taken once it never gives back.
async fn body(request: &web_sys::Request, length: Option<usize>, most: usize) -> Result<std::result::Result<Bytes, Refusal>> {
    // The platform takes one whose length is said far cheaper at once than in pieces.
    if let Some(length) = length {
        if length > most {
            return Ok(Err(TOO_LARGE));
        }
        let Ok(bytes) = JsFuture::from(request.array_buffer()?).await else { return Ok(Err(BROKEN)) };
        let bytes = Uint8Array::new(&bytes);
        // Another Worker may say what it likes.
        return Ok(if bytes.length() as usize > most { Err(TOO_LARGE) } else { Ok(bytes.to_vec().into()) });
    }
    let Some(stream) = request.body() else { return Ok(Ok(Bytes::new())) };
    let (mut stream, mut body) = (ByteStream::from(stream), Vec::new());
    while let Some(part) = poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut stream), context)).await {
        let Ok(part) = part else { return Ok(Err(BROKEN)) };
        body.extend_from_slice(&part);
        if body.len() > most {
            return Ok(Err(TOO_LARGE));
        }
    }
    Ok(Ok(body.into()))
}

fn write(response: ::http::Response<Body>) -> Result<Response> {
    let headers = Headers::new();
    for (name, value) in response.headers() {
        headers.append(name.as_str(), value.to_str().unwrap_or_default())?;
    }
    let written = ResponseBuilder::new().with_status(response.status().as_u16()).with_headers(headers);
    Ok(match response.into_body().whole() {
        Ok(body) if body.is_empty() => written.empty(),
        Ok(body) => written.fixed(body.into()),
        Err(stream) => written.from_stream(Pieces(stream))?,
    })
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
static WORKERD: Platform = Platform { sleep: Some(sleep), now: Some(now) };

fn now() -> Duration {
    Duration::from_millis(worker::Date::now().as_millis())
}

fn sleep(time: Duration) -> Task<'static, ()> {
    Box::pin(Delay::from(time))
}
