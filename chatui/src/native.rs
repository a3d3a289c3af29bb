//! The native door: a socket, by way of axum.

use crate::{
    Error,
    app::Server,
    http,
    platform::{Job, Platform},
    task::Task,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    response::Response,
    serve::ListenerExt,
};
use std::{sync::Arc, time::Duration};
use tokio::net::TcpListener;

/// What tokio lends to the road.
pub(crate) static TOKIO: Platform = Platform { sleep: Some(sleep), spawn_blocking: Some(spawn_blocking) };

fn sleep(time: Duration) -> Task<'static, ()> {
    Box::pin(tokio::time::sleep(time))
}

fn spawn_blocking(job: Job) {
    tokio::task::spawn_blocking(job);
}

/// Gives the server for a request: always the same one, or in development one with the saved templates.
pub(crate) type Current = Arc<dyn Fn() -> Server + Send + Sync>;

/// Serves until the process is asked to stop; calls that are running then are finished.
pub(crate) async fn serve(listener: TcpListener, current: Current) -> Result<(), Error> {
    // Answers are small and whole; waiting for more to send only delays them.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let router = Router::new().fallback(door).with_state(current);
    axum::serve(listener, router).with_graceful_shutdown(stop()).await?;
    Ok(())
}

async fn door(State(current): State<Current>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let response = match to_bytes(body, http::BODY_LIMIT).await {
        Ok(body) => current().handle(Request::from_parts(parts, body)).await,
        Err(_) => http::too_large(),
    };
    response.map(|body| body.whole().map_or_else(Body::new, Body::from))
}

/// Resolves at Ctrl-C, or when a supervisor sends SIGTERM.
async fn stop() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}
