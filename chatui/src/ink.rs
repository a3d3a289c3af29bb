//! Colours for a terminal, and nothing for a file.

use std::io::IsTerminal;

pub(crate) struct Ink {
    pub(crate) strong: &'static str,
    pub(crate) dim: &'static str,
    pub(crate) bad: &'static str,
    /// Of what is unwise. Only `check` tells it from what is wrong.
    #[cfg_attr(not(feature = "dev"), allow(dead_code))]
    pub(crate) unwise: &'static str,
    pub(crate) end: &'static str,
}

impl Ink {
    pub(crate) const NONE: Ink = Ink { strong: "", dim: "", bad: "", unwise: "", end: "" };

    /// As this stream can show it.
    pub(crate) fn of(stream: &impl IsTerminal) -> Self {
        // https://no-color.org
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        match wanted && stream.is_terminal() {
            true => Ink { strong: "\x1b[1m", dim: "\x1b[2m", bad: "\x1b[31m", unwise: "\x1b[33m", end: "\x1b[0m" },
            false => Ink::NONE,
        }
    }
}
