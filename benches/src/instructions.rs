//! `instructions ERA TOOLS`: the small call in an app of so many tools. `benches/instructions` runs it under callgrind, which counts
//! what happens in `measured`.

use bytes::Bytes;
use chatui::Server;
use chatui_benches::{Era, answer, server, small};
use http::Request;
use std::hint::black_box;

const CALLS: usize = 100;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [era, tools] = args.as_slice() else { panic!("usage: instructions ERA TOOLS") };
    let era = Era::ALL.into_iter().find(|known| known.to_string() == *era).expect("one of the eras");
    let server = server(tools.parse().expect("a number"));
    let request = small(era, "add_00007");
    // What is made once, at the first call, is not counted.
    assert!(answer(&server, request.clone()).ends_with(b"}}"));
    measured(&server, vec![request; CALLS]);
}

#[inline(never)]
fn measured(server: &Server, requests: Vec<Request<Bytes>>) {
    for request in requests {
        black_box(answer(server, request));
    }
}
