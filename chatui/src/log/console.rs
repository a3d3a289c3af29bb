//! Events of `tracing`, the user's too, on the console of a Worker. Spans are taken without being told: a line stands for
//! itself.

use crate::secrets::hidden;
use std::{
    cell::Cell,
    fmt::{Debug, Write},
    sync::Once,
};
use tracing::{
    Dispatch, Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    span,
};

/// Listens from now on, to what is at least as important as `level` (`RUST_LOG`; info where it says nothing). Only the first
/// time: requests that come early each make their app, and an app that can't start is made again with every one.
pub(crate) fn listen(level: Option<&str>) {
    static FIRST: Once = Once::new();
    FIRST.call_once(|| begin(level));
}

fn begin(level: Option<&str>) {
    let said = level.filter(|level| !level.is_empty()).map(str::parse);
    let level = said.as_ref().and_then(|level| level.as_ref().ok()).copied().unwrap_or(LevelFilter::INFO);
    // A Worker may have a listener of its own: it came first, and stays.
    let _ = tracing::dispatcher::set_global_default(Dispatch::new(Console(level)));
    #[cfg(not(panic = "unwind"))]
    name_panics();
    if said.is_some_and(|said| said.is_err()) {
        tracing::warn!("{}", super::UNKNOWN_LEVEL);
    }
}

thread_local! {
    static RUNNING: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Whose code runs from now on.
#[cfg(not(panic = "unwind"))]
pub(crate) fn running(tool: Option<&'static str>) {
    RUNNING.set(tool);
}

/// A panic aborts, and what the platform says of it names no tool.
#[cfg(not(panic = "unwind"))]
fn name_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if let Some(tool) = RUNNING.get() {
            worker::console_error!("`{tool}` {}", hidden(panic.to_string()));
        }
        // The platform's crate starts the isolate anew by it. It prints the words too, as they are.
        before(panic);
    }));
}

struct Console(LevelFilter);

impl Subscriber for Console {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.0
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.0)
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        let line = hidden(format!("{}{}", line.message, line.fields));
        match *event.metadata().level() {
            Level::ERROR => worker::console_error!("{line}"),
            Level::WARN => worker::console_warn!("{line}"),
            Level::INFO => worker::console_log!("{line}"),
            _ => worker::console_debug!("{line}"),
        }
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// What an event says: its message, and its fields behind it.
#[derive(Default)]
struct Line {
    message: String,
    fields: String,
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Into memory: there is nothing that could fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        // In JSON's digits, which are linked anyway: those of std would be 8 KB of Worker.
        let digits = serde_json::to_string(&value).unwrap_or_default();
        let _ = write!(self.fields, " {}={digits}", field.name());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "message" => self.message.push_str(value),
            _ => self.record_debug(field, &value),
        }
    }
}
