/// Adds.
#[chatui::tool(writes, auth = "none")]
fn add() -> String {
    String::new()
}

fn main() {}
