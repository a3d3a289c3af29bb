#[chatui::resource("notes://all")]
fn notes() -> String {
    String::new()
}

fn main() {}
