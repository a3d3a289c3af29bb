//! How much of what calls say a client wants to hear.

#[cfg(not(target_family = "wasm"))]
use std::sync::atomic::{AtomicU8, Ordering};

/// How grave a message of [`Context::log`](crate::Context::log) is: the levels of RFC 5424, from the least to the gravest.
///
/// ```
/// use chatui::Level;
///
/// assert!(Level::Warning > Level::Info);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Steps of the way, for whoever looks for a mistake.
    Debug,
    /// What happens as it should.
    Info,
    /// What happens as it should, and is worth a look.
    Notice,
    /// What may become a mistake.
    Warning,
    /// What did not work.
    Error,
    /// A part does not work.
    Critical,
    /// Somebody has to act at once.
    Alert,
    /// Nothing works.
    Emergency,
}

impl Level {
    const ALL: [(Level, &str); 8] = [
        (Level::Debug, "debug"),
        (Level::Info, "info"),
        (Level::Notice, "notice"),
        (Level::Warning, "warning"),
        (Level::Error, "error"),
        (Level::Critical, "critical"),
        (Level::Alert, "alert"),
        (Level::Emergency, "emergency"),
    ];

    /// What is heard where nobody has asked: the specification leaves it to the server (2025-11-25, server/utilities/logging).
    pub(crate) const UNASKED: Level = Level::Info;

    pub(crate) fn name(self) -> &'static str {
        Level::ALL[self as usize].1
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Level::ALL.iter().find(|(_, known)| *known == name).map(|(level, _)| *level)
    }

    pub(crate) fn names() -> String {
        Level::ALL.map(|(_, name)| name).join(", ")
    }
}

/// The level that a session asks for with `logging/setLevel`.
#[cfg(not(target_family = "wasm"))]
pub(crate) struct Threshold(AtomicU8);

#[cfg(not(target_family = "wasm"))]
impl Default for Threshold {
    fn default() -> Self {
        Threshold(AtomicU8::new(Level::UNASKED as u8))
    }
}

#[cfg(not(target_family = "wasm"))]
impl Threshold {
    pub(crate) fn set(&self, level: Level) {
        self.0.store(level as u8, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> Level {
        Level::ALL[usize::from(self.0.load(Ordering::Relaxed))].0
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, Threshold};

    #[test]
    fn names_go_both_ways() {
        for (level, name) in Level::ALL {
            assert_eq!((level.name(), Level::named(name)), (name, Some(level)));
        }
        assert_eq!(Level::named("loud"), None);
        assert!(Level::Emergency > Level::Alert && Level::Info > Level::Debug);
    }

    #[test]
    fn a_session_hears_what_it_asks_for() {
        let threshold = Threshold::default();
        assert_eq!(threshold.get(), Level::Info);
        threshold.set(Level::Error);
        assert_eq!(threshold.get(), Level::Error);
    }
}
