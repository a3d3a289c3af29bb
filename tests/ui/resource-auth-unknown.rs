/// The notes.
#[chatui::resource("notes://all", auth(scope("notes:read")))]
fn notes() -> String {
    String::new()
}

fn main() {}
