//! A request, written as on the wire: a line `METHOD path`, lines `name: value`, an empty line, the body.

use crate::{
    answer,
    door::{KINDS, ask},
    time::bounded,
};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri, header};
use std::sync::LazyLock;

const STATUS: [StatusCode; 7] = [
    StatusCode::OK,
    StatusCode::ACCEPTED,
    StatusCode::BAD_REQUEST,
    StatusCode::FORBIDDEN,
    StatusCode::NOT_FOUND,
    StatusCode::METHOD_NOT_ALLOWED,
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
];

/// The page for whoever opens the address, as nobody has asked for it.
static PAGE: LazyLock<Bytes> = LazyLock::new(|| ask(&KINDS, Request::get("/").body(Bytes::new()).unwrap()).into_body());

/// No panic, a known status, JSON-RPC with the id or a text that no browser takes for a page, and nothing of what came in a page.
pub fn run(data: &[u8]) {
    let Some(request) = read(data) else { return };
    let asked = request.body().clone();
    let is_preflight = request.method() == Method::OPTIONS;
    let answer = bounded("http", data.len(), || ask(&KINDS, request));
    if is_preflight && answer.status() == StatusCode::NO_CONTENT {
        assert!(answer.body().is_empty() && answer.headers().contains_key(header::ACCESS_CONTROL_ALLOW_METHODS));
        return;
    }
    assert!(STATUS.contains(&answer.status()), "{}", answer.status());
    match answer::media(&answer) {
        "text/html; charset=utf-8" => assert_eq!(answer.body(), &*PAGE),
        "text/plain; charset=utf-8" => {
            assert_eq!(answer.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert!(std::str::from_utf8(answer.body()).is_ok_and(|text| text.ends_with('\n')), "{:?}", answer.body());
        }
        _ => answer::check(&asked, &answer),
    }
}

/// `None`: no HTTP library would hand that on.
fn read(data: &[u8]) -> Option<Request<Bytes>> {
    let mut rest = data;
    let first = line(&mut rest);
    let space = memchr(first, b' ')?;
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = Method::from_bytes(&first[..space]).ok()?;
    *request.uri_mut() = Uri::try_from(&first[space + 1..]).ok()?;
    loop {
        let header = line(&mut rest);
        if header.is_empty() {
            break;
        }
        let colon = memchr(header, b':')?;
        let value = HeaderValue::from_bytes(header[colon + 1..].trim_ascii()).ok()?;
        request.headers_mut().append(HeaderName::from_bytes(&header[..colon]).ok()?, value);
    }
    *request.body_mut() = Bytes::copy_from_slice(rest);
    Some(request)
}

fn line<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let end = memchr(rest, b'\n').unwrap_or(rest.len());
    let (line, behind) = rest.split_at(end);
    *rest = behind.get(1..).unwrap_or_default();
    line
}

fn memchr(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|byte| *byte == wanted)
}
