//! Tools, a resource, a prompt and an app of another crate.

use chatui::{App, prompt, resource, tool};

/// Deletes everything.
#[tool(destructive)]
fn delete_all() {}

/// Something to read.
#[resource("other://text")]
fn text() -> &'static str {
    "text"
}

/// Something to say.
#[prompt]
fn say() -> &'static str {
    "say"
}

/// For when this package is the root; elsewhere it must not take the place of another's.
#[chatui::app]
fn app() -> App {
    App::new().instructions("The other app.")
}
