use chatui::App;

#[chatui::app]
fn app(
    #[arg(default)]
    /// What Workers lend.
    env: &worker::Env,
) -> App {
    App::new()
}

mod worker {
    pub struct Env;
}

fn main() {}
