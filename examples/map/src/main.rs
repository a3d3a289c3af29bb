//! The native server.

mod tools;

fn main() -> chatui::Exit {
    chatui::main()
}
