/// A note.
#[chatui::resource("notes://{id")]
fn open(id: u32) -> String {
    id.to_string()
}

/// A note.
#[chatui::resource("notes://{book}{id}")]
fn touching(book: String, id: u32) -> String {
    format!("{book} {id}")
}

/// A note.
#[chatui::resource("notes://{?id}")]
fn query(id: u32) -> String {
    id.to_string()
}

/// A note.
#[chatui::resource("notes://{id}/{id}")]
fn twice(id: u32) -> String {
    id.to_string()
}

fn main() {}
