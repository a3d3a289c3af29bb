//! The Worker.

mod tools;
