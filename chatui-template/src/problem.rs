//! What is said about a template: refusals, findings, and the codes of both.

use std::fmt;

/// Why a template cannot be served; its [`Display`](fmt::Display) says where, what is wrong and what to do about it:
/// `widgets/a.html:12:5: what is wrong; what to do`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind of mistake it is, in a word.
    pub code: &'static str,
    message: String,
}

impl Problem {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Problem { code, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// What is served all the same, but unwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind it is, one of [`CODES`]: a [`Policy`](crate::Policy) that allows it never hears of it again.
    pub code: &'static str,
    /// How bad it is.
    pub level: Level,
    /// Its place, what is unwise and what to do: `widgets/a.html:12:5: …; do …`.
    pub message: String,
}

/// How bad a [`Finding`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Unwise.
    Warning,
    /// May not be shipped: to be refused in builds without debug assertions.
    Release,
}

/// Every code that [`Policy::allow`](crate::Policy::allow) may name.
pub const CODES: &[&str] = &[
    "asset",
    "assets-cors",
    "charset",
    "color-scheme",
    "csp-meta",
    "csp-unused",
    "dialog",
    "eval",
    "fetch-data",
    "field",
    "font-data",
    "form",
    "handshake",
    "import-bare",
    "javascript-link",
    "link",
    "localhost",
    "onload",
    "permission",
    "secret",
    "size",
    "storage",
    "viewport-height",
    "wasm",
    "worker",
];
