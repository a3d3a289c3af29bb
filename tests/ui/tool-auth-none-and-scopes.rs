/// Adds.
#[chatui::tool(writes, auth(none, scopes("todo:write")))]
fn add() -> String {
    String::new()
}

fn main() {}
