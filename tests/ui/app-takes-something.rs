use chatui::App;

#[chatui::app]
fn app(name: String) -> App {
    App::new().instructions(name)
}

fn main() {}
