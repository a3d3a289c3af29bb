/// Deletes all notes.
#[chatui::tool(destructive, asks)]
fn delete() -> String {
    "deleted".into()
}

fn main() {}
