use std::cell::Cell;

struct Count(Cell<u32>);

/// Counts.
#[chatui::tool(read_only)]
fn count(count: &Count) -> String {
    count.0.get().to_string()
}

fn main() {}
