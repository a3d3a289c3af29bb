//! Tools, a resource and an app of another crate.

use chatui::{App, resource, tool};

/// Deletes everything.
#[tool(destructive)]
fn delete_all() {}

/// Something to read.
#[resource("other://text")]
fn text() -> &'static str {
    "text"
}

/// For when this package is the root; elsewhere it must not take the place of another's.
#[chatui::app]
fn app() -> App {
    App::new().instructions("The other app.")
}
