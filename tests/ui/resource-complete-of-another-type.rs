/// A note.
#[chatui::resource("notes://{id}")]
fn note(#[arg(complete = count)] id: String) -> String {
    id
}

fn count(typed: &str) -> usize {
    typed.len()
}

fn main() {}
