/// All notes.
#[chatui::resource("notes://all", mime = text, titel = "Notes", read_only, name = "all notes")]
fn notes() -> String {
    String::new()
}

/// All notes.
#[chatui::resource(7)]
fn seven() -> String {
    String::new()
}

/// All notes.
#[chatui::resource("notes://some", mime = "markdown")]
fn some() -> String {
    String::new()
}

fn main() {}
