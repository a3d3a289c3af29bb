//! The native server, of `benches/peers/run`.

mod tools;

fn main() -> chatui::Exit {
    chatui::main()
}
