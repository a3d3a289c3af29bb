//! `cargo run -p chatui-tests --bin replay -- URL …`: the transcripts through the stdio door of `dashboard` and through
//! every address given, which must answer with the same bytes.

use chatui_tests::{
    process::build,
    transcript::{Door, Http, Pipe, TRANSCRIPTS, replay},
};

fn main() {
    let addresses: Vec<String> = std::env::args().skip(1).collect();
    let mut doors: Vec<Box<dyn Door>> = vec![Box::new(Pipe::start(&build("dashboard")))];
    doors.extend(addresses.iter().map(|address| -> Box<dyn Door> { Box::new(Http::new(address)) }));
    replay(&mut doors);
    println!("{} transcripts, the same bytes from stdio, {}", TRANSCRIPTS.len(), addresses.join(", "));
}
