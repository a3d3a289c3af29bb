//! What MCP asks of HTTP: path, method, content type, standard headers, status.

pub use crate::stream::Body;

use crate::{
    events,
    mcp::{Headers, Scene},
    rpc::{self, Answer},
    server::Server,
    stream::{self, Way},
    table::Table,
    task::task,
};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use std::fmt::Write;

/// Where the MCP endpoint is.
pub(crate) const ENDPOINT: &str = "/mcp";

/// The largest request that is read, in bytes.
pub(crate) const BODY_LIMIT: usize = 4 * 1024 * 1024;

impl Server {
    /// Answers one HTTP request: the MCP endpoint is `/mcp`. The doors call this, and so can a test or a server of yours.
    ///
    /// What a door lends is missing then: `timeout` does not end a call, `blocking` tools run where this is polled, silent
    /// streams are not kept alive, and the `Host` is not looked at, so let nothing but your own names reach it.
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
        handle(self, request).await
    }
}

/// Answers one request.
async fn handle(server: &Server, request: Request<Bytes>) -> Response<Body> {
    let path = request.uri().path();
    // Asked by supervisors, which know no names.
    if path == "/health" {
        return text(StatusCode::OK, "ok\n".into());
    }
    if let Some(why) = server.hosts.refuse(request.uri(), request.headers()) {
        return text(StatusCode::FORBIDDEN, why);
    }
    match (path, request.method()) {
        (ENDPOINT, &Method::POST) => post(server, request).await,
        (ENDPOINT, &Method::GET) if !accepts_stream(request.headers()) => text(StatusCode::OK, summary(&server.table)),
        (ENDPOINT, _) => not_allowed(),
        ("/", &Method::GET | &Method::HEAD) => page(&server.table),
        _ => text(StatusCode::NOT_FOUND, format!("nothing is here; the MCP endpoint is {ENDPOINT}\n")),
    }
}

async fn post(server: &Server, request: Request<Bytes>) -> Response<Body> {
    if !is_json(request.headers()) {
        return text(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send `Content-Type: application/json`\n".into());
    }
    // A call that nobody asked for progress of never speaks before its end; to look for the word is cheaper than a pipe.
    if !asks_for_progress(request.body()) || !accepts_stream(request.headers()) {
        let scene = Scene { table: &server.table, platform: server.platform, events: None };
        return whole(rpc::answer(scene, request.body(), Some(standard(request.headers()))).await);
    }
    let (events, arrivals) = events::pipe();
    let (platform, server) = (server.platform, server.clone());
    let road = task(async move {
        let scene = Scene { table: &server.table, platform, events: Some(&events) };
        rpc::answer(scene, request.body(), Some(standard(request.headers()))).await
    });
    match stream::follow(road, arrivals, platform).await {
        Way::Whole(answer) => whole(answer),
        Way::InPieces(stream) => pieces(Body::stream(stream)),
    }
}

fn asks_for_progress(body: &[u8]) -> bool {
    const KEY: &[u8] = b"\"progressToken\"";
    // Its one capital is rare in what clients send, so few places are looked at.
    memchr::memchr_iter(b'T', body).any(|at| at >= 9 && body[at - 9..].starts_with(KEY))
}

/// What the protocol repeats of a message in headers.
fn standard(headers: &HeaderMap) -> Headers<'_> {
    let named = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::trim);
    Headers { version: named("mcp-protocol-version"), method: named("mcp-method"), name: named("mcp-name") }
}

fn whole(answer: Answer) -> Response<Body> {
    let is_empty = answer.body.is_none();
    let mut response = Response::new(Body::from(answer.body.unwrap_or_default()));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if !is_empty {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

fn pieces(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx and its like would collect the events otherwise.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// The answer to a body over [`BODY_LIMIT`]; the doors see it first.
pub(crate) fn too_large() -> Response<Body> {
    text(StatusCode::PAYLOAD_TOO_LARGE, format!("the body is over {BODY_LIMIT} bytes\n"))
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

fn not_allowed() -> Response<Body> {
    let mut response =
        text(StatusCode::METHOD_NOT_ALLOWED, "this server has no sessions and no streams to open; send JSON-RPC by POST\n".into());
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

fn text(status: StatusCode, text: String) -> Response<Body> {
    typed(status, "text/plain; charset=utf-8", text)
}

fn typed(status: StatusCode, media: &'static str, text: String) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
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
    let mut response = typed(StatusCode::OK, "text/html; charset=utf-8", html);
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// What a person sees who opens the endpoint.
fn summary(table: &Table) -> String {
    let package = table.package;
    let mut text = format!(
        "{} {} is an MCP server. Add this address to ChatGPT, Claude or another MCP client; it takes JSON-RPC by POST.\n\ntools\n",
        package.name, package.version
    );
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
