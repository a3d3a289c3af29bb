/// Adds.
#[chatui::tool(writes, auth(scopes))]
fn add() -> String {
    String::new()
}

fn main() {}
