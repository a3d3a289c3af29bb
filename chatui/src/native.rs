//! The native door: a socket, by way of axum.

use crate::{
    Error, http,
    platform::{Job, Platform},
    server::Server,
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
pub(crate) async fn serve(listener: TcpListener, current: Current, stop: Stop) -> Result<(), Error> {
    // Answers are small and whole; waiting for more to send only delays them.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let router = Router::new().fallback(door).with_state(current);
    axum::serve(listener, router).with_graceful_shutdown(stop.asked()).await?;
    Ok(())
}

async fn door(State(current): State<Current>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let response = match to_bytes(body, http::BODY_LIMIT).await {
        Ok(body) => current().handle(Request::from_parts(parts, body)).await,
        Err(error) if is_too_large(&error) => http::too_large(),
        Err(_) => http::broken(),
    };
    response.map(|body| body.whole().map_or_else(Body::new, Body::from))
}

fn is_too_large(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<http_body_util::LengthLimitError>())
}

/// Ctrl-C, or a supervisor's SIGTERM. Listened for before anybody is told that the server is there: a signal that comes
/// earlier would end the process as if it had none.
pub(crate) struct Stop {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl Stop {
    pub(crate) fn listen() -> Result<Self, Error> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Stop { signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
        }
        #[cfg(not(unix))]
        Ok(Stop {})
    }

    /// Resolves at the first signal. The second one ends the process at once, for whoever will not wait.
    async fn asked(mut self) {
        self.next().await;
        tokio::spawn(async move {
            self.next().await;
            std::process::exit(130);
        });
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        {
            let [interrupt, terminate] = &mut self.signals;
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
    }
}
