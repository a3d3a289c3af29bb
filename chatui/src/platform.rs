//! What a door lends to the road: time, and threads that may wait. Nothing between the doors knows a runtime.

use crate::task::Task;
use std::time::Duration;

/// A door without any of it, as tests and the command line are: no timeouts, and `blocking` tools run inline.
pub(crate) static NOTHING: Platform = Platform {
    sleep: None,
    now: None,
    #[cfg(not(target_family = "wasm"))]
    spawn_blocking: None,
};

pub(crate) struct Platform {
    pub(crate) sleep: Option<Sleep>,
    /// The time since some moment. On Workers it stands still while nothing is waited for.
    pub(crate) now: Option<fn() -> Duration>,
    /// Workers have one thread: who blocks it blocks it.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) spawn_blocking: Option<fn(Job)>,
}

pub(crate) type Sleep = fn(Duration) -> Task<'static, ()>;

/// A time as people write it: `60 s`, or `1500 ms` where it is no whole number of seconds.
pub(crate) fn in_words(milliseconds: u64) -> String {
    if milliseconds.is_multiple_of(1000) { format!("{} s", milliseconds / 1000) } else { format!("{milliseconds} ms") }
}

/// Something that waits without `.await`.
#[cfg(not(target_family = "wasm"))]
pub(crate) type Job = Box<dyn FnOnce() + Send>;

/// The milliseconds since 1970, for what outlives a process.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn wall_clock() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |time| time.as_millis().try_into().unwrap_or(u64::MAX))
}
#[cfg(target_family = "wasm")]
pub(crate) fn wall_clock() -> u64 {
    worker::Date::now().as_millis()
}
