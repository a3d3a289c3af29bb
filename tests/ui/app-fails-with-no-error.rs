use chatui::App;

struct Trouble;

#[chatui::app]
async fn app() -> Result<App, Trouble> {
    Err(Trouble)
}

fn main() {}
