//! Each limit as a client meets it, on real sockets.
#![cfg(unix)]

use chatui_tests::{
    process::Server,
    socket::{PATIENCE, answer, ask, call, called, connect, eventually, post, streamed},
};
use serde_json::{Value, json};
use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    process::Command,
    thread,
    time::{Duration, Instant},
};

const FIXTURE: &str = env!("CARGO_BIN_EXE_fixture");

fn start(limits: &str) -> Server {
    Server::spawn(Command::new(FIXTURE).arg("serve").env("FIXTURE_LIMITS", limits))
}

fn is_healthy(server: &Server) -> bool {
    let (head, body) = ask(server, "GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n");
    head.starts_with("HTTP/1.1 200 ") && body == "ok\n"
}

/// How long it is until the server closes.
fn closed_after(stream: &mut TcpStream) -> Duration {
    let start = Instant::now();
    let mut part = [0; 65536];
    loop {
        match stream.read(&mut part) {
            Ok(0) => return start.elapsed(),
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return start.elapsed(),
            Err(error) => panic!("it is open after {:?}: {error}", start.elapsed()),
        }
    }
}

#[test]
fn a_client_that_is_slow_with_its_headers_is_disconnected() {
    let server = start("header_timeout=400");
    let mut silent = connect(&server);
    let mut slow = connect(&server);
    // One header after the other, for ever: each comes in time, and all of them do not.
    let mut writing = slow.try_clone().unwrap();
    let writes = thread::spawn(move || {
        let _ = writing.write_all(b"POST /mcp HTTP/1.1\r\nhost: localhost\r\n");
        while writing.write_all(b"x-more: a\r\n").is_ok() {
            thread::sleep(Duration::from_millis(50));
        }
    });
    for stream in [&mut slow, &mut silent] {
        assert!(closed_after(stream) < Duration::from_secs(10));
    }
    writes.join().unwrap();
    assert!(is_healthy(&server));
}

#[test]
fn a_connection_is_kept_between_requests_and_not_for_ever() {
    let server = start("header_timeout=100 idle_timeout=1500");
    let mut stream = connect(&server);
    for _ in 0..3 {
        stream.write_all(post("", &call("dropped", &json!({}))).as_bytes()).unwrap();
        assert!(answer(&mut stream).0.starts_with("HTTP/1.1 200 "));
        // Longer than headers may take, which are not being sent.
        thread::sleep(Duration::from_millis(300));
    }
    let idle = closed_after(&mut stream);
    assert!(idle > Duration::from_millis(500), "{idle:?}");
}

#[test]
fn a_body_that_stalls_is_answered() {
    let server = start("body_timeout=200");
    let mut stream = connect(&server);
    stream.write_all(b"POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{").unwrap();
    let (head, body) = answer(&mut stream);
    assert!(head.starts_with("HTTP/1.1 408 "), "{head}");
    assert_eq!(body, "the body did not arrive within 200 ms\n");
    closed_after(&mut stream);
}

#[test]
fn a_body_that_breaks_off_leaves_nothing_behind() {
    let server = start("calls=1 queue=0");
    for _ in 0..20 {
        let mut stream = connect(&server);
        let request = post("", &call("dropped", &json!({})));
        stream.write_all(&request.as_bytes()[..request.len() - 5]).unwrap();
    }
    assert_eq!(called(&server, "dropped", &json!({})), ("0".to_owned(), false));
}

#[test]
fn headers_are_counted_and_weighed() {
    let server = start("headers=20 header_size=4096");
    let many = "x-more: a\r\n".repeat(20);
    assert!(ask(&server, &post(&many, "{}")).0.starts_with("HTTP/1.1 431 "));
    let large = format!("x-more: {}\r\n", "a".repeat(4096));
    assert!(ask(&server, &post(&large, "{}")).0.starts_with("HTTP/1.1 431 "));
    let some = format!("x-more: {}\r\n", "a".repeat(200)).repeat(10);
    assert!(ask(&server, &post(&some, &call("dropped", &json!({})))).0.starts_with("HTTP/1.1 200 "));
    // The defaults.
    let server = start("");
    assert!(ask(&server, &post(&"x-more: a\r\n".repeat(100), "{}")).0.starts_with("HTTP/1.1 431 "));
    assert!(ask(&server, &post(&"x-more: a\r\n".repeat(90), &call("dropped", &json!({})))).0.starts_with("HTTP/1.1 200 "));
}

#[test]
fn sizes_are_said_with_what_to_do() {
    let server = start("body=2000 arguments=100 answer=1000");
    let (head, body) = ask(&server, &post("", &call("anything", &json!({ "value": "a".repeat(2000) }))));
    assert!(head.starts_with("HTTP/1.1 413 "), "{head}");
    assert_eq!(body, "the body is over 2000 bytes\n");
    let text = "the arguments have 212 bytes and this server takes at most 100; send less";
    assert_eq!(called(&server, "anything", &json!({ "value": "a".repeat(200) })), (text.to_owned(), true));
    let text = "the answer has at least 5000 bytes and this server sends at most 1000; ask for less";
    assert_eq!(called(&server, "long", &json!({ "bytes": 5000 })), (text.to_owned(), true));
    assert_eq!(called(&server, "long", &json!({ "bytes": 900 })), ("x".repeat(900), false));
    let read = |bytes: usize| {
        let params = json!({ "uri": format!("fixture://long/{bytes}") });
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": params });
        let (_, body) = ask(&server, &post("", &message.to_string()));
        serde_json::from_str::<Value>(&body).unwrap()
    };
    assert_eq!(read(5)["result"]["contents"][0]["text"], "xxxxx");
    let refused = read(5000);
    assert_eq!(refused["error"]["code"], -32603);
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(message.ends_with(" bytes and this server sends at most 1000; ask for less"), "{message}");
}

#[test]
fn depth_is_bounded_wherever_it_comes() {
    let server = start("");
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let call = |value: &str| {
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"anything","arguments":{{"value":{value}}}}}}}"#)
    };
    let (_, body) = ask(&server, &post("", &call(&nested(128))));
    assert!(body.contains("wrong arguments: they are nested deeper than 128 levels; send flatter ones"), "{body}");
    let (_, body) = ask(&server, &post("", &call(&nested(127))));
    assert!(body.contains(r#""text":"254""#), "{body}");
    let deepest = nested(500_000);
    let everywhere = [
        deepest.clone(),
        call(&deepest),
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{deepest}}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":{deepest},"method":"ping"}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":{deepest}}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":{deepest}}}}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"anything","arguments":{deepest}}}}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"dropped","_meta":{deepest}}}}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"dropped","_meta":{{"progressToken":{deepest}}}}}}}"#),
        format!(r#"{{"jsonrpc":"2.0","id":1,"result":{deepest}}}"#),
        "[".repeat(1_000_000),
        r#"{"a":"#.repeat(500_000),
    ];
    for message in everywhere {
        let (head, body) = ask(&server, &post("", &message));
        assert!(["200", "202", "400"].contains(&&head[9..12]), "{}: {head}{body}", &message[..80]);
    }
    assert!(is_healthy(&server));
    let flat = start("depth=2");
    assert_eq!(called(&flat, "anything", &json!({ "value": ["[[[["] })), ("8".to_owned(), false));
    let text = "wrong arguments: they are nested deeper than 2 levels; send flatter ones";
    assert_eq!(called(&flat, "anything", &json!({ "value": [[]] })), (text.to_owned(), true));
}

#[test]
fn a_tool_without_a_time_of_its_own_has_the_default() {
    let server = start("timeout=200");
    let text = "it took longer than 200 ms and is not waited for; ask for less, or look later whether it was done";
    assert_eq!(called(&server, "forever", &json!({})), (text.to_owned(), true));
    assert_eq!(called(&server, "nap", &json!({ "ms": 600 })), ("slept well".to_owned(), false));
    for message in [
        r#"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"fixture://forever"}}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"forever_said"}}"#,
    ] {
        let (_, body) = ask(&server, &post("", message));
        assert!(body.contains(text) && body.contains("-32603"), "{body}");
    }
}

#[test]
fn calls_wait_for_a_place_and_what_is_beyond_the_queue_is_sent_away() {
    let server = start("calls=1 queue=1 queue_timeout=10000");
    let mut running = connect(&server);
    running.write_all(post("", &call("nap", &json!({ "ms": 5000 }))).as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(300));
    let mut waiting = connect(&server);
    waiting.write_all(post("", &call("dropped", &json!({}))).as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(300));
    let (head, body) = ask(&server, &post("", &call("dropped", &json!({}))));
    assert!(head.starts_with("HTTP/1.1 503 ") && head.contains("retry-after: 1\r\n"), "{head}");
    assert_eq!(body, "the server has as many calls as it can take; try again in a moment\n");
    // What people and supervisors ask for is not in that queue.
    assert!(is_healthy(&server));
    let (head, body) = ask(&server, "GET /mcp HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 200 ") && body.contains("is an MCP server"), "{head}{body}");
    for stream in [&mut running, &mut waiting] {
        assert!(answer(stream).0.starts_with("HTTP/1.1 200 "));
    }
}

#[test]
fn nobody_waits_in_the_queue_for_ever() {
    let server = start("calls=1 queue=5 queue_timeout=200");
    let mut running = connect(&server);
    running.write_all(post("", &call("nap", &json!({ "ms": 60_000 }))).as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(300));
    let (head, _) = ask(&server, &post("", &call("dropped", &json!({}))));
    assert!(head.starts_with("HTTP/1.1 503 ") && head.contains("retry-after: 1\r\n"), "{head}");
    // Who goes away makes room.
    drop(running);
    eventually(|| ask(&server, &post("", &call("dropped", &json!({})))).0.starts_with("HTTP/1.1 200 "));
}

#[test]
fn who_asks_too_often_is_told_when_to_come_again() {
    let server = start("rate=3");
    for _ in 0..3 {
        assert!(!called(&server, "dropped", &json!({})).1);
    }
    let (head, body) = ask(&server, &post("", &call("dropped", &json!({}))));
    assert!(head.starts_with("HTTP/1.1 429 "), "{head}");
    let seconds: u64 = head.lines().find_map(|line| line.strip_prefix("retry-after: ")).unwrap().parse().unwrap();
    assert!((1..=20).contains(&seconds), "{seconds}");
    assert_eq!(body, format!("too many requests: 3 in 60 s are answered; wait {seconds} s\n"));
    assert!(is_healthy(&server));
}

#[test]
fn a_batch_costs_what_its_messages_would() {
    let server = start("rate=3");
    let batch = |count: usize| format!("[{}]", vec![call("dropped", &json!({})); count].join(","));
    let (head, body) = ask(&server, &post("", &batch(3)));
    assert!(head.starts_with("HTTP/1.1 200 ") && body.matches(r#""text":"0""#).count() == 3, "{head}{body}");
    assert!(ask(&server, &post("", &call("dropped", &json!({})))).0.starts_with("HTTP/1.1 429 "));
    assert!(ask(&start("rate=3"), &post("", &batch(4))).0.starts_with("HTTP/1.1 429 "));
}

#[test]
fn the_answers_to_a_batch_are_bounded_together() {
    let server = start("answer=100000 timeout=400");
    let long = |id: u32| json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": "long", "arguments": { "bytes": 60_000 } } });
    let answers = |batch: Value| serde_json::from_str::<Vec<Value>>(&ask(&server, &post("", &batch.to_string())).1).unwrap();
    let all = answers(json!([long(1), long(2), long(3)]));
    assert_eq!(all.iter().map(|answer| &answer["id"]).collect::<Vec<_>>(), [1, 2, 3]);
    assert!(all[..2].iter().all(|answer| answer["result"]["isError"] == false));
    assert_eq!(all[2]["error"]["message"], "the answers before it have as many bytes as this server sends; send it alone");
    let slow = |id: u32| json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": { "name": "paced" } });
    let all = answers(json!([slow(1), slow(2), slow(3)]));
    assert_eq!(all[0]["result"]["content"][0]["text"], "paced");
    assert_eq!(all[2]["error"]["message"], "the messages before it took as long as this server works; send it alone");
}

#[test]
fn users_are_counted_each_and_who_brings_no_good_token_by_the_address() {
    let server = Server::spawn(Command::new(FIXTURE).arg("serve").env("FIXTURE_LIMITS", "rate=2").env("FIXTURE_AUTH", "1"));
    let status = |token: &str| {
        let request = post(&format!("authorization: Bearer {token}\r\n"), &call("dropped", &json!({})));
        ask(&server, &request).0[9..12].to_owned()
    };
    assert_eq!(["ada", "ada", "ada"].map(status), ["200", "200", "429"]);
    assert_eq!(["bob", "bob", "bob"].map(status), ["200", "200", "429"]);
    assert_eq!(["nobody", "nobody", "nobody"].map(status), ["401", "401", "429"]);
}

#[test]
fn connections_beyond_the_bound_wait() {
    let server = start("connections=2");
    let (first, mut second) = (connect(&server), connect(&server));
    second.write_all(post("", &call("dropped", &json!({}))).as_bytes()).unwrap();
    assert!(answer(&mut second).0.starts_with("HTTP/1.1 200 "));
    let mut third = connect(&server);
    third.write_all(post("", &call("dropped", &json!({}))).as_bytes()).unwrap();
    third.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(third.read(&mut [0]).is_err(), "it has no place yet");
    third.set_read_timeout(Some(PATIENCE)).unwrap();
    drop(first);
    assert!(answer(&mut third).0.starts_with("HTTP/1.1 200 "));
}

#[test]
fn a_call_without_a_place_for_its_stream_is_answered_whole() {
    let server = start("streams=1");
    // What says nothing takes none, though it might.
    let mut silent = connect(&server);
    silent.write_all(streamed("nap", &json!({ "ms": 60_000 })).as_bytes()).unwrap();
    let mut endless = connect(&server);
    endless.write_all(streamed("endless", &json!({})).as_bytes()).unwrap();
    assert!(answer(&mut endless).0.contains("content-type: text/event-stream"));
    let (head, body) = ask(&server, &streamed("talks", &json!({ "bytes": 3 })));
    assert!(head.contains("content-type: application/json") && body.contains(r#""text":"xxx""#), "{head}{body}");
    drop(endless);
    eventually(|| ask(&server, &streamed("talks", &json!({ "bytes": 3 }))).0.contains("content-type: text/event-stream"));
}

/// Which has to be found out from the call's end: nobody reads what the server would say.
#[test]
fn a_reader_that_does_not_read_is_disconnected_and_its_call_is_dropped() {
    let server = start("write_timeout=500 timeout=600000 answer=100000000");
    let mut all = Vec::new();
    for (tool, arguments) in [("chatters", json!({})), ("talks", json!({ "bytes": 12_000_000 }))] {
        let mut stream = connect(&server);
        stream.write_all(streamed(tool, &arguments).as_bytes()).unwrap();
        all.push(stream);
    }
    // One whole answer that nobody reads, of a call that has long ended.
    let mut whole = connect(&server);
    whole.write_all(post("", &call("long", &json!({ "bytes": 12_000_000 }))).as_bytes()).unwrap();
    // Not before it comes: whoever read it meanwhile would be a reader.
    whole.peek(&mut [0]).unwrap();
    all.push(whole);
    eventually(|| called(&server, "dropped", &json!({})).0 == "2");
    thread::sleep(Duration::from_secs(3));
    for mut stream in all {
        closed_after(&mut stream);
    }
    // One that reads slowly, with pauses shorter than the limit, gets all of it.
    let mut slow = connect(&server);
    slow.write_all(post("", &call("long", &json!({ "bytes": 12_000_000 }))).as_bytes()).unwrap();
    let (mut total, mut part) = (0, vec![0; 1_500_000]);
    while total < 12_000_000 {
        let count = slow.read(&mut part).unwrap();
        assert_ne!(count, 0, "closed after {total}");
        total += count;
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn running_calls_end_before_the_server_does_and_new_ones_are_refused() {
    let server = start("");
    let mut running = connect(&server);
    running.write_all(post("", &call("nap", &json!({ "ms": 5000 }))).as_bytes()).unwrap();
    let mut idle = connect(&server);
    idle.write_all(post("", &call("dropped", &json!({}))).as_bytes()).unwrap();
    answer(&mut idle);
    let late = post("", &call("dropped", &json!({})));
    let (begin, rest) = late.split_at(20);
    let mut half = connect(&server);
    half.write_all(begin.as_bytes()).unwrap();
    let (begin, body) = late.split_at(late.len() - 5);
    let mut without_its_end = connect(&server);
    without_its_end.write_all(begin.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(300));
    server.ask_to_stop();
    assert!(closed_after(&mut idle) < Duration::from_secs(4));
    half.write_all(rest.as_bytes()).unwrap();
    without_its_end.write_all(body.as_bytes()).unwrap();
    for stream in [&mut half, &mut without_its_end] {
        let (head, body) = answer(stream);
        assert!(head.starts_with("HTTP/1.1 503 ") && head.contains("retry-after: 1\r\n"), "{head}");
        assert!(head.contains("connection: close"), "{head}");
        assert_eq!(body, "the server is stopping; try again in a moment\n");
    }
    let (head, body) = answer(&mut running);
    assert!(head.starts_with("HTTP/1.1 200 ") && body.contains("slept well"), "{head}{body}");
    let (code, log) = server.wait_with_log();
    assert_eq!(code, Some(0));
    assert!(!log.contains("cut off"), "{log}");
}

#[test]
fn what_does_not_end_in_time_is_cut_off_and_counted() {
    let server = start("shutdown=300 calls=3");
    let mut all = Vec::new();
    // The fourth waits, and is refused when nobody is let in any more.
    for _ in 0..4 {
        let mut stream = connect(&server);
        stream.write_all(post("", &call("nap", &json!({ "ms": 60_000 }))).as_bytes()).unwrap();
        all.push(stream);
        thread::sleep(Duration::from_millis(100));
    }
    server.ask_to_stop();
    assert!(answer(&mut all[3]).1.starts_with("the server is stopping"));
    let start = Instant::now();
    let (code, log) = server.wait_with_log();
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(code, Some(0));
    assert!(log.contains("3 calls did not end within 300 ms and were cut off"), "{log}");
}

#[test]
fn a_server_without_file_descriptors_comes_back() {
    let script = "ulimit -n 32; exec \"$@\"";
    let server = Server::spawn(Command::new("bash").args(["-c", script, "bash", FIXTURE, "serve"]));
    let crowd: Vec<_> = (0..60).map(|_| connect(&server)).collect();
    thread::sleep(Duration::from_millis(500));
    drop(crowd);
    assert!(is_healthy(&server));
    server.ask_to_stop();
    let (code, log) = server.wait_with_log();
    assert_eq!(code, Some(0));
    assert!(log.contains("can't accept a connection"), "{log}");
}

#[test]
fn what_can_not_be_meant_does_not_start() {
    let output = Command::new(FIXTURE).args(["serve", "--port", "0"]).env("FIXTURE_LIMITS", "calls=0 idle_timeout=0").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    let wanted = "- the limit `calls` is 0; give it 1 to 1000000\n- the limit `idle_timeout` is 0ns; give it 1 ms to a day\n";
    assert!(said.ends_with(wanted), "{said}");
}

#[test]
fn a_line_on_standard_input_is_bounded_too() {
    let mut child = Command::new(FIXTURE)
        .args(["serve", "--stdio"])
        .env("FIXTURE_LIMITS", "body=100 calls=1")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let ping = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;
    let lines = format!("{ping}\n{}\n{ping}\n{ping}\n", "a".repeat(100_000));
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    assert_eq!(answers.matches(r#""result":{}"#).count(), 3, "{answers}");
    assert!(
        answers.contains(r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"the message is over 100 bytes"}}"#),
        "{answers}"
    );
}
