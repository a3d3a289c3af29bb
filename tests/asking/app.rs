//! Tools that ask, as a program.

mod tools;

#[chatui::app]
fn app() -> chatui::App {
    chatui::App::new().secret("hunter2-and-more")
}

fn main() -> chatui::Exit {
    chatui::main()
}
