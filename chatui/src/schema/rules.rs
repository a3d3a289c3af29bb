//! What `#[arg(range = …, length = …, pattern = "…")]` adds to a parameter's schema.

use crate::item::{Bound, Rule, Slot};
use serde_json::{Map, Number, Value};

impl Bound {
    #[allow(clippy::cast_precision_loss)]
    fn real(self) -> f64 {
        match self {
            Bound::Int(whole) => whole as f64,
            Bound::Float(real) => real,
        }
    }

    #[allow(clippy::cast_possible_truncation)]
    fn number(self, whole: bool) -> Option<Number> {
        let exact = match self {
            Bound::Int(exact) => Some(exact),
            Bound::Float(real) => whole.then_some(real as i128),
        };
        // Beyond 64 bits JSON numbers are floats.
        exact.and_then(Number::from_i128).or_else(|| Number::from_f64(self.real()))
    }
}

/// Puts the rules of a parameter into its schema. Gives sentences about those that do not fit its type.
pub(super) fn apply(slot: &Slot, schema: &mut Value) -> Vec<String> {
    let mut mistakes = Vec::new();
    let Value::Object(schema) = schema else { return mistakes };
    for rule in slot.rules {
        // Fixed values have no use for any of them.
        let kind = schema.get("type").and_then(Value::as_str).filter(|_| !schema.contains_key("enum"));
        let kind = kind.unwrap_or("another").to_owned();
        let (name, keywords, fits) = match (rule, kind.as_str()) {
            (Rule::Range { .. }, "integer" | "number") => ("range", Some(["minimum", "maximum"]), ""),
            (Rule::Range { .. }, _) => ("range", None, "numbers"),
            (Rule::Length { .. }, "string") => ("length", Some(["minLength", "maxLength"]), ""),
            (Rule::Length { .. }, "array") => ("length", Some(["minItems", "maxItems"]), ""),
            (Rule::Length { .. }, "object") if !schema.contains_key("properties") => {
                ("length", Some(["minProperties", "maxProperties"]), "")
            }
            (Rule::Length { .. }, _) => ("length", None, "strings, lists and maps"),
            (Rule::Pattern(text), "string") => {
                schema.insert("pattern".into(), (*text).into());
                continue;
            }
            (Rule::Pattern(_), _) => ("pattern", None, "strings"),
        };
        let key = slot.key;
        match keywords.map(|keywords| tighten(schema, keywords, rule, kind != "number")) {
            Some(Ok(())) => {}
            Some(Err(why)) => mistakes.push(format!("the {name} of `{key}` {why}")),
            None => mistakes.push(format!(
                "`{name}` is for {fits}, and `{key}` is of {kind} type; take it away, or constrain the type's fields with #[schemars(…)]"
            )),
        }
    }
    mistakes
}

/// Moves the ends of a type's own range inwards. The error is what is wrong with the rule's.
fn tighten(schema: &mut Map<String, Value>, keywords: [&str; 2], rule: &Rule, whole: bool) -> Result<(), &'static str> {
    let (ends, exclusive) = match *rule {
        Rule::Range { min, max, exclusive } => ([min, max], exclusive),
        Rule::Length { min, max } => ([min, max].map(|end| end.map(|end| Bound::Int(end as i128))), false),
        Rule::Pattern(_) => return Ok(()),
    };
    if ends.iter().flatten().any(|end| !end.real().is_finite()) {
        return Err("ends at no number; leave that end open");
    }
    if whole && ends.iter().flatten().any(|end| end.real().fract() != 0.0) {
        return Err("ends at a fraction, and its type has whole numbers only; write one");
    }
    let [lower, mut upper] = keywords;
    let [min, mut max] = ends;
    match max {
        // The last number that is in it is easier to read than the first that is not.
        Some(Bound::Int(end)) if exclusive && whole => max = Some(Bound::Int(end.saturating_sub(1))),
        Some(Bound::Float(end)) if exclusive && whole => max = Some(Bound::Float(end - 1.0)),
        _ if exclusive => upper = "exclusiveMaximum",
        _ => {}
    }
    let known = |keyword: &str, else_: f64| schema.get(keyword).and_then(Value::as_f64).unwrap_or(else_);
    let (least, most) = (known(lower, f64::NEG_INFINITY), known(upper, f64::INFINITY));
    let (from, to) = (min.map_or(least, Bound::real), max.map_or(most, Bound::real));
    let open = upper == "exclusiveMaximum";
    if min.is_some() && max.is_some() && (from > to || (open && from == to)) {
        return Err("is empty; write the smaller end first");
    }
    if from > most || to < least {
        return Err("has nothing that fits its type; take another type");
    }
    // What the type can't hold is no part of it.
    for (keyword, end) in [(lower, min.filter(|_| from > least)), (upper, max.filter(|_| to < most))] {
        if let Some(number) = end.and_then(|end| end.number(whole)) {
            schema.insert(keyword.into(), number.into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Bound, Rule};
    use crate::tool::{Input, param};
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    fn published<T: Input>(rules: &'static [Rule]) -> Result<Value, Vec<String>> {
        let slot = const { param::<T>("it", "") }.rules(rules).slot;
        crate::schema::input(&[slot], None).map(|checks| {
            assert!(checks.always);
            checks.schema()["properties"]["it"].clone()
        })
    }

    #[track_caller]
    fn says<T: Input>(rules: &'static [Rule], schema: Value) {
        assert_eq!(published::<T>(rules), Ok(schema));
    }

    #[track_caller]
    fn refused<T: Input>(rules: &'static [Rule], why: &str) {
        assert_eq!(published::<T>(rules), Err(vec![why.to_owned()]));
    }

    const fn range(min: Option<Bound>, max: Option<Bound>, exclusive: bool) -> Rule {
        Rule::Range { min, max, exclusive }
    }

    #[derive(serde::Deserialize, schemars::JsonSchema)]
    enum Answer {
        Yes,
        No,
    }

    const fn int(bound: i128) -> Option<Bound> {
        Some(Bound::Int(bound))
    }

    const fn float(bound: f64) -> Option<Bound> {
        Some(Bound::Float(bound))
    }

    #[test]
    fn a_range_tightens_the_type() {
        says::<u8>(const { &[range(int(1), int(7), false)] }, json!({ "type": "integer", "minimum": 1, "maximum": 7 }));
        says::<Option<i64>>(const { &[range(int(1), int(7), true)] }, json!({ "type": "integer", "minimum": 1, "maximum": 6 }));
        says::<u8>(const { &[range(None, int(7), false)] }, json!({ "type": "integer", "minimum": 0, "maximum": 7 }));
        says::<u8>(const { &[range(int(1), int(1000), false)] }, json!({ "type": "integer", "minimum": 1, "maximum": 255 }));
        says::<i32>(const { &[range(float(2.0), None, false)] }, json!({ "type": "integer", "minimum": 2, "maximum": i32::MAX }));
        says::<f64>(const { &[range(float(0.5), int(7), true)] }, json!({ "type": "number", "minimum": 0.5, "exclusiveMaximum": 7 }));
    }

    #[test]
    fn a_length_is_that_of_texts_lists_and_maps() {
        const LENGTH: &[Rule] = &[Rule::Length { min: Some(1), max: Some(20) }];
        says::<String>(LENGTH, json!({ "type": "string", "minLength": 1, "maxLength": 20 }));
        says::<Option<Vec<bool>>>(LENGTH, json!({ "type": "array", "items": { "type": "boolean" }, "minItems": 1, "maxItems": 20 }));
        says::<BTreeMap<String, bool>>(
            LENGTH,
            json!({ "type": "object", "additionalProperties": { "type": "boolean" }, "minProperties": 1, "maxProperties": 20 }),
        );
        says::<String>(&[Rule::Pattern("^[A-Z]{3}$")], json!({ "type": "string", "pattern": "^[A-Z]{3}$" }));
    }

    #[test]
    fn what_does_not_fit_is_a_mistake_at_start() {
        const RANGE: &[Rule] = &[range(int(1), int(7), false)];
        const LENGTH: &[Rule] = &[Rule::Length { min: None, max: Some(2) }];
        let misfit = |rule, fits, kind| {
            format!("`{rule}` is for {fits}, and `it` is of {kind} type; take it away, or constrain the type's fields with #[schemars(…)]")
        };
        refused::<String>(RANGE, &misfit("range", "numbers", "string"));
        refused::<Option<Answer>>(RANGE, &misfit("range", "numbers", "another"));
        refused::<u8>(LENGTH, &misfit("length", "strings, lists and maps", "integer"));
        refused::<u8>(&[Rule::Pattern("a")], &misfit("pattern", "strings", "integer"));
        refused::<u8>(const { &[range(int(7), int(1), false)] }, "the range of `it` is empty; write the smaller end first");
        refused::<u8>(const { &[range(int(1), int(1), true)] }, "the range of `it` is empty; write the smaller end first");
        refused::<f32>(const { &[range(int(1), int(1), true)] }, "the range of `it` is empty; write the smaller end first");
        refused::<u8>(
            const { &[range(float(0.5), None, false)] },
            "the range of `it` ends at a fraction, and its type has whole numbers only; write one",
        );
        refused::<f64>(const { &[range(float(f64::NAN), None, false)] }, "the range of `it` ends at no number; leave that end open");
        refused::<u8>(const { &[range(int(300), None, false)] }, "the range of `it` has nothing that fits its type; take another type");
        refused::<Vec<u8>>(&[Rule::Length { min: Some(2), max: Some(1) }], "the length of `it` is empty; write the smaller end first");
        refused::<[u8; 3]>(LENGTH, "the length of `it` has nothing that fits its type; take another type");
        refused::<String>(&[Rule::Pattern("(a")], "the pattern `(a` of `it` can't be used: a `(` is not closed");
    }
}
