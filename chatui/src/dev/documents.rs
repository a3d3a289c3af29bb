//! The sandbox: an origin with nothing but the widgets' documents, each under the policy that the specification prescribes for
//! it. What is drawn here is drawn everywhere: hosts may be stricter only where a widget could have said so.

use super::{Dev, gate::names_this_machine, random};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chatui_template::check_origin;
use serde::Deserialize;
use std::{
    collections::VecDeque,
    fmt::Write,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

/// So many documents stay, for pages in several tabs; the next one takes the place of the oldest.
const KEPT: usize = 64;

pub(super) struct Documents {
    origin: String,
    kept: Mutex<VecDeque<(String, Document)>>,
}

#[derive(Clone)]
struct Document {
    html: String,
    policy: HeaderValue,
}

/// What the page has read by `resources/read`, to be shown.
#[derive(Deserialize)]
pub(super) struct Wanted {
    html: String,
    /// `_meta.ui.csp` of its contents.
    csp: Option<Csp>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Csp {
    connect_domains: Vec<String>,
    resource_domains: Vec<String>,
    frame_domains: Vec<String>,
    base_uri_domains: Vec<String>,
}

impl Documents {
    pub(super) fn new(address: SocketAddr) -> Self {
        Documents { origin: format!("http://{address}"), kept: Mutex::default() }
    }

    /// Keeps a document and says where it is.
    ///
    /// # Errors
    ///
    /// A policy that hosts refuse, in a sentence.
    pub(super) fn keep(&self, Wanted { html, csp }: Wanted) -> Result<String, String> {
        let policy = HeaderValue::try_from(policy(csp.as_ref())?).map_err(|error| error.to_string())?;
        let path = format!("/{}", random());
        let url = format!("{}{path}", self.origin);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.truncate(KEPT - 1);
        kept.push_front((path, Document { html, policy }));
        Ok(url)
    }

    fn find(&self, path: &str) -> Option<Document> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == path).map(|(_, document)| document.clone())
    }
}

pub(super) fn router(dev: Arc<Dev>) -> Router {
    Router::new().fallback(show).with_state(dev)
}

async fn show(State(dev): State<Arc<Dev>>, headers: HeaderMap, request: Request) -> Response {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !names_this_machine(host) {
        return (StatusCode::FORBIDDEN, "the sandbox of `dev` answers to this machine alone\n").into_response();
    }
    let path = request.uri().path();
    let Some(Document { html, policy }) = dev.documents.find(path) else {
        // An address without a host, which the policy lets through as the widget's own.
        dev.live.tell("lost", &path);
        return (StatusCode::NOT_FOUND, "a widget has no server of its own\n").into_response();
    };
    let mut response = html.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The header of a resource with this `_meta.ui.csp` (MCP Apps 2026-01-26, "Content Security Policy"), and a sandbox that makes
/// the origin opaque even where the frame forgets to.
fn policy(csp: Option<&Csp>) -> Result<String, String> {
    const SANDBOX: &str = "sandbox allow-scripts";
    let Some(csp) = csp else {
        return Ok(format!(
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
             media-src 'self' data:; connect-src 'none'; object-src 'none'; {SANDBOX}"
        ));
    };
    let resources = origins("", &csp.resource_domains)?;
    let connect = origins("", &csp.connect_domains)?;
    let frames = origins("'none'", &csp.frame_domains)?;
    let base = origins("'self'", &csp.base_uri_domains)?;
    Ok(format!(
        "default-src 'none'; script-src 'self' 'unsafe-inline'{resources}; style-src 'self' 'unsafe-inline'{resources}; \
         img-src 'self' data:{resources}; media-src 'self' data:{resources}; font-src 'self'{resources}; \
         connect-src 'self'{connect}; frame-src{frames}; base-uri{base}; object-src 'none'; {SANDBOX}"
    ))
}

/// Each with a space before it. A path, a keyword or a semicolon would make another policy of it.
fn origins(none: &str, entries: &[String]) -> Result<String, String> {
    let mut list = String::new();
    for entry in entries {
        check_origin(entry).map_err(|problem| format!("csp: {problem}"))?;
        let _ = write!(list, " {entry}");
    }
    if list.is_empty() && !none.is_empty() {
        list = format!(" {none}");
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::{Csp, Documents, KEPT, Wanted, policy};

    #[test]
    fn the_policy_holds_what_was_declared_and_nothing_else() {
        let csp = Csp {
            connect_domains: vec!["https://api.example.com".into(), "wss://live.example.com".into()],
            resource_domains: vec!["https://*.cdn.example.com".into()],
            ..Csp::default()
        };
        assert_eq!(
            policy(Some(&csp)).unwrap(),
            "default-src 'none'; script-src 'self' 'unsafe-inline' https://*.cdn.example.com; \
             style-src 'self' 'unsafe-inline' https://*.cdn.example.com; img-src 'self' data: https://*.cdn.example.com; \
             media-src 'self' data: https://*.cdn.example.com; font-src 'self' https://*.cdn.example.com; \
             connect-src 'self' https://api.example.com wss://live.example.com; frame-src 'none'; base-uri 'self'; \
             object-src 'none'; sandbox allow-scripts"
        );
        assert!(policy(None).unwrap().contains("connect-src 'none'"));
    }

    #[test]
    fn what_would_change_the_policy_is_refused() {
        for wrong in ["https://a.example; script-src *", "*", "'unsafe-eval'", "https://a.example/path", "data:"] {
            let csp = Csp { resource_domains: vec![wrong.into()], ..Csp::default() };
            assert!(policy(Some(&csp)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_oldest_document_makes_room() {
        let documents = Documents::new(([127, 0, 0, 1], 1).into());
        let keep = |at: usize| documents.keep(Wanted { html: at.to_string(), csp: None }).unwrap();
        let urls: Vec<String> = (0..=KEPT).map(keep).collect();
        let found = |url: &str| documents.find(url.trim_start_matches("http://127.0.0.1:1")).map(|document| document.html);
        assert_eq!((found(&urls[0]), found(&urls[1]), found(&urls[KEPT])), (None, Some("1".into()), Some(KEPT.to_string())));
    }
}
