//! Answers of any size.

use chatui::{Json, data, tool};

/// Answers with a text of so many bytes.
#[tool(read_only)]
fn text(bytes: u32) -> String {
    "x".repeat(bytes as usize)
}

#[data]
struct Rows {
    rows: Vec<Row>,
}

#[data]
struct Row {
    number: u32,
    text: String,
}

/// Answers with structured data: so many rows of 1 KB.
#[tool(read_only)]
fn rows(count: u32) -> Json<Rows> {
    let row = |number| Row { number, text: "x".repeat(1000) };
    Json(Rows { rows: (0..count).map(row).collect() })
}
