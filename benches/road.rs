//! Down the road and back, from the bytes of a request to those of its answer, without a socket:
//!
//! ```console
//! cargo bench -p chatui-benches
//! ```

use bytes::Bytes;
use chatui_benches::{Era, ORDER, answer, call, read, request, server, small};
use divan::{AllocProfiler, Bencher, counter::BytesCount};
use http::Request;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

#[divan::bench(args = Era::ALL)]
fn call_two_numbers(bencher: Bencher<'_, '_>, era: Era) {
    measure(bencher, 0, &small(era, "add"), r#""sum":5"#);
}

#[divan::bench(args = Era::ALL)]
fn call_twenty_nested_fields(bencher: Bencher<'_, '_>, era: Era) {
    measure(bencher, 0, &call(era, "order", ORDER), r#""number":4711"#);
}

#[divan::bench]
fn call_64_kb_of_text(bencher: Bencher<'_, '_>) {
    measure(bencher, 0, &call(Era::Stateless, "text", r#"{"bytes":65536}"#), "xxxx");
}

#[divan::bench]
fn call_1_mb_of_structured_content(bencher: Bencher<'_, '_>) {
    measure(bencher, 0, &call(Era::Stateless, "rows", r#"{"count":1000}"#), r#""number":999"#);
}

#[divan::bench(args = Era::ALL)]
fn call_with_wrong_arguments(bencher: Bencher<'_, '_>, era: Era) {
    measure(bencher, 0, &call(era, "add", r#"{"a":"two","c":3}"#), r#""isError":true"#);
}

/// So many tools, of which one is called.
#[divan::bench(args = [10, 10_000])]
fn call_among(bencher: Bencher<'_, '_>, tools: usize) {
    measure(bencher, tools, &small(Era::Stateless, "add_00007"), r#""sum":5"#);
}

#[divan::bench(args = [1, 100, 1_000, 10_000])]
fn list_tools(bencher: Bencher<'_, '_>, tools: usize) {
    measure(bencher, tools, &request(Era::Stateless, "tools/list", None, ""), r#""name":"add_00001""#);
}

#[divan::bench(args = Era::ALL)]
fn read_widget_of_200_kb(bencher: Bencher<'_, '_>, era: Era) {
    measure(bencher, 0, &read(era, &server(0)), "<!doctype html>");
}

#[divan::bench]
fn initialize(bencher: Bencher<'_, '_>) {
    let params = r#""protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"bench","version":"1"}"#;
    measure(bencher, 0, &request(Era::Handshake, "initialize", None, params), r#""protocolVersion":"2025-11-25""#);
}

#[divan::bench]
fn discover(bencher: Bencher<'_, '_>) {
    measure(bencher, 0, &request(Era::Stateless, "server/discover", None, ""), r#""supportedVersions""#);
}

/// Measures one request, in an app with so many more tools, once it was answered with what is looked for.
fn measure(bencher: Bencher<'_, '_>, more: usize, request: &Request<Bytes>, wanted: &str) {
    let server = server(more);
    let bytes = answer(&server, request.clone());
    assert!(String::from_utf8_lossy(&bytes).contains(wanted), "no {wanted}: {bytes:?}");
    bencher.counter(BytesCount::new(bytes.len())).with_inputs(|| request.clone()).bench_values(|request| answer(&server, request));
}
