/// Says hello.
#[chatui::prompt]
fn hello() {}

fn main() {}
