//! The open elements inside of which a document is read otherwise.

/// Those that are open, outermost first.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    open: Vec<(String, Inside)>,
    /// Where the outermost of those that are open starts.
    start: usize,
    /// How many of them are inert: asked at every tag.
    inert: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Nothing is loaded: `<template>`.
    Inert,
    /// Any element may close itself: `<svg>`, `<math>`.
    Foreign,
    /// HTML in a drawing, or a template that is drawn.
    Plain,
}

impl Nesting {
    /// `closed`: whether the tag ends in `/>`; `drawn`: whether a `<template>` is part of the page.
    pub(super) fn open(&mut self, name: &str, at: usize, closed: bool, drawn: bool) {
        let foreign = self.is_foreign();
        let inside = match name {
            "svg" | "math" if !closed => Inside::Foreign,
            "foreignobject" | "desc" | "annotation-xml" if foreign && !closed => Inside::Plain,
            "template" if !foreign && drawn => Inside::Plain,
            "template" if !foreign => Inside::Inert,
            _ => return,
        };
        if self.open.is_empty() {
            self.start = at;
        }
        self.inert += usize::from(inside == Inside::Inert);
        self.open.push((name.to_owned(), inside));
    }

    pub(super) fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| open == name) {
            let closed = self.open.drain(at..);
            self.inert -= closed.filter(|(_, inside)| *inside == Inside::Inert).count();
        }
    }

    /// The outermost that is still open, and where it starts.
    pub(super) fn unclosed(&self) -> Option<(usize, &str)> {
        self.open.first().map(|(name, _)| (self.start, &**name))
    }

    pub(super) fn is_inert(&self) -> bool {
        self.inert > 0
    }

    pub(super) fn is_foreign(&self) -> bool {
        self.open.last().is_some_and(|(_, inside)| *inside == Inside::Foreign)
    }
}
