//! What elements load, besides scripts and styles.

use super::{Page, value};
use crate::{
    address::{Address, has_hole},
    html::{Attr, Tag, escaped},
    work::Use,
};

impl Page<'_, '_> {
    pub(super) fn element(&mut self, tag: &Tag) {
        let whole = self.file.whole();
        match &*tag.name {
            "base" => self.base(tag),
            "meta" => self.meta(tag),
            "object" | "embed" => {
                let message = format!("hosts never allow an `<{}>`; use an `<img>`, a `<video>` or an `<iframe>`", tag.name);
                self.work.report.problem(whole, tag.range.start, "object", message);
            }
            "a" | "area" => self.anchor(tag),
            "form" => self.form(tag),
            "img" | "source" | "video" | "audio" | "track" | "input" => self.media(tag),
            "image" | "feimage" => {
                for name in ["href", "xlink:href"] {
                    self.embed(tag, name, Use::Image);
                }
            }
            "use" => self.symbol(tag),
            "iframe" | "frame" => {
                if let Some(attr) = tag.attr("src") {
                    _ = self.work.refer(whole, attr.raw.start, &attr.value, "", Use::Frame);
                    self.code(attr);
                }
            }
            _ => {}
        }
    }

    fn base(&mut self, tag: &Tag) {
        let Some(href) = tag.attr("href") else { return };
        // Angular writes one into every page, and addresses start at the template's folder anyway.
        if matches!(href.value.trim(), "" | "/" | "./" | ".") {
            // The first of two counts; without it the second would, and that one nobody has looked at.
            // It is not drawn, and a style would be looked at only without the address.
            let rest = self.attrs(tag, |attr| !["href", "style"].contains(&&*attr.name));
            return match rest.is_empty() {
                true => self.remove(tag.range.clone()),
                false => self.edits.put(tag.range.clone(), format!("<base{rest}>")),
            };
        }
        let message = "a `<base href>` changes where the bridge and every address lead; remove it";
        self.work.report.problem(self.file.whole(), tag.range.start, "base", message);
    }

    fn media(&mut self, tag: &Tag) {
        let sound = matches!(&*tag.name, "video" | "audio" | "track");
        // A `<source>` of a `<picture>` has a `srcset`, one of a `<video>` a `src`.
        let purpose = if sound || tag.name == "source" { Use::Media } else { Use::Image };
        self.embed(tag, "src", purpose);
        self.embed(tag, "poster", Use::Image);
        if let Some(attr) = tag.attr("srcset") {
            self.candidates(attr);
        }
    }

    /// Puts the file that an attribute names into it.
    fn embed(&mut self, tag: &Tag, name: &str, purpose: Use) {
        let Some(attr) = tag.attr(name) else { return };
        let whole = self.file.whole();
        let home = self.work.home.clone();
        let Some(path) = self.work.refer(whole, attr.raw.start, &attr.value, &home, purpose) else { return };
        if let Some(address) = self.work.beside(whole, attr.raw.start, &path, tag.attr("crossorigin").is_some()) {
            return self.edits.put(attr.quoted.clone(), format!("\"{address}\""));
        }
        if let Some(data) = self.work.data(whole, attr.raw.start, &path) {
            // What is inside needs no leave to be read.
            let idle = tag.attrs.iter().filter(|attr| matches!(&*attr.name, "crossorigin" | "integrity" | "referrerpolicy"));
            idle.for_each(|attr| self.remove_attr(attr));
            self.edits.put(attr.quoted.clone(), format!("\"{data}\""));
        }
    }

    /// A `srcset`: addresses, each with what it is for.
    fn candidates(&mut self, attr: &Attr) {
        let whole = self.file.whole();
        let home = self.work.home.clone();
        let mut changed = false;
        // Where its candidates end is not to be seen yet.
        if has_hole(&attr.value) {
            return;
        }
        let mut out: Vec<String> = Vec::new();
        for candidate in split_candidates(&attr.value) {
            let (address, descriptor) = candidate.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((candidate, ""));
            let path = self.work.refer(whole, attr.raw.start, address, &home, Use::Image);
            let data = path.and_then(|path| {
                let beside = self.work.beside(whole, attr.raw.start, &path, false);
                beside.or_else(|| self.work.data(whole, attr.raw.start, &path))
            });
            changed |= data.is_some();
            out.push(format!("{} {}", data.as_deref().unwrap_or(address), descriptor.trim()).trim_end().to_owned());
        }
        if changed {
            self.edits.put(attr.quoted.clone(), format!("\"{}\"", escaped(&out.join(", "))));
        }
    }

    fn symbol(&mut self, tag: &Tag) {
        for attr in ["href", "xlink:href"].into_iter().filter_map(|name| tag.attr(name)) {
            if !matches!(Address::of(&attr.value), Address::Inside) && !has_hole(&attr.value) {
                let message =
                    "an svg `<use>` can't reach into another file; put its `<symbol>` into the template and write `href=\"#name\"`";
                self.work.report.problem(self.file.whole(), attr.raw.start, "use", message);
            }
        }
    }

    fn anchor(&mut self, tag: &Tag) {
        let Some(attr) = tag.attr("href") else { return };
        self.code(attr);
        if let Address::Remote(origin) = Address::of(&attr.value) {
            self.work.only_here(self.file.whole(), attr.raw.start, &origin, "the link to");
        }
        // The bridge opens whole addresses through the host. One that has a handler may do something else.
        let nowhere = match Address::of(&attr.value) {
            Address::NoScheme(_) => true,
            Address::Local(path) => !crate::address::has_hole(&path),
            _ => false,
        };
        let handled = tag.attrs.iter().any(|attr| attr.name.starts_with("on"));
        if nowhere && !handled {
            let message = "a link that is no whole address leads nowhere, for a widget is one document; write it with `https://`";
            self.work.report.finding(self.file.whole(), tag.range.start, "link", message);
        }
    }

    fn form(&mut self, tag: &Tag) {
        if tag.attr("action").is_some_and(|attr| !attr.value.trim().is_empty()) {
            let message = "no form is sent from the sandbox of a host; leave `action` out, listen to `submit` and use chatui.call";
            self.work.report.finding(self.file.whole(), tag.range.start, "form", message);
        }
    }

    fn code(&mut self, attr: &Attr) {
        if Address::of(&attr.value) == Address::Code {
            let message = "a `javascript:` link is blocked by the policy of hosts; use a `<button>` and listen to its click";
            self.work.report.finding(value(self.file, attr), 0, "javascript-link", message);
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let whole = self.file.whole();
        let equiv = tag.word("http-equiv").unwrap_or_default();
        let content = tag.word("content").unwrap_or_default();
        if equiv == "refresh" {
            let message = "a `<meta http-equiv=refresh>` reloads the widget into nothing; remove it, and call a tool for fresh data";
            self.work.report.problem(whole, tag.range.start, "refresh", message);
        }
        if equiv.starts_with("content-security-policy") {
            let message = "the host sets the policy, a second one only takes from it; remove it, and say with csp(…) what you need";
            self.work.report.finding(whole, tag.range.start, "csp-meta", message);
        }
        if tag.word("name").is_some_and(|name| name == "color-scheme") && content != "normal" {
            let message = "a fixed `color-scheme` paints an opaque backdrop where the host's theme is the other one; leave it out, the bridge sets it";
            self.work.report.finding(whole, tag.range.start, "color-scheme", message);
        }
    }
}

/// The candidates of a `srcset`. A comma inside of an address, as in `data:`, parts nothing.
fn split_candidates(value: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut rest = value.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    while !rest.is_empty() {
        let address = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
        let alone = rest[..address].ends_with(',');
        let end = if alone { address } else { rest[address..].find(',').map_or(rest.len(), |comma| address + comma) };
        all.push(rest[..end].trim_end_matches(|c: char| c.is_ascii_whitespace() || c == ','));
        rest = rest[end..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    }
    all
}
