/// A note.
#[chatui::resource("notes://{book}/{id}")]
fn note(id: u32) -> String {
    id.to_string()
}

fn main() {}
