//! One call from its arguments to its end, whatever happens in between: a panic, too much time, a thread that waits.

use crate::{
    Error,
    args::Arguments,
    context::Context,
    entry::Entry,
    platform::Platform,
    reply::Outcome,
    table::Table,
    task::Task,
    tool::{Call, Tool},
};
use serde_json::value::RawValue;
use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::Arc,
    task::Poll,
    time::Duration,
};

/// Whose code is being run, for the log.
#[derive(Clone, Copy)]
#[cfg_attr(any(target_family = "wasm", not(debug_assertions)), allow(dead_code, reason = "slow polls are named in debug builds"))]
pub(crate) struct Who {
    pub(crate) name: &'static str,
    pub(crate) place: &'static str,
    pub(crate) blocking: bool,
}

impl Who {
    fn of(tool: &Tool) -> Self {
        Who { name: tool.name, place: tool.place, blocking: tool.blocking }
    }
}

/// Calls a tool.
pub(crate) async fn run(table: &Arc<Table>, entry: &Entry, arguments: Option<&RawValue>, context: Context, platform: &Platform) -> Outcome {
    let tool = entry.tool;
    #[cfg(not(target_family = "wasm"))]
    tracing::debug!("call of `{}`", tool.name);
    let call = async {
        #[cfg(not(target_family = "wasm"))]
        if let (true, Some(spawn)) = (tool.blocking, platform.spawn_blocking) {
            return pool::run(table.clone(), tool.name, arguments, context, spawn).await;
        }
        called(table, entry, arguments, context).await
    };
    match (tool.timeout_ms, platform.sleep) {
        (Some(time), Some(sleep)) => within(call, sleep(Duration::from_millis(time)), time).await,
        _ => call.await,
    }
}

async fn called(table: &Table, entry: &Entry, arguments: Option<&RawValue>, context: Context) -> Outcome {
    let (tool, context) = (entry.tool, Box::new(context));
    let arguments = Arguments::split(arguments, tool.params)?.against(&entry.input);
    guarded(Who::of(tool), (tool.call)(Call { arguments, context: &context, states: &table.states })).await
}

/// Whichever comes first. What is too late is dropped, which ends it at its next `.await`.
async fn within(call: impl Future<Output = Outcome>, end: Task<'_, ()>, time: u64) -> Outcome {
    let (mut call, mut end) = (pin!(call), end);
    poll_fn(|context| match call.as_mut().poll(context) {
        Poll::Pending => end.as_mut().poll(context).map(|()| {
            let time = if time.is_multiple_of(1000) { format!("{} s", time / 1000) } else { format!("{time} ms") };
            Err(Error::tell(format!(
                "the tool took longer than {time} and is not waited for; ask for less, or look later whether it was done"
            )))
        }),
        ready => ready,
    })
    .await
}

/// Runs an author's code. A panic ends only its own call. (On Workers a stable build aborts; the platform then starts the isolate anew.)
#[cfg(not(target_family = "wasm"))]
pub(crate) async fn guarded<T>(who: Who, mut call: Task<'_, Result<T, Error>>) -> Result<T, Error> {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    #[cfg(not(debug_assertions))]
    let _ = who;
    poll_fn(|context| {
        #[cfg(debug_assertions)]
        let start = std::time::Instant::now();
        // What the call shares with others it holds by `&`; a lock that it leaves behind is poisoned, and says so.
        let polled = catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context)));
        #[cfg(debug_assertions)]
        if polled.is_ok() {
            slow(who, start.elapsed());
        }
        polled.unwrap_or_else(|panic| Poll::Ready(Err(panicked(&*panic))))
    })
    .await
}

#[cfg(target_family = "wasm")]
pub(crate) async fn guarded<T>(_: Who, call: Task<'_, Result<T, Error>>) -> Result<T, Error> {
    call.await
}

#[cfg(not(target_family = "wasm"))]
fn panicked(panic: &(dyn std::any::Any + Send)) -> Error {
    let message = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Error::keep(std::io::Error::other(format!("panicked: {}", message.unwrap_or("with something that is no text"))))
}

/// While a call is polled, its thread does nothing else.
#[cfg(all(debug_assertions, not(target_family = "wasm")))]
fn slow(who: Who, took: Duration) {
    if took > Duration::from_millis(50) && !who.blocking {
        let Who { name, place, .. } = who;
        tracing::warn!("`{name}` ({place}) held its thread for {} ms; make it `#[tool(blocking)]`, or `.await`", took.as_millis());
    }
}

/// Tools that wait without `.await`, on threads where that holds nobody up.
#[cfg(not(target_family = "wasm"))]
mod pool {
    use super::{Arc, Context, Error, Outcome, Poll, RawValue, Table, called, pin};
    use crate::platform::Job;
    use futures_channel::oneshot;
    use std::task::Waker;

    pub(super) async fn run(
        table: Arc<Table>,
        name: &'static str,
        arguments: Option<&RawValue>,
        context: Context,
        spawn: fn(Job),
    ) -> Outcome {
        let (send, receive) = oneshot::channel();
        let arguments = arguments.map(ToOwned::to_owned);
        spawn(Box::new(move || {
            // Nobody may be waiting any more.
            let _ = send.send(outcome(&table, name, arguments.as_deref(), context));
        }));
        receive.await.unwrap_or_else(|_| Err(Error::tell("the server is stopping; try again in a moment")))
    }

    /// `name`: the entry is borrowed from a table that has to come along.
    fn outcome(table: &Table, name: &str, arguments: Option<&RawValue>, context: Context) -> Outcome {
        let ours = |what: &'static str| Error::keep(std::io::Error::other(what));
        let entry = table.tool(name).ok_or_else(|| ours("the tool is gone from its table"))?;
        // A plain fn is at its end when it is polled once; the macro lets no other be `blocking`.
        match pin!(called(table, entry, arguments, context)).poll(&mut std::task::Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => Err(ours("a blocking tool did not end")),
        }
    }
}
