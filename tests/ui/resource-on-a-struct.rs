/// All notes.
#[chatui::resource("notes://all")]
struct Notes;

fn main() {}
