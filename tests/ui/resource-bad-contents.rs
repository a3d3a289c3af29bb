struct Note;

/// All notes.
#[chatui::resource("notes://all")]
fn notes() -> Vec<Note> {
    Vec::new()
}

fn main() {}
