//! `$defs`: what recursive types need, under names that every host can read, and no more than is used.

use super::normalise::{Normaliser, parts};
use schemars::SchemaGenerator;
use serde_json::{Map, Value};

const PLACE: &str = "#/$defs/";

/// Puts the definitions that a schema refers to beside it. Gives sentences about references that lead nowhere.
pub(super) fn add(root: &mut Value, generator: &mut SchemaGenerator, normaliser: &mut Normaliser) -> Vec<String> {
    let mut all = Vec::new();
    for (name, mut schema) in generator.take_definitions(true) {
        normaliser.normalise(&mut schema);
        all.push(Definition { place: format!("{PLACE}{}", sane(&name, &all)), name, schema, used: false });
    }
    let mut lost = Vec::new();
    let mut open = mended(root, &mut all, &mut lost);
    // Each that is used can use others.
    while let Some(at) = open.pop() {
        let mut schema = all[at].schema.take();
        open.extend(mended(&mut schema, &mut all, &mut lost));
        all[at].schema = schema;
    }
    // What a Worker publishes was published natively before.
    if cfg!(not(target_family = "wasm")) {
        lost.extend(circles(&all));
    }
    let mut definitions = Map::new();
    for definition in all.into_iter().filter(|definition| definition.used) {
        definitions.insert(definition.place[PLACE.len()..].to_owned(), definition.schema);
    }
    if !definitions.is_empty() {
        root["$defs"] = definitions.into();
    }
    lost
}

struct Definition {
    /// As schemars calls it, and as it is referred to.
    name: String,
    place: String,
    schema: Value,
    used: bool,
}

/// Mends the references in a schema; gives the definitions that nothing has used before.
fn mended(schema: &mut Value, all: &mut [Definition], lost: &mut Vec<String>) -> Vec<usize> {
    let mut new = Vec::new();
    references(schema, &mut |reference| {
        let target = target(reference);
        match all.iter().position(|definition| target.as_ref() == Some(&definition.name)) {
            Some(at) => {
                reference.clone_from(&all[at].place);
                if !all[at].used {
                    all[at].used = true;
                    new.push(at);
                }
            }
            None => lost.push(format!("a schema refers to `{reference}`, which it does not hold; describe the type in one piece")),
        }
    });
    new
}

/// Sentences about definitions that lead back to themselves before they have said anything of a value. Whoever checks one
/// against them never comes to an end.
fn circles(all: &[Definition]) -> Vec<String> {
    let leads: Vec<Vec<usize>> = all.iter().map(|definition| leads(&definition.schema, all)).collect();
    let comes_back = |from: usize| {
        let (mut seen, mut open) = (vec![false; all.len()], leads[from].clone());
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut seen[at], true) {
                open.extend(&leads[at]);
            }
        }
        seen[from]
    };
    let circles = (0..all.len()).filter(|at| all[*at].used && comes_back(*at));
    circles.map(|at| format!("the schema of `{}` leads only back to itself; put a member or an item in between", all[at].name)).collect()
}

/// The definitions that a value is held against before any of its parts is.
fn leads(schema: &Value, all: &[Definition]) -> Vec<usize> {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let mut found: Vec<usize> = all.iter().position(|definition| Some(&*definition.place) == reference).into_iter().collect();
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let parts = schema.get(keyword).and_then(Value::as_array).into_iter().flatten();
        found.extend(parts.flat_map(|part| leads(part, all)));
    }
    found.extend(schema.get("not").map(|part| leads(part, all)).unwrap_or_default());
    found
}

/// A name that needs no escapes in a reference.
fn sane(name: &str, taken: &[Definition]) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '_' };
    let mut name: String = name.chars().map(plain).collect();
    while taken.iter().any(|other| other.place[PLACE.len()..] == name) {
        name.push('_');
    }
    name
}

/// The name that a reference means.
fn target(reference: &str) -> Option<String> {
    let mut parts = reference.strip_prefix(PLACE)?.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(part.get(..2)?, 16).ok()?);
        bytes.extend(&part.as_bytes()[2..]);
    }
    Some(String::from_utf8(bytes).ok()?.replace("~1", "/").replace("~0", "~"))
}

fn references(schema: &mut Value, visit: &mut dyn FnMut(&mut String)) {
    let Value::Object(object) = schema else { return };
    if let Some(Value::String(reference)) = object.get_mut("$ref") {
        visit(reference);
    }
    parts(object).into_iter().for_each(|(_, part)| references(part, visit));
}
