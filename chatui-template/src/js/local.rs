//! Addresses in a script's texts that lead to a developer's machine: whatever opens them, nobody else gets there.

use super::{Code, Kind, Token};
use crate::{address::Address, is_local, report::Part, work::Work};

/// Looks at the token at `at`.
pub(super) fn check(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, at: usize) {
    let Some(token) = code.get(at) else { return };
    let text = token.kind == Kind::Text || token.kind == Kind::Template && token.text.starts_with('`');
    let said = if text { token.said() } else { return };
    let Address::Remote(origin) = Address::of(&said) else { return };
    let local = is_local(&origin.to_string()) && has_whole_host(code, at, token, &said);
    if !local || is_compared(code, at) || is_placeholder(code, at, &said) {
        return;
    }
    // What is loaded from there was spoken of already.
    if !work.report.speaks_of(part, token.at, &origin.to_string()) {
        work.only_here(part, token.at, &origin, "the address");
    }
}

/// Whether what is put behind the text, if anything, is no part of the host: of `http://local${…}` it is not known yet.
fn has_whole_host(code: &Code<'_>, at: usize, token: Token<'_>, said: &str) -> bool {
    let goes_on = code.is(at + 1, "+") || token.text.ends_with("${");
    let rest = said.split_once("://").map_or("", |(_, rest)| rest);
    !goes_on || rest.contains(['/', '?', '#', ':', '.']) || rest == "localhost"
}

/// Methods that ask about a text.
const ASKS: [&str; 7] = ["startsWith", "endsWith", "includes", "indexOf", "lastIndexOf", "match", "search"];

/// Whether the text is only held against another: such a script asks where it is.
fn is_compared(code: &Code<'_>, at: usize) -> bool {
    let equals = code.before(at, 1) == "=" && matches!(code.before(at, 2), "=" | "!");
    let equal = code.is(at + 2, "=") && (code.is(at + 1, "=") || code.is(at + 1, "!"));
    let asked = code.before(at, 1) == "(" && ASKS.contains(&code.before(at, 2));
    // `["http://localhost:5173", …].includes(location.origin)`
    let listed = || {
        let open = code.opens(at).filter(|open| code.is(*open, "["));
        let behind = open.and_then(|open| code.closes(open));
        behind.is_some_and(|behind| code.is(behind, ".") && code.get(behind + 1).is_some_and(|token| ASKS.contains(&token.text)))
    };
    equals || equal || asked || code.before(at, 1) == "case" || listed()
}

/// Whether it is `http://localhost` and nothing is called with it: libraries write that where an address needs some host,
/// as `new URL(path, "http://localhost")` does.
fn is_placeholder(code: &Code<'_>, at: usize, said: &str) -> bool {
    if !matches!(said, "http://localhost" | "https://localhost" | "http://localhost/" | "https://localhost/") {
        return false;
    }
    let open = code.opens(at).filter(|open| code.is(*open, "(") && matches!(code.before(at, 1), "(" | ","));
    let called = open.and_then(|open| open.checked_sub(1)).and_then(|name| code.get(name));
    !called.is_some_and(|name| name.kind == Kind::Name && name.text != "URL")
}
