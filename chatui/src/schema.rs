//! JSON Schemas as hosts and models like them: one normaliser, two contracts. What a model sends is closed and knows no
//! null; what a tool answers is open and says what serde writes.

use crate::tool::Slot;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

#[derive(Clone, Copy, PartialEq)]
enum Contract {
    Input,
    Output,
}

/// The schema of a tool's arguments.
pub(crate) fn input(params: &[Slot]) -> Value {
    let mut generator = generator(SchemaSettings::draft2020_12().for_deserialize());
    let mut properties = Map::new();
    let mut required = Vec::new();
    for slot in params {
        let mut schema = (slot.schema)(&mut generator).to_value();
        normalise(&mut schema, Contract::Input);
        if let (Value::Object(schema), false) = (&mut schema, slot.about.is_empty()) {
            // First, where a reader looks; the type's own description would be the less specific one.
            schema.remove("description");
            schema.shift_insert(0, "description".into(), slot.about.into());
        }
        let default = slot.default.and_then(|json| serde_json::from_str::<Value>(json).ok());
        if let (Value::Object(schema), Some(default)) = (&mut schema, &default) {
            schema.insert("default".into(), default.clone());
        }
        properties.insert(slot.key.into(), schema);
        if default.is_none() && !(slot.optional)() {
            required.push(slot.key);
        }
    }
    let mut root = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        root["required"] = required.into();
    }
    root["additionalProperties"] = false.into();
    definitions(&mut root, &mut generator, Contract::Input);
    root
}

/// The schema of a tool's structured answer, and whether the answer has to be wrapped to be an object.
pub(crate) fn output(schema: fn(&mut SchemaGenerator) -> Schema) -> (Value, bool) {
    let mut generator = generator(SchemaSettings::draft2020_12().for_serialize());
    let mut root = schema(&mut generator).to_value();
    normalise(&mut root, Contract::Output);
    let wraps = root.get("type").and_then(Value::as_str) != Some("object");
    if wraps {
        root = json!({ "type": "object", "properties": { "result": root }, "required": ["result"] });
    }
    if let Value::Object(root) = &mut root {
        root.entry("properties").or_insert_with(|| json!({}));
    }
    definitions(&mut root, &mut generator, Contract::Output);
    (root, wraps)
}

fn generator(settings: SchemaSettings) -> SchemaGenerator {
    // Inlined, because several hosts do not follow `$ref`; only recursive types still need `$defs`.
    settings.with(|settings| settings.inline_subschemas = true).into_generator()
}

fn definitions(root: &mut Value, generator: &mut SchemaGenerator, contract: Contract) {
    let mut definitions = generator.take_definitions(true);
    if definitions.is_empty() {
        return;
    }
    definitions.values_mut().for_each(|schema| normalise(schema, contract));
    root["$defs"] = definitions.into();
}

/// Takes away what is noise to a model, and closes or opens objects by the contract.
fn normalise(schema: &mut Value, contract: Contract) {
    let Value::Object(object) = schema else { return };
    for noise in ["$schema", "title"] {
        object.shift_remove(noise);
    }
    // schemars names Rust's number types, which no validator knows; the bounds beside them stay.
    let number = |format: &str| format.starts_with("uint") || format.starts_with("int") || matches!(format, "float" | "double");
    if object.get("format").and_then(Value::as_str).is_some_and(number) {
        object.shift_remove("format");
    }
    for key in ["properties", "patternProperties", "$defs"] {
        if let Some(Value::Object(members)) = object.get_mut(key) {
            members.values_mut().for_each(|schema| normalise(schema, contract));
        }
    }
    for key in ["items", "additionalProperties", "not", "propertyNames"] {
        if let Some(schema) = object.get_mut(key) {
            normalise(schema, contract);
        }
    }
    for key in ["anyOf", "oneOf", "allOf", "prefixItems"] {
        if let Some(Value::Array(all)) = object.get_mut(key) {
            all.iter_mut().for_each(|schema| normalise(schema, contract));
        }
    }
    if contract == Contract::Input {
        without_null(schema);
        close(schema);
    }
}

fn close(schema: &mut Value) {
    let Value::Object(object) = schema else { return };
    // An object that is put together from parts is closed by none of them.
    let composed = ["allOf", "anyOf", "oneOf", "$ref"].iter().any(|key| object.contains_key(*key));
    if object.contains_key("properties") && !composed && !object.contains_key("additionalProperties") {
        object.insert("additionalProperties".into(), false.into());
    }
}

/// "Absent or a string" is an optional string; a model that is offered `null` sends it.
fn without_null(schema: &mut Value) {
    let Value::Object(object) = schema else { return };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            object["type"] = only.clone();
        }
    }
    if let Some(Value::Array(values)) = object.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(Value::Array(all)) = object.get_mut("anyOf") {
        all.retain(|schema| schema.get("type").is_none_or(|name| name != "null"));
        if let [only] = all.as_mut_slice()
            && let Value::Object(only) = only.take()
        {
            object.shift_remove("anyOf");
            for (key, value) in only {
                object.entry(key).or_insert(value);
            }
        }
    }
}
