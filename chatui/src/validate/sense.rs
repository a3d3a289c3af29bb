//! Whether a schema can be satisfied as it is published: what a derive puts together, nobody has looked over.

use super::{Checks, Place, Walk, compare};
use serde_json::{Map, Value};
use std::cmp::Ordering;

impl Checks {
    /// Sentences about nested defaults that their own rules refuse, and about bounds that leave nothing. The default of an
    /// argument itself is judged where its type is known.
    pub(crate) fn contradictions(&self) -> Vec<String> {
        let mut said = Vec::new();
        for holder in ["properties", "$defs"] {
            for (key, schema) in self.schema[holder].as_object().into_iter().flatten() {
                let place = Place::Argument(key);
                self.look(schema, &place, holder == "$defs", &mut said);
            }
        }
        said
    }

    fn look(&self, schema: &Value, place: &Place<'_>, nested: bool, said: &mut Vec<String>) {
        let Value::Object(rules) = schema else { return };
        if let (Some(default), true) = (rules.get("default"), nested) {
            let mut walk = Walk { checks: self, taken: true, steps: 10_000, depth: 0, guessing: 0, wrong: Vec::new() };
            walk.check(schema, default, place);
            said.extend(walk.wrong.iter().map(|wrong| format!("the default of {wrong}")));
        }
        for (least, most) in [("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems")] {
            if let Some((least, most)) = crossed(rules, least, most) {
                said.push(format!("`{place}` can have no value: at least {least} and at most {most}; swap them"));
            }
        }
        for (key, schema) in rules.get("properties").and_then(Value::as_object).into_iter().flatten() {
            self.look(schema, &Place::Member(place, key), true, said);
        }
        for keyword in ["items", "additionalProperties"] {
            if let Some(schema) = rules.get(keyword) {
                self.look(schema, &Place::Item(place, 0), true, said);
            }
        }
        for keyword in ["anyOf", "oneOf", "allOf", "prefixItems"] {
            for schema in rules.get(keyword).and_then(Value::as_array).into_iter().flatten() {
                self.look(schema, place, true, said);
            }
        }
    }
}

/// Two bounds of which the lower is above the upper.
fn crossed<'a>(rules: &'a Map<String, Value>, least: &str, most: &str) -> Option<(&'a Value, &'a Value)> {
    let (least, most) = (rules.get(least)?, rules.get(most)?);
    match (least, most) {
        (Value::Number(low), Value::Number(high)) if compare(low, high) == Some(Ordering::Greater) => Some((least, most)),
        _ => None,
    }
}
