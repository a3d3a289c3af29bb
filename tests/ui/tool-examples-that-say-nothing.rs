use chatui::tool;

/// Shows the list.
#[tool(read_only, examples = ["Show me the list", " ", "Show me the list"])]
fn show() {}

/// Counts.
#[tool(read_only, examples = 3)]
fn count() {}

#[chatui::app(not_for = ["", "Book a flight"])]
fn app() -> chatui::App {
    chatui::App::new()
}

fn main() {}
