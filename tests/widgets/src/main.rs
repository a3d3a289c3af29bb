//! Widgets for the tests in `tests/browser`: each shows something of the bridge that a person can see.
//! Native only, because one of the tools sleeps.

mod page;
mod tools;

#[chatui::app]
fn app() -> chatui::App {
    chatui::App::new().title("Lab of widgets")
}

fn main() -> chatui::Exit {
    chatui::main()
}
