use chatui::App;

#[chatui::app]
unsafe fn app() -> App {
    App::new()
}

fn main() {}
