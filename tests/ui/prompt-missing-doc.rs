#[chatui::prompt]
fn hello() -> String {
    String::new()
}

fn main() {}
