#[chatui::app]
fn app() -> String {
    String::new()
}

fn main() {}
