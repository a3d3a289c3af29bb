/// All notes.
#[chatui::resource]
fn notes() -> String {
    String::new()
}

/// All notes again.
#[chatui::resource(title = "Notes")]
fn again() -> String {
    String::new()
}

fn main() {}
