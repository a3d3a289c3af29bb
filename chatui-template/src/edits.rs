//! Changes to a text, made at once.

use std::ops::Range;

/// Changes to a text; all else stays byte for byte.
#[derive(Debug, Default)]
pub(crate) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts `text` in the place of what stands at `range`.
    pub(crate) fn put(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where in the changed text stands what is at `place` now.
    pub(crate) fn moved(&self, place: usize) -> usize {
        let before = self.0.iter().filter(|(range, _)| range.start < place);
        let (gone, come) = before.fold((0, 0), |(gone, come), (range, new)| (gone + range.len(), come + new.len()));
        (place + come).saturating_sub(gone)
    }

    /// The changed text; `None` where nothing changes. Of changes that overlap, the first is made.
    pub(crate) fn apply(mut self, text: &str) -> Option<String> {
        if self.0.is_empty() {
            return None;
        }
        // Stable, so that what is put into one place stays in order.
        self.0.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for (range, new) in self.0 {
            if range.start >= done
                && let Some(kept) = text.get(done..range.start)
            {
                out.push_str(kept);
                out.push_str(&new);
                done = range.end;
            }
        }
        out.push_str(text.get(done..).unwrap_or_default());
        Some(out)
    }
}
