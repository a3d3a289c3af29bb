use chatui::App;

#[chatui::app]
fn app<T>() -> App {
    App::new()
}

fn main() {}
