use chatui::App;

#[chatui::app(crate = super::chatui)]
fn app() -> App {
    App::new()
}

fn main() {}
