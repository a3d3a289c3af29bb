//! An app in a server of rmcp: its transport with sessions, beside whatever else that server has.

use chatui::{App, Context, Result, tool};
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService, session::local::LocalSessionManager};

/// Use this when the user wants to add two numbers.
#[tool(read_only)]
async fn add(a: f64, b: f64, cx: &Context) -> f64 {
    cx.progress(1, 1, "adding").await;
    a + b
}

#[tokio::main]
async fn main() -> Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(8080);
    let server = App::new().build()?;
    let service = StreamableHttpService::new(
        move || Ok(server.clone()),
        LocalSessionManager::default().into(),
        StreamableHttpServerConfig::default(),
    );
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://{}/mcp", listener.local_addr()?);
    axum::serve(listener, axum::Router::new().nest_service("/mcp", service)).await?;
    Ok(())
}
