//! What a script loads: imports, requests, sockets.

use super::{Code, Kind, Script};
use crate::{
    address::Address,
    report::Part,
    shortened,
    work::{Use, Work},
};

/// Looks at the token at `at`, which may be the name of something that loads.
pub(super) fn check(work: &mut Work<'_>, part: Part<'_>, script: Script, code: &Code<'_>, at: usize) {
    let Some(name) = code.get(at).filter(|token| token.kind == Kind::Name) else { return };
    let called = code.is(at + 1, "(");
    let made = called && code.before(at, 1) == "new";
    match name.text {
        "import" if called && code.before(at, 1) != "." => dynamic(work, part, script, code, at + 2),
        "import" | "export" if !script.module && is_of_a_module(code, at) => {
            let message = format!(
                "an `{}` stands only in a module, and this script would not run at all; write `<script type=\"module\" …>`",
                name.text
            );
            work.report.problem(part, name.at, "import", message);
        }
        "import" if script.module && code.before(at, 1) != "." => import(work, part, script, code, from(code, at + 1)),
        "export" if script.module && (code.is(at + 1, "{") || code.is(at + 1, "*")) => {
            import(work, part, script, code, exported(code, at + 1));
        }
        // One of the author's own may do anything with it.
        "fetch" if called && code.is_global(at) && (code.before(at, 1) == "." || !code.declares("fetch")) => {
            request(work, part, code, at + 2, Use::Fetch)
        }
        "WebSocket" if made => request(work, part, code, at + 2, Use::Socket),
        "EventSource" if made => request(work, part, code, at + 2, Use::Fetch),
        "sendBeacon" if called && code.before(at, 1) == "." => request(work, part, code, at + 2, Use::Fetch),
        // Of an XMLHttpRequest: windows and databases have no method there.
        "open" if called && code.before(at, 1) == "." && is_method(code, at + 2) => request(work, part, code, at + 4, Use::Fetch),
        _ => {}
    }
}

/// Whether an `import` or `export` is the statement, and not a key or a member of that name.
fn is_of_a_module(code: &Code<'_>, at: usize) -> bool {
    let statement =
        matches!(code.before(at, 1), "" | ";" | "}") || code.get(at.wrapping_sub(1)).is_some_and(|token| token.kind == Kind::Text);
    let goes_on = code.get(at + 1).is_some_and(|token| match token.kind {
        Kind::Text => code.is(at, "import"),
        Kind::Name => !matches!(token.text, "in" | "instanceof" | "of"),
        Kind::Mark(mark) => matches!(mark, b'{' | b'*'),
        _ => false,
    });
    statement && goes_on
}

fn is_method(code: &Code<'_>, at: usize) -> bool {
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    code.get(at).is_some_and(|token| token.kind == Kind::Text && methods.contains(&&*token.said().to_ascii_uppercase()))
        && code.is(at + 1, ",")
}

/// The place of the string behind the `from` of an import, or of the string itself.
fn from(code: &Code<'_>, at: usize) -> usize {
    if code.get(at).is_some_and(|token| token.kind == Kind::Text) {
        return at;
    }
    let part_of = |at: &usize| {
        code.get(*at).is_some_and(|token| {
            matches!(token.kind, Kind::Name | Kind::Mark(b'{' | b'}' | b',' | b'*')) && !matches!(token.text, "import" | "export")
        })
    };
    let end = (at..).find(|at| !part_of(at)).unwrap_or(at);
    if code.before(end, 1) == "from" { end } else { usize::MAX }
}

/// The same for an export, where `from` is only one possibility.
fn exported(code: &Code<'_>, at: usize) -> usize {
    let end = from(code, at);
    let text = code.get(end).is_some_and(|token| token.kind == Kind::Text);
    if text { end } else { usize::MAX }
}

/// `import(…)`: a name in it may well stand behind a check, or before a `catch`, and is for other places than a browser.
fn dynamic(work: &mut Work<'_>, part: Part<'_>, script: Script, code: &Code<'_>, at: usize) {
    let token = code.get(at).filter(|token| matches!(token.kind, Kind::Text | Kind::Template));
    let bare = token.filter(|token| match Address::of(&token.said()) {
        Address::Local(_) => !is_near(&token.said()),
        Address::Other(scheme) => scheme == "node",
        _ => false,
    });
    let Some(token) = bare else { return import(work, part, script, code, at) };
    let named = token.said();
    if !script.import_map || named.starts_with("node:") {
        let message = format!(
            "the import of `{}` fails in a browser, which knows no packages; bundle it, or leave it where the script goes on without it",
            shortened(&named)
        );
        work.report.finding(part, token.at, "import-bare", message);
    }
}

fn is_near(named: &str) -> bool {
    ["./", "../", "/"].iter().any(|start| named.starts_with(start))
}

fn import(work: &mut Work<'_>, part: Part<'_>, script: Script, code: &Code<'_>, at: usize) {
    let Some(token) = code.get(at).filter(|token| matches!(token.kind, Kind::Text | Kind::Template)) else { return };
    let named = token.said();
    match Address::of(&named) {
        Address::Local(_) if !is_near(&named) && script.import_map => {}
        Address::Local(_) => {
            let (first, entry) =
                if part.start == 0 { ("", &*part.file.name) } else { ("move the script into a file, `main.js`, and ", "main.js") };
            let message = format!(
                "the import of `{}` can't be resolved inside a host; {first}bundle it, for instance `npx esbuild {entry} --bundle --format=esm --outfile=bundle.js`, and name `bundle.js` in the template (with Vite set `build.rollupOptions.output.inlineDynamicImports`)",
                shortened(&named)
            );
            work.report.problem(part, token.at, "import", message);
        }
        _ => _ = work.refer(part, token.at, &named, "", Use::Import),
    }
}

fn request(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, at: usize, purpose: Use) {
    let Some(token) = code.text(at) else { return };
    let said = token.said();
    // What goes on with a value may have its host from there.
    let goes_on = code.is(at + 1, "+") || token.text.ends_with("${");
    let address = Address::of(&said);
    if goes_on && !is_complete(&said) {
        return;
    }
    if purpose == Use::Socket || !matches!(address, Address::Inside) {
        let place = code.get(at).map_or(token.at, |token| token.at);
        _ = work.refer(part, place, &said, "", purpose);
    }
}

/// Whether nothing that is put behind an address changes where it leads.
fn is_complete(address: &str) -> bool {
    match address.split_once("://") {
        Some((_, rest)) => rest.contains(['/', '?', '#']) || rest.contains('.') && !rest.ends_with(['.', ':', '-', '@']),
        None => address.starts_with(['/', '.', '?']) || address.contains('/'),
    }
}
