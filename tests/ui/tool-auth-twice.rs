/// Adds.
#[chatui::tool(writes, auth(optional, optional))]
fn add() -> String {
    String::new()
}

fn main() {}
