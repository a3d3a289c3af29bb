#[chatui::app]
struct App;

fn main() {}
