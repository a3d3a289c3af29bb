/// Adds.
#[chatui::tool(writes, auth())]
fn add() -> String {
    String::new()
}

fn main() {}
