#[chatui::app(not_for = 1)]
fn app() -> chatui::App {
    chatui::App::new()
}

fn main() {}
