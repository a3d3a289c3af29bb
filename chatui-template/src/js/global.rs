//! What hosts give no script: evaluation, storage, dialogs, workers.

use super::{Code, Kind, Token};
use crate::{
    address::{Address, resolve},
    media,
    report::Part,
    shortened,
    work::Work,
};

/// Looks at the token at `at`.
pub(super) fn check(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, at: usize) {
    let Some(token) = code.get(at) else { return };
    match token.kind {
        Kind::Name => {
            if let Some((code, message)) = name(code, at, token) {
                work.report.finding(part, token.at, code, message);
            }
        }
        Kind::Text => text(work, part, code, at, token),
        _ => {}
    }
}

fn name(code: &Code<'_>, at: usize, token: Token<'_>) -> Option<(&'static str, String)> {
    let name = token.text;
    let called = code.is(at + 1, "(");
    let member = code.is(at + 1, ".") || code.is(at + 1, "[") || code.is(at + 1, "?");
    let made = code.before(at, 1) == "new";
    let string = |at: usize| code.get(at).is_some_and(|token| token.kind == Kind::Text);
    let wanted = match name {
        "eval" | "Function" => (called || made || code.is(at + 1, ")") && code.is(at + 2, "(")) && name_is_evaluated(code, at, name),
        "setTimeout" | "setInterval" => called && string(at + 2),
        "WebAssembly" => code.is(at + 1, "."),
        "Worker" | "SharedWorker" => made && called,
        "serviceWorker" => code.before(at, 1) == "." && member,
        "localStorage" | "sessionStorage" => (member || code.before(at, 1) == ".") && !code.is(at + 1, "="),
        "indexedDB" => member,
        "cookie" => code.before(at, 1) == "." && code.before(at, 2) == "document",
        "alert" | "confirm" | "prompt" => called && !code.declares(name),
        "location" => leads_away(code, at) && !code.declares(name),
        "open" => called && code.before(at, 1) == "." && matches!(code.before(at, 2), "window" | "self" | "globalThis"),
        _ => return None,
    };
    if !wanted || !matches!(name, "cookie" | "open" | "serviceWorker") && !code.is_global(at) {
        return None;
    }
    Some(match name {
        "eval" | "Function" | "setTimeout" | "setInterval" => {
            ("eval", format!("`{name}` of a text is blocked by the policy of hosts; write the code itself"))
        }
        "WebAssembly" => ("wasm", "WebAssembly is blocked by the policy of hosts; use plain JavaScript, or compute it in a tool".into()),
        "Worker" | "SharedWorker" | "serviceWorker" => {
            ("worker", format!("`{name}` is blocked by the policy of hosts; do the work in the page or in a tool"))
        }
        "alert" => ("dialog", "`alert` shows nothing in the sandbox of a host; show it in the widget".into()),
        "location" => ("link", "`location` leads the widget away for good, or nowhere; use chatui.open".into()),
        "confirm" | "prompt" => ("dialog", format!("`{name}` shows nothing in the sandbox of a host; draw the question in the widget")),
        "open" => ("link", "`window.open` is blocked in the sandbox of many hosts; use chatui.open".into()),
        _ => ("storage", format!("`{name}` throws where the sandbox has no origin of its own; use chatui.state and chatui.setState")),
    })
}

/// `location = …`, `location.href = …`, `location.assign(…)`; a hash stays here.
fn leads_away(code: &Code<'_>, at: usize) -> bool {
    let given = |at: usize| code.is(at, "=") && !code.is(at + 1, "=");
    let member = |name: &str| code.is(at + 1, ".") && code.is(at + 2, name);
    given(at + 1) || member("href") && given(at + 3) || (member("assign") || member("replace")) && code.is(at + 3, "(")
}

/// `Function("…")` and `eval(…)`, also as `(0, eval)(…)`, but neither `instanceof Function` nor a method of that name.
fn name_is_evaluated(code: &Code<'_>, at: usize, name: &str) -> bool {
    let behind = code.is(at + 1, ")");
    if behind { name == "eval" && matches!(code.before(at, 1), "," | "(") } else { true }
}

fn text(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, at: usize, token: Token<'_>) {
    let said = token.said();
    if said == "ui/initialize" {
        let message = "the bridge shakes hands with the host already, a second time confuses it; use `chatui` instead of an own client";
        work.report.finding(part, token.at, "handshake", message);
    }
    let relative = code.before(at, 1) == "(" && code.before(at, 2) == "URL" && code.is(at + 1, ",") && code.is(at + 2, "import");
    let shown = said.len() < 300 && media::is_shown(&said);
    if !relative && !shown {
        return;
    }
    let Address::Local(path) = Address::of(&said) else { return };
    // Only what really lies there: any word may end in `.png`.
    let there = |work: &mut Work<'_>| resolve(&work.home, &work.home, &path).is_some_and(|path| work.is_there(&path));
    if relative || said.contains('/') && there(work) {
        let message = format!(
            "the script names the file `{}`, which no host can reach; import it as a `data:` address (with Vite `?inline`, or a larger `build.assetsInlineLimit`), or name an absolute address",
            shortened(&said)
        );
        work.report.finding(part, token.at, "asset", message);
    }
}
