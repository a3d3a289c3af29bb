#[chatui::app]
fn app() {}

fn main() {}
