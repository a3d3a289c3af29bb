//! A document as its tags, each with the place of its attributes.

mod nesting;

use html5gum::{DefaultEmitter, Error, State, Token, Tokenizer};
use nesting::Nesting;
use std::{collections::HashSet, ops::Range};

/// What a document is made of.
#[derive(Debug)]
pub(crate) struct Html {
    pub(crate) tags: Vec<Tag>,
    /// Whether there is a `<!doctype html>`.
    pub(crate) doctype: bool,
    /// The first place inside `<head>`, where the bridge goes.
    pub(crate) bridge: usize,
    /// Where the body ends, for what runs after it.
    pub(crate) end: usize,
    /// Whether anything would be drawn or run.
    pub(crate) empty: bool,
    /// What is never closed, and where it opens.
    pub(crate) unclosed: Vec<(usize, String)>,
}

/// A start tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) range: Range<usize>,
    pub(crate) attrs: Vec<Attr>,
    /// What stands in a `<script>`, a `<style>` or another element whose content is text.
    pub(crate) text: Range<usize>,
    /// Whether it stands in a `<template>`, where nothing is loaded before a script makes a copy of it.
    pub(crate) inert: bool,
    /// Whether it stands in a drawing, where the text of a `<script>` or `<style>` is read for tags as all else.
    pub(crate) foreign: bool,
    /// Up to and including the end tag of a `<script>` or `<style>`; else the tag's own end.
    pub(crate) end: usize,
}

impl Tag {
    pub(crate) fn attr(&self, name: &str) -> Option<&Attr> {
        self.attrs.iter().find(|attr| attr.name == name)
    }

    /// An attribute's value, in lower case and without spaces around it.
    pub(crate) fn word(&self, name: &str) -> Option<String> {
        self.attr(name).map(|attr| attr.value.trim().to_ascii_lowercase())
    }
}

/// An attribute.
#[derive(Debug)]
pub(crate) struct Attr {
    pub(crate) name: String,
    /// With its entities decoded.
    pub(crate) value: String,
    /// With the space before it.
    pub(crate) range: Range<usize>,
    /// The value as it is written, without quotes; the end of the name where there is none.
    pub(crate) raw: Range<usize>,
    /// The same with its quotes.
    pub(crate) quoted: Range<usize>,
}

/// Elements whose content is text to the tokenizer.
const RAW: [&str; 9] = ["script", "style", "title", "textarea", "iframe", "noscript", "noembed", "noframes", "xmp"];

impl Html {
    /// Reads a document by the rules of the HTML standard.
    pub(crate) fn read(html: &str) -> Html {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        // Without this `<script>"<head>"</script>` would count.
        emitter.naively_switch_states(true);
        // The tokenizer's places go astray at both. As long as a carriage return is a line feed, which means the same; a zero is a
        // letter to the standard, also in the name of a tag, and so is this.
        let plain = html.replace('\r', "\n").replace('\0', "\u{1}");
        let mut reading = Reading::new(html);
        let mut tokenizer = Tokenizer::new_with_emitter(&plain, emitter);
        while let Some(Ok(token)) = tokenizer.next() {
            // In a drawing `<title/>` has no text, and what follows it is none.
            if matches!(&token, Token::StartTag(tag) if tag.self_closing) && reading.nesting.is_foreign() {
                tokenizer.set_state(State::Data);
            } else if matches!(&token, Token::StartTag(tag) if *tag.name == b"noscript"[..]) && !reading.nesting.is_foreign() {
                // Scripts run wherever a widget is drawn, and this is a text then.
                tokenizer.set_state(State::RawText);
            }
            reading.take(token);
        }
        reading.end()
    }
}

struct Reading<'a> {
    source: &'a str,
    html: Html,
    /// Where what was read so far ends.
    done: usize,
    /// A tag before which the bridge must stand was read.
    placed: bool,
    body: Option<usize>,
    root: Option<usize>,
    /// The number of the tag whose text is being read.
    open: Option<usize>,
    nesting: Nesting,
}

impl<'a> Reading<'a> {
    fn new(source: &'a str) -> Self {
        let html = Html { tags: Vec::new(), doctype: false, bridge: 0, end: source.len(), empty: true, unclosed: Vec::new() };
        Reading { source, html, done: 0, placed: false, body: None, root: None, open: None, nesting: Nesting::default() }
    }

    fn take(&mut self, token: Token<usize>) {
        match token {
            Token::Doctype(doctype) => {
                self.done = doctype.span.end;
                if self.is_cut_off(doctype.span.start) {
                    self.html.unclosed.push((doctype.span.start, "a doctype".into()));
                }
                self.html.doctype |= *doctype.name == b"html"[..];
                if !self.placed {
                    self.html.bridge = self.done;
                }
            }
            Token::StartTag(tag) => {
                let decoded = |name: &str| tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned());
                self.start(&String::from_utf8_lossy(&tag.name), tag.self_closing, tag.span.start..tag.span.end, decoded);
            }
            Token::EndTag(tag) => self.close(&String::from_utf8_lossy(&tag.name), tag.span.end),
            Token::String(text) => {
                // A text opens the body, and no head comes behind that.
                self.placed |= !text.trim_ascii().is_empty();
                let unseen = self.open.is_some_and(|open| self.html.tags[open].name != "textarea");
                if !unseen && !text.trim_ascii().is_empty() {
                    self.html.empty = false;
                }
            }
            Token::Comment(comment) => {
                self.done = comment.span.end;
                // `<!p` and the like are comments up to the next `>`; of `<!--` an error tells.
                let opens = self.source.get(comment.span.start..).unwrap_or_default();
                if !opens.starts_with("<!--") && self.is_cut_off(comment.span.start) {
                    self.html.unclosed.push((comment.span.start, "a comment".into()));
                }
            }
            Token::Error(error) => {
                let (what, opens) = match *error {
                    Error::EofInComment => ("the comment `<!--`", "<!--"),
                    Error::EofInTag => ("a tag", "<"),
                    _ => return,
                };
                let rest = self.source.get(self.done..).unwrap_or_default();
                let at = rest.find(opens).map_or(self.done, |at| self.done + at);
                self.html.unclosed.push((at, what.into()));
            }
        }
    }

    /// Whether what starts there is at its end only because the document is, which is no error.
    fn is_cut_off(&self, start: usize) -> bool {
        self.done >= self.source.len() && !self.source.get(start..).unwrap_or_default().ends_with('>')
    }

    fn start(&mut self, name: &str, closed: bool, span: Range<usize>, decoded: impl Fn(&str) -> Option<String>) {
        self.done = span.end;
        let Some(source) = self.source.get(span.clone()).filter(|source| source.starts_with('<')) else { return };
        if name == "plaintext" {
            // It has no end.
            self.html.unclosed.push((span.start, "`<plaintext>`".into()));
        }
        match name {
            "html" if !self.placed => self.html.bridge = span.end,
            "head" if !self.placed => {
                self.html.bridge = span.end;
                self.placed = true;
            }
            _ => self.placed = true,
        }
        // The frame of a document draws nothing by itself.
        if !["html", "head", "body", "meta", "link", "title", "base", "style", "template", "noscript"].contains(&name) {
            self.html.empty = false;
        }
        if RAW.contains(&name) && !(closed && self.nesting.is_foreign()) {
            self.open = Some(self.html.tags.len());
        }
        let attrs = attrs(source, name.len() + 1, span.start, decoded);
        self.nesting.leave(name, &attrs);
        let (inert, foreign) = (self.nesting.is_inert(), self.nesting.is_foreign());
        self.nesting.open(name, span.start, closed, &attrs);
        self.html.tags.push(Tag { name: name.into(), attrs, inert, foreign, text: span.end..span.end, end: span.end, range: span });
    }

    fn close(&mut self, name: &str, end: usize) {
        let start = self.start_of_end(name, end);
        self.done = end;
        self.nesting.close(name);
        match name {
            "body" => self.body = Some(start),
            "html" => self.root = Some(start),
            _ => {}
        }
        if let Some(tag) = self.open.and_then(|open| self.html.tags.get_mut(open)).filter(|tag| tag.name == name) {
            tag.text = tag.text.start..start.max(tag.text.start);
            tag.end = end;
            self.open = None;
        }
    }

    /// Where the end tag starts that ends at `end`; the tokenizer gives no sure place. It may have attributes, and `</` in them.
    fn start_of_end(&self, name: &str, end: usize) -> usize {
        let lower = |range: Range<usize>| self.source.get(range).unwrap_or_default().to_ascii_lowercase();
        let opens = format!("</{name}");
        let open = self.open.and_then(|open| self.html.tags.get(open)).filter(|tag| tag.name == name);
        match open {
            // A text ends with the first of them.
            Some(tag) if name != "script" => {
                let text = lower(tag.text.start..end);
                let is_end = |at: &usize| text[at + opens.len()..].starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
                let first = text.match_indices(&opens).map(|(at, _)| at).find(is_end);
                first.map_or(end, |at| tag.text.start + at)
            }
            // But for a script, where one may be hidden by a comment.
            Some(tag) => lower(tag.text.start..end).rfind(&opens).map_or(end, |at| tag.text.start + at),
            None => self.source.get(self.done..end).and_then(|before| before.rfind("</")).map_or(end, |at| self.done + at),
        }
    }

    fn end(mut self) -> Html {
        if let Some(tag) = self.open.map(|open| &self.html.tags[open]) {
            self.html.unclosed.push((tag.range.start, format!("`<{}>`", tag.name)));
        }
        // Unless it is what swallowed the end of this.
        if let Some((at, name)) = self.nesting.unclosed().filter(|_| self.html.unclosed.is_empty()) {
            self.html.unclosed.push((at, format!("`<{name}>`")));
        }
        // By itself a text; with what is put behind it, none.
        if let Some(text) = self.source.strip_suffix("</") {
            self.html.unclosed.push((text.len(), "a tag".into()));
        }
        self.html.end = self.body.or(self.root).unwrap_or(self.source.len());
        self.html
    }
}

/// The places of a tag's attributes, as the standard's tokenizer finds them; it keeps the first of one name.
fn attrs(tag: &str, name_end: usize, offset: usize, decoded: impl Fn(&str) -> Option<String>) -> Vec<Attr> {
    let bytes = tag.as_bytes();
    let space = |byte: u8| byte.is_ascii_whitespace();
    let skip = |mut at: usize, skipped: &dyn Fn(u8) -> bool| {
        while bytes.get(at).copied().is_some_and(skipped) {
            at += 1;
        }
        at
    };
    let mut all: Vec<Attr> = Vec::new();
    let mut known = HashSet::new();
    let mut at = name_end;
    loop {
        let before = at;
        let start = skip(at, &|byte| space(byte) || byte == b'/');
        if start >= bytes.len() || bytes[start] == b'>' {
            return all;
        }
        let name_end = skip(start + 1, &|byte| !space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = tag.get(start..name_end).unwrap_or_default().to_ascii_lowercase();
        let equals = skip(name_end, &space);
        let (mut raw, mut quoted) = (name_end..name_end, name_end..name_end);
        if bytes.get(equals) == Some(&b'=') {
            let value = skip(equals + 1, &space);
            if let Some(quote @ (b'"' | b'\'')) = bytes.get(value).copied() {
                let end = skip(value + 1, &|byte| byte != quote);
                raw = value + 1..end;
                quoted = value..(end + 1).min(bytes.len());
            } else {
                let end = skip(value, &|byte| !space(byte) && byte != b'>');
                raw = value..end;
                quoted = value..end;
            }
        }
        at = quoted.end;
        let moved = |range: Range<usize>| offset + range.start..offset + range.end;
        if known.insert(name.clone()) {
            let value = decoded(&name).unwrap_or_default();
            all.push(Attr { value, range: moved(before..at), raw: moved(raw), quoted: moved(quoted), name });
        }
    }
}

/// A text as the value of an attribute in double quotes.
pub(crate) fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;")
}
