//! Bytes → JSON Schemas, as people and derives might write them, and worse.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];
const NAMES: [&str; 6] = ["a", "b", "kind", "$ref", "type", "a b/%"];
const REFERENCES: [&str; 5] = ["#/$defs/A", "#/$defs/B", "#/$defs/a~1b", "#", "https://x.example/y"];
const FORMATS: [&str; 8] = ["uint8", "int64", "double", "date", "partial-time", "uuid", "ip", "other"];
const PATTERNS: [&str; 5] = ["^a+$", "[0-9]{2}", r"^-?\d+$", "(a|b)*c", "(?=a)"];

/// How deep schemas stand in each other.
const DEEPEST: u32 = 6;

/// The names that definitions have.
pub(crate) const DEFINITIONS: [&str; 3] = ["A", "B", "a/b"];

pub(crate) fn schema(bytes: &mut Unstructured<'_>, depth: u32) -> Result<Value> {
    if depth == DEEPEST || bytes.is_empty() {
        return Ok(json!({ "type": *bytes.choose(&TYPES)? }));
    }
    if bytes.ratio(1, 30)? {
        return Ok(Value::Bool(bytes.arbitrary()?));
    }
    let mut all = Map::new();
    for _ in 0..bytes.int_in_range(0..=5)? {
        let (keyword, value) = keyword(bytes, depth + 1)?;
        all.insert(keyword.to_owned(), value);
    }
    Ok(all.into())
}

fn keyword(bytes: &mut Unstructured<'_>, depth: u32) -> Result<(&'static str, Value)> {
    Ok(match bytes.int_in_range(0..=37)? {
        0..=5 => ("type", kind(bytes)?),
        6 => ("enum", many(bytes, |bytes| value(bytes, 2))?.into()),
        7 => ("const", value(bytes, 2)?),
        8..=10 => ("properties", named(bytes, depth)?),
        11 | 12 => ("required", many(bytes, |bytes| Ok((*bytes.choose(&NAMES)?).into()))?.into()),
        13 => ("additionalProperties", schema(bytes, depth)?),
        14 => ("patternProperties", json!({ *bytes.choose(&PATTERNS)?: schema(bytes, depth)? })),
        15 => ("propertyNames", json!({ "pattern": *bytes.choose(&PATTERNS)? })),
        16 => ("items", schema(bytes, depth)?),
        17 => ("prefixItems", many(bytes, |bytes| schema(bytes, depth))?.into()),
        18 | 19 => ("anyOf", many(bytes, |bytes| schema(bytes, depth))?.into()),
        20 | 21 => ("oneOf", many(bytes, |bytes| schema(bytes, depth))?.into()),
        22 => ("allOf", many(bytes, |bytes| schema(bytes, depth))?.into()),
        // What is refused is told apart exactly only where it is a plain list or a type.
        23 => ("not", if bytes.arbitrary()? { json!({ "enum": [value(bytes, 1)?] }) } else { json!({ "type": *bytes.choose(&TYPES)? }) }),
        24 | 25 => ("$ref", (*bytes.choose(&REFERENCES)?).into()),
        26 => ("format", (*bytes.choose(&FORMATS)?).into()),
        27 => ("pattern", (*bytes.choose(&PATTERNS)?).into()),
        28 => (*bytes.choose(&["minimum", "exclusiveMinimum"])?, number(bytes)?),
        29 => (*bytes.choose(&["maximum", "exclusiveMaximum"])?, number(bytes)?),
        30 => ("multipleOf", (*bytes.choose(&[json!(1), json!(3), json!(0.5)])?).clone()),
        31 => (*bytes.choose(&["minLength", "minItems", "minProperties"])?, bytes.int_in_range(0..=3_u8)?.into()),
        32 => (*bytes.choose(&["maxLength", "maxItems", "maxProperties"])?, bytes.int_in_range(0..=3_u8)?.into()),
        33 => ("default", value(bytes, 2)?),
        34 => (*bytes.choose(&["title", "description", "$schema", "$comment"])?, "words".into()),
        35 => (*bytes.choose(&["uniqueItems", "readOnly", "deprecated"])?, bytes.arbitrary::<bool>()?.into()),
        36 => ("unevaluatedProperties", bytes.arbitrary::<bool>()?.into()),
        // In the place of a schema anything may stand that somebody wrote by hand.
        _ => (*bytes.choose(&["properties", "items", "anyOf", "type", "required", "$ref", "additionalProperties"])?, value(bytes, 2)?),
    })
}

fn kind(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let one = |bytes: &mut Unstructured<'_>| Ok(Value::from(*bytes.choose(&TYPES)?));
    if bytes.ratio(1, 4)? { Ok(many(bytes, one)?.into()) } else { one(bytes) }
}

fn named(bytes: &mut Unstructured<'_>, depth: u32) -> Result<Value> {
    let mut all = Map::new();
    for _ in 0..bytes.int_in_range(0..=3)? {
        all.insert((*bytes.choose(&NAMES)?).to_owned(), schema(bytes, depth)?);
    }
    Ok(all.into())
}

fn many(bytes: &mut Unstructured<'_>, mut one: impl FnMut(&mut Unstructured<'_>) -> Result<Value>) -> Result<Vec<Value>> {
    (0..bytes.int_in_range(1..=3)?).map(|_| one(bytes)).collect()
}

fn number(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let whole: i8 = bytes.arbitrary()?;
    let numbers = [json!(0), json!(whole), json!(f64::from(whole) / 4.0), json!(i64::MAX), json!(u64::MAX), json!(1e300)];
    bytes.choose(&numbers).cloned()
}

/// A value that such a schema may allow.
pub(crate) fn value(bytes: &mut Unstructured<'_>, depth: u32) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=8)? {
        0 => Value::Null,
        1 => bytes.arbitrary::<bool>()?.into(),
        2 | 3 => number(bytes)?,
        4 => (*bytes.choose(&["", "a", "aac", "17", "words", "2026-08-30"])?).into(),
        5 | 6 if depth > 0 => many(bytes, |bytes| value(bytes, depth - 1))?.into(),
        7 | 8 if depth > 0 => {
            let mut all = Map::new();
            for _ in 0..bytes.int_in_range(0..=3)? {
                all.insert((*bytes.choose(&NAMES)?).to_owned(), value(bytes, depth - 1)?);
            }
            all.into()
        }
        _ => json!({}),
    })
}
