//! The Worker, of `benches/peers/run`.

mod tools;
