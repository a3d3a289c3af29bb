//! What `#[arg(range = …, length = …, pattern = "…")]` adds to a parameter's schema.

use crate::{
    item::{Bound, Rule, Slot},
    pattern::Pattern,
};
use serde_json::{Map, Number, Value};

impl Bound {
    fn number(self) -> Option<Number> {
        match self {
            // Beyond 64 bits JSON numbers are floats.
            #[allow(clippy::cast_precision_loss)]
            Bound::Int(whole) => Number::from_i128(whole).or_else(|| Number::from_f64(whole as f64)),
            Bound::Float(real) => Number::from_f64(real),
        }
    }

    /// `2.0` is written as `2`.
    #[allow(clippy::cast_possible_truncation)]
    fn whole(self) -> Self {
        match self {
            Bound::Float(real) => Bound::Int(real as i128),
            whole @ Bound::Int(_) => whole,
        }
    }

    #[allow(clippy::cast_precision_loss)]
    fn real(self) -> f64 {
        match self {
            Bound::Int(whole) => whole as f64,
            Bound::Float(real) => real,
        }
    }
}

/// Puts the rules of a parameter into its schema. Gives sentences about those that do not fit its type.
pub(super) fn apply(slot: &Slot, schema: &mut Value) -> Vec<String> {
    let mut none = Map::new();
    let schema = schema.as_object_mut().unwrap_or(&mut none);
    slot.rules.iter().filter_map(|rule| apply_one(slot.key, rule, schema).err()).collect()
}

fn apply_one(key: &str, rule: &Rule, schema: &mut Map<String, Value>) -> Result<(), String> {
    let fixed = schema.contains_key("enum");
    let kind = schema.get("type").and_then(Value::as_str).filter(|_| !fixed).unwrap_or_default();
    match (*rule, kind) {
        (Rule::Range { min, max, exclusive }, "integer" | "number") => {
            let whole = kind == "integer";
            range(key, schema, [min, max], exclusive, whole)
        }
        (Rule::Length { min, max }, "string") => length(key, schema, "Length", min, max),
        (Rule::Length { min, max }, "array") => length(key, schema, "Items", min, max),
        (Rule::Length { min, max }, "object") if !schema.contains_key("properties") => length(key, schema, "Properties", min, max),
        (Rule::Pattern(text), "string") => {
            Pattern::new(text).map_err(|why| format!("the pattern `{text}` of `{key}` can't be used: {why}"))?;
            schema.insert("pattern".into(), text.into());
            Ok(())
        }
        (rule, _) => Err(misfit(key, rule, kind, fixed)),
    }
}

fn misfit(key: &str, rule: Rule, kind: &str, fixed: bool) -> String {
    let what = match kind {
        _ if fixed => "one of fixed values",
        "integer" | "number" => "a number",
        "string" => "a string",
        "array" => "an array",
        "boolean" => "a boolean",
        "object" => "an object with members of its own",
        _ => "of several types",
    };
    let (rule, fits, instead) = match (rule, kind) {
        (Rule::Range { .. }, "string" | "array") => ("range", "numbers", "write `length`"),
        (Rule::Range { .. }, _) => ("range", "numbers", "take it away"),
        (Rule::Length { .. }, "integer" | "number") => ("length", "strings, arrays and maps", "write `range`"),
        (Rule::Length { .. }, _) => ("length", "strings, arrays and maps", "take it away"),
        (Rule::Pattern(_), _) => ("pattern", "strings", "take it away"),
    };
    format!("`{rule}` is for {fits}, and `{key}` is {what}; {instead}, or constrain the fields of its type with #[schemars(…)]")
}

fn range(key: &str, schema: &mut Map<String, Value>, ends: [Option<Bound>; 2], exclusive: bool, whole: bool) -> Result<(), String> {
    for bound in ends.into_iter().flatten() {
        if !bound.real().is_finite() {
            return Err(format!("the range of `{key}` ends at {}; leave that end open", bound.real()));
        }
        if whole && matches!(bound, Bound::Float(real) if real.fract() != 0.0) {
            return Err(format!("the range of `{key}` ends at {}, and its type has whole numbers only; write one", bound.real()));
        }
    }
    let [mut min, mut max] = if whole { ends.map(|end| end.map(Bound::whole)) } else { ends };
    let upper = match max {
        // The last number that is in it is easier to read than the first that is not.
        Some(Bound::Int(end)) if exclusive && whole => {
            max = Some(Bound::Int(end.saturating_sub(1)));
            "maximum"
        }
        _ if exclusive => "exclusiveMaximum",
        _ => "maximum",
    };
    let is_empty = |min: f64, max: f64| min > max || (upper == "exclusiveMaximum" && min >= max);
    if let (Some(least), Some(most)) = (min, max)
        && is_empty(least.real(), most.real())
    {
        return Err(format!("the range of `{key}` is empty; write the smaller end first"));
    }
    // What the type can't hold is no part of it.
    let known = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let (least, most) = (known("minimum").unwrap_or(f64::NEG_INFINITY), known("maximum").unwrap_or(f64::INFINITY));
    if max.is_some_and(|max| is_empty(least, max.real())) || min.is_some_and(|min| min.real() > most) {
        return Err(format!("no number in the range of `{key}` fits its type, which goes from {least} to {most}; take another type"));
    }
    min = min.filter(|min| min.real() > least);
    max = max.filter(|max| max.real() <= most);
    for (keyword, bound) in [("minimum", min), (upper, max)] {
        if let Some(number) = bound.and_then(Bound::number) {
            schema.insert(keyword.into(), number.into());
        }
    }
    Ok(())
}

fn length(key: &str, schema: &mut Map<String, Value>, of: &str, min: Option<usize>, max: Option<usize>) -> Result<(), String> {
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        return Err(format!("the length of `{key}` is empty; write the smaller end first"));
    }
    let known = |end: &str| schema.get(&format!("{end}{of}")).and_then(Value::as_u64);
    let (least, most) = (known("min").unwrap_or(0), known("max").unwrap_or(u64::MAX));
    if max.is_some_and(|max| (max as u64) < least) || min.is_some_and(|min| min as u64 > most) {
        return Err(format!("no length in that of `{key}` fits its type, whose length goes from {least} to {most}; take another type"));
    }
    let (min, max) = (min.filter(|min| *min as u64 > least), max.filter(|max| (*max as u64) < most));
    for (end, bound) in [("min", min), ("max", max)] {
        if let Some(bound) = bound {
            schema.insert(format!("{end}{of}"), bound.into());
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
        let instead = "or constrain the fields of its type with #[schemars(…)]";
        refused::<String>(RANGE, &format!("`range` is for numbers, and `it` is a string; write `length`, {instead}"));
        refused::<bool>(RANGE, &format!("`range` is for numbers, and `it` is a boolean; take it away, {instead}"));
        refused::<u8>(LENGTH, &format!("`length` is for strings, arrays and maps, and `it` is a number; write `range`, {instead}"));
        refused::<u8>(&[Rule::Pattern("a")], &format!("`pattern` is for strings, and `it` is a number; take it away, {instead}"));
        refused::<u8>(const { &[range(int(7), int(1), false)] }, "the range of `it` is empty; write the smaller end first");
        refused::<u8>(const { &[range(int(1), int(1), true)] }, "the range of `it` is empty; write the smaller end first");
        refused::<f32>(const { &[range(int(1), int(1), true)] }, "the range of `it` is empty; write the smaller end first");
        refused::<u8>(
            const { &[range(float(0.5), None, false)] },
            "the range of `it` ends at 0.5, and its type has whole numbers only; write one",
        );
        refused::<f64>(const { &[range(float(f64::NAN), None, false)] }, "the range of `it` ends at NaN; leave that end open");
        refused::<u8>(
            const { &[range(int(300), None, false)] },
            "no number in the range of `it` fits its type, which goes from 0 to 255; take another type",
        );
        refused::<Vec<u8>>(&[Rule::Length { min: Some(2), max: Some(1) }], "the length of `it` is empty; write the smaller end first");
        refused::<[u8; 3]>(LENGTH, "no length in that of `it` fits its type, whose length goes from 3 to 3; take another type");
        refused::<String>(&[Rule::Pattern("(a")], "the pattern `(a` of `it` can't be used: a `(` is not closed");
    }
}
