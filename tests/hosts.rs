//! Who may talk to a native server, over a real socket: hosts and origins as browsers, proxies and attackers send them.

use chatui_tests::process::Server;
use std::{
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    time::Duration,
};

fn start(args: &[&str], environment: &[(&str, &str)]) -> Server {
    Server::spawn(Command::new(env!("CARGO_BIN_EXE_fixture")).args(args).envs(environment.iter().copied()))
}

/// Sends these bytes and reads the whole answer.
fn raw(server: &Server, head: &str, body: &str) -> String {
    let address = server.url.trim_start_matches("http://").trim_end_matches("/mcp");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    write!(stream, "{head}connection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8(answer).unwrap()
}

const PING: &str = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;

/// The status of a ping with this request line and these headers.
fn status(server: &Server, line: &str, headers: &[&str]) -> u16 {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    let answer = raw(server, &format!("{line}\r\n{headers}content-type: application/json\r\n"), PING);
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.unwrap_or_else(|| panic!("{line} {headers}: {answer:?}"));
    // Whoever is refused has not been heard.
    assert_eq!(answer.contains(r#""result":{}"#), status == 200, "{answer}");
    status
}

const POST: &str = "POST /mcp HTTP/1.1";

#[test]
fn a_name_that_somebody_points_at_this_machine_is_not_answered() {
    let server = start(&["serve"], &[]);
    for host in ["localhost", "localhost:8080", "LocalHost", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8080"] {
        assert_eq!(status(&server, POST, &[&format!("host: {host}")]), 200, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.nip.example",
        "localhost.",
        "localhost.:8080",
        "0.0.0.0",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:0:0:1]",
        "127.1",
        "2130706433",
        "user@localhost",
        "localhost@evil.example",
        "localhost:80@evil.example",
        "localhost:evil.example",
        "localhost evil.example",
        "localhost,evil.example",
        "[::1]evil.example",
        "",
    ] {
        assert_eq!(status(&server, POST, &[&format!("host: {host}")]), 403, "{host:?}");
    }
}

#[test]
fn a_request_that_names_no_host_or_two_is_not_answered() {
    let server = start(&["serve"], &[]);
    assert_eq!(status(&server, "POST /mcp HTTP/1.0", &[]), 403);
    assert_eq!(status(&server, "POST /mcp HTTP/1.0", &["host: localhost"]), 200);
    assert_eq!(status(&server, POST, &[]), 403);
    for hosts in [["localhost", "localhost"], ["localhost", "evil.example"], ["evil.example", "localhost"]] {
        assert_eq!(status(&server, POST, &hosts.map(|host| format!("host: {host}")).each_ref().map(String::as_str)), 403, "{hosts:?}");
    }
}

#[test]
fn an_address_in_the_request_line_counts_as_a_name() {
    let server = start(&["serve"], &[]);
    let line = |address: &str| format!("POST {address} HTTP/1.1");
    assert_eq!(status(&server, &line("http://localhost:8080/mcp"), &["host: localhost:8080"]), 200);
    assert_eq!(status(&server, &line("http://evil.example/mcp"), &["host: localhost"]), 403);
    assert_eq!(status(&server, &line("http://localhost/mcp"), &["host: evil.example"]), 403);
    assert_eq!(status(&server, &line("http://localhost@evil.example/mcp"), &["host: localhost"]), 403);
}

#[test]
fn only_pages_of_this_machine_are_answered() {
    let server = start(&["serve"], &[]);
    for origin in ["http://localhost:6274", "http://127.0.0.1:6274", "http://[::1]:6274", "https://localhost"] {
        assert_eq!(status(&server, POST, &["host: localhost", &format!("origin: {origin}")]), 200, "{origin}");
    }
    for origin in
        ["https://evil.example", "null", "", "http://localhost.evil.example", "file://", "http://user@localhost", "http://0.0.0.0:80"]
    {
        assert_eq!(status(&server, POST, &["host: localhost", &format!("origin: {origin}")]), 403, "{origin:?}");
    }
    let two = ["host: localhost", "origin: http://localhost", "origin: https://evil.example"];
    assert_eq!(status(&server, POST, &two), 403);
}

#[test]
fn a_page_can_read_what_the_door_says_too() {
    let server = start(&["serve"], &[]);
    let config = ureq::Agent::config_builder().http_status_as_error(false).build();
    let body = format!("{{\"padding\":\"{}\"}}", "a".repeat(4 * 1024 * 1024));
    for (origin, shared) in [("http://localhost:6274", Some("http://localhost:6274")), ("https://evil.example", None)] {
        let request = config.clone().new_agent().post(&server.url).header("content-type", "application/json").header("origin", origin);
        let response = request.send(&body).unwrap();
        assert_eq!(response.status(), 413);
        assert_eq!(response.headers().get("access-control-allow-origin").map(|value| value.to_str().unwrap()), shared, "{origin}");
    }
}

#[test]
fn what_proxies_are_said_to_have_said_changes_nothing() {
    let server = start(&["serve", "--public-url", "https://weather.example.com"], &[]);
    assert_eq!(status(&server, POST, &["host: weather.example.com"]), 200);
    for header in ["x-forwarded-host: weather.example.com", "forwarded: host=weather.example.com;proto=https", "x-original-host: localhost"]
    {
        assert_eq!(status(&server, POST, &["host: evil.example", header]), 403, "{header}");
    }
    for header in ["x-forwarded-host: evil.example", "forwarded: host=evil.example", "x-forwarded-proto: http", "x-forwarded-for: 6.6.6.6"]
    {
        assert_eq!(status(&server, POST, &["host: weather.example.com", header]), 200, "{header}");
    }
    let page = ["host: weather.example.com", "x-forwarded-proto: https", "origin: http://weather.example.com"];
    assert_eq!(status(&server, POST, &page), 403, "the public URL says https");
}

#[test]
fn a_public_url_without_https_does_not_start() {
    for url in ["http://weather.example.com", "ws://weather.example.com", "weather.example.com", "https://weather.example.com/files"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fixture"));
        let output = command.args(["serve", "--port", "0", "--public-url", url]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(&format!("the public URL (PUBLIC_URL) `{url}` ")), "{said}");
    }
}

#[test]
fn the_proof_of_the_domain_is_the_token_alone() {
    const TOKEN: &str = "openai-apps-4f9a_21c7.KLM";
    let get = |server: &Server| raw(server, "GET /.well-known/openai-apps-challenge HTTP/1.1\r\nhost: localhost\r\n", "");
    let answer = get(&start(&["serve"], &[("OPENAI_APPS_CHALLENGE", &format!(" {TOKEN}\n"))]));
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200 ") && head.contains("content-type: text/plain; charset=utf-8"), "{answer}");
    assert_eq!(body, TOKEN);
    for unset in [&[][..], &[("OPENAI_APPS_CHALLENGE", " ")]] {
        assert!(get(&start(&["serve"], unset)).starts_with("HTTP/1.1 404 "));
    }
    for wrong in ["<html>", "a token"] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_fixture"));
        let output = command.arg("list").env("OPENAI_APPS_CHALLENGE", wrong).output().unwrap();
        assert!(String::from_utf8(output.stderr).unwrap().contains("the challenge (OPENAI_APPS_CHALLENGE) is no token"), "{wrong}");
    }
}
