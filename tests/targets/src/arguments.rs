//! Arguments for a type, as in `tests/zoo/calls.txt`: the name of a tool, a space, and what it is sent.

use crate::{
    door::{ZOO, post},
    time::bounded,
    zoo::NAMES,
};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::LazyLock};

struct Schemas {
    input: Validator,
    /// Of what comes back; none for a text.
    output: Option<Validator>,
}

static SCHEMAS: LazyLock<BTreeMap<String, Schemas>> = LazyLock::new(|| {
    let answer = post(&ZOO, json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" }).to_string());
    let answer: Value = serde_json::from_slice(answer.body()).unwrap();
    let validator = |schema: &Value| jsonschema::validator_for(schema).unwrap();
    let schemas = |tool: &Value| Schemas { input: validator(&tool["inputSchema"]), output: tool.get("outputSchema").map(validator) };
    let tools = answer["result"]["tools"].as_array().unwrap().iter();
    tools.map(|tool| (tool["name"].as_str().unwrap().to_owned(), schemas(tool))).collect()
});

/// What is taken comes back as the output schema says, satisfies the input schema too, and is taken again. What is refused is
/// refused with the name of what is wrong, in short.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some((name, arguments)) = text.split_once(' ') else { return };
    let sum: usize = name.bytes().map(usize::from).sum();
    let (name, schemas) = SCHEMAS.get_key_value(name).unwrap_or_else(|| {
        let name = NAMES[sum % NAMES.len()];
        (SCHEMAS.get_key_value(name)).unwrap()
    });
    let Some(answer) = bounded("arguments", data.len(), || call(name, arguments)) else { return };
    match answer {
        Ok(_) if NARROW.contains(&&**name) && !serde_json::from_str(arguments).is_ok_and(|value| is_narrow(&value)) => {}
        Ok(answer) => taken(name, schemas, &answer),
        Err(told) => {
            let known = told.starts_with("wrong arguments:\n- `")
                || told == "wrong arguments: send one JSON object with a member for each argument";
            assert!(known, "{name} {arguments}: {told}");
            assert!(told.len() < 8_000 + 30 * 400, "{name}: {} bytes", told.len());
        }
    }
}

fn taken(name: &str, schemas: &Schemas, answer: &Value) {
    let Some(output) = &schemas.output else { return };
    if let Err(error) = output.validate(answer) {
        panic!("{name} answers {answer}: {error}");
    }
    // What came may have been said in another way that serde knows, as an alias or a list; what comes back is the plain one.
    // Only what is wrapped to be an object stands in `result`.
    let it = answer.get("result").filter(|_| answer.as_object().is_some_and(|all| all.len() == 1)).unwrap_or(answer);
    if ASYMMETRIC.contains(&name) {
        return;
    }
    let mut again = json!({ "it": it });
    if !schemas.input.is_valid(&again) {
        without_null(&mut again);
    }
    if let Err(error) = schemas.input.validate(&again) {
        panic!("{name} took what became {again}: {error}");
    }
    let (mut first, mut second) = (answer.clone(), call(name, &again.to_string()).expect("it is JSON"));
    without_null(&mut first);
    second.iter_mut().for_each(without_null);
    assert!(second.as_ref().is_ok_and(|second| is_same(second, &first)), "{name} {again}: {second:?}");
}

/// Numbers are read fast, and the last digit of a long one may differ.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() || other.is_f64() => {
            let (one, other) = (one.as_f64().unwrap_or_default(), other.as_f64().unwrap_or_default());
            (one - other).abs() <= 1e-14 * one.abs().max(other.abs())
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| is_same(one, other)))
        }
        _ => one == other,
    }
}

/// Types that are not read as they are written, and those whose numbers a [`Value`] can't hold.
const ASYMMETRIC: [&str; 3] = ["skipped", "i128", "u128"];

/// Types with an `f32`, where serde makes zero of a very small number and infinity of a large one, for which JSON has only null.
const NARROW: [&str; 2] = ["f32", "constrained"];

/// Whether an `f32` holds every number.
fn is_narrow(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|wide| (wide as f32).is_finite() && (wide as f32 != 0.0 || wide == 0.0)),
        Value::Array(items) => items.iter().all(is_narrow),
        Value::Object(members) => members.values().all(is_narrow),
        _ => true,
    }
}

/// "Absent" is how an input says what an output may say with null.
fn without_null(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, value| !value.is_null());
            members.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// The structured answer or the text, or what the model is told. `None`: it was no message.
fn call(tool: &str, arguments: &str) -> Option<Result<Value, String>> {
    // A piece that ends the member would be another message.
    serde_json::from_str::<&serde_json::value::RawValue>(arguments).ok()?;
    let message = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"{tool}","arguments":{arguments}}}}}"#);
    let answer = post(&ZOO, message);
    let mut answer: Value = serde_json::from_slice(answer.body()).unwrap_or_else(|error| panic!("{tool} {arguments}: {error}"));
    let mut result = answer["result"].take();
    Some(match result["isError"].as_bool() {
        Some(false) if result.get("structuredContent").is_none() => Ok(result["content"][0]["text"].take()),
        Some(false) => Ok(result["structuredContent"].take()),
        _ => Err(result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{tool} {arguments}: {answer}")).to_owned()),
    })
}
