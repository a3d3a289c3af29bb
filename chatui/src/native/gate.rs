//! Who may go down the road now: so many calls at once, so many more that wait, and nobody once the server is stopping.

use crate::{
    http::{self, Body},
    limits::Limits,
    notices::Handle,
};
use ::http::{HeaderValue, Response, header};
use std::sync::Arc;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError},
    time::timeout,
};

pub(crate) struct Gate {
    pub(super) limits: Limits,
    /// Closed when the server is stopping.
    calls: Arc<Semaphore>,
    queue: Semaphore,
    /// Who listens to it hears of the end.
    handle: Option<Handle>,
}

/// A call that is let in, until this is dropped.
pub(super) type Pass = OwnedSemaphorePermit;

const STOPPING: &str = "the server is stopping; try again in a moment";
const BUSY: &str = "the server has as many calls as it can take; try again in a moment";

impl Gate {
    pub(crate) fn new(limits: &Limits, handle: Option<&Handle>) -> Arc<Self> {
        Arc::new(Gate {
            limits: *limits,
            calls: Arc::new(Semaphore::new(limits.calls)),
            queue: Semaphore::new(limits.queue),
            handle: handle.cloned(),
        })
    }

    /// Lets a call in, perhaps after a while, or says why not.
    pub(super) async fn enter(&self) -> Result<Pass, Response<Body>> {
        match self.calls.clone().try_acquire_owned() {
            Ok(pass) => Ok(pass),
            Err(TryAcquireError::Closed) => Err(stopping()),
            Err(TryAcquireError::NoPermits) => self.wait().await,
        }
    }

    async fn wait(&self) -> Result<Pass, Response<Body>> {
        let Ok(_place) = self.queue.try_acquire() else { return Err(http::not_now(BUSY)) };
        match timeout(self.limits.queue_timeout, self.calls.clone().acquire_owned()).await {
            Ok(Ok(call)) => Ok(call),
            Ok(Err(_)) => Err(stopping()),
            Err(_) => Err(http::not_now(BUSY)),
        }
    }

    /// Why no request is answered any more, if that is so.
    pub(super) fn refuses(&self) -> Option<Response<Body>> {
        self.calls.is_closed().then(stopping)
    }

    /// From now on nobody is let in.
    pub(super) fn close(&self) {
        self.calls.close();
        if let Some(handle) = &self.handle {
            handle.hub().end();
        }
    }

    /// How many calls are running.
    pub(super) fn running(&self) -> usize {
        self.limits.calls - self.calls.available_permits()
    }
}

/// What is said to whoever comes too late. Its connection need not have heard of the end yet.
fn stopping() -> Response<Body> {
    let mut refusal = http::not_now(STOPPING);
    refusal.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    refusal
}
