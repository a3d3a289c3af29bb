//! JSON Schema → TypeScript. It knows what `schema.rs` publishes; what it does not know is `unknown`, and never an error.

use super::shape::{Member, Object, Shape};
use serde_json::{Map, Value};

/// Reads schemas whose references mean these names.
pub(super) struct Reader<'a> {
    pub(super) name: &'a dyn Fn(&str) -> String,
    /// Whether a type holds itself. `Record` can't be told about such a type while it is being made.
    pub(super) is_recursive: &'a dyn Fn(&str) -> bool,
}

pub(super) const PLACE: &str = "#/$defs/";

impl Reader<'_> {
    pub(super) fn shape(&self, schema: &Value) -> Shape {
        let Value::Object(object) = schema else {
            return Shape::word(if *schema == Value::Bool(false) { "never" } else { "unknown" });
        };
        let mut all = Vec::new();
        if let Some(name) = object.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix(PLACE)) {
            all.push(Shape::Word((self.name)(name)));
        }
        all.extend(self.own(object));
        for keyword in ["oneOf", "anyOf"] {
            if let Some(Value::Array(alternatives)) = object.get(keyword) {
                // Beside other members nothing more is nothing more, and not anything.
                let nothing = |schema: &Value| object.contains_key("type") && schema.as_object().is_some_and(Map::is_empty);
                let shape = |schema: &Value| if nothing(schema) { Shape::Object(Object::default()) } else { self.shape(schema) };
                let each = |schema: &Value| (about(schema), shape(schema));
                all.push(Shape::either(alternatives.iter().map(each).collect()));
            }
        }
        for part in object.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            all.push(self.shape(part));
        }
        if all.is_empty() && object.get("not").and_then(Value::as_object).is_some_and(Map::is_empty) {
            return Shape::word("never");
        }
        Shape::both(all)
    }

    /// What is said without the help of other schemas.
    fn own(&self, object: &Map<String, Value>) -> Option<Shape> {
        if let Some(value) = object.get("const") {
            return Some(literal(value));
        }
        if let Some(Value::Array(values)) = object.get("enum") {
            return Some(Shape::either(values.iter().map(|value| (String::new(), literal(value))).collect()));
        }
        let has = |keywords: &[&str]| keywords.iter().any(|keyword| object.contains_key(*keyword));
        let types: Vec<&str> = match object.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ if has(&["properties", "additionalProperties", "patternProperties"]) => vec!["object"],
            _ if has(&["items", "prefixItems"]) => vec!["array"],
            _ => return None,
        };
        let composed = has(&["$ref", "oneOf", "anyOf", "allOf"]);
        let members = object.get("properties").and_then(Value::as_object).is_some_and(|members| !members.is_empty());
        if composed && types == ["object"] && !members && self.rest(object).is_none() {
            return None;
        }
        let each = |name: &str| match name {
            "integer" | "number" => Shape::word("number"),
            "string" | "boolean" | "null" => Shape::word(name),
            "array" => self.list(object),
            "object" => self.object(object),
            _ => Shape::word("unknown"),
        };
        Some(Shape::either(types.into_iter().map(|name| (String::new(), each(name))).collect()))
    }

    fn object(&self, object: &Map<String, Value>) -> Shape {
        let required = object.get("required").and_then(Value::as_array);
        let is_required = |name: &str| required.is_some_and(|required| required.iter().any(|known| known == name));
        let member = |(key, schema): (&String, &Value)| Member {
            docs: docs(schema),
            name: self::key(key),
            optional: !is_required(key),
            shape: self.shape(schema),
        };
        let members: Vec<Member> = object.get("properties").and_then(Value::as_object).into_iter().flatten().map(member).collect();
        match (members.is_empty(), self.rest(object)) {
            (true, Some((true, shape))) => Shape::Object(Object { members, rest: Some(("key", Box::new(shape))) }),
            (true, Some((false, shape))) => Shape::Map(Box::new(shape)),
            (true, None) => {
                let closed = object.get("additionalProperties") == Some(&Value::Bool(false));
                Shape::Map(Box::new(Shape::word(if closed { "never" } else { "unknown" })))
            }
            (false, rest) => Shape::Object(Object { members, rest: rest.map(|(_, shape)| ("key", Box::new(shape))) }),
        }
    }

    /// Members that are not listed, and whether they hold a type that holds itself.
    fn rest(&self, object: &Map<String, Value>) -> Option<(bool, Shape)> {
        let others = ["additionalProperties", "unevaluatedProperties"].iter().filter_map(|keyword| object.get(*keyword));
        let patterns = object.get("patternProperties").and_then(Value::as_object).into_iter().flat_map(Map::values);
        let all: Vec<&Value> = others.chain(patterns).filter(|schema| **schema != Value::Bool(false)).collect();
        let recursive = all.iter().any(|schema| references(schema).iter().any(|name| (self.is_recursive)(name)));
        let shapes = all.iter().map(|schema| (String::new(), self.shape(schema))).collect();
        (!all.is_empty()).then(|| (recursive, Shape::either(shapes)))
    }

    fn list(&self, object: &Map<String, Value>) -> Shape {
        let number = |keyword| object.get(keyword).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
        let (least, most) = (number("minItems").unwrap_or(0), number("maxItems"));
        let item = object.get("items").map_or_else(|| Shape::word("unknown"), |items| self.shape(items));
        if let Some(Value::Array(items)) = object.get("prefixItems") {
            let items: Vec<Shape> = items.iter().map(|item| self.shape(item)).collect();
            let rest = most.is_none_or(|most| most > items.len()) && item != Shape::word("never");
            return Shape::Tuple { least: least.min(items.len()), items, rest: rest.then(|| Box::new(item)) };
        }
        // Tuples of one type are published as lists of a certain length.
        if (1..=LONGEST).contains(&least) && most == Some(least) {
            return Shape::Tuple { items: vec![item; least], least, rest: None };
        }
        Shape::List(Box::new(item))
    }
}

/// A longer list of a certain length is not written out.
const LONGEST: usize = 8;

/// The names that a schema refers to.
pub(super) fn references(schema: &Value) -> Vec<&str> {
    match schema {
        Value::Object(object) => {
            let own = object.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix(PLACE));
            own.into_iter().chain(object.values().flat_map(references)).collect()
        }
        Value::Array(list) => list.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn about(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// What an editor shows of a member.
fn docs(schema: &Value) -> String {
    let mut lines = vec![about(schema)];
    if let Some(format) = schema.get("format").and_then(Value::as_str) {
        lines.push(format!("@format {format}"));
    }
    if let Some(default) = schema.get("default") {
        lines.push(format!("@default {default}"));
    }
    if schema.get("deprecated") == Some(&Value::Bool(true)) {
        lines.push("@deprecated".into());
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// A member's name, in quotes where it is no identifier.
pub(super) fn key(name: &str) -> String {
    let letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '$');
    let plain = name.chars().all(letter) && !name.starts_with(|first: char| first.is_ascii_digit());
    if plain && !name.is_empty() { name.to_owned() } else { quoted(name) }
}

fn literal(value: &Value) -> Shape {
    match value {
        Value::String(text) => Shape::Word(quoted(text)),
        Value::Array(items) => Shape::Tuple { items: items.iter().map(literal).collect(), least: items.len(), rest: None },
        Value::Object(members) => {
            let member =
                |(name, value): (&String, &Value)| Member { docs: String::new(), name: key(name), optional: false, shape: literal(value) };
            Shape::Object(Object { members: members.iter().map(member).collect(), rest: None })
        }
        plain => Shape::Word(plain.to_string()),
    }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => quoted.extend(['\\', letter]),
            // The latter end a line in JavaScript.
            letter if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}') => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('\'');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{Reader, key};
    use crate::cli::shape::alias;
    use serde_json::{Value, json};

    fn written(schema: &Value) -> String {
        let reader = Reader { name: &str::to_owned, is_recursive: &|name| name == "Loop" };
        let text = alias("", "It", &reader.shape(schema));
        text["export type It = ".len()..].trim_end_matches(";\n").to_owned()
    }

    #[test]
    fn what_authors_write_by_hand() {
        for (schema, expected) in [
            (json!(true), "unknown"),
            (json!(false), "never"),
            (json!({}), "unknown"),
            (json!({ "not": {} }), "never"),
            (json!({ "const": { "a-b": [1, null] } }), "{\n  'a-b': [1, null];\n}"),
            (json!({ "enum": ["it's", 1.5, -1, true, null] }), r"'it\'s' | 1.5 | -1 | true | null"),
            (json!({ "type": ["string", "integer", "number", "null"] }), "string | number | null"),
            (json!({ "items": { "type": "string" } }), "string[]"),
            (json!({ "type": "array" }), "unknown[]"),
            (json!({ "type": "array", "items": { "enum": [1, 2] } }), "(1 | 2)[]"),
            (json!({ "prefixItems": [{ "type": "string" }, { "enum": [1, 2] }], "items": false, "minItems": 1 }), "[string, (1 | 2)?]"),
            (json!({ "prefixItems": [{ "type": "null" }], "minItems": 1, "items": { "type": "number" } }), "[null, ...number[]]"),
            (json!({ "patternProperties": { "^a": { "type": "number" } }, "additionalProperties": false }), "Record<string, number>"),
            (json!({ "type": "object", "additionalProperties": { "$ref": "#/$defs/Loop" } }), "{ [key: string]: Loop }"),
            (json!({ "allOf": [{ "$ref": "#/$defs/A" }, { "$ref": "#/$defs/B" }] }), "A & B"),
            (json!({ "anyOf": [{ "type": "string" }, {}] }), "unknown"),
            (json!({ "type": "thing" }), "unknown"),
        ] {
            assert_eq!(written(&schema), expected, "{schema}");
        }
    }

    #[test]
    fn names_that_are_no_identifiers_are_quoted() {
        assert_eq!(["a_1", "$ref", "1a", "", "a-b", "\n'\u{2028}"].map(key), ["a_1", "$ref", "'1a'", "''", "'a-b'", r"'\u000a\'\u2028'"]);
    }
}
