//! The native server.

mod store;
mod tools;

fn main() -> chatui::Exit {
    chatui::main()
}
