/// A note.
#[chatui::resource("notes://{id}")]
fn note(id: u32, book: String) -> String {
    format!("{book} {id}")
}

fn main() {}
