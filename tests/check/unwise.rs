//! An app that is drawn all the same: `check` finds what is unwise about it, and where.

use chatui::{App, data, tool, widget};

/// A list of everything that there is.
#[widget(html = "<!doctype html><title>All</title><p>All<script>alert('all')</script>", text = "{count} things")]
#[data]
struct All {
    count: usize,
}

/// Delete everything.
#[tool(read_only)]
fn delete_all() -> All {
    All { count: 0 }
}

#[chatui::app]
fn app() -> App {
    App::new()
}

fn main() -> chatui::Exit {
    chatui::main()
}
