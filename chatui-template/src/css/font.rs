//! Fonts, which no host takes as data.

use super::token::{Kind, Token};
use crate::{edits::Edits, report::Part, work::Work};
use std::ops::Range;

/// An `src` of an `@font-face`.
#[derive(Debug)]
pub(crate) struct Sources {
    /// Without its semicolon.
    range: Range<usize>,
    /// What stands between the commas.
    entries: Vec<Range<usize>>,
}

impl Sources {
    /// Those of a declaration, if it is one.
    pub(super) fn of(tokens: &[Token]) -> Option<Sources> {
        let [property, colon, value @ ..] = tokens else { return None };
        let last = value.last().filter(|_| colon.kind == Kind::Mark(b':'))?;
        let mut depth = 0_usize;
        let parts = value.split(|token| {
            match token.kind {
                Kind::Function | Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && token.kind == Kind::Mark(b',')
        });
        let entries = parts.filter_map(|part| Some(part.first()?.start..part.last()?.end)).collect();
        Some(Sources { range: property.start..last.end, entries })
    }

    /// Leaves out the entries in which one of these places lies; the browser goes on with the others, or the next family.
    pub(super) fn without(&self, places: &[usize], edits: &mut Edits) {
        let gone = |entry: &Range<usize>| places.iter().any(|place| entry.contains(place));
        let Some(first) = self.entries.iter().position(|entry| !gone(entry)) else {
            return edits.put(self.range.clone(), "");
        };
        for (at, entry) in self.entries.iter().enumerate().filter(|(_, entry)| gone(entry)) {
            // Together with one comma.
            let range = if at < first { entry.start..self.entries[at + 1].start } else { self.entries[at - 1].end..entry.end };
            edits.put(range, "");
        }
    }
}

/// Says of a font that it will not be shown: once for each file, however many it has.
pub(super) fn blocked(work: &mut Work<'_>, part: Part<'_>, at: usize) {
    let message = "hosts block `data:` fonts, all that could be made of a font in the crate; load it from an origin that csp(resource = …) names, serve it with `assets`, or use `font-family: var(--font-sans)`";
    work.report.finding(part, at, "font-data", message);
}
