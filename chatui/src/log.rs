//! Log lines: events of `tracing`. Natively the command line prints them, on Workers the platform's console does.

#[cfg(target_family = "wasm")]
mod console;

#[cfg(target_family = "wasm")]
pub(crate) use console::listen;
#[cfg(all(target_family = "wasm", not(panic = "unwind")))]
pub(crate) use console::running;

use std::time::Duration;

/// Of a `RUST_LOG` that says none.
pub(crate) const UNKNOWN_LEVEL: &str = "RUST_LOG is not understood; write one of error, warn, info, debug, trace, off";

pub(crate) fn error(line: &str) {
    tracing::error!("{line}");
}

/// Where lines go natively: to standard error, as standard output may be carrying the protocol, and without secrets.
#[cfg(not(target_family = "wasm"))]
pub(crate) struct Screen;

#[cfg(not(target_family = "wasm"))]
impl std::io::Write for Screen {
    /// A whole line at a time.
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        let shown = crate::secrets::hidden(String::from_utf8_lossy(line).into_owned());
        std::io::stderr().write_all(shown.as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        std::io::stderr().flush()
    }
}

/// A panic is printed before anybody can catch it: one whose words hold a secret goes by the way of the other lines.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn hide_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let said = panic.to_string();
        match crate::secrets::hidden(said.clone()) {
            shown if shown == said => before(panic),
            shown => eprintln!("{shown}"),
        }
    }));
}

/// Something that is no mistake of the server's: natively it is asked for (`RUST_LOG=debug`), as anybody can make it write this.
pub(crate) fn refused(line: &str) {
    #[cfg(target_family = "wasm")]
    tracing::info!("{line}");
    #[cfg(not(target_family = "wasm"))]
    tracing::debug!("{line}");
}

/// What the author's own events of a call stand in: its tool, and the trace that the client goes on (W3C Trace Context, which MCP
/// 2026-07-28 puts into `_meta`). At the level of debugging, as the line of a call is.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn span(tool: &str, meta: Option<&serde_json::value::RawValue>) -> tracing::Span {
    use tracing::field::Empty;
    #[derive(serde::Deserialize)]
    struct Trace<'a> {
        #[serde(borrow, default)]
        traceparent: Option<std::borrow::Cow<'a, str>>,
        #[serde(borrow, default)]
        tracestate: Option<std::borrow::Cow<'a, str>>,
    }
    let span = tracing::debug_span!("tools/call", tool, traceparent = Empty, tracestate = Empty);
    if !span.is_disabled()
        && let Some(Trace { traceparent: Some(parent), tracestate }) = meta.and_then(|meta| serde_json::from_str(meta.get()).ok())
    {
        span.record("traceparent", &*parent);
        if let Some(state) = tracestate {
            span.record("tracestate", &*state);
        }
    }
    span
}

/// One line per call: what was called and how it ended, never with what. Natively it is asked for (`RUST_LOG=debug`): a
/// busy server would spend its time writing. On Workers it is what `wrangler tail` shows. A call that is dropped before its
/// end, as its client left, is a line too.
pub(crate) struct Call<'a> {
    tool: &'a str,
    request: Option<&'a str>,
    now: Option<fn() -> Duration>,
    started: Option<Duration>,
    how: &'static str,
}

impl<'a> Call<'a> {
    pub(crate) fn begins(tool: &'a str, request: Option<&'a str>, now: Option<fn() -> Duration>) -> Self {
        // The clock is asked for who reads it.
        #[cfg(not(target_family = "wasm"))]
        let now = now.filter(|_| tracing::enabled!(tracing::Level::DEBUG));
        Call { tool, request, now, started: now.map(|now| now()), how: "cancelled" }
    }

    pub(crate) fn ended(mut self, ok: bool) {
        self.how = if ok { "ok" } else { "error" };
    }
}

impl Drop for Call<'_> {
    fn drop(&mut self) {
        let took = self.now.zip(self.started).map(|(now, started)| now().saturating_sub(started));
        line(self.tool, self.how, took, self.request);
    }
}

fn line(tool: &str, how: &str, took: Option<Duration>, request: Option<&str>) {
    let took = took.map_or(0, |took| took.as_millis());
    let request = request.unwrap_or("-");
    #[cfg(target_family = "wasm")]
    tracing::info!("{tool} {how} {took}ms {request}");
    #[cfg(not(target_family = "wasm"))]
    tracing::debug!("{tool} {how} {took}ms {request}");
}

/// A number that differs from process to process; not a secret.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn seed() -> u32 {
    use std::{hash::BuildHasher, sync::OnceLock};
    static SEED: OnceLock<u32> = OnceLock::new();
    *SEED.get_or_init(|| std::collections::hash_map::RandomState::new().hash_one(0) as u32)
}
#[cfg(target_family = "wasm")]
pub(crate) fn seed() -> u32 {
    // std has no randomness here, and Workers forbid it at global scope; this runs inside a request.
    (worker::js_sys::Math::random() * f64::from(u32::MAX)) as u32
}
