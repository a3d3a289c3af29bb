/// Adds.
#[chatui::tool(writes, auth(optinal))]
fn add() -> String {
    String::new()
}

fn main() {}
