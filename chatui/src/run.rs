//! One call from its arguments to its end, whatever happens in between: a panic, too much time, a thread that waits.

use crate::{
    Error,
    args::Arguments,
    asking::{Questions, Waits},
    context::Context,
    entry::Entry,
    platform::{Platform, Sleep, in_words},
    reply::Outcome,
    state::Lenders,
    table::Table,
    task::Task,
    tool::{Call, Tool},
};
use serde_json::value::RawValue;
use std::{future::poll_fn, sync::Arc, task::Poll, time::Duration};

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
    let (tool, limits) = (entry.tool, &table.limits);
    if let Some(arguments) = arguments {
        limits.take(arguments.get())?;
    }
    let clock = Clock::new(tool.timeout_ms.or(limits.timeout_ms), platform);
    #[cfg(not(target_family = "wasm"))]
    if let (true, Some(spawn)) = (tool.blocking, platform.spawn_blocking) {
        return pool::run(table.clone(), tool.name, arguments, context, spawn, clock).await;
    }
    called(table, entry, arguments, context, clock).await
}

async fn called(table: &Table, entry: &Entry, arguments: Option<&RawValue>, context: Context, clock: Clock) -> Outcome {
    let (tool, context) = (entry.tool, Box::new(context));
    let arguments = Arguments::split(arguments, tool.params)?.against(&entry.input);
    let clock = clock.of(context.open_questions());
    let lenders = Lenders { context: &context, user: context.lent_user(), door: context.door(), app: &table.states };
    guarded(Who::of(tool), (tool.call)(Call { arguments, lenders }), clock).await
}

/// The time that a call has. What is too late is dropped, which ends it at its next `.await`.
pub(crate) struct Clock {
    time: Option<u64>,
    sleep: Option<Sleep>,
    /// Most calls end when they are first polled, and need none.
    end: Option<Task<'static, ()>>,
    asking: Option<Arc<dyn Questions>>,
}

impl Clock {
    /// So many milliseconds, where the door lends time.
    pub(crate) fn new(time: Option<u64>, platform: &Platform) -> Self {
        Clock { time, sleep: platform.sleep, end: None, asking: None }
    }

    /// The same for a call that may ask: it is set anew when a user has answered, and rings where the call goes on in another one.
    pub(crate) fn of(self, asking: Option<Arc<dyn Questions>>) -> Self {
        Clock { asking, ..self }
    }

    /// Asked while the call goes on.
    fn rings<T>(&mut self, context: &mut std::task::Context<'_>) -> Poll<Result<T, Error>> {
        self.late(context).map(Err)
    }

    fn late(&mut self, context: &mut std::task::Context<'_>) -> Poll<Error> {
        match self.asking.as_ref().map_or(Waits::No, |asking| asking.waits()) {
            Waits::No => {}
            Waits::Here => {
                self.end = None;
                return Poll::Pending;
            }
            Waits::Elsewhere(error) => return Poll::Ready(error),
        }
        let (Some(time), Some(sleep)) = (self.time, self.sleep) else { return Poll::Pending };
        let end = self.end.get_or_insert_with(|| sleep(Duration::from_millis(time)));
        end.as_mut().poll(context).map(|()| {
            let time = in_words(time);
            Error::tell(format!("it took longer than {time} and is not waited for; ask for less, or look later whether it was done"))
        })
    }
}

/// Runs an author's code. A panic ends only its own call.
#[cfg(any(not(target_family = "wasm"), panic = "unwind"))]
pub(crate) async fn guarded<T>(who: Who, mut call: Task<'_, Result<T, Error>>, mut clock: Clock) -> Result<T, Error> {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    #[cfg(any(target_family = "wasm", not(debug_assertions)))]
    let _ = who;
    poll_fn(|context| {
        #[cfg(all(debug_assertions, not(target_family = "wasm")))]
        let start = std::time::Instant::now();
        // What the call shares with others it holds by `&`; a lock that it leaves behind is poisoned, and says so.
        let polled = catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context)));
        #[cfg(all(debug_assertions, not(target_family = "wasm")))]
        if polled.is_ok() {
            slow(who, start.elapsed());
        }
        match polled {
            Ok(Poll::Pending) => clock.rings(context),
            polled => polled.unwrap_or_else(|panic| Poll::Ready(Err(panicked(&*panic)))),
        }
    })
    .await
}

/// The same where a panic aborts, as on Workers that stable Rust builds: the platform then starts the isolate anew. All that
/// can be done is to say whose it was.
#[cfg(all(target_family = "wasm", not(panic = "unwind")))]
pub(crate) async fn guarded<T>(who: Who, mut call: Task<'_, Result<T, Error>>, mut clock: Clock) -> Result<T, Error> {
    poll_fn(|context| {
        crate::log::running(Some(who.name));
        let polled = call.as_mut().poll(context);
        crate::log::running(None);
        if polled.is_pending() { clock.rings(context) } else { polled }
    })
    .await
}

#[cfg(any(not(target_family = "wasm"), panic = "unwind"))]
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
    use super::{Arc, Clock, Context, Error, Outcome, Poll, RawValue, Table, called};
    use crate::platform::{Job, NOTHING};
    use futures_channel::oneshot;
    use std::{
        future::{Future, poll_fn},
        pin::{Pin, pin},
        sync::atomic::{AtomicBool, Ordering},
        task::Waker,
    };

    pub(super) async fn run(
        table: Arc<Table>,
        name: &'static str,
        arguments: Option<&RawValue>,
        context: Context,
        spawn: fn(Job),
        mut clock: Clock,
    ) -> Outcome {
        let (send, mut receive) = oneshot::channel();
        let arguments = arguments.map(ToOwned::to_owned);
        let left = Left(Arc::default());
        let context = context.until(left.0.clone());
        let span = tracing::Span::current();
        spawn(Box::new(move || {
            let _span = span.entered();
            // Nobody may be waiting any more: before its turn, or after it.
            if send.is_canceled() {
                return;
            }
            let _ = send.send(outcome(&table, name, arguments.as_deref(), context));
        }));
        poll_fn(|context| match Pin::new(&mut receive).poll(context) {
            Poll::Pending => clock.rings(context),
            Poll::Ready(outcome) => {
                Poll::Ready(outcome.unwrap_or_else(|_| Err(Error::tell("the server is stopping; try again in a moment"))))
            }
        })
        .await
    }

    /// Nobody waits any more once this is dropped.
    struct Left(Arc<AtomicBool>);

    impl Drop for Left {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    /// `name`: the entry is borrowed from a table that has to come along.
    fn outcome(table: &Table, name: &str, arguments: Option<&RawValue>, context: Context) -> Outcome {
        let ours = |what: &'static str| Error::keep(std::io::Error::other(what));
        let entry = table.tool(name).ok_or_else(|| ours("the tool is gone from its table"))?;
        // A plain fn is at its end when it is polled once; the macro lets no other be `blocking`.
        match pin!(called(table, entry, arguments, context, Clock::new(None, &NOTHING)))
            .poll(&mut std::task::Context::from_waker(Waker::noop()))
        {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => Err(ours("a blocking tool did not end")),
        }
    }
}
