//! JSON Schemas as hosts and models like them: one normaliser, two contracts. What a model sends is closed, and offers no
//! null where leaving out says the same; what a tool answers is open and says what serde writes.

mod definitions;
pub(crate) mod form;
#[cfg(not(target_family = "wasm"))]
pub(crate) mod named;
mod normalise;
mod rules;
mod union;

use crate::{item::Slot, validate::Checks};
use normalise::Normaliser;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

#[derive(Clone, Copy, PartialEq)]
enum Contract {
    Input,
    Output,
}

/// The schema of a tool's arguments.
///
/// # Errors
///
/// Sentences about parameters whose rules do not fit their types, or whose schemas can't be used.
pub(crate) fn input(params: &[Slot], more: Option<fn(&mut Value)>) -> Result<Checks, Vec<String>> {
    let mut generator = generator(SchemaSettings::draft2020_12().for_deserialize());
    let mut normaliser = Normaliser::new(Contract::Input);
    let mut mistakes = Vec::new();
    let mut root = arguments(params, &mut generator, &mut normaliser, &mut mistakes);
    mistakes.extend(definitions::add(&mut root, &mut generator, &mut normaliser));
    // Last: what an author writes by hand is published as it is.
    if let Some(more) = more {
        more(&mut root);
    }
    let always = normaliser.constrained || params.iter().any(|slot| !slot.rules.is_empty());
    match Checks::new(root, always) {
        Ok(checks) => {
            mistakes.extend(params.iter().flat_map(|slot| default(slot, &checks)));
            mistakes.extend(checks.contradictions());
            if mistakes.is_empty() { Ok(checks) } else { Err(mistakes) }
        }
        Err(unusable) => Err([mistakes, unusable].concat()),
    }
}

/// The object that the arguments are, without the definitions that it may refer to.
fn arguments(params: &[Slot], generator: &mut SchemaGenerator, normaliser: &mut Normaliser, mistakes: &mut Vec<String>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for slot in params {
        let mut schema = object((slot.schema)(generator));
        if !slot.about.is_empty() {
            // Before the rest: the type's own description is the less specific one, what its variants mean is not.
            schema["description"] = slot.about.into();
        }
        let default = slot.default.and_then(|json| serde_json::from_str::<Value>(json).ok());
        if slot.may_lack() {
            normalise::without_null(&mut schema);
        } else {
            required.push(slot.key);
        }
        normaliser.normalise(&mut schema);
        mistakes.extend(rules::apply(slot, &mut schema));
        if let Some(default) = default {
            schema["default"] = default;
        }
        if let Some(header) = slot.header {
            mistakes.extend((header.publish)(header, &mut schema).err().map(|why| format!("the argument `{}` {why}", slot.key)));
        }
        properties.insert(slot.key.into(), schema);
    }
    let mut root = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        root["required"] = required.into();
    }
    root["additionalProperties"] = false.into();
    root
}

/// What is wrong with a default: a call without the argument could never succeed.
fn default(slot: &Slot, checks: &Checks) -> Vec<String> {
    let Some(json) = slot.default else {
        // Its type is right; the rules may not be.
        let made = slot.made.and_then(|json| json()).filter(|json| json != "null");
        let wrong = made.map(|json| checks.argument(slot.key, &json, true)).unwrap_or_default();
        return wrong.iter().map(|wrong| format!("the default of {wrong}")).collect();
    };
    let wrong = checks.argument(slot.key, json, false);
    match (slot.refuses)(json) {
        // A type can have reasons of its own.
        Some(why) if wrong.is_empty() => vec![format!("the default of `{}` {why}", slot.key)],
        _ => wrong.iter().map(|wrong| format!("the default of {wrong}")).collect(),
    }
}

/// The schema of a tool's structured answer, and whether the answer has to be wrapped to be an object.
///
/// # Errors
///
/// Sentences about a schema that can't be used.
pub(crate) fn output(schema: fn(&mut SchemaGenerator) -> Schema) -> Result<(Value, bool), Vec<String>> {
    let mut generator = generator(SchemaSettings::draft2020_12().for_serialize());
    let mut normaliser = Normaliser::new(Contract::Output);
    let mut root = object(schema(&mut generator));
    normaliser.normalise(&mut root);
    let wraps = !is_object(&root);
    if wraps {
        root = json!({ "type": "object", "properties": { "result": root }, "required": ["result"] });
    }
    if let Value::Object(root) = &mut root {
        // Hosts look for both at the root, also where the alternatives of an enum say the rest.
        for (keyword, value) in [("properties", json!({})), ("type", "object".into()), ("description", Value::Null)] {
            let known = root.shift_remove(keyword);
            if let Some(value) = known.or(Some(value)).filter(|value| !value.is_null()) {
                normalise::put_first(root, keyword, value);
            }
        }
    }
    let mistakes = definitions::add(&mut root, &mut generator, &mut normaliser);
    if mistakes.is_empty() { Ok((root, wraps)) } else { Err(mistakes) }
}

/// What only a widget's template reads. What is wrong with it was said about the whole.
#[cfg(all(feature = "dev", not(target_family = "wasm")))]
pub(crate) fn hidden(schema: fn(&mut SchemaGenerator) -> Option<Schema>) -> Option<Value> {
    let mut generator = generator(SchemaSettings::draft2020_12().for_serialize());
    let mut normaliser = Normaliser::new(Contract::Output);
    let mut root = object(schema(&mut generator)?);
    normaliser.normalise(&mut root);
    definitions::add(&mut root, &mut generator, &mut normaliser);
    Some(root)
}

/// Whether every value is an object. An enum is one whose variants all are: it is sent as it is, because a host asks the
/// root only for its type.
fn is_object(schema: &Value) -> bool {
    if let Some(name) = schema.get("type") {
        return name == "object";
    }
    let alternatives = ["oneOf", "anyOf"].iter().find_map(|keyword| schema.get(*keyword)?.as_array());
    alternatives.is_some_and(|all| !all.is_empty() && all.iter().all(is_object))
}

fn generator(settings: SchemaSettings) -> SchemaGenerator {
    // Inlined, because several hosts do not follow `$ref`; only recursive types still need `$defs`.
    settings.with(|settings| settings.inline_subschemas = true).into_generator()
}

/// "Anything" can be written as `true`, and hosts that look for keywords stumble over that; "nothing" as `false`.
fn object(schema: Schema) -> Value {
    match schema.to_value() {
        Value::Bool(true) => json!({}),
        Value::Bool(false) => json!({ "not": {} }),
        other => other,
    }
}
