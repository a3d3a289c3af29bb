//! Values by the thousand, made from the published schemas: what an input schema allows is taken, what comes back is as the
//! output schema says, and about values that were spoilt our checks and the `jsonschema` crate are of one opinion.

use super::{NAMES, TOOLS, call};
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::{Map, Value, json};

const CASES: u32 = 40;

/// Values that a schema allows. `depth`: how many levels may still be optional.
fn valid(schema: &Value, root: &Value, depth: u32) -> BoxedStrategy<Value> {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.strip_prefix("#/$defs/").unwrap();
        return valid(&root["$defs"][name], root, depth.saturating_sub(1));
    }
    if let Some(values) = schema["enum"].as_array() {
        return prop::sample::select(values.clone()).boxed();
    }
    if let Some(all) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
        // The first alternative of every recursive enum here is the one that ends it.
        let all = if depth == 0 { &all[..1] } else { &all[..] };
        return proptest::strategy::Union::new(all.iter().map(|one| valid(one, root, depth.saturating_sub(1)))).boxed();
    }
    match &schema["type"] {
        Value::String(name) => typed(name, schema, root, depth),
        Value::Array(names) => {
            let names = names.iter().filter_map(Value::as_str);
            proptest::strategy::Union::new(names.map(|name| typed(name, schema, root, depth))).boxed()
        }
        _ => anything(),
    }
}

fn typed(name: &str, schema: &Value, root: &Value, depth: u32) -> BoxedStrategy<Value> {
    match name {
        "null" => Just(Value::Null).boxed(),
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "integer" => {
            let (min, max) = (schema["minimum"].as_i64().unwrap_or(i64::MIN), schema["maximum"].as_i64().unwrap_or(i64::MAX));
            let not = schema["not"]["enum"][0].clone();
            (min..=max).prop_map(Value::from).prop_filter("refused", move |value| *value != not).boxed()
        }
        "number" if !schema["multipleOf"].is_null() => (-9_i32..9).prop_map(|n| Value::from(f64::from(n) * 0.5)).boxed(),
        "number" if !schema["exclusiveMinimum"].is_null() => (0.001..1e9).prop_map(Value::from).boxed(),
        "number" => prop_oneof![(-1e30..1e30).prop_map(Value::from), any::<i32>().prop_map(Value::from)].boxed(),
        "string" => text(schema),
        "array" => array(schema, root, depth),
        "object" => object(schema, root, depth),
        other => panic!("{other}"),
    }
}

fn text(schema: &Value) -> BoxedStrategy<Value> {
    let select = |texts: &[&str]| prop::sample::select(texts.iter().map(|text| Value::from(*text)).collect::<Vec<_>>()).boxed();
    let examples = schema["description"].as_str().unwrap_or_default();
    match schema["format"].as_str() {
        Some("date") => return select(&["2026-08-30", "2024-02-29", "0001-01-01"]),
        Some("date-time") => return select(&["2026-08-30T18:30:00Z", "2026-08-30T18:30:00.125+02:00"]),
        Some("uuid") => return select(&["67e55044-10b1-426f-9247-bb680e5fe0c8"]),
        _ if examples.contains("2026-08-30T18:30:00") => return select(&["2026-08-30T18:30:00"]),
        _ if examples.contains("18:30:00") => return select(&["18:30:00", "00:00:00.5"]),
        _ => {}
    }
    let length = |keyword: &str| schema[keyword].as_u64().and_then(|length| usize::try_from(length).ok());
    let (min, max) = (length("minLength").unwrap_or(0), length("maxLength").unwrap_or(12));
    let capital = !schema["pattern"].is_null();
    vec(any::<char>(), min..=max)
        .prop_map(move |mut letters| {
            if let (true, Some(first)) = (capital, letters.first_mut()) {
                *first = 'A';
            }
            letters.into_iter().collect::<String>().into()
        })
        .boxed()
}

fn array(schema: &Value, root: &Value, depth: u32) -> BoxedStrategy<Value> {
    if let Some(items) = schema["prefixItems"].as_array() {
        return items.iter().map(|item| valid(item, root, depth)).collect::<Vec<_>>().prop_map(Value::from).boxed();
    }
    let length = |keyword: &str, default| schema[keyword].as_u64().map_or(default, |length| usize::try_from(length).unwrap());
    let most = length("maxItems", 3);
    let unique = schema["uniqueItems"] == true;
    let length = length("minItems", 0)..=if depth == 0 { length("minItems", 0) } else { most };
    vec(valid(&schema["items"], root, depth.saturating_sub(1)), length)
        .prop_map(move |mut items| {
            if unique {
                items.sort_by_key(Value::to_string);
                items.dedup();
            }
            items.into()
        })
        .boxed()
}

fn object(schema: &Value, root: &Value, depth: u32) -> BoxedStrategy<Value> {
    let none = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut members = Vec::new();
    for (key, schema) in properties {
        let value = if required.contains(&key.as_str()) {
            valid(schema, root, depth).prop_map(Some).boxed()
        } else if depth == 0 {
            Just(None).boxed()
        } else {
            prop::option::of(valid(schema, root, depth.saturating_sub(1))).boxed()
        };
        let key = key.clone();
        members.push(value.prop_map(move |value| value.map(|value| (key.clone(), value))).boxed());
    }
    let names = match schema["propertyNames"]["pattern"].as_str() {
        Some(pattern) => prop::string::string_regex(&format!("{}[1-9]", if pattern.contains('-') { "-?" } else { "" })).unwrap(),
        None => prop::string::string_regex("x[a-z ]{0,3}").unwrap(),
    };
    let others = match &schema["additionalProperties"] {
        Value::Bool(false) | Value::Null => Just(Vec::new()).boxed(),
        Value::Bool(true) => vec((names, anything()), 0..3).boxed(),
        schema => vec((names, valid(schema, root, depth.saturating_sub(1))), usize::from(root["minProperties"].is_null())..3).boxed(),
    };
    (members, others).prop_map(|(members, others)| Value::Object(members.into_iter().flatten().chain(others).collect())).boxed()
}

fn anything() -> BoxedStrategy<Value> {
    prop::sample::select(vec![
        Value::Null,
        true.into(),
        7.into(),
        (-1).into(),
        300.into(),
        0.into(),
        5_000_000_000_u64.into(),
        u64::MAX.into(),
        0.25.into(),
        "".into(),
        "red".into(),
        "Circle".into(),
        "Fast".into(),
        "a text that is longer than twenty letters".into(),
        json!([]),
        json!([1, "a"]),
        json!({}),
        json!({ "city": "Bern", "nights": 1 }),
        json!({ "kind": "circle", "radius": 1 }),
        json!({ "Circle": 1.5 }),
    ])
    .boxed()
}

/// One place of a value is put out of order: another value, a member less, a member more.
fn spoil(value: &mut Value, place: &mut usize, how: u8, other: &Value) {
    if *place == 0 {
        match (value, how % 4) {
            (Value::Object(members), 0) if !members.is_empty() => drop(members.shift_remove_entry(&members.keys().next().unwrap().clone())),
            (Value::Object(members), 1) => drop(members.insert("other".into(), other.clone())),
            (Value::Array(items), 0) => drop(items.pop()),
            (Value::Array(items), 1) => items.push(items.first().unwrap_or(other).clone()),
            (value, _) => *value = other.clone(),
        }
        *place = usize::MAX;
        return;
    }
    *place -= 1;
    let parts: Vec<&mut Value> = match value {
        Value::Object(members) => members.values_mut().collect(),
        Value::Array(items) => items.iter_mut().collect(),
        _ => Vec::new(),
    };
    for part in parts {
        if *place != usize::MAX {
            spoil(part, place, how, other);
        }
    }
}

fn arguments_of(name: &str) -> (Value, BoxedStrategy<Value>) {
    let schema = TOOLS[name]["inputSchema"].clone();
    let strategy = valid(&schema, &schema, 4);
    (schema, strategy)
}

fn run<T: Strategy>(name: &str, strategy: T, check: impl Fn(T::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    TestRunner::new(config).run(&strategy, check).unwrap_or_else(|error| panic!("{name}: {error}"));
}

#[test]
fn what_the_schema_allows_is_taken_and_answered_as_published() {
    for name in NAMES {
        let (schema, strategy) = arguments_of(name);
        let input = jsonschema::validator_for(&schema).unwrap();
        let output = jsonschema::validator_for(&TOOLS[*name]["outputSchema"]).unwrap();
        run(name, strategy, |arguments| {
            prop_assert!(input.is_valid(&arguments), "the test makes wrong values: {arguments}");
            let answer = call(name, &arguments).map_err(|told| TestCaseError::fail(format!("{arguments} is refused: {told}")))?;
            if let Err(error) = output.validate(&answer) {
                return Err(TestCaseError::fail(format!("{arguments} is answered by {answer}: {error}")));
            }
            Ok(())
        });
    }
}

#[test]
fn our_checks_and_jsonschema_agree() {
    for name in NAMES {
        let (schema, strategy) = arguments_of(name);
        let other = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        let spoilt = (strategy, 1..9_usize, any::<u8>(), anything()).prop_map(|(mut value, mut place, how, other)| {
            spoil(&mut value, &mut place, how, &other);
            value
        });
        run(name, spoilt, |arguments| {
            // Of the arguments as a whole `args.rs` takes care.
            if arguments.get("it").is_none() {
                return Ok(());
            }
            let wrong = chatui::__private::wrong(&schema, arguments.as_object().unwrap(), false).unwrap();
            prop_assert_eq!(other.is_valid(&arguments), wrong.is_empty(), "{}: {:?}", arguments, wrong);
            // What the published schema refuses is refused in words, or was another way of saying it that serde knows.
            if let (false, Err(told)) = (wrong.is_empty(), call(name, &arguments)) {
                prop_assert!(told.starts_with("wrong arguments:\n- `it"), "{}", told);
            }
            Ok(())
        });
    }
}

/// Patterns of the dialect that all engines read alike. (`jsonschema` takes `é` for a letter at `\\b`; JavaScript does not.)
fn pattern() -> BoxedStrategy<String> {
    let atom = prop::sample::select(vec!["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"\W", r"\s", "[a-c1]", r"\.", r"[\d-]", "é"]);
    let leaf = prop_oneof![8 => atom, 1 => prop::sample::select(vec!["^", "$", r"\b", r"\B"])].prop_map(String::from);
    let node = leaf.prop_recursive(4, 24, 4, |inner| {
        let grouped = inner.clone().prop_map(|pattern| format!("(?:{pattern})"));
        let repeat = prop::sample::select(vec!["*", "+", "?", "{2}", "{0,2}", "{1,}", "*?"]);
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(|all| all.concat()),
            vec(inner, 1..3).prop_map(|all| format!("({})", all.join("|"))),
            (grouped, repeat).prop_map(|(pattern, repeat)| format!("{pattern}{repeat}")),
        ]
    });
    node.boxed()
}

#[test]
fn our_patterns_and_regex_agree() {
    let texts = prop::string::string_regex("[abc1. \n-]{0,8}").unwrap();
    let config = Config { cases: 1_000, failure_persistence: None, ..Config::default() };
    let check = |(pattern, text): (String, String)| {
        let schema = json!({ "properties": { "it": { "pattern": &pattern } } });
        let other = jsonschema::validator_for(&json!({ "pattern": &pattern })).unwrap().is_valid(&json!(&text));
        let arguments = Map::from_iter([("it".to_owned(), Value::from(text.as_str()))]);
        let wrong = chatui::__private::wrong(&schema, &arguments, true).unwrap();
        prop_assert_eq!(other, wrong.is_empty(), "{} on {:?}", pattern, text);
        Ok(())
    };
    TestRunner::new(config).run(&(pattern(), texts), check).unwrap_or_else(|error| panic!("{error}"));
}
