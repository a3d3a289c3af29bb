//! What MCP asks of HTTP: path, method, content type, standard headers, status.

pub use crate::stream::Body;

use crate::{
    access::Lack,
    events,
    guard::{Guard, METADATA},
    mcp::{Headers, Scene},
    only::Only,
    places::Places,
    revision,
    rpc::{self, Answer},
    server::Server,
    site::ENDPOINT,
    stream::{self, Way},
    table::Table,
    task::task,
    user::User,
};
#[cfg(any(feature = "auth", not(target_family = "wasm")))]
use crate::{
    log,
    run::{Clock, Who, guarded},
};
#[cfg(not(target_family = "wasm"))]
use crate::{
    platform::in_words,
    rate::{self, Peer},
};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
#[cfg(not(target_family = "wasm"))]
use std::time::Duration;
use std::{fmt::Write, sync::Arc};

/// The bytes of a request to listen, which are held for as long as it is listened to.
const LISTENING: usize = 64 * 1024;

/// Where OpenAI looks for the token that its submission form shows: the proof whose domain it is.
const CHALLENGE: &str = "/.well-known/openai-apps-challenge";

impl Server {
    /// Answers one HTTP request: the MCP endpoint is `/mcp`. The doors call this, and so can a test or a server of yours.
    ///
    /// What a door lends is missing then: `timeout` does not end a call, `blocking` tools run where this is polled, silent
    /// streams are not kept alive, and the `Host` is not looked at, so let nothing but your own names reach it. Of the
    /// [`Limits`](crate::Limits) those hold that are about one message, and `streams`.
    ///
    /// A `User` in the extensions of the request is who calls, whatever token it brings: one whom a server of yours has verified
    /// already.
    ///
    /// ```standalone_crate
    /// # use chatui::{App, tool};
    /// # /// Says hello.
    /// # #[tool(read_only)]
    /// # fn hello() -> String { "hello".into() }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = App::new().build().unwrap();
    /// let request = http::Request::post("/mcp")
    ///     .header("content-type", "application/json")
    ///     .body(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#.into())
    ///     .unwrap();
    /// let response = server.handle(request).await;
    /// assert_eq!(response.into_body().bytes().await, r#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    /// # }
    /// ```
    pub async fn handle(&self, request: http::Request<Bytes>) -> http::Response<Body> {
        self.handle_or(request, None).await
    }

    /// The same, where the door may have found already that a request can't be answered: its body is missing then.
    pub(crate) async fn handle_or(&self, request: Request<Bytes>, refusal: Option<Refusal>) -> Response<Body> {
        handle(self, request, refusal).await
    }
}

/// What a door says of a request whose body can't be read, knowing the largest that can.
pub(crate) type Refusal = fn(usize) -> Response<Body>;

/// Answers one request.
async fn handle(server: &Server, request: Request<Bytes>, refusal: Option<Refusal>) -> Response<Body> {
    let path = request.uri().path();
    // Asked by supervisors, which know no names.
    if path == "/health" {
        return text(StatusCode::OK, "ok\n".into());
    }
    // Asked for by frames whose origin is `null`, and a secret of nobody.
    #[cfg(not(target_family = "wasm"))]
    if matches!(*request.method(), Method::GET | Method::HEAD)
        && let Some((bytes, version)) = crate::resource::decode(path).and_then(|path| server.table.asset(&path))
    {
        return asset(request.uri(), bytes.clone(), version);
    }
    // For whoever asks who gives tokens for this server; pages of clients ask too.
    if let Some(guard) = &server.table.guard
        && path.strip_prefix(METADATA).is_some_and(|rest| rest.is_empty() || rest == ENDPOINT)
    {
        return metadata(request.method(), guard);
    }
    let origin = match server.names.admit(request.uri(), request.headers()) {
        Ok(origin) => origin.cloned(),
        Err(why) => return text(StatusCode::FORBIDDEN, why),
    };
    let challenge = &server.table.site.challenge;
    let response = match (path, request.method()) {
        // Without `if let`, which guards have since Rust 1.95 only.
        _ if refusal.is_some() => refusal.map_or_else(broken, |refusal| refusal(server.table.limits.body)),
        // Before a page may send what it wants to, on any path: clients look for metadata with headers of their own.
        (_, &Method::OPTIONS) => preflight(),
        (ENDPOINT, &Method::POST) => post(server, request).await,
        (ENDPOINT, &Method::GET) if !accepts_stream(request.headers()) => text(StatusCode::OK, summary(&server.table)),
        (ENDPOINT, _) => not_allowed(),
        ("/", &Method::GET | &Method::HEAD) => page(&server.table),
        (CHALLENGE, &Method::GET | &Method::HEAD) if challenge.is_some() => text(StatusCode::OK, challenge.clone().unwrap_or_default()),
        // Had it been uploaded, Cloudflare would have answered.
        _ if request.uri().query().is_some_and(|query| query.starts_with("v=")) => text(
            StatusCode::NOT_FOUND,
            format!("no asset `{path}`; `[assets] directory` in wrangler.toml is to name the folder that the widget's `assets` names\n"),
        ),
        _ => text(StatusCode::NOT_FOUND, format!("nothing is here; the MCP endpoint is {ENDPOINT}\n")),
    };
    shared(response, origin)
}

async fn post(server: &Server, request: Request<Bytes>) -> Response<Body> {
    let listens = listens(server, request.headers());
    let most = server.table.limits.body.min(if listens { LISTENING } else { usize::MAX });
    if request.body().len() > most {
        return too_large(most);
    }
    if !is_json(request.headers()) {
        return text(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send `Content-Type: application/json`\n".into());
    }
    let user = caller(server, &request).await;
    #[cfg(not(target_family = "wasm"))]
    if let Some(refusal) = too_often(server, &request, user.as_ref().ok().and_then(|user| user.as_ref().map(User::subject))) {
        return refusal;
    }
    let user = match user {
        Ok(user) => user,
        Err(lack) => {
            let failure = Scene::of(server, None, None).refuse(&lack);
            return whole(failure.answer(rpc::readable_id(request.body())));
        }
    };
    if !may_stream(server, &request) {
        return whole(rpc::answer(Scene::of(server, user.as_ref(), None), request.body(), Some(standard(request.headers()))).await);
    }
    let (events, arrivals) = events::pipe();
    let places = if listens { None } else { places(server) };
    let (platform, server) = (server.platform, server.clone());
    let road = task(async move {
        let scene = Scene::of(&server, user.as_ref(), Some(&events));
        rpc::answer(scene, request.body(), Some(standard(request.headers()))).await
    });
    match stream::follow(road, arrivals, platform, places.as_ref()).await {
        Way::Whole(answer) => whole(answer),
        Way::InPieces(stream) => pieces(Body::stream(stream)),
    }
}

/// Where those who speak are counted; who listens is counted elsewhere.
#[cfg(not(target_family = "wasm"))]
#[expect(clippy::unnecessary_wraps, reason = "Workers count nobody")]
fn places(server: &Server) -> Option<Arc<Places>> {
    Some(server.streams.clone())
}

#[cfg(target_family = "wasm")]
fn places(_: &Server) -> Option<Arc<Places>> {
    None
}

/// Who sends a request: whom somebody in front of this server has verified already, or else whose token it brings.
#[cfg(any(feature = "auth", not(target_family = "wasm")))]
async fn caller(server: &Server, request: &Request<Bytes>) -> Result<Option<User>, Only<Lack>> {
    match (request.extensions().get::<User>(), &server.table.guard) {
        (Some(user), _) => Ok(Some(user.clone())),
        (None, Some(guard)) => verified(server, guard, request.headers()).await.map_err(|lack| guard.with(lack)),
        (None, None) => Ok(None),
    }
}

/// Whose token a request brings. Who verifies it may be the author's code, which ends as a tool does: by a panic, or when it takes
/// too long.
#[cfg(any(feature = "auth", not(target_family = "wasm")))]
async fn verified(server: &Server, guard: &Guard, headers: &HeaderMap) -> Result<Option<User>, Lack> {
    // Nobody makes it `blocking`.
    let who = Who { name: "auth", place: "", blocking: true };
    let clock = Clock::new(server.table.limits.timeout_ms, server.platform);
    guarded(who, task(async { Ok(guard.caller(headers).await) }), clock).await.unwrap_or_else(|error| {
        log::error(&format!("a token could not be verified: {error}"));
        Err(guard.doubt())
    })
}

/// Nobody can sign in.
#[cfg(all(not(feature = "auth"), target_family = "wasm"))]
async fn caller(_: &Server, _: &Request<Bytes>) -> Result<Option<User>, Only<Lack>> {
    Ok(None)
}

/// Who gives tokens for this server (RFC 9728).
fn metadata(method: &Method, guard: &Guard) -> Response<Body> {
    let mut response = match *method {
        Method::GET | Method::HEAD => typed(StatusCode::OK, "application/json", guard.metadata.clone()),
        // Clients in browsers look here with a header of MCP's.
        Method::OPTIONS => preflight(),
        _ => {
            let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "this is to be read; send GET\n".into());
            put(response.headers_mut(), header::ALLOW, "GET, HEAD");
            return response;
        }
    };
    put(response.headers_mut(), header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response
}

/// Whether a request is one that a tool may be called by.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn is_call(request: &Request<Bytes>) -> bool {
    request.method() == Method::POST && request.uri().path() == ENDPOINT
}

/// A call that nobody wants to hear of never speaks before its end; to look for the words is cheaper than a pipe.
fn may_stream(server: &Server, request: &Request<Bytes>) -> bool {
    // Older clients do not say whether they want messages of the log.
    let is_modern = || standard(request.headers()).version.is_some_and(revision::is_modern);
    let hears = || server.table.speaks && (asks_to_hear(request.body()) || !is_modern());
    (hears() || listens(server, request.headers())) && accepts_stream(request.headers())
}

/// Whether a request opens a stream of change notices. With these two headers it can do nothing else: a body that says otherwise is
/// refused.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn listens(server: &Server, headers: &HeaderMap) -> bool {
    if server.table.handle.is_none() {
        return false;
    }
    let Headers { version, method, .. } = standard(headers);
    method == Some("subscriptions/listen") && version.is_some_and(revision::is_modern)
}

#[cfg(target_family = "wasm")]
fn listens(_: &Server, _: &HeaderMap) -> bool {
    false
}

/// What is said to a subject that asks too often; without one, to the address that it asks from.
#[cfg(not(target_family = "wasm"))]
fn too_often(server: &Server, request: &Request<Bytes>, subject: Option<&str>) -> Option<Response<Body>> {
    let (rate, now) = (server.rate.as_ref()?, server.platform.now?());
    // Behind proxies, the address that they were called from.
    let peer = request.extensions().get::<Peer>().map(|Peer(ip)| Peer(server.peer(request.headers(), *ip)));
    // A batch costs what its messages would cost alone.
    let wait = (0..rpc::count(request.body())).find_map(|_| rate.take(subject, peer, now).err())?;
    Some(later(StatusCode::TOO_MANY_REQUESTS, rate.told(wait), rate::seconds(wait)))
}

fn asks_to_hear(body: &[u8]) -> bool {
    // Their one capital is rare in what clients send, so few places are looked at.
    let stands = |at: usize, before: usize, key: &[u8]| at >= before && body[at - before..].starts_with(key);
    memchr::memchr2_iter(b'T', b'L', body).any(|at| stands(at, 9, b"\"progressToken\"") || stands(at, 4, b"/logLevel\""))
}

/// What the protocol repeats of a message in headers, and who sends it.
pub(crate) fn standard(headers: &HeaderMap) -> Headers<'_> {
    static STANDARD: [HeaderName; 4] = [
        HeaderName::from_static("mcp-protocol-version"),
        HeaderName::from_static("mcp-method"),
        HeaderName::from_static("mcp-name"),
        header::USER_AGENT,
    ];
    let named = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::trim);
    let [version, method, name, agent] = STANDARD.each_ref().map(named);
    Headers { version, method, name, agent, all: Some(headers) }
}

fn whole(answer: Answer) -> Response<Body> {
    let is_empty = answer.body.is_none();
    let mut response = Response::new(Body::from(answer.body.unwrap_or_default()));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(challenge) = answer.challenge.and_then(|challenge| HeaderValue::from_str(&challenge).ok()) {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    if answer.status == 503 {
        put(response.headers_mut(), header::RETRY_AFTER, "5");
    }
    if !is_empty {
        put(response.headers_mut(), header::CONTENT_TYPE, "application/json");
    }
    response
}

fn pieces(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    put(headers, header::CONTENT_TYPE, "text/event-stream");
    put(headers, header::CACHE_CONTROL, "no-store");
    // nginx and its like would collect the events otherwise.
    put(headers, HeaderName::from_static("x-accel-buffering"), "no");
    response
}

/// The answer to a body that is larger than it may be; the doors see it first.
pub(crate) fn too_large(most: usize) -> Response<Body> {
    text(StatusCode::PAYLOAD_TOO_LARGE, format!("the body is over {most} bytes\n"))
}

/// The answer to a body that does not come.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn too_slow(time: Duration) -> Response<Body> {
    text(StatusCode::REQUEST_TIMEOUT, format!("the body did not arrive within {}\n", in_words(time.as_millis() as u64)))
}

/// The answer to a request that can't be answered now.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn not_now(why: &str) -> Response<Body> {
    later(StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n"), 1)
}

#[cfg(not(target_family = "wasm"))]
fn later(status: StatusCode, why: String, seconds: u64) -> Response<Body> {
    let mut response = text(status, why);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// The answer to a request that is none.
#[cfg(target_family = "wasm")]
pub(crate) fn unreadable() -> Response<Body> {
    text(StatusCode::BAD_REQUEST, "the request can't be read\n".into())
}

/// The answer to a body that ends before its end.
pub(crate) fn broken() -> Response<Body> {
    text(StatusCode::BAD_REQUEST, "the body broke off\n".into())
}

/// A client that opens a stream by GET is told that there is none, where a person gets a page; one that posts may get one.
fn accepts_stream(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .any(|value| value.as_bytes().split(|byte| matches!(byte, b',' | b';')).any(|media| media.trim_ascii() == b"text/event-stream"))
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.and_then(|value| value.split(';').next()).is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
}

/// What a page of another origin may send, for 2 hours: no longer does Chromium remember it.
fn preflight() -> Response<Body> {
    let mut response = Response::new(Body::from(Bytes::new()));
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    put(headers, header::ALLOW, "POST");
    put(headers, header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST");
    // The last one stands for `Mcp-Param-…` and headers of clients' own; it has no power over `Authorization` (Fetch, "CORS protocol").
    const HEADERS: &str =
        "accept, authorization, content-type, last-event-id, mcp-method, mcp-name, mcp-protocol-version, mcp-session-id, *";
    put(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
    put(headers, header::ACCESS_CONTROL_MAX_AGE, "7200");
    response
}

/// Lets the page that is let in, if it is one, read the answer, and of its headers those that say what to do next. Cookies are
/// nothing to this server.
pub(crate) fn shared<B>(mut response: Response<B>, page: Option<HeaderValue>) -> Response<B> {
    if let Some(page) = page {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, page);
        put(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, "www-authenticate, retry-after");
        put(headers, header::VARY, "origin");
    }
    response
}

/// The origin of the page that a request comes from and that is let in, for what a door answers by itself.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn page_of<B>(server: &Server, request: &Request<B>) -> Option<HeaderValue> {
    request.headers().get(header::ORIGIN)?;
    server.names.admit(request.uri(), request.headers()).ok()?.cloned()
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

fn not_allowed() -> Response<Body> {
    let mut response =
        text(StatusCode::METHOD_NOT_ALLOWED, "this server has no sessions and no streams to open; send JSON-RPC by POST\n".into());
    put(response.headers_mut(), header::ALLOW, "POST");
    response
}

fn text(status: StatusCode, text: String) -> Response<Body> {
    typed(status, "text/plain; charset=utf-8", text)
}

fn typed(status: StatusCode, media: &'static str, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    put(headers, header::CONTENT_TYPE, media);
    put(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // One for the page and for what is plain text: nothing runs, and nobody frames it.
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    put(headers, header::CONTENT_SECURITY_POLICY, POLICY);
    put(headers, header::REFERRER_POLICY, "no-referrer");
    response
}

/// A file beside a widget. Under its own version it never changes; another process may have another.
#[cfg(not(target_family = "wasm"))]
fn asset(uri: &http::Uri, bytes: Bytes, version: &str) -> Response<Body> {
    let cache = if uri.query().and_then(|query| query.strip_prefix("v=")) == Some(version) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    put(headers, header::CONTENT_TYPE, chatui_template::media_type(uri.path()));
    put(headers, header::CACHE_CONTROL, cache);
    put(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    put(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    response
}

/// A page for whoever opens the server's address in a browser.
fn page(table: &Table) -> Response<Body> {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let name = escape(table.package.name);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{name}</title>\n\
         <style>:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }} body {{ max-width: 60rem; margin: 3rem auto; padding: 0 1rem }} pre {{ overflow: auto }}</style>\n\
         <h1>{name}</h1>\n<p>The MCP endpoint is <a href=\"{ENDPOINT}\">{ENDPOINT}</a>.</p>\n<pre>{}</pre>\n",
        escape(&summary(table))
    );
    typed(StatusCode::OK, "text/html; charset=utf-8", html)
}

/// What a person sees who opens the endpoint.
fn summary(table: &Table) -> String {
    let package = table.package;
    let mut text = format!(
        "{} {} is an MCP server. Add this address to ChatGPT, Claude or another MCP client; it takes JSON-RPC by POST.\n",
        package.name, package.version
    );
    // Nobody is signed in here, and the lists of the protocol are then not for everybody either.
    if table.is_closed() {
        text.push_str("\nWhat it offers is told to who signs in.\n");
        return text;
    }
    text.push_str("\ntools\n");
    let width = table.tools().iter().map(|entry| entry.tool.name.len()).max().unwrap_or(0);
    for entry in table.tools() {
        let about = entry.tool.about.lines().next().unwrap_or_default();
        let _ = writeln!(text, "  {:width$}  {about}", entry.tool.name);
    }
    if !table.pages().is_empty() {
        text.push_str("\nwidgets\n");
    }
    for page in table.pages() {
        let _ = writeln!(text, "  {}", page.uri());
    }
    text
}
