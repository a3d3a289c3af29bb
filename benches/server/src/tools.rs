//! One tool, `add`, as every peer of the comparison has it.

use chatui::{Json, data, tool};

#[data]
struct Sum {
    sum: f64,
}

/// Adds two numbers.
#[tool(read_only)]
fn add(a: f64, b: f64) -> Json<Sum> {
    Json(Sum { sum: a + b })
}
