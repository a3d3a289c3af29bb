//! Arguments that can't travel in a header, each told where it is written.

use chatui::{resource, tool};

/// Uses headers that can't be.
#[tool(read_only)]
fn wrong(
    #[arg(header = "")] nothing: String,
    #[arg(header = "My Region")] spaced: String,
    #[arg(header = "Region")] region: String,
    #[arg(header = "REGION")] again: String,
    #[arg(header = "Key")] access_token: String,
    #[arg(header = "Weight")] weight: f64,
    #[arg(header = "Names")] names: Option<Vec<String>>,
) -> String {
    String::new()
}

/// One note.
#[resource("notes://{id}")]
fn note(#[arg(header = "Id")] id: String) -> String {
    id
}

fn main() {}
