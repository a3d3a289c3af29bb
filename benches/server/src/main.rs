//! The native server, of `benches/peers/run`. Beside what every chatui program takes it takes `--tools N`: so many more tools like `add`.

mod large;
mod tools;

use chatui::{__private::main_with, App, Exit};
use std::{ffi::OsString, sync::OnceLock};

static MORE: OnceLock<usize> = OnceLock::new();

#[chatui::app]
fn app() -> App {
    App::new().__copies("add", *MORE.get_or_init(|| 0))
}

fn main() -> Exit {
    let mut args: Vec<OsString> = std::env::args_os().skip(1).collect();
    if let Some(at) = args.iter().position(|arg| arg == "--tools") {
        let count = args.get(at + 1).and_then(|count| count.to_str()?.parse().ok());
        MORE.get_or_init(|| count.expect("`--tools` takes a number"));
        args.drain(at..=at + 1);
    }
    main_with(args)
}
