//! The `onload` of a style sheet, as far as it only makes the sheet apply.

use super::{Code, Kind};

/// What such a handler does.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Handler {
    /// What it sets `media` to; empty where that is not a plain text.
    pub(crate) media: Option<String>,
    /// Whether there is more to it than making the sheet apply.
    pub(crate) more: bool,
}

impl Handler {
    pub(crate) fn of(js: &str) -> Handler {
        let code = Code::of(js);
        let media = assigned(&code, "media");
        let calls = (0..code.len()).any(|at| {
            let called = code.is(at + 1, "(") && code.get(at).is_some_and(|token| token.kind == Kind::Name);
            called && !matches!(code.before(at + 1, 1), "if" | "setAttribute" | "removeAttribute")
        });
        let applies = media.is_some() || assigned(&code, "rel").is_some();
        Handler { media, more: calls || !applies && code.len() > 0 }
    }
}

/// `all` of `this.media='all'` and of `this.setAttribute('media', 'all')`.
fn assigned(code: &Code<'_>, property: &str) -> Option<String> {
    let text = |at: usize| code.get(at).filter(|token| token.kind == Kind::Text).map(|token| token.said());
    (0..code.len()).find_map(|at| {
        if code.is(at, property) && code.is(at + 1, "=") && !code.is(at + 2, "=") {
            return Some(text(at + 2).unwrap_or_default());
        }
        let named = code.is(at, "setAttribute") && text(at + 2).is_some_and(|name| name == property);
        named.then(|| text(at + 4).unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::Handler;

    #[test]
    fn a_handler_that_makes_a_sheet_apply_is_told_from_others() {
        let rows = [
            ("this.media='all'", Some("all"), false),
            ("this.onload=null;this.media=\"screen\"", Some("screen"), false),
            ("if(media!='all')media='all'", Some("all"), false),
            ("this.setAttribute('media', 'all')", Some("all"), false),
            ("this.media = this.dataset.media", Some(""), false),
            ("this.media='all';start()", Some("all"), true),
            ("this.rel='stylesheet'", None, false),
            ("this.media == 'print'", None, true),
            ("start()", None, true),
            ("", None, false),
        ];
        for (js, media, more) in rows {
            assert_eq!(Handler::of(js), Handler { media: media.map(str::to_owned), more }, "{js}");
        }
    }
}
