//! Goes through a document, checks what it loads and puts the files of the crate into it.

mod element;
mod link;
mod script;

use crate::{
    css,
    edits::Edits,
    html::{Attr, Html, Tag, escaped},
    js::{self, Script},
    report::{File, Part},
    work::Work,
};
use std::ops::Range;

/// The changes that put the files into the document.
pub(crate) fn inline(work: &mut Work<'_>, file: &File, html: &Html) -> Edits {
    let import_map = html.tags.iter().any(|tag| tag.name == "script" && tag.word("type").as_deref() == Some("importmap"));
    let mut page = Page { work, file, edits: Edits::default(), last: String::new(), import_map, after_parsing: false };
    for tag in &html.tags {
        page.tag(tag);
    }
    let Page { mut edits, last, .. } = page;
    if !last.is_empty() {
        edits.put(html.end..html.end, last);
    }
    edits
}

/// A document that is being gone through.
struct Page<'p, 'w> {
    work: &'p mut Work<'w>,
    file: &'p File,
    edits: Edits,
    /// Scripts that run behind the body.
    last: String,
    import_map: bool,
    /// Whether something that stands above runs when the whole document was read, and no deferred script before it.
    after_parsing: bool,
}

impl Page<'_, '_> {
    fn tag(&mut self, tag: &Tag) {
        self.work.inert = tag.inert;
        if tag.foreign
            && let Some(at) = self.file.text.get(tag.text.clone()).and_then(markup)
        {
            let name = &tag.name;
            let message = format!(
                "in a drawing, the text of a `<{name}>` is read for tags and comments, and here one begins; move it out of the drawing, or write `<![CDATA[` before the text and `]]>` behind"
            );
            return self.work.report.problem(self.file.whole(), tag.text.start + at, "drawing", message);
        }
        match &*tag.name {
            "script" => self.script(tag),
            "style" => self.style(tag),
            "link" => self.link(tag),
            _ => self.element(tag),
        }
        for attr in &tag.attrs {
            if attr.name.starts_with('=') {
                // Behind one that is taken out it would be the value of the one before.
                let message = "a `=` stands where the name of an attribute is expected; write `name=\"value\"`";
                self.work.report.problem(self.file.whole(), attr.raw.start, "attribute", message);
            }
            if attr.name == "style" {
                self.declarations(attr);
            } else if attr.name.starts_with("on") {
                js::check(self.work, value(self.file, attr), Script::default());
            }
        }
    }

    /// Takes an element away. What stands before it would go on with what stands behind: `<` and `?` are the beginning of a comment.
    fn remove(&mut self, range: Range<usize>) {
        let before = self.file.text[..range.start].chars().next_back();
        let goes_on = before.is_some_and(|last| last != '>' && !last.is_ascii_whitespace());
        self.edits.put(range, if goes_on { "<!---->" } else { "" });
    }

    /// Takes an attribute away, but not what keeps the one before it from the one behind.
    fn remove_attr(&mut self, attr: &Attr) {
        let is_apart = self.file.text[attr.range.end..].starts_with(|next| parts(next) || next == '>');
        self.edits.put(attr.range.clone(), if is_apart { "" } else { " " });
    }

    fn style(&mut self, tag: &Tag) {
        let home = self.work.home.clone();
        if let Some(css) = css::sheet(self.work, self.file.part(tag.text.clone()), &home, None) {
            if tag.foreign && css.contains('<') {
                let message =
                    "in a drawing, a `<` of an imported style sheet would begin a tag; import it in a `<style>` outside of the `<svg>`";
                self.work.report.problem(self.file.whole(), tag.range.start, "import", message);
            }
            self.edits.put(tag.text.clone(), css);
        }
    }

    fn declarations(&mut self, attr: &Attr) {
        let home = self.work.home.clone();
        if let Some(css) = css::declarations(self.work, value(self.file, attr), &home) {
            self.edits.put(attr.quoted.clone(), format!("\"{}\"", escaped(&css)));
        }
    }

    /// The attributes that stay, as they are written; but one that stands right behind another's quote gets a space, as the other may
    /// go.
    fn attrs(&self, tag: &Tag, kept: impl Fn(&&Attr) -> bool) -> String {
        let written = tag.attrs.iter().filter(kept).filter_map(|attr| self.file.text.get(attr.range.clone()));
        written.map(|attr| if attr.starts_with(parts) { attr.to_owned() } else { format!(" {attr}") }).collect()
    }
}

/// Where a tag, or something that is as good as one, begins in the text of an element of a drawing.
fn markup(text: &str) -> Option<usize> {
    const OPENS: &str = "![CDATA[";
    let mut at = 0;
    while let Some(next) = text[at..].find('<').map(|next| at + next) {
        let behind = &text[next + 1..];
        at = match behind.strip_prefix(OPENS) {
            Some(code) => match code.find("]]>") {
                Some(end) => next + 1 + OPENS.len() + end + 3,
                // It goes on behind what was taken for the end.
                None => return Some(next),
            },
            None if behind.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) => return Some(next),
            None => next + 1,
        };
    }
    None
}

/// What stands between attributes.
fn parts(letter: char) -> bool {
    letter.is_ascii_whitespace() || letter == '/'
}

/// An attribute's value as a text of its own.
fn value<'a>(file: &'a File, attr: &'a Attr) -> Part<'a> {
    let exact = file.text.get(attr.raw.clone()) == Some(&*attr.value);
    Part { file, text: &attr.value, start: attr.raw.start, exact }
}
