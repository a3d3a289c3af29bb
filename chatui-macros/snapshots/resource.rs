/// A note.
#[resource("notes://{book}/{id}", title = "One note", mime = "text/markdown")]
async fn note(
    /// The book it stands in.
    book: String,
    id: u32,
    notes: &Notes,
) -> Result<Option<String>> {
    notes.read(&book, id).await
}

/// All notes.
#[resource("notes://all")]
fn notes() -> Json<Vec<Note>> {
    Json(Vec::new())
}
