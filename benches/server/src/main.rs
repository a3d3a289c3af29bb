//! The native server, of `benches/run`.

mod tools;

fn main() -> chatui::Exit {
    chatui::main()
}
