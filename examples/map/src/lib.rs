//! The Worker; `chatui` exports its `fetch`.

mod tools;
