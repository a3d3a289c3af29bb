use chatui::App;

struct Config;

#[chatui::app]
fn app(config: &Config) -> App {
    drop(config);
    App::new()
}

fn main() {}
