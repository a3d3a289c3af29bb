//! `bench-floor PORT FILE`: answers every request with the bytes of the file.

use axum::{Router, body::Bytes, http::header::CONTENT_TYPE, serve::ListenerExt};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(port), Some(file)) = (args.next(), args.next()) else { return Err("usage: bench-floor PORT FILE".into()) };
    let bytes = Bytes::from(std::fs::read(file)?);
    // The body is read, as a server must.
    let answer = move |_: Bytes| {
        let bytes = bytes.clone();
        async move { ([(CONTENT_TYPE, "application/json")], bytes) }
    };
    let listener = TcpListener::bind(("127.0.0.1", port.parse()?)).await?.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, Router::new().fallback(answer)).await?)
}
