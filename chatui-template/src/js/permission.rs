//! What a host lets a widget use only where it asked for it.

use super::{Code, Kind};
use crate::{report::Part, work::Work};

/// Looks at the token at `at`.
pub(super) fn check(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, at: usize) {
    let Some(token) = code.get(at).filter(|token| token.kind == Kind::Name && code.before(at, 1) == ".") else { return };
    let of = owner(code, at);
    let called = code.is(at + 1, "(");
    let (name, wanted): (&str, &[&str]) = match (of, token.text) {
        ("navigator", "geolocation") => ("navigator.geolocation", &["geolocation"]),
        ("clipboard", "write" | "writeText") if called => ("navigator.clipboard", &["clipboardWrite"]),
        ("mediaDevices", "getUserMedia") if called => ("getUserMedia", devices(code, at + 1)),
        _ => return,
    };
    let has = |permission: &&&str| work.policy.permissions.contains(*permission);
    // Of a request that is made elsewhere, one device is enough to know that the author thought of it.
    let unknown = wanted == DEVICES && !named(code, at + 1, "video");
    if wanted.iter().filter(has).count() >= if unknown { 1 } else { wanted.len() } {
        return;
    }
    let missing: Vec<&str> = wanted.iter().filter(|permission| !has(permission)).map(|permission| key(permission)).collect();
    let message = format!("hosts let a widget use `{name}` only where it asks for it; add the key `permissions({})`", missing.join(", "));
    work.report.finding(part, token.at, "permission", message);
}

/// `a` of `a.b` and `a?.b`, for the `b` at `at`.
fn owner<'a>(code: &Code<'a>, at: usize) -> &'a str {
    if code.before(at, 2) == "?" { code.before(at, 3) } else { code.before(at, 2) }
}

const DEVICES: &[&str] = &["camera", "microphone"];

/// What a call of `getUserMedia` asks for.
fn devices(code: &Code<'_>, call: usize) -> &'static [&'static str] {
    match (named(code, call, "video"), named(code, call, "audio")) {
        (true, false) => &["camera"],
        (false, true) => &["microphone"],
        _ => DEVICES,
    }
}

/// Whether the arguments of a call name this with a value other than `false`.
fn named(code: &Code<'_>, call: usize, key: &str) -> bool {
    let end = code.end_of_call(call).unwrap_or(call);
    let off = |at: usize| {
        code.is(at + 1, ":")
            && (code.is(at + 2, "false") || code.is(at + 2, "!") && code.get(at + 3).is_some_and(|token| token.text == "1"))
    };
    (call..end).any(|at| code.is(at, key) && !off(at))
}

/// How the attribute spells a permission.
fn key(permission: &str) -> &str {
    if permission == "clipboardWrite" { "clipboard_write" } else { permission }
}
