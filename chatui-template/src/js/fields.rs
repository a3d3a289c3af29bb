//! What a script reads of the widget's data: a field that the struct has not is never there. A script that is refused and was right is
//! worse than one that is let through, so only what can mean nothing else is looked at.

use super::{Code, Kind};
use crate::{nearest, report::Part, shortened, work::Work};
use std::ops::Range;

/// Larger listeners are bundles, or want to be slow.
const LARGEST: usize = 4_000;

/// What every object has.
const INHERITED: [&str; 8] =
    ["__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf"];

/// Looks at the token at `at`, which may be `chatui`.
pub(super) fn check(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, at: usize) {
    let of_chatui = work.policy.fields.is_some() && code.is(at, "chatui") && code.is(at + 1, ".") && code.is_global(at);
    if !of_chatui || work.policy.allow.contains(&"field") || code.declares("chatui") || code.writes_data() {
        return;
    }
    let listens = code.is(at + 2, "on") && code.is(at + 3, "(") && code.is(at + 5, ",");
    if code.is(at + 2, "data") {
        read(work, part, code, at, at + 3);
    } else if listens && code.get(at + 4).is_some_and(|token| token.kind == Kind::Text && token.said() == "data") {
        listener(work, part, code, at + 6, at + 3);
    }
}

/// A function that gets the data, in the call that opens at `call`: `({ city }) => …`, `data => …`, `function (data) { … }`.
fn listener(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, mut at: usize, call: usize) {
    at += usize::from(code.is(at, "async") && !code.is(at + 1, "="));
    let is_function = code.is(at, "function");
    if is_function {
        at += if code.is(at + 1, "(") { 1 } else { 2 };
    }
    let (parameter, behind) = match code.is(at, "(") {
        true => (at + 1, code.end_of_call(at)),
        false => (at, Some(at + 1)),
    };
    let body = match behind {
        Some(behind) if is_function && code.is(behind, "{") => behind,
        Some(behind) if !is_function && code.is(behind, "=") && code.is(behind + 1, ">") => behind + 2,
        _ => return,
    };
    if code.is(parameter, "{") {
        return pattern(work, part, code, parameter);
    }
    let end = if code.is(body, "{") { code.closes(body) } else { code.end_of_call(call) };
    let name = code.get(parameter).filter(|token| token.kind == Kind::Name);
    let (Some(end), Some(name)) = (end.filter(|end| (body..body + LARGEST).contains(end)), name) else { return };
    // With `...data`, which may be a binding, and without `my.data`.
    let places =
        |body: Range<usize>| body.filter(|at| code.is(*at, name.text) && (code.before(*at, 1) != "." || code.before(*at, 2) == "."));
    if places(body..end).all(|at| is_used(code, at)) {
        places(body..end).for_each(|at| read(work, part, code, at, at + 1));
    }
}

/// Whether the name at `at` is used as what it is: `data.city`, `draw(data)`, `last = data;`. Anything else may make it the name of
/// something else.
fn is_used(code: &Code<'_>, at: usize) -> bool {
    let is_given = code.before(at, 1) == "=" && ends(code, at + 1) || taken_apart(code, at, at + 1).is_some();
    member(code, at + 1).is_some() && code.before(at, 1) != "." || is_given || code.before(at, 1) == "!" || is_argument(code, at)
}

/// Alone between the commas of a call, or in the condition of an `if`.
fn is_argument(code: &Code<'_>, at: usize) -> bool {
    let Some(open) = code.opens(at).filter(|open| code.is(*open, "(")) else { return false };
    let alone = matches!(code.before(at, 1), "(" | ",") && (code.is(at + 1, ",") || code.is(at + 1, ")"));
    let called = open.checked_sub(1).and_then(|name| code.get(name)).is_some_and(|name| name.kind == Kind::Name);
    let behind = code.end_of_call(open);
    alone
        && match code.before(open, 1) {
            "if" | "while" | "switch" => true,
            // What it assigns to the data is read as theirs.
            "for" | "with" | "catch" | "function" | "async" | "assign" => false,
            // `draw(data) {` and `(data) =>` declare it.
            _ => called && behind.is_some_and(|behind| !code.is(behind, "{") && !code.is(behind, "=")),
        }
}

/// Whether an expression ends before the token at `at`, or goes on with a word.
fn ends(code: &Code<'_>, at: usize) -> bool {
    code.get(at).is_none_or(|token| match token.kind {
        Kind::Name => !matches!(token.text, "in" | "instanceof" | "of"),
        Kind::Mark(mark) => matches!(mark, b';' | b',' | b'}'),
        _ => false,
    })
}

/// The `{` of `const { city } = data`, where nothing else may be taken apart instead.
fn taken_apart(code: &Code<'_>, at: usize, behind: usize) -> Option<usize> {
    if code.before(at, 1) != "=" || code.before(at, 2) != "}" {
        return None;
    }
    let open = code.opens(at - 2).filter(|open| matches!(code.before(*open, 1), "const" | "let" | "var"))?;
    // `?? {}`
    let or_nothing = code.is(behind, "?") && code.is(behind + 1, "?") && code.is(behind + 2, "{") && code.is(behind + 3, "}");
    (ends(code, behind) || or_nothing).then_some(open)
}

/// What is read of the data, which stand from `at` up to `behind`: `data.city`, `data?.city`, `const { city } = data`.
fn read(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, at: usize, behind: usize) {
    if let Some(member) = member(code, behind) {
        if code.get(member).is_some_and(|token| token.kind == Kind::Name) && !is_doubted(code, at, member + 1) {
            field(work, part, code, member);
        }
    } else if let Some(open) = taken_apart(code, at, behind) {
        pattern(work, part, code, open);
    }
}

/// The place of what stands behind a `.` or a `?.`.
fn member(code: &Code<'_>, behind: usize) -> Option<usize> {
    let dot = behind + usize::from(code.is(behind, "?"));
    code.is(dot, ".").then_some(dot + 1)
}

/// Whether the script asks if it is there, as one that serves two widgets does, or calls it, as no field can be.
fn is_doubted(code: &Code<'_>, at: usize, behind: usize) -> bool {
    let goes_on = member(code, behind).and_then(|member| code.get(member)).is_some_and(|token| token.kind == Kind::Name);
    let marks = !goes_on && ["(", "?", "&", "|"].iter().any(|mark| code.is(behind, mark));
    let in_condition = code.is(behind, ")") && code.opens(behind).is_some_and(|open| matches!(code.before(open, 1), "if" | "while"));
    let tagged = code.get(behind).is_some_and(|token| token.kind == Kind::Template && token.text.starts_with('`'));
    let is_nothing = |at: usize| ["null", "undefined", "void"].iter().any(|nothing| code.is(at, nothing));
    let compared = ["=", "!"].iter().any(|mark| code.is(behind, mark)) && (is_nothing(behind + 2) || is_nothing(behind + 3));
    marks || in_condition || compared || tagged || matches!(code.before(at, 1), "!" | "typeof" | "in")
}

/// `{ city, high: top, low = 0, ...rest }`.
fn pattern(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, open: usize) {
    let end = code.closes(open).unwrap_or(open);
    let mut at = open + 1;
    while at < end {
        if matches!(code.before(at, 1), "{" | ",") {
            field(work, part, code, at);
        }
        at = code.closes(at).unwrap_or(at + 1);
    }
}

fn field(work: &mut Work<'_>, part: Part<'_>, code: &Code<'_>, at: usize) {
    let (Some(fields), Some(token)) = (work.policy.fields, code.get(at)) else { return };
    let name = match token.kind {
        Kind::Name => token.text.to_owned(),
        Kind::Text => token.said(),
        _ => return,
    };
    // What is escaped is spelled otherwise than it is called.
    let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '$'));
    if !is_plain || fields.contains(&name.as_str()) || INHERITED.contains(&name.as_str()) || code.writes(&name) {
        return;
    }
    let instead = match nearest(&name, fields.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("add it, or read one of {}", fields.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ")),
    };
    work.report.problem(part, token.at, "field", format!("the widget has no field `{}`; {instead}", shortened(&name)));
}
