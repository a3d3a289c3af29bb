/// Says hello.
#[chatui::prompt]
struct Hello;

fn main() {}
