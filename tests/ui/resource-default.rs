/// A note.
#[chatui::resource("notes://{id}")]
fn note(#[arg(default = 1)] id: u32) -> String {
    id.to_string()
}

fn main() {}
