//! Where log lines go: to `tracing` natively, to the platform's console on Workers.

#[cfg(not(target_family = "wasm"))]
pub(crate) fn error(line: &str) {
    tracing::error!("{line}");
}
#[cfg(target_family = "wasm")]
pub(crate) fn error(line: &str) {
    worker::console_error!("{line}");
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
