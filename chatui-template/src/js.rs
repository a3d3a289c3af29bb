//! Scripts: what they load, and what hosts don't let them do.

mod code;
mod fields;
mod global;
mod handler;
mod load;
mod local;
mod names;
mod permission;
mod token;

use crate::{report::Part, work::Work};
use code::Code;
pub(crate) use handler::Handler;
use token::{Kind, Token, tokens};

/// What a script is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Script {
    pub(crate) module: bool,
    /// The document says where names like `react` lead.
    pub(crate) import_map: bool,
}

/// Says what a script must not do.
pub(crate) fn check(work: &mut Work<'_>, part: Part<'_>, script: Script) {
    let code = Code::of(part.text);
    for at in 0..code.len() {
        load::check(work, part, script, &code, at);
        local::check(work, part, &code, at);
        global::check(work, part, &code, at);
        permission::check(work, part, &code, at);
        fields::check(work, part, &code, at);
    }
}

/// A script that may stand in a `<script>`: what would end that, or hide its end, is written otherwise.
pub(crate) fn enclosed(js: &str) -> String {
    let lower = js.to_ascii_lowercase();
    let ends: Vec<usize> = lower.match_indices("</script").map(|(at, _)| at).collect();
    // Only both together hide the end.
    let hides = lower.contains("<!--") && lower.contains("<script");
    if ends.is_empty() && !hides {
        return js.to_owned();
    }
    let comments: Vec<usize> = if hides { lower.match_indices("<!--").map(|(at, _)| at).collect() } else { Vec::new() };
    let all = tokens(js);
    let quoted = |at: usize| kind_at(&all, at);
    let mut edits = crate::edits::Edits::default();
    for at in ends {
        let inside = quoted(at).is_some_and(|(kind, _)| !matches!(kind, Kind::Mark(_)));
        edits.put(at..at + 1, if inside { "<\\" } else { "< " });
    }
    for at in comments {
        let new = match quoted(at) {
            // The comment itself.
            Some((Kind::Comment, start)) if start == at => "//--",
            Some((Kind::Comment, _)) => "<! --",
            Some((Kind::Mark(_), _)) | None => "< !--",
            Some(_) => "\\x3c!--",
        };
        edits.put(at..at + 4, new);
    }
    edits.apply(js).unwrap_or_default()
}

/// The same for a `<script>` in a drawing, where tags in it would be tags. What keeps them from it is a comment everywhere else.
pub(crate) fn drawn(js: &str) -> String {
    let code = enclosed(js);
    if !code.contains(['<', '&']) {
        return code;
    }
    let all = tokens(&code);
    let mut edits = crate::edits::Edits::default();
    for (at, _) in code.match_indices("]]>") {
        let new = if kind_at(&all, at + 2).is_some_and(|(kind, _)| matches!(kind, Kind::Mark(_))) { " >" } else { "\\>" };
        edits.put(at + 2..at + 3, new);
    }
    let code = edits.apply(&code).unwrap_or(code);
    format!("//<![CDATA[\n{code}\n//]]>")
}

/// The kind and the place of the token that a byte belongs to.
fn kind_at(all: &[Token<'_>], at: usize) -> Option<(Kind, usize)> {
    let last = all.partition_point(|token| token.at <= at).checked_sub(1).and_then(|last| all.get(last));
    last.filter(|token| at < token.end()).map(|token| (token.kind, token.at))
}
