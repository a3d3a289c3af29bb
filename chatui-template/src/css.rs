//! Style sheets: what they load, and what hosts don't like about them.

mod font;
mod inline;
mod token;

pub(crate) use inline::{declarations, sheet};
use std::ops::Range;
use token::{Kind, Token};

/// What matters about a style sheet.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) imports: Vec<Import>,
    pub(crate) urls: Vec<Url>,
    pub(crate) sources: Vec<font::Sources>,
    pub(crate) notes: Vec<(usize, Note)>,
    /// What would have to be written behind it to end it.
    pub(crate) ending: String,
}

/// An `@import` rule.
#[derive(Debug)]
pub(crate) struct Import {
    /// With its semicolon.
    pub(crate) range: Range<usize>,
    pub(crate) at: usize,
    pub(crate) url: String,
    /// What its rules must be wrapped in, outermost first: `@media print`.
    pub(crate) conditions: Vec<String>,
}

/// An address in a declaration.
#[derive(Debug)]
pub(crate) struct Url {
    /// `url(…)`, or the string of an `image-set()`.
    pub(crate) range: Range<usize>,
    pub(crate) value: String,
    /// Whether an `@font-face` rule loads it.
    pub(crate) font: bool,
}

/// What hosts don't like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Note {
    ViewportHeight,
    ColorScheme,
}

/// Reads a style sheet, or the declarations of a `style` attribute.
pub(crate) fn read(css: &str) -> Sheet {
    let (tokens, ending) = token::tokens(css);
    let mut reading = Reading { css, sheet: Sheet::default(), blocks: Vec::new() };
    // What would close the brackets of a statement.
    let (mut start, mut open) = (0, Vec::new());
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Function | Kind::Mark(b'(') => open.push(')'),
            Kind::Mark(b'[') => open.push(']'),
            Kind::Mark(end @ (b')' | b']')) => _ = open.pop_if(|last| *last == char::from(end)),
            Kind::Mark(end @ (b'{' | b'}')) => {
                let statement = &tokens[start..at];
                start = at + 1;
                open.clear();
                if end == b'{' {
                    reading.open(statement, token.start);
                } else {
                    reading.statement(statement, token.start);
                    reading.blocks.pop();
                }
            }
            Kind::Mark(b';') if open.is_empty() => {
                reading.statement(&tokens[start..at], token.end);
                start = at + 1;
            }
            _ => {}
        }
    }
    let ended = start == tokens.len();
    reading.statement(&tokens[start..], css.len());
    let mut sheet = reading.sheet;
    // A backslash at the end would take away what comes to close it.
    let escape = css.len() - css.trim_end_matches('\\').len();
    let escape = if escape % 2 == 1 { "\\" } else { "" };
    let brackets: String = open.iter().rev().collect();
    let blocks = "}".repeat(reading.blocks.len());
    // Of an import that is never closed, all is in its condition, but for a comment.
    let condition = sheet.imports.last_mut().filter(|import| import.range.end == css.len() && !ended);
    if let Some(condition) = condition.and_then(|import| import.conditions.last_mut()) {
        let open = if ending == "*/" { "" } else { ending.as_str() };
        *condition += &format!("{escape}{open}{brackets}");
        sheet.ending = blocks;
    } else {
        sheet.ending = format!("{escape}{ending}{brackets}{blocks}");
    }
    sheet
}

struct Reading<'a> {
    css: &'a str,
    sheet: Sheet,
    /// What stands before each `{` that is open.
    blocks: Vec<&'a str>,
}

impl<'a> Reading<'a> {
    fn open(&mut self, prelude: &[Token], end: usize) {
        let start = prelude.first().map_or(end, |first| first.start);
        self.blocks.push(self.css.get(start..end).unwrap_or_default());
    }

    /// A declaration, or an at-rule without a block.
    fn statement(&mut self, tokens: &[Token], end: usize) {
        let Some(first) = tokens.first() else { return };
        match first.kind {
            Kind::At if self.is(first, "@import") => self.import(tokens, end),
            // Its address only looks like one.
            Kind::At if self.is(first, "@namespace") => {}
            _ => {
                let font = self.blocks.last().is_some_and(|prelude| prelude.trim_start().to_ascii_lowercase().starts_with("@font-face"));
                self.urls(tokens, font);
                if font && self.is(first, "src") {
                    self.sheet.sources.extend(font::Sources::of(tokens));
                }
                self.notes(tokens);
            }
        }
    }

    fn import(&mut self, tokens: &[Token], end: usize) {
        let [first, rest @ ..] = tokens else { return };
        let Some((at, url, used)) = self.address(rest) else { return };
        let mut rest = &rest[used..];
        let mut conditions = Vec::new();
        if let Some(token) = rest.first() {
            if self.is(token, "layer") {
                conditions.push("@layer".to_owned());
                rest = &rest[1..];
            } else if self.is(token, "layer(") {
                let (inner, behind) = self.arguments(rest);
                conditions.push(format!("@layer {inner}"));
                rest = behind;
            }
        }
        if rest.first().is_some_and(|token| self.is(token, "supports(")) {
            let (inner, behind) = self.arguments(rest);
            conditions.push(format!("@supports ({inner})"));
            rest = behind;
        }
        if let (Some(first), Some(last)) = (rest.first(), rest.last()) {
            conditions.push(format!("@media {}", self.css.get(first.start..last.end).unwrap_or_default()));
        }
        self.sheet.imports.push(Import { range: first.start..end, at, url, conditions });
    }

    /// The address that some tokens start with, and how many say it.
    fn address(&self, tokens: &[Token]) -> Option<(usize, String, usize)> {
        let first = tokens.first()?;
        let text = |token: &Token| token::unescaped(self.css.get(token.inner.clone()).unwrap_or_default());
        match first.kind {
            Kind::Text | Kind::Url => Some((first.start, text(first), 1)),
            Kind::Function if self.is(first, "url(") => {
                let string = tokens.get(1).filter(|token| token.kind == Kind::Text)?;
                let closed = tokens.get(2).is_some_and(|token| token.kind == Kind::Mark(b')'));
                Some((string.start, text(string), 2 + usize::from(closed)))
            }
            _ => None,
        }
    }

    /// What stands in the parentheses of a function, and the tokens behind it.
    fn arguments<'t>(&self, tokens: &'t [Token]) -> (&'a str, &'t [Token]) {
        let mut depth = 0_usize;
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Function | Kind::Mark(b'(') => depth += 1,
                Kind::Mark(b')') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return (self.css.get(tokens[0].end..token.start).unwrap_or_default(), &tokens[at + 1..]);
            }
        }
        ("", &[])
    }

    fn urls(&mut self, tokens: &[Token], font: bool) {
        let mut sets = 0_usize;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            if self.is(token, "image-set(") || self.is(token, "-webkit-image-set(") {
                sets += 1;
            } else if token.kind == Kind::Function && !self.is(token, "url(") && sets > 0 {
                // The string of a `type()` is none.
                at += tokens[at..].iter().position(|token| token.kind == Kind::Mark(b')')).unwrap_or_default();
            }
            let plain = token.kind == Kind::Text && sets == 0;
            match self.address(&tokens[at..]).filter(|_| !plain) {
                Some((_, value, used)) => {
                    let end = tokens[at + used - 1].end;
                    self.sheet.urls.push(Url { range: token.start..end, value, font });
                    at += used;
                }
                None => at += 1,
            }
        }
    }

    fn notes(&mut self, tokens: &[Token]) {
        let [property, colon, value @ ..] = tokens else { return };
        if property.kind != Kind::Word || colon.kind != Kind::Mark(b':') {
            return;
        }
        let word = |token: &Token| self.css.get(token.start..token.end).unwrap_or_default().to_ascii_lowercase();
        match &*word(property) {
            "height" | "min-height" | "block-size" | "min-block-size" => {
                let whole = ["100vh", "100dvh", "100svh", "100lvh", "100vb", "100dvb"];
                // In fullscreen the window is the host's, whatever the document does.
                let fullscreen = self.blocks.iter().any(|prelude| prelude.contains("fullscreen"));
                if let Some(token) = value.iter().find(|token| !fullscreen && whole.contains(&&*word(token))) {
                    self.sheet.notes.push((token.start, Note::ViewportHeight));
                }
            }
            "color-scheme" => {
                let fixed = value.iter().any(|token| matches!(&*word(token), "light" | "dark"));
                if fixed && self.blocks.last().is_none_or(|selectors| is_root(selectors)) {
                    self.sheet.notes.push((property.start, Note::ColorScheme));
                }
            }
            _ => {}
        }
    }

    fn is(&self, token: &Token, name: &str) -> bool {
        self.css.get(token.start..token.end).is_some_and(|text| text.eq_ignore_ascii_case(name))
    }
}

/// Whether a rule is for the whole document whatever the host's theme is; one for `[data-theme=dark]` follows it.
fn is_root(selectors: &str) -> bool {
    selectors.split(',').any(|selector| matches!(&*selector.trim().to_ascii_lowercase(), ":root" | "html" | "*" | ":root:root"))
}
