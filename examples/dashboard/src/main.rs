//! The native server.

mod tools;
mod weather;

fn main() -> chatui::Exit {
    chatui::main()
}
