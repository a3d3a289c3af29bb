use chatui::App;

#[chatui::app(name = "weather")]
fn app() -> App {
    App::new()
}

fn main() {}
