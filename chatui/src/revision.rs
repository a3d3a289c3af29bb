//! The revisions of MCP, as a table.

/// How a request and its answer look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Era {
    /// Opened by an `initialize` handshake.
    Legacy,
    /// Each request speaks for itself, with an envelope in `_meta` and standard headers.
    Modern,
}

/// Oldest first. The names are dates and compare as strings.
const REVISIONS: [(&str, Era); 5] = [
    // Older stacks of Microsoft Copilot still open with this one, over today's transport.
    ("2024-11-05", Era::Legacy),
    ("2025-03-26", Era::Legacy),
    ("2025-06-18", Era::Legacy),
    ("2025-11-25", Era::Legacy),
    ("2026-07-28", Era::Modern),
];

/// Whether several messages may come as one array: that came with one revision and left with the next.
pub(crate) fn has_batches(name: &str) -> bool {
    name == "2025-03-26"
}

/// The era of a revision that this server speaks.
pub(crate) fn era(name: &str) -> Option<Era> {
    REVISIONS.iter().find(|(known, _)| *known == name).map(|(_, era)| *era)
}

/// Whether a name is of the modern era, known to us or not yet.
pub(crate) fn is_modern(name: &str) -> bool {
    REVISIONS.iter().any(|(first, era)| *era == Era::Modern && name >= *first)
}

/// The names of an era, newest first.
pub(crate) fn names(era: Era) -> impl Iterator<Item = &'static str> {
    REVISIONS.iter().rev().filter(move |(_, of)| *of == era).map(|(name, _)| *name)
}

/// What `initialize` agrees on: the client's revision if it is spoken here, else the newest with a handshake.
pub(crate) fn agree(asked: &str) -> &'static str {
    let newest = names(Era::Legacy).next().unwrap_or_default();
    names(Era::Legacy).find(|name| *name == asked).unwrap_or(newest)
}
