//! Puts what a style sheet loads from the crate into it.

use super::{Import, Note, Sheet, font, read};
use crate::{
    address::{Address, folder},
    edits::Edits,
    media,
    report::Part,
    work::{Use, Work},
};

/// A style sheet with its local files in it, safe inside `<style>`; `None` where nothing had to change.
/// `place` is its own folder, and `path` the file, if it is one.
pub(crate) fn sheet(work: &mut Work<'_>, part: Part<'_>, place: &str, path: Option<&str>) -> Option<String> {
    let mut sheets = Sheets { open: path.iter().map(|path| (*path).to_owned()).collect(), hoisted: String::new() };
    let changed = sheets.inline(work, part, place, false);
    if changed.is_none() && path.is_none() {
        return None;
    }
    let css = sheets.hoisted + changed.as_deref().unwrap_or(part.text);
    Some(closed(&css))
}

/// The same for the declarations of an attribute.
pub(crate) fn declarations(work: &mut Work<'_>, part: Part<'_>, place: &str) -> Option<String> {
    sheet(work, part, place, None)
}

/// `</style` would end the element that the text stands in. A backslash before the slash means the same to CSS.
fn closed(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("</") {
        out.push_str(&rest[..=at]);
        rest = &rest[at + 1..];
        if rest.get(1..6).is_some_and(|name| name.eq_ignore_ascii_case("style")) {
            out.push('\\');
        }
    }
    out + rest
}

struct Sheets {
    /// The files that are being put in, to see when one imports itself.
    open: Vec<String>,
    /// Imports from elsewhere, which count only in front of all rules.
    hoisted: String,
}

impl Sheets {
    /// `wrapped`: whether it will stand in a `@media` or the like, behind other rules.
    fn inline(&mut self, work: &mut Work<'_>, part: Part<'_>, place: &str, wrapped: bool) -> Option<String> {
        let read = read(part.text);
        notes(work, part, &read);
        let nested = self.open.len() > 1 || wrapped;
        let mut edits = Edits::default();
        for import in &read.imports {
            let behind = nested || !edits.is_empty();
            if let Some(css) = self.import(work, part, import, place, wrapped) {
                edits.put(import.range.clone(), css);
            } else if behind && matches!(Address::of(&import.url), Address::Remote(_)) {
                self.hoist(work, part, import, wrapped);
                edits.put(import.range.clone(), String::new());
            }
        }
        let mut left_out = Vec::new();
        for url in &read.urls {
            let purpose = if url.font { Use::Font } else { Use::Image };
            if let Address::Data(kind) = Address::of(&url.value) {
                if url.font || kind.starts_with("font/") || kind.contains("font-") {
                    font::blocked(work, part, url.range.start);
                }
                continue;
            }
            let Some(path) = work.refer(part, url.range.start, &url.value, place, purpose) else { continue };
            if let Some(address) = work.beside(part, url.range.start, &path, url.font || media::is_font(&path)) {
                edits.put(url.range.clone(), format!("url({address})"));
            } else if url.font || media::is_font(&path) {
                font::blocked(work, part, url.range.start);
                left_out.push(url.range.start);
            } else if let Some(data) = work.data(part, url.range.start, &path) {
                edits.put(url.range.clone(), format!("url({data})"));
            }
        }
        // There they would only fail to load.
        for sources in read.sources.iter().filter(|_| !left_out.is_empty()) {
            sources.without(&left_out, &mut edits);
        }
        // What a file leaves open ends with it.
        if !read.ending.is_empty() && !self.open.is_empty() {
            edits.put(part.text.len()..part.text.len(), read.ending);
        }
        edits.apply(part.text)
    }

    /// The rules of an imported file.
    fn import(&mut self, work: &mut Work<'_>, part: Part<'_>, import: &Import, place: &str, wrapped: bool) -> Option<String> {
        let path = work.refer(part, import.at, &import.url, place, Use::Style)?;
        if self.open.contains(&path) {
            let message = format!("`{path}` imports itself, by way of `{}`; remove one of the imports", self.open.join("`, `"));
            work.report.problem(part, import.at, "import", message);
            return None;
        }
        if work.assets.holds(&path) {
            let message = format!("`{path}` is served beside the document; link to it in the template, an import of it can't be rewritten");
            work.report.problem(part, import.at, "import", message);
            return None;
        }
        let file = work.text(part, import.at, &path)?;
        let wrapped = wrapped || !import.conditions.is_empty();
        self.open.push(path.clone());
        let css = self.inline(work, file.whole(), folder(&path), wrapped);
        self.open.pop();
        let mut css = css.unwrap_or(file.text);
        for condition in import.conditions.iter().rev() {
            css = format!("{condition}{{{css}}}");
        }
        Some(css)
    }

    fn hoist(&mut self, work: &mut Work<'_>, part: Part<'_>, import: &Import, wrapped: bool) {
        if wrapped {
            let message = format!(
                "the import of `{}` counts only in front of all rules, and this file is imported under a condition; import it in the template",
                import.url
            );
            work.report.problem(part, import.at, "import", message);
        }
        let rule = part.text.get(import.range.clone()).unwrap_or_default().trim_end_matches(';');
        self.hoisted.push_str(rule);
        self.hoisted.push(';');
    }
}

fn notes(work: &mut Work<'_>, part: Part<'_>, sheet: &Sheet) {
    for (at, note) in &sheet.notes {
        let (code, message) = match note {
            Note::ViewportHeight => (
                "viewport-height",
                "the height of the window is what the host makes of the document's own, so the two chase each other; leave it out, or give a height in px",
            ),
            Note::ColorScheme => (
                "color-scheme",
                "a fixed `color-scheme` paints an opaque backdrop where the host's theme is the other one; leave it out, the bridge sets it",
            ),
        };
        work.report.finding(part, *at, code, message);
    }
}
