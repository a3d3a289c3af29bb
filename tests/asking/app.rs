//! Tools that ask, as a program.

mod tools;

fn main() -> chatui::Exit {
    chatui::main()
}
