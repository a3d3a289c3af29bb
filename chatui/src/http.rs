//! What MCP asks of HTTP: path, method, content type, standard headers, status.

use crate::{mcp::Headers, rpc, table::Table};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use std::{fmt::Write, sync::Arc};

/// Where the MCP endpoint is.
pub(crate) const ENDPOINT: &str = "/mcp";

/// The largest request that is read, in bytes.
pub(crate) const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// Answers one request.
pub(crate) async fn handle(table: &Arc<Table>, request: Request<Bytes>) -> Response<Bytes> {
    if request.uri().path() != ENDPOINT {
        return text(StatusCode::NOT_FOUND, format!("nothing is here; the MCP endpoint is {ENDPOINT}\n"));
    }
    match *request.method() {
        Method::POST => post(table, &request).await,
        Method::GET if !wants_stream(request.headers()) => text(StatusCode::OK, summary(table)),
        _ => not_allowed(),
    }
}

async fn post(table: &Arc<Table>, request: &Request<Bytes>) -> Response<Bytes> {
    if !is_json(request.headers()) {
        return text(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send `Content-Type: application/json`\n".into());
    }
    let named = |name| request.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok()).map(str::trim);
    let headers = Headers { version: named("mcp-protocol-version"), method: named("mcp-method"), name: named("mcp-name") };
    let answer = rpc::answer(table, request.body(), Some(headers)).await;
    let mut response = Response::new(answer.body.map_or_else(Bytes::new, Bytes::from));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if !response.body().is_empty() {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

/// The answer to a body over [`BODY_LIMIT`]; the doors see it first.
pub(crate) fn too_large() -> Response<Bytes> {
    text(StatusCode::PAYLOAD_TOO_LARGE, format!("the body is over {BODY_LIMIT} bytes\n"))
}

/// A client that opens a stream by GET is told that there is none; a person gets a page.
fn wants_stream(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT).iter().any(|value| value.as_bytes().windows(17).any(|part| part == b"text/event-stream"))
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.and_then(|value| value.split(';').next()).is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json"))
}

fn not_allowed() -> Response<Bytes> {
    let mut response =
        text(StatusCode::METHOD_NOT_ALLOWED, "this server has no sessions and no streams to open; send JSON-RPC by POST\n".into());
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    response
}

fn text(status: StatusCode, text: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() = status;
    const PLAIN: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
    const NO_SNIFF: (HeaderName, HeaderValue) = (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response.headers_mut().insert(header::CONTENT_TYPE, PLAIN);
    response.headers_mut().insert(NO_SNIFF.0, NO_SNIFF.1);
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
