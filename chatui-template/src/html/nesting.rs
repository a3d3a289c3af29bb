//! The open elements inside of which a document is read otherwise (HTML standard, 13.2.6.5).

use super::Attr;

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
    /// Any element may close itself: `<svg>`.
    Drawing,
    /// The same: `<math>`.
    Formula,
    /// HTML in a drawing, or a template that is drawn.
    Plain,
}

/// Elements of HTML that no drawing can hold: where one begins, the drawing ends. A `<font>` is one with any of its attributes.
#[rustfmt::skip]
const NO_DRAWING: [&str; 44] = [
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike",
    "sub", "sup", "table", "tt", "u", "ul", "var",
];

/// Elements of a formula that hold HTML.
const WORDS: [&str; 5] = ["mi", "mo", "mn", "ms", "mtext"];

impl Nesting {
    /// Ends the drawing around something that none can hold.
    pub(super) fn leave(&mut self, name: &str, attrs: &[Attr]) {
        let is_font = || name == "font" && attrs.iter().any(|attr| ["color", "face", "size"].contains(&&*attr.name));
        if self.is_foreign() && (NO_DRAWING.contains(&name) || is_font()) {
            let kept = self.open.iter().rposition(|(_, inside)| !inside.is_foreign()).map_or(0, |at| at + 1);
            self.open.truncate(kept);
        }
    }

    /// `closed`: whether the tag ends in `/>`.
    pub(super) fn open(&mut self, name: &str, at: usize, closed: bool, attrs: &[Attr]) {
        use Inside::{Drawing, Formula, Inert, Plain};
        let around = self.open.last().map(|(_, inside)| *inside);
        let annotates = self.open.last().is_some_and(|(open, _)| open == "annotation-xml");
        let inside = match (around, name) {
            _ if closed && (around.is_some_and(Inside::is_foreign) || ["svg", "math"].contains(&name)) => return,
            (Some(Formula), "svg") if annotates => Drawing,
            // Of that name, but no drawing in a formula, nor the other way round.
            (Some(foreign @ (Drawing | Formula)), "svg" | "math") => foreign,
            (_, "svg") => Drawing,
            (_, "math") => Formula,
            (Some(Drawing), "foreignobject" | "desc" | "title") => Plain,
            (Some(Formula), "annotation-xml") if holds_html(attrs) => Plain,
            (Some(Formula), "annotation-xml") => Formula,
            (Some(Formula), name) if WORDS.contains(&name) => Plain,
            (Some(Drawing | Formula), _) => return,
            // One for a shadow root is part of the page.
            (_, "template") if attrs.iter().any(|attr| attr.name.starts_with("shadowroot")) => Plain,
            (_, "template") => Inert,
            _ => return,
        };
        if self.open.is_empty() {
            self.start = at;
        }
        self.inert += usize::from(inside == Inside::Inert);
        self.open.push((name.to_owned(), inside));
    }

    pub(super) fn close(&mut self, name: &str) {
        if ["p", "br"].contains(&name) {
            return self.leave(name, &[]);
        }
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
        self.open.last().is_some_and(|(_, inside)| inside.is_foreign())
    }
}

impl Inside {
    fn is_foreign(self) -> bool {
        matches!(self, Inside::Drawing | Inside::Formula)
    }
}

fn holds_html(attrs: &[Attr]) -> bool {
    let encoding = attrs.iter().find(|attr| attr.name == "encoding").map(|attr| attr.value.to_ascii_lowercase());
    matches!(encoding.as_deref(), Some("text/html" | "application/xhtml+xml"))
}
