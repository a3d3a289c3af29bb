/// Adds.
#[chatui::tool(writes, auth(scopes("todo read", "", "offline_access", "a", "a")))]
fn add() -> String {
    String::new()
}

fn main() {}
