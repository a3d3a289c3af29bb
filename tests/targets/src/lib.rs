//! What the fuzz targets do with their bytes. `fuzz/` gives them what libFuzzer thinks of, and `tests/corpus.rs` the committed
//! corpora, with stable Rust and in every run of the tests.
//!
//! Each takes any bytes and panics where something is asserted that does not hold. Inputs are texts as far as possible, so
//! that a corpus can be read and a dictionary helps.

pub mod arguments;
pub mod html;
pub mod http;
pub mod pattern;
pub mod request_state;
pub mod rpc;
pub mod schema;
pub mod token;

mod answer;
mod door;
mod generate;
mod time;
mod tools;
#[path = "../../zoo/types.rs"]
mod types;
#[path = "../../zoo/tools.rs"]
mod zoo;

/// A target: takes bytes, panics where it has found something.
pub type Run = fn(&[u8]);

/// All of them, by the names of their folders in `fuzz/corpus`.
pub const TARGETS: &[(&str, Run)] = &[
    ("arguments", arguments::run),
    ("html", html::run),
    ("http", http::run),
    ("pattern", pattern::run),
    ("request_state", request_state::run),
    ("rpc", rpc::run),
    ("schema", schema::run),
    ("token", token::run),
];
