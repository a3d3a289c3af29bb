//! An app with tools of every kind, and the road into it.

use crate::{tools::Store, zoo};
use bytes::Bytes;
use chatui::{App, Server};
use std::{cell::LazyCell, sync::LazyLock};
use tokio::runtime::{Builder, Runtime};

/// The address under which [`KINDS`] is reached.
pub(crate) const PUBLIC: &str = "https://fuzz.example.com";

/// Tools of every kind.
pub(crate) static KINDS: LazyLock<Server> = LazyLock::new(|| {
    let kinds = app().public_url(PUBLIC).instructions("Tools of every kind.");
    kinds.filter(|tool| !is_of_the_zoo(tool.name()) && tool.name() != "any").build().unwrap()
});

/// One tool for each type.
pub(crate) static ZOO: LazyLock<Server> = LazyLock::new(|| app().filter(|tool| is_of_the_zoo(tool.name())).build().unwrap());

/// An app with all that the tools borrow.
#[chatui::app]
pub(crate) fn app() -> App {
    App::new().state(Store { notes: vec!["first".into(), "<b>second</b>".into()] })
}

fn is_of_the_zoo(name: &str) -> bool {
    name == "rules" || zoo::NAMES.contains(&name)
}

thread_local! {
    static RUNTIME: LazyCell<Runtime> = LazyCell::new(|| Builder::new_current_thread().build().unwrap());
}

/// The whole answer to a request.
pub(crate) fn ask(server: &Server, request: http::Request<Bytes>) -> http::Response<Bytes> {
    RUNTIME.with(|runtime| {
        runtime.block_on(async {
            let (head, body) = server.handle(request).await.into_parts();
            http::Response::from_parts(head, body.bytes().await)
        })
    })
}

/// The whole answer to a message, with no more headers than a client of the older revisions sends.
pub(crate) fn post(server: &Server, message: impl Into<Bytes>) -> http::Response<Bytes> {
    let request = http::Request::post("/mcp").header("content-type", "application/json");
    ask(server, request.body(message.into()).unwrap())
}
