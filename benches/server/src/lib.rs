//! The Worker, of `benches/workers/run`.

mod tools;
