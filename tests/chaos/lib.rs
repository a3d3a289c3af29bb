//! Clients that behave badly, many at once, and what becomes of a server that they all have.

pub mod calls;
pub mod client;
pub mod phases;
pub mod process;
pub mod report;
