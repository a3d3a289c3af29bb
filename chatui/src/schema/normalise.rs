//! One schema, as schemars writes it → as it is published.

use super::{Contract, union};
use crate::validate::has_type;
use serde_json::{Map, Value, json};

pub(super) struct Normaliser {
    contract: Contract,
    /// Whether a schema had a constraint that its Rust type does not have by itself.
    pub(super) constrained: bool,
}

impl Normaliser {
    pub(super) fn new(contract: Contract) -> Self {
        Normaliser { contract, constrained: false }
    }

    /// Takes away what is noise to a model, and closes or opens objects by the contract.
    pub(super) fn normalise(&mut self, schema: &mut Value) {
        self.visit(schema, true);
    }

    /// `whole`: nothing beside this schema describes the same object.
    fn visit(&mut self, schema: &mut Value, whole: bool) {
        let Value::Object(object) = schema else { return };
        union::simplify(object);
        if self.contract == Contract::Input {
            union::distribute(object);
        }
        self.constrained |= is_constrained(object);
        words(object);
        numbers(object, self.contract);
        arrays(object, self.contract);
        maps(object);
        if self.contract == Contract::Input {
            optional_properties(object);
        }
        let composed = is_composed(object);
        let own = object.contains_key("properties");
        for (keyword, part) in parts(object) {
            match (keyword, part) {
                // Of keys there is nothing to say but what serde asks of them.
                ("propertyNames", _) | ("additionalProperties" | "unevaluatedProperties", Value::Bool(_)) => {}
                (_, part @ Value::Bool(true)) => *part = json!({}),
                ("allOf", part) => self.visit(part, false),
                ("oneOf" | "anyOf", part) => self.visit(part, !own),
                (_, part) => self.visit(part, true),
            }
        }
        match self.contract {
            // An object that is put together from parts is closed by none of them.
            Contract::Input if whole && own && !composed => {
                object.entry("additionalProperties").or_insert(false.into());
            }
            Contract::Input => {}
            Contract::Output => {
                open(object);
                // What is answered is there.
                object.shift_remove("default");
            }
        }
        // First, where a reader looks.
        if let Some(description) = object.shift_remove("description") {
            put_first(object, "description", description);
        }
    }
}

pub(super) fn put_first(object: &mut Map<String, Value>, keyword: &str, value: Value) {
    let rest = std::mem::take(object);
    object.insert(keyword.to_owned(), value);
    object.extend(rest);
}

/// The schemas in a schema, with their keywords. Everything else is data, whatever its keys are.
pub(super) fn parts(object: &mut Map<String, Value>) -> Vec<(&str, &mut Value)> {
    let mut parts = Vec::new();
    for (keyword, value) in object.iter_mut() {
        let keyword = keyword.as_str();
        match (keyword, value) {
            ("properties" | "patternProperties" | "dependentSchemas" | "$defs", Value::Object(map)) => {
                parts.extend(map.values_mut().map(|schema| (keyword, schema)));
            }
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(list)) => {
                parts.extend(list.iter_mut().map(|schema| (keyword, schema)));
            }
            (
                "items"
                | "additionalProperties"
                | "unevaluatedProperties"
                | "unevaluatedItems"
                | "propertyNames"
                | "contains"
                | "not"
                | "if"
                | "then"
                | "else",
                schema,
            ) => parts.push((keyword, schema)),
            _ => {}
        }
    }
    parts
}

pub(super) fn is_composed(object: &Map<String, Value>) -> bool {
    ["allOf", "anyOf", "oneOf", "$ref"].iter().any(|keyword| object.contains_key(*keyword))
}

/// "Absent or a string" is an optional string; a model that is offered `null` sends it. What knows nothing but null stays.
pub(super) fn without_null(schema: &mut Value) {
    let Value::Object(object) = schema else { return };
    if let Some(Value::Array(types)) = object.get_mut("type")
        && types.iter().any(|name| name != "null")
    {
        types.retain(|name| name != "null");
        if let [only] = types.as_mut_slice() {
            object["type"] = only.take();
        }
    }
    if let Some(Value::Array(values)) = object.get_mut("enum")
        && values.len() > 1
    {
        values.retain(|value| !value.is_null());
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Value::Array(all)) = object.get_mut(keyword)
            && all.iter().any(|schema| !is_null(schema))
        {
            all.retain(|schema| !is_null(schema));
            all.iter_mut().for_each(without_null);
        }
    }
    if object.get("default").is_some_and(Value::is_null) {
        object.shift_remove("default");
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|name| name == "null") || schema.get("const").is_some_and(Value::is_null)
}

fn optional_properties(object: &mut Map<String, Value>) {
    let required = object.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (_, schema) in properties.iter_mut().filter(|(name, _)| !required.iter().any(|known| known == *name)) {
        without_null(schema);
        if let Some(default) = schema.get_mut("default") {
            without_null_members(default);
        }
    }
}

/// In a default, too, absent says the same.
fn without_null_members(value: &mut Value) {
    if let Value::Object(members) = value {
        members.retain(|_, value| !value.is_null());
        members.values_mut().for_each(without_null_members);
    }
}

fn words(object: &mut Map<String, Value>) {
    for noise in ["$schema", "readOnly", "writeOnly"] {
        object.shift_remove(noise);
    }
    // schemars takes a title from a heading in the docs, or the author wrote it: it is the next best description.
    if let Some(title) = object.shift_remove("title") {
        object.entry("description").or_insert(title);
    }
    if let Some(value) = object.shift_remove("const") {
        // The same to a reader, and known to more hosts.
        object.insert("enum".into(), json!([value]));
    }
    let hint = match object.get("format").and_then(Value::as_str) {
        Some("partial-date-time") => "a date and time without a zone, for example 2026-08-30T18:30:00",
        Some("partial-time") => "a time of day, for example 18:30:00",
        Some("ip") => "an IPv4 or IPv6 address",
        _ => return,
    };
    // These formats are schemars' own; strict validators refuse a format they do not know.
    object.shift_remove("format");
    let description = match object.get("description").and_then(Value::as_str) {
        Some(description) => format!("{description} ({hint})"),
        None => hint.to_owned(),
    };
    object.insert("description".into(), description.into());
}

/// The limits of the Rust type that schemars names in `format`. No bound is published that a JavaScript host reads as another
/// number (beyond 2⁵³): 64 and 128 bits have none, and serde watches over them.
pub(super) fn limits(format: Option<&str>) -> Option<[Option<i64>; 2]> {
    let both = |min: i64, max: i64| Some([Some(min), Some(max)]);
    match format? {
        "int8" => both(i8::MIN.into(), i8::MAX.into()),
        "int16" => both(i16::MIN.into(), i16::MAX.into()),
        "int32" => both(i32::MIN.into(), i32::MAX.into()),
        "uint8" => both(0, u8::MAX.into()),
        "uint16" => both(0, u16::MAX.into()),
        "uint32" => both(0, u32::MAX.into()),
        "uint64" | "uint128" | "uint" => Some([Some(0), None]),
        "int64" | "int128" | "int" | "float" | "double" => Some([None, None]),
        _ => None,
    }
}

/// No validator knows Rust's number types; the bounds of the narrower ones say the same. schemars writes some of them. A model
/// that sends a number needs all, one that reads an answer none.
fn numbers(object: &mut Map<String, Value>, contract: Contract) {
    let Some(limits) = limits(object.get("format").and_then(Value::as_str)) else { return };
    object.shift_remove("format");
    if contract == Contract::Output {
        return;
    }
    for (keyword, other, limit) in [("minimum", "exclusiveMinimum", limits[0]), ("maximum", "exclusiveMaximum", limits[1])] {
        if let (Some(limit), false) = (limit, object.contains_key(other)) {
            object.entry(keyword).or_insert(limit.into());
        }
    }
}

fn arrays(object: &mut Map<String, Value>, contract: Contract) {
    if !has_type(object, "array") {
        return;
    }
    let tuple = object.get("prefixItems").and_then(Value::as_array);
    if let Some([first, rest @ ..]) = tuple.map(Vec::as_slice)
        && rest.iter().all(|item| item == first)
        && is_tuple(object)
    {
        let item = first.clone();
        object.shift_remove("prefixItems");
        object.insert("items".into(), item);
    }
    if contract == Contract::Input {
        // Beside `prefixItems` it says nothing; hosts that do not know those refuse an array without `items`.
        object.entry("items").or_insert_with(|| json!({}));
    }
}

/// Whether the length is that of the items that are listed, no more and no less.
fn is_tuple(object: &Map<String, Value>) -> bool {
    let length = object.get("prefixItems").and_then(Value::as_array).map(Vec::len);
    let is = |keyword| object.get(keyword).and_then(Value::as_u64) == length.map(|length| length as u64);
    length.is_some() && is("minItems") && is("maxItems")
}

/// A map whose keys have a pattern. Hosts that do not know `patternProperties` would allow no key at all.
fn maps(object: &mut Map<String, Value>) {
    let closed = object.get("additionalProperties") == Some(&Value::Bool(false));
    if !closed || object.contains_key("properties") || object.contains_key("propertyNames") {
        return;
    }
    if let Some(Value::Object(patterns)) = object.get_mut("patternProperties")
        && patterns.len() == 1
        && let Some((pattern, schema)) = std::mem::take(patterns).into_iter().next()
    {
        object.shift_remove("patternProperties");
        object.insert("propertyNames".into(), json!({ "pattern": pattern }));
        object.insert("additionalProperties".into(), schema);
    }
}

/// What is published is read by clients that know only this release; the next one may have another member.
fn open(object: &mut Map<String, Value>) {
    for keyword in ["additionalProperties", "unevaluatedProperties"] {
        if object.get(keyword) == Some(&Value::Bool(false)) {
            object.shift_remove(keyword);
        }
    }
}

/// Whether serde alone would take what the schema refuses. Asked while `format` still names the Rust type.
fn is_constrained(object: &Map<String, Value>) -> bool {
    let limits = limits(object.get("format").and_then(Value::as_str)).unwrap_or_default();
    let tuple = is_tuple(object);
    object.iter().any(|(keyword, value)| match keyword.as_str() {
        "minimum" => limits[0].is_none_or(|limit| *value != limit),
        "maximum" => limits[1].is_none_or(|limit| *value != limit),
        "minItems" | "maxItems" => !tuple,
        "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" | "minLength" | "maxLength" | "pattern" | "uniqueItems"
        | "minProperties" | "maxProperties" | "not" => true,
        _ => false,
    })
}
