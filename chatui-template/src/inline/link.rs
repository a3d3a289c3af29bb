//! `<link>`: style sheets, and what a frame has no use for.

use super::Page;
use crate::{
    address::Address,
    css,
    html::{Attr, Tag},
    js,
    work::Use,
};

impl Page<'_, '_> {
    pub(super) fn link(&mut self, tag: &Tag) {
        let rel = tag.word("rel").unwrap_or_default();
        let is = |name: &str| rel.split_ascii_whitespace().any(|word| word == name);
        // In a drawing it is an element of no meaning.
        let Some(href) = tag.attr("href").filter(|_| !tag.foreign) else { return };
        let local = matches!(Address::of(&href.value), Address::Local(_));
        // `onload="this.rel='stylesheet'"` is a style sheet that the page does not wait for.
        let later = is("preload") && tag.attr("onload").is_some() && tag.word("as").as_deref() == Some("style");
        if is("stylesheet") || later {
            self.sheet(tag, href, is("alternate"));
        } else if ["icon", "apple-touch-icon", "mask-icon", "manifest"].into_iter().any(is) {
            // Nobody sees them in a frame.
            if local {
                self.remove(tag.range.clone());
            }
        } else if ["preload", "modulepreload", "prefetch"].into_iter().any(is) {
            if local {
                self.remove(tag.range.clone());
            } else if !is("prefetch") {
                let home = self.work.home.clone();
                _ = self.work.refer(self.file.whole(), href.raw.start, &href.value, &home, Use::Preload);
            }
        }
    }

    /// Puts a style sheet into the document.
    fn sheet(&mut self, tag: &Tag, href: &Attr, alternate: bool) {
        let whole = self.file.whole();
        let home = self.work.home.clone();
        let Some(path) = self.work.refer(whole, href.raw.start, &href.value, &home, Use::Style) else { return };
        if alternate {
            return self.remove(tag.range.clone());
        }
        if let Some(address) = self.work.beside(whole, href.raw.start, &path, tag.attr("crossorigin").is_some()) {
            return self.edits.put(href.quoted.clone(), format!("\"{address}\""));
        }
        let Some(css) = self.work.text(whole, href.raw.start, &path) else { return };
        let folder = crate::address::folder(&path).to_owned();
        let Some(css) = css::sheet(self.work, css.whole(), &folder, Some(&path)) else { return };
        let onload = tag.attr("onload").map(|attr| &*attr.value).unwrap_or_default();
        // Until it is loaded it is for something else, so that nothing waits for it; here it is there at once.
        let js::Handler { media, more } = js::Handler::of(onload);
        if more {
            self.unheard(tag);
        }
        let media = match media.as_deref() {
            None => None,
            Some("" | "all") => Some(String::new()),
            Some(media) => Some(format!(" media=\"{}\"", crate::html::escaped(media))),
        };
        let kept = |attr: &&Attr| {
            matches!(&*attr.name, "id" | "class" | "title" | "nonce")
                || attr.name == "media" && media.is_none()
                || attr.name.starts_with("data-")
        };
        let off = if tag.attr("disabled").is_some() { " media=\"not all\"" } else { "" };
        let (attrs, media) = (self.attrs(tag, kept), media.as_deref().unwrap_or_default());
        let style = format!("<style{off}{media}{attrs}>{}</style>", css.trim_start_matches('\u{feff}'));
        self.edits.put(tag.range.clone(), style);
    }
}
