/// All notes.
#[chatui::resource("ui://notes")]
fn notes() -> String {
    String::new()
}

fn main() {}
