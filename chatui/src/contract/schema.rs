//! What is between two schemas. What the difference means depends on who writes the value and who reads it; that is said by
//! the rules.

use super::changes::{Changes, Motion, keys};
use serde_json::{Value, json};
use std::cmp::Ordering;

/// How a keyword is compared.
enum Kind {
    /// The members of an object, with those that it must have.
    Members,
    /// What is only said.
    Words,
    /// The types that fit, one or a list.
    Types,
    /// A list of what fits.
    Choices,
    /// A number: more fits where it is smaller.
    Least,
    /// A number: more fits where it is larger.
    Most,
    /// A schema of what is inside.
    Inside,
    /// Schemas of which one must fit.
    Alternatives,
    /// Schemas by name, which say nothing by themselves.
    Definitions,
    /// Anything else narrows by being there.
    Other,
}

fn kind(keyword: &str) -> Kind {
    match keyword {
        "properties" | "required" => Kind::Members,
        "description" | "title" | "examples" | "default" | "deprecated" | "$comment" => Kind::Words,
        "type" => Kind::Types,
        "enum" => Kind::Choices,
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => Kind::Least,
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => Kind::Most,
        "items" | "additionalProperties" => Kind::Inside,
        "oneOf" | "anyOf" => Kind::Alternatives,
        "$defs" => Kind::Definitions,
        _ => Kind::Other,
    }
}

pub(super) fn compare(changes: &mut Changes, before: &Value, after: &Value) {
    let mut members = false;
    for keyword in keys(before, after) {
        let (one, other) = (before.get(keyword), after.get(keyword));
        match kind(keyword) {
            // Both keywords at once.
            Kind::Members if !members => {
                members = true;
                changes.at("properties", |changes| properties(changes, before, after));
            }
            Kind::Members => {}
            _ if one == other => {}
            kind => changes.at(keyword, |changes| self::keyword(changes, &kind, one, other)),
        }
    }
}

fn keyword(changes: &mut Changes, kind: &Kind, before: Option<&Value>, after: Option<&Value>) {
    if let Kind::Words = kind {
        return changes.note(Motion::Reworded, before, after);
    }
    match (before, after) {
        (Some(one), Some(other)) => match kind {
            Kind::Types => changes.set(&types(one), &types(other), before, after),
            Kind::Choices => changes.set(&listed(one), &listed(other), before, after),
            Kind::Least => bound(changes, one, other, Ordering::Less),
            Kind::Most => bound(changes, one, other, Ordering::Greater),
            Kind::Inside if one.is_object() && other.is_object() => compare(changes, one, other),
            Kind::Inside => {
                let widens = *one == json!(false) || *other == json!(true);
                changes.note(if widens { Motion::Widened } else { Motion::Narrowed }, before, after);
            }
            Kind::Alternatives => alternatives(changes, one, other),
            Kind::Definitions => {
                for name in keys(one, other) {
                    if let (Some(one), Some(other)) = (one.get(name), other.get(name)) {
                        changes.at(name, |changes| compare(changes, one, other));
                    }
                }
            }
            Kind::Members | Kind::Words | Kind::Other => changes.note(Motion::Changed, before, after),
        },
        // What refers to them has changed too.
        _ if matches!(kind, Kind::Definitions) => {}
        (None, _) => changes.note(Motion::Narrowed, None, after),
        (_, None) => changes.note(Motion::Widened, before, None),
    }
}

fn properties(changes: &mut Changes, before: &Value, after: &Value) {
    let must = |schema: &Value, key: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|name| name == key));
    let (none, (one, other)) = (json!({}), (&before["properties"], &after["properties"]));
    let (one, other) = (if one.is_null() { &none } else { one }, if other.is_null() { &none } else { other });
    for key in keys(one, other) {
        let (old, new) = (one.get(key), other.get(key));
        let (was_must, is_must) = (must(before, key), must(after, key));
        changes.at(key, |changes| match (old, new) {
            (None, new) => changes.note(if is_must { Motion::Required } else { Motion::Added }, None, new),
            (old, None) => changes.note(Motion::Removed, old, None),
            (Some(old), Some(new)) => {
                match (was_must, is_must) {
                    (false, true) => changes.note(Motion::Required, Some(old), Some(new)),
                    (true, false) => changes.note(Motion::Optional, Some(old), Some(new)),
                    _ => {}
                }
                compare(changes, old, new);
            }
        });
    }
}

fn listed(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_else(|| vec![value.clone()])
}

/// The names of types; every integer is a number.
fn types(value: &Value) -> Vec<Value> {
    let mut all = listed(value);
    if all.contains(&json!("number")) && !all.contains(&json!("integer")) {
        all.push("integer".into());
    }
    all
}

/// `wider`: how the new bound compares with the old one where more fits than before.
fn bound(changes: &mut Changes, before: &Value, after: &Value, wider: Ordering) {
    let motion = match after.as_f64().partial_cmp(&before.as_f64()) {
        // The same number, written otherwise.
        Some(Ordering::Equal) if after.is_number() => return,
        Some(order) if order == wider => Motion::Widened,
        _ => Motion::Narrowed,
    };
    changes.note(motion, Some(before), Some(after));
}

/// Those that are the same in both are let alone; one that is left over in each is the same one, changed.
fn alternatives(changes: &mut Changes, before: &Value, after: &Value) {
    let left = |of: &Value, other: &Value| -> Vec<(usize, Value)> {
        let others = other.as_array().map(Vec::as_slice).unwrap_or_default();
        of.as_array().into_iter().flatten().cloned().enumerate().filter(|(_, schema)| !others.contains(schema)).collect()
    };
    match (&*left(before, after), &*left(after, before)) {
        ([], []) => {}
        ([(_, one)], [(at, other)]) => changes.at(&at.to_string(), |changes| compare(changes, one, other)),
        ([], _) => changes.note(Motion::Widened, Some(before), Some(after)),
        (_, []) => changes.note(Motion::Narrowed, Some(before), Some(after)),
        _ => changes.note(Motion::Changed, Some(before), Some(after)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::changes::between;
    use serde_json::{Value, json};

    /// What is found between two schemas of an argument.
    fn found(before: Value, after: Value) -> Vec<String> {
        let lock = |schema: Value| json!({ "tools": { "t": { "inputSchema": schema } } });
        let changes = between(&lock(before), &lock(after)).into_iter();
        changes.map(|change| format!("{} {:?}", change.path[3..].join("/"), change.motion)).collect()
    }

    #[test]
    fn what_fits_is_compared() {
        let one = |name: &str| json!({ "const": name });
        let rows = [
            (json!({ "oneOf": [one("a"), one("b")] }), json!({ "oneOf": [one("b"), one("a")] }), vec![]),
            (json!({ "oneOf": [one("a")] }), json!({ "oneOf": [one("a"), one("b")] }), vec!["oneOf Widened"]),
            (json!({ "anyOf": [one("a"), one("b")] }), json!({ "anyOf": [one("b")] }), vec!["anyOf Narrowed"]),
            (json!({ "oneOf": [one("a"), one("b")] }), json!({ "oneOf": [one("a"), one("c")] }), vec!["oneOf/1/const Changed"]),
            (json!({ "oneOf": [one("a"), one("b")] }), json!({ "oneOf": [one("c"), one("d")] }), vec!["oneOf Changed"]),
            (json!({ "type": "integer" }), json!({ "type": ["number", "null"] }), vec!["type Widened"]),
            (json!({ "type": "number" }), json!({ "type": ["integer", "null"] }), vec!["type Changed"]),
            (json!({ "minLength": 1 }), json!({}), vec!["minLength Widened"]),
            (json!({ "minLength": 1 }), json!({ "minLength": 2 }), vec!["minLength Narrowed"]),
            (json!({ "additionalProperties": true }), json!({ "additionalProperties": false }), vec!["additionalProperties Narrowed"]),
            (json!({ "additionalProperties": false }), json!({ "additionalProperties": true }), vec!["additionalProperties Widened"]),
            (
                json!({ "additionalProperties": { "type": "string" } }),
                json!({ "additionalProperties": { "type": "null" } }),
                vec!["additionalProperties/type Changed"],
            ),
            (
                json!({ "$ref": "#/$defs/A", "$defs": { "A": { "maximum": 1 } } }),
                json!({ "$ref": "#/$defs/A", "$defs": { "A": { "maximum": 2 }, "B": {} } }),
                vec!["$defs/A/maximum Widened"],
            ),
            (json!({ "$ref": "#/$defs/A" }), json!({ "$ref": "#/$defs/B" }), vec!["$ref Changed"]),
            (json!({ "properties": { "a": {} } }), json!({ "properties": { "a": {} }, "required": [] }), vec![]),
        ];
        for (before, after, expected) in rows {
            assert_eq!(found(before.clone(), after.clone()), expected, "{before} → {after}");
        }
    }

    #[test]
    fn a_schema_is_one_only_where_it_stands() {
        let lock = |value: Value| json!({ "widgets": { "w": { "csp": { "data": value } } } });
        let changes = between(&lock(json!({ "minimum": 1 })), &lock(json!({ "minimum": 2 })));
        assert_eq!(changes.len(), 1);
        assert_eq!(changes[0].path, ["widgets", "w", "csp", "data", "minimum"]);
    }
}
