//! A widget of 200 KB, as one is that brings a library along.

use chatui::{tool, widget};

/// A panel.
#[widget("widget/panel.html", text = "{title}")]
struct Panel {
    title: String,
}

/// Shows the panel.
#[tool(read_only)]
fn panel() -> Panel {
    Panel { title: "A panel".into() }
}
