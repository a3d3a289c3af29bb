//! The Worker; `chatui` exports its `fetch`.

mod store;
mod tools;
