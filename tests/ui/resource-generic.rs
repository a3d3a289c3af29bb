/// A note.
#[chatui::resource("notes://all")]
fn notes<T: Default>() -> String {
    String::new()
}

fn main() {}
