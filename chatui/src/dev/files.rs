//! What the page is made of: `web/host.html` and what it loads. Readable as it is, and nothing from elsewhere.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

pub(super) struct File {
    pub(super) path: &'static str,
    media: &'static str,
    text: &'static str,
}

/// The page runs what the server gives it and nothing else; widgets are on another port of this machine, which changes with
/// every start.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; media-src data:; \
                      frame-src http://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

macro_rules! scripts {
    ($($name:literal)*) => {
        &[
            File { path: "/", media: "text/html; charset=utf-8", text: include_str!("../../web/host.html") },
            File { path: "/dev/host.css", media: "text/css; charset=utf-8", text: include_str!("../../web/host.css") },
            $(File {
                path: concat!("/dev/", $name),
                media: "text/javascript; charset=utf-8",
                text: include_str!(concat!("../../web/host/", $name)),
            },)*
        ]
    };
}

pub(super) static ALL: &[File] = scripts! {
    "answer.js" "apps.js" "ask.js" "client.js" "dom.js" "form.js" "inside.js" "link.js" "log.js" "main.js" "openai.js" "place.js"
    "profiles.js" "schema.js" "side.js" "thread.js" "variables.js" "violations.js" "widget.js"
};

impl File {
    pub(super) fn response(&self) -> Response {
        let mut response = self.text.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        // The next build may have another.
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
