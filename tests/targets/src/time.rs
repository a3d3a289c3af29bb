//! Time that counts on a busy machine: what this thread has spent, not what it has waited.

use std::time::Duration;

/// What the largest input may cost. Unoptimised code is slower by an order of magnitude.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) && !cfg!(fuzzing) { 5 } else { 1 });

/// Does something, and panics where it takes too long for what came.
pub(crate) fn bounded<T>(what: &str, size: usize, work: impl FnOnce() -> T) -> T {
    let before = spent();
    let done = work();
    if let (Some(before), Some(after)) = (before, spent()) {
        let took = after.saturating_sub(before);
        assert!(took < MOST, "{what}: {took:?} for {size} bytes");
    }
    done
}

/// The processor time of this thread, where the system tells it.
fn spent() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}
