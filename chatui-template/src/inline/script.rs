//! Scripts, and when they run.

use super::Page;
use crate::{
    html::{Attr, Tag},
    js::{self, Script},
    work::Use,
};

impl Page<'_, '_> {
    pub(super) fn script(&mut self, tag: &Tag) {
        let kind = tag.word("type").unwrap_or_default();
        let module = kind == "module";
        let script = Script { module, import_map: self.import_map };
        let classic = kind.is_empty() || kind.ends_with("javascript") || kind.ends_with("ecmascript");
        if kind == "importmap" {
            self.import_map_of(tag);
        }
        if !module && !classic {
            return;
        }
        let source = tag.attr("src").or_else(|| tag.attr("href").or_else(|| tag.attr("xlink:href")));
        let asynchronous = tag.attr("async").is_some();
        let Some(source) = source else {
            self.after_parsing |= module && !asynchronous && !tag.inert;
            return js::check(self.work, self.file.part(tag.text.clone()), script);
        };
        // Browsers that know modules, as all hosts use, run none of these.
        let unused = !module && tag.attr("nomodule").is_some();
        if unused {
            return self.remove(tag.range.start..tag.end);
        }
        let time = match () {
            // A copy runs where it is put.
            () if tag.inert || tag.foreign => Time::Place,
            () if asynchronous && !module => Time::Any,
            () if !asynchronous && !module && tag.attr("defer").is_some() => Time::Deferred,
            () => Time::Place,
        };
        self.load(tag, source, script, time);
        self.after_parsing |= !asynchronous && module && !tag.inert;
    }

    /// A script with an address.
    fn load(&mut self, tag: &Tag, source: &Attr, script: Script, time: Time) {
        let whole = self.file.whole();
        let home = self.work.home.clone();
        let path = self.work.refer(whole, source.raw.start, &source.value, &home, Use::Script);
        let shared = script.module || tag.attr("crossorigin").is_some();
        let beside = path.as_ref().and_then(|path| self.work.beside(whole, source.raw.start, path, shared));
        let Some(path) = path.filter(|_| beside.is_none()) else {
            // It stays a script with an address, and waits as before.
            self.after_parsing |= time == Time::Deferred;
            return beside.into_iter().for_each(|address| self.edits.put(source.quoted.clone(), format!("\"{address}\"")));
        };
        let Some(code) = self.work.text(whole, source.raw.start, &path) else { return };
        js::check(self.work, code.whole(), script);
        self.unheard(tag);
        let text = code.text.trim_start_matches('\u{feff}');
        let kept = |attr: &&Attr| !GONE.contains(&&*attr.name) && (time == Time::Place || !["defer", "async"].contains(&&*attr.name));
        let all = tag.range.start..tag.end;
        if time == Time::Deferred && self.after_parsing {
            let attrs: Vec<&Attr> = tag.attrs.iter().filter(kept).collect();
            return self.edits.put(all, at_its_turn(text, &attrs));
        }
        let code = if tag.foreign { js::drawn(text) } else { js::enclosed(text) };
        let element = format!("<script{}>{code}</script>", self.attrs(tag, kept));
        if time == Time::Place {
            self.edits.put(all, element);
        } else {
            self.last.push_str(&element);
            self.remove(all);
        }
    }

    /// Says that what waits for a file to be loaded waits in vain, once that stands in the document.
    pub(super) fn unheard(&mut self, tag: &Tag) {
        if let Some(attr) = tag.attr("onload").filter(|attr| !attr.value.trim().is_empty()) {
            let message = "the file is put into the document, and what is not loaded has no `onload`; call it from a script behind it";
            self.work.report.finding(self.file.whole(), attr.raw.start, "onload", message);
        }
    }

    /// Where an import map leads.
    fn import_map_of(&mut self, tag: &Tag) {
        let part = self.file.part(tag.text.clone());
        let mut at = 0;
        // Every second string is a value, but only addresses look like one.
        for (number, piece) in part.text.split('"').enumerate() {
            if number % 2 == 1 {
                let address = piece.replace("\\/", "/");
                if address.contains("://") || address.starts_with("//") {
                    _ = self.work.refer(part, at, &address, "", Use::Script);
                } else if address.starts_with(['.', '/']) && part.text[..at.saturating_sub(1)].trim_end().ends_with(':') {
                    let message = format!("the import of `{address}` can't be resolved inside a host; bundle it into one file");
                    self.work.report.problem(part, at, "import", message);
                }
            }
            at += piece.len() + 1;
        }
    }
}

/// What means nothing without an address; and a style, which nothing of a script is drawn in.
const GONE: [&str; 11] =
    ["src", "href", "xlink:href", "integrity", "crossorigin", "referrerpolicy", "fetchpriority", "charset", "onload", "onerror", "style"];

/// When a script runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Time {
    /// Where it stands, or, being a module, when the document was read.
    Place,
    /// When the document was read, in order with all others that wait for that.
    Deferred,
    /// As soon as it is there.
    Any,
}

/// A deferred script behind a module: only modules wait for their turn without an address, so one adds it to the
/// document, where it runs at once and, unlike inside of the module, shares its names with other scripts.
fn at_its_turn(code: &str, attrs: &[&Attr]) -> String {
    let attrs = attrs.iter().map(|attr| format!("s.setAttribute({},{});", quoted(&attr.name), quoted(&attr.value)));
    let attrs: String = attrs.collect();
    let code = quoted(code);
    format!("<script type=\"module\">{{let s=document.createElement(\"script\");{attrs}s.text={code};document.body.append(s)}}</script>")
}

/// A text as JavaScript writes it, with nothing in it that would end the element.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '<' => out.push_str("\\x3c"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            _ => out.push(letter),
        }
    }
    out + "\""
}
