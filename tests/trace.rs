//! The trace of a client goes on in what a call logs. Alone in its process: what is heard of `tracing` is decided for all threads.

use chatui::{App, tool};
use http::Request;
use serde_json::{Value, json};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use tracing_subscriber::filter::LevelFilter;

/// Says something in the server's own log.
#[tool(read_only)]
async fn traced() {
    tracing::info!("looking around");
}

/// The same on a thread that waits.
#[tool(read_only, blocking)]
fn traced_blocking() {
    tracing::info!("looking around");
}

async fn call(tool: &str, meta: &Value) {
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": tool, "_meta": meta } }).to_string();
    let request = Request::post("/mcp").header("content-type", "application/json").body(body.into()).unwrap();
    let server = App::new().build().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(server.handle(request).await.status(), 200);
}

/// Where a subscriber writes to.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_a_call_logs_stands_in_the_trace_of_its_client() {
    for (level, shown) in [(LevelFilter::DEBUG, true), (LevelFilter::INFO, false)] {
        let lines = Lines::default();
        let writer = lines.clone();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_max_level(level).with_writer(move || writer.clone()).finish();
        let _here = tracing::subscriber::set_default(subscriber);
        let trace = json!({ "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate": "desk=1" });
        for tool in ["traced", "traced_blocking"] {
            call(tool, &trace).await;
        }
        call("traced", &json!({ "traceparent": 7 })).await;
        let lines = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        let said: Vec<&str> = lines.lines().filter(|line| line.contains("looking around")).collect();
        assert_eq!(said.len(), 3, "{lines}");
        let parent = r#"traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" tracestate="desk=1"}: "#;
        assert_eq!(said[0].contains(&format!(r#"tools/call{{tool="traced" {parent}"#)), shown, "{lines}");
        assert_eq!(said[1].contains(&format!(r#"tools/call{{tool="traced_blocking" {parent}"#)), shown, "{lines}");
        assert_eq!(said[2].contains(r#"tools/call{tool="traced"}: "#), shown, "{lines}");
    }
}
