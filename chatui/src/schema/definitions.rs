//! `$defs`: what recursive types need, under names that every host can read, and no more than is used.

use super::normalise::{Normaliser, parts};
use schemars::SchemaGenerator;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

const PLACE: &str = "#/$defs/";

/// Puts the definitions that a schema refers to beside it. Gives sentences about references that lead nowhere.
pub(super) fn add(root: &mut Value, generator: &mut SchemaGenerator, normaliser: &mut Normaliser) -> Vec<String> {
    let mut names = BTreeMap::new();
    let mut definitions = Map::new();
    for (name, mut schema) in generator.take_definitions(true) {
        normaliser.normalise(&mut schema);
        let short = sane(&name, &definitions);
        definitions.insert(short.clone(), schema);
        names.insert(name, short);
    }
    let mut lost = Vec::new();
    let mut mend = |reference: &mut String| match target(reference).and_then(|name| names.get(&name)) {
        Some(name) => *reference = format!("{PLACE}{name}"),
        None => lost.push(format!("a schema refers to `{reference}`, which it does not hold; describe the type in one piece")),
    };
    references(root, &mut mend);
    definitions.values_mut().for_each(|schema| references(schema, &mut mend));

    let mut used = BTreeSet::new();
    let mut open = named(root);
    while let Some(name) = open.pop() {
        open.extend(definitions.get_mut(&name).map(named).unwrap_or_default().into_iter().filter(|name| !used.contains(name)));
        used.insert(name);
    }
    definitions.retain(|name, _| used.contains(name));
    if !definitions.is_empty() {
        root["$defs"] = definitions.into();
    }
    lost
}

/// A name that needs no escapes in a reference.
fn sane(name: &str, taken: &Map<String, Value>) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '_' };
    let name: String = name.chars().map(plain).collect();
    let numbered = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains_key(name)).unwrap_or(name)
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

fn named(schema: &mut Value) -> Vec<String> {
    let mut names = Vec::new();
    references(schema, &mut |reference| names.extend(reference.strip_prefix(PLACE).map(str::to_owned)));
    names
}

fn references(schema: &mut Value, visit: &mut dyn FnMut(&mut String)) {
    let Value::Object(object) = schema else { return };
    if let Some(Value::String(reference)) = object.get_mut("$ref") {
        visit(reference);
    }
    parts(object).into_iter().for_each(|(_, part)| references(part, visit));
}
