//! Alternatives: `oneOf`, `anyOf` and what stands beside them.

use super::normalise::is_composed;
use crate::validate::json;
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// Alternatives of one object with several enums flattened into it; beyond, it stays open.
const MOST: usize = 24;

/// What is said about a value, and not which values there are.
const ANNOTATIONS: [&str; 5] = ["description", "title", "default", "examples", "deprecated"];

/// Says the same with fewer levels: alternatives of one become part of what they stand in, alternatives of alternatives
/// become one list, and fixed values become one `enum`.
pub(super) fn simplify(object: &mut Object) {
    for keyword in ["allOf", "anyOf", "oneOf"] {
        unwrap(object, keyword);
    }
    splice(object, "anyOf", &["anyOf", "oneOf"]);
    splice(object, "oneOf", &["oneOf"]);
    for keyword in ["anyOf", "oneOf"] {
        list_values(object, keyword);
        unwrap(object, keyword);
    }
}

/// An only alternative is none.
pub(super) fn unwrap(object: &mut Object, keyword: &str) {
    let Some(Value::Array(all)) = object.get(keyword) else { return };
    let [Value::Object(only)] = all.as_slice() else { return };
    let clash = |key: &String| object.contains_key(key) && !ANNOTATIONS.contains(&key.as_str()) && object.get(key) != only.get(key);
    if only.keys().any(|key| key == keyword || clash(key)) {
        return;
    }
    let only = only.clone();
    object.shift_remove(keyword);
    for (key, value) in only {
        object.entry(key).or_insert(value);
    }
}

/// Alternatives of alternatives, as schemars writes an `Option` of an enum, become one list.
fn splice(object: &mut Object, outer: &str, inner: &[&str]) {
    let Some(Value::Array(all)) = object.get_mut(outer) else { return };
    let mut flat = Vec::new();
    let mut description = None;
    for mut schema in std::mem::take(all) {
        let keyword = inner.iter().find(|keyword| schema.get(**keyword).is_some());
        let nothing_else = |object: &Object| object.keys().all(|key| inner.contains(&key.as_str()) || key == "description");
        match (keyword, schema.as_object_mut()) {
            (Some(keyword), Some(branch)) if branch.len() <= 2 && nothing_else(branch) => {
                description = description.or_else(|| branch.shift_remove("description"));
                match branch.shift_remove(*keyword) {
                    Some(Value::Array(branches)) => flat.extend(branches),
                    _ => flat.push(schema),
                }
            }
            _ => flat.push(schema),
        }
    }
    *all = flat;
    if let Some(description) = description {
        object.entry("description").or_insert(description);
    }
}

/// Variants without data: one `enum`, and what the author says about each in the description.
fn list_values(object: &mut Object, keyword: &str) {
    let Some(Value::Array(all)) = object.get_mut(keyword) else { return };
    let complete = all.iter().all(|schema| values(schema).is_some());
    // An alternative to nothing but null stays one: `null` beside an object.
    let is_listed = |schema: &Value| values(schema).is_some_and(|values| complete || values != [Value::Null]);
    if !complete && all.iter().filter(|schema| is_listed(schema)).count() < 2 {
        return;
    }
    let listed: Vec<&Value> = all.iter().filter(|schema| is_listed(schema)).collect();
    let (mut schema, mut docs) = listing(&listed);
    if complete {
        object.shift_remove(keyword);
        let about = object.shift_remove("description");
        if let Some(Value::String(about)) = about {
            docs.insert(0, about);
        }
        describe(object, &docs);
        object.append(&mut schema);
    } else {
        describe(&mut schema, &docs);
        let at = all.iter().position(is_listed).unwrap_or_default();
        all.retain(|schema| !is_listed(schema));
        all.insert(at, schema.into());
    }
}

fn describe(object: &mut Object, lines: &[String]) {
    if !lines.is_empty() {
        object.insert("description".into(), lines.join("\n").into());
    }
}

/// All values in one schema, and a line for each that is documented.
fn listing(all: &[&Value]) -> (Object, Vec<String>) {
    let (mut listed, mut types, mut docs) = (Vec::new(), Vec::new(), Vec::new());
    for schema in all {
        let values = values(schema).unwrap_or_default();
        if let (Some(text), [value]) = (schema.get("description").and_then(Value::as_str), values.as_slice()) {
            let value = value.as_str().map_or_else(|| json(value), str::to_owned);
            docs.push(format!("- `{value}`: {}", text.replace('\n', " ")));
        }
        for value in values {
            let kind = Value::from(type_of(&value));
            if !types.contains(&kind) {
                types.push(kind);
            }
            listed.push(value);
        }
    }
    let types = if types.len() == 1 { types.remove(0) } else { types.into() };
    (Object::from_iter([("type".to_owned(), types), ("enum".to_owned(), listed.into())]), docs)
}

/// The values of a schema that is nothing but a list of them.
fn values(schema: &Value) -> Option<Vec<Value>> {
    let object = schema.as_object()?;
    if object.keys().any(|key| !matches!(key.as_str(), "type" | "const" | "enum") && !ANNOTATIONS.contains(&key.as_str())) {
        return None;
    }
    match (object.get("const"), object.get("enum"), object.get("type")) {
        (Some(value), None, _) => Some(vec![value.clone()]),
        (None, Some(Value::Array(values)), _) => Some(values.clone()),
        (None, None, Some(name)) if name == "null" => Some(vec![Value::Null]),
        _ => None,
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// An object with enums flattened into it has members of its own beside alternatives that have others. Only the whole can
/// be closed, so each alternative gets everything; hosts that would understand `unevaluatedProperties` are rare.
pub(super) fn distribute(object: &mut Object) {
    let own = ["properties", "required", "additionalProperties", "unevaluatedProperties", "allOf"];
    let unions = ["oneOf", "anyOf"].iter().filter(|keyword| object.contains_key(**keyword)).count();
    let beside = own.iter().any(|keyword| object.contains_key(*keyword)) || unions == 2;
    if object.contains_key("$ref") || !is_composed(object) || !beside {
        return;
    }
    let annotated = |key: &str| ANNOTATIONS.contains(&key);
    let core: Object = object.iter().filter(|(key, _)| !annotated(key)).map(|(key, value)| (key.clone(), value.clone())).collect();
    let mut exclusive = true;
    let Some(mut all) = alternatives(&core, &mut exclusive) else { return };
    for one in &mut all {
        if let Some(rest) = one.shift_remove("unevaluatedProperties") {
            one.insert("additionalProperties".into(), rest);
        }
    }
    object.retain(|key, _| annotated(key));
    if let [only] = all.as_mut_slice() {
        object.append(only);
    } else {
        object.insert(if exclusive { "oneOf" } else { "anyOf" }.into(), all.into_iter().map(Value::from).collect());
    }
}

/// Every way to be this object, each with all its members. `None` where that can't be said in a few plain objects.
fn alternatives(object: &Object, exclusive: &mut bool) -> Option<Vec<Object>> {
    const PLAIN: [&str; 5] = ["type", "properties", "required", "additionalProperties", "unevaluatedProperties"];
    let (mut base, mut unions) = (Object::new(), Vec::new());
    for (key, value) in object {
        match (key.as_str(), value) {
            ("oneOf" | "anyOf", Value::Array(branches)) => {
                *exclusive &= key == "oneOf";
                let mut options = Vec::new();
                for branch in branches {
                    options.extend(alternatives(branch.as_object()?, exclusive)?);
                }
                unions.push(options);
            }
            ("allOf", Value::Array(parts)) => {
                for part in parts {
                    unions.push(alternatives(part.as_object()?, exclusive)?);
                }
            }
            ("type", name) if name != "object" => return None,
            (key, _) if PLAIN.contains(&key) || ANNOTATIONS.contains(&key) => {
                base.insert(key.to_owned(), value.clone());
            }
            _ => return None,
        }
    }
    base.insert("type".into(), "object".into());
    let mut all = vec![base];
    for options in unions {
        if all.len() * options.len() > MOST {
            return None;
        }
        let mut pairs = Vec::new();
        for one in &all {
            for other in &options {
                pairs.push(merged(one, other)?);
            }
        }
        all = pairs;
    }
    Some(all)
}

fn merged(one: &Object, other: &Object) -> Option<Object> {
    let mut all = one.clone();
    for (key, value) in other {
        match (key.as_str(), all.get_mut(key), value) {
            ("properties", Some(Value::Object(mine)), Value::Object(theirs)) => {
                for (name, schema) in theirs {
                    if mine.get(name).is_some_and(|known| known != schema) {
                        return None;
                    }
                    mine.insert(name.clone(), schema.clone());
                }
            }
            ("required", Some(Value::Array(mine)), Value::Array(theirs)) => {
                let new: Vec<Value> = theirs.iter().filter(|name| !mine.contains(name)).cloned().collect();
                mine.extend(new);
            }
            ("additionalProperties" | "unevaluatedProperties", Some(mine), theirs) if mine != theirs => return None,
            _ => {
                all.insert(key.clone(), value.clone());
            }
        }
    }
    all.entry("properties").or_insert_with(|| json!({}));
    Some(all)
}
