/// A note.
#[resource("notes://{book}/{id}", title = "One note", mime = "text/markdown", icon = "data:image/png,", audience = ["user", "assistant"], priority = 1)]
async fn note(
    /// The book it stands in.
    #[arg(complete = books)]
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
