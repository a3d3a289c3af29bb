//! The zoo behind one widget, for the `types` command: what it may call is every kind of type there is.

#[path = "../zoo/tools.rs"]
mod tools;
#[path = "../zoo/types.rs"]
mod types;

use chatui::{tool, widget};

/// The animals by name.
#[widget(html = "<!doctype html><title>Zoo</title><p>Zoo", text = count)]
struct Zoo {
    names: &'static [&'static str],
}

fn count(zoo: &Zoo) -> String {
    format!("{} animals", zoo.names.len())
}

/// Shows the zoo.
#[tool(read_only)]
fn visit() -> Zoo {
    Zoo { names: tools::NAMES }
}

fn main() -> chatui::Exit {
    chatui::main()
}
