//! The Worker; `chatui` exports its `fetch`.

mod tools;
mod weather;
