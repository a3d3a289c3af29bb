//! Many streams, silent ones, and readers that are slow.
#![cfg(target_os = "linux")]

use chatui_tests::{
    process::Server,
    socket::{PATIENCE, answer, connect, eventually, follow, listen, memory, streamed},
};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    process::Command,
    thread,
    time::{Duration, Instant},
};

const FIXTURE: &str = env!("CARGO_BIN_EXE_fixture");

fn start(limits: &str) -> Server {
    Server::spawn(Command::new(FIXTURE).arg("serve").env("FIXTURE_LIMITS", limits))
}

#[test]
fn two_hundred_streams_at_once_are_each_whole_and_end_with_their_answer() {
    let server = start("");
    thread::scope(|scope| {
        for id in 0..200_u32 {
            let url = &server.url;
            scope.spawn(move || {
                let to = 20 + id % 7;
                let events: Vec<Value> = follow(url, &json!(id), "counts", &json!({ "to": to })).collect();
                let (last, said) = events.split_last().unwrap();
                let numbers = said.iter().map(|event| (event["params"]["progressToken"].as_u64(), event["params"]["progress"].as_f64()));
                assert!(numbers.eq((1..=to).map(|number| (Some(id.into()), Some(number.into())))), "{events:?}");
                assert_eq!((&last["id"], &last["result"]["content"][0]["text"]), (&json!(id), &json!(to.to_string())));
            });
        }
    });
}

/// The call waits, and what it says is not kept for its reader.
#[test]
fn a_reader_that_is_behind_costs_no_memory_and_misses_nothing() {
    let server = start("write_timeout=60000 timeout=600000");
    let before = memory(&server);
    let mut streams: Vec<_> = (0..20).map(|id| follow(&server.url, &json!(id), "chatters", &json!({}))).collect();
    // A second is long: the tool says 10 KB at a time, as fast as it is let.
    thread::sleep(Duration::from_secs(1));
    let grown = memory(&server).saturating_sub(before);
    assert!(grown < 40_000_000, "{grown} bytes more for {} readers that are behind", streams.len());
    for stream in &mut streams {
        let heard = stream.take(500).map(|event| event["params"]["progress"].as_f64());
        assert!(heard.eq((1..=500).map(|number| Some(f64::from(number)))));
    }
}

/// Proxies cut off what is silent. A comment is nobody's message, and goes to who listens to nothing as well.
#[test]
fn a_silent_stream_is_kept_alive() {
    let server = start("idle_timeout=1000 write_timeout=1000 timeout=600000");
    let notices = listen(&server.url, &json!(1), &json!({ "toolsListChanged": true }), &[]).unwrap();
    let mut call = connect(&server);
    call.write_all(streamed("endless", &json!({})).as_bytes()).unwrap();
    let (head, _) = answer(&mut call);
    assert!(head.contains("content-type: text/event-stream"), "{head}");
    let start = Instant::now();
    let (mut seen, mut part) = (String::new(), [0; 1024]);
    // In a chunk of its own.
    while !seen.contains("\r\n:\n\n\r\n") {
        let count = call.read(&mut part).unwrap();
        assert_ne!(count, 0, "closed after {:?}: {seen}", start.elapsed());
        seen.push_str(std::str::from_utf8(&part[..count]).unwrap());
    }
    assert!(start.elapsed() > Duration::from_secs(10) && start.elapsed() < PATIENCE, "{:?}", start.elapsed());
    let mut raw = notices.into_lines();
    eventually(|| raw.next().is_some_and(|line| line.unwrap() == ":"));
}
