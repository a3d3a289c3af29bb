//! A zoo of types, each as a parameter and as an answer: what is published about it (`zoo/*.json`; `UPDATE=1` writes them
//! anew), and what a model hears that sends good and bad values.

#[path = "zoo/answers.rs"]
mod answers;
#[path = "zoo/property.rs"]
mod property;
#[path = "zoo/tools.rs"]
mod tools;
#[path = "zoo/types.rs"]
mod types;

use chatui::{App, Limits, Server};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs, path::Path, sync::LazyLock};
use tools::NAMES;

static SERVER: LazyLock<Server> = LazyLock::new(|| App::new().limits(Limits::default().arguments(4 * 1024 * 1024)).build().unwrap());

static TOOLS: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let mut listed = ask("tools/list", &json!({}));
    let tools = listed["tools"].as_array_mut().unwrap().drain(..);
    tools.map(|tool| (tool["name"].as_str().unwrap().to_owned(), tool)).collect()
});

fn ask(method: &str, params: &Value) -> Value {
    ask_raw(&json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string())
}

/// The text goes as it is: a number in it may be larger than a `Value` holds.
fn ask_raw(message: &str) -> Value {
    let request = http::Request::post("/mcp").header("content-type", "application/json").body(message.to_owned().into()).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let body = runtime.block_on(async { SERVER.handle(request).await.into_body().bytes().await });
    let mut body: Value = serde_json::from_slice(&body).unwrap();
    body["result"].take()
}

fn call(tool: &str, arguments: &Value) -> Result<Value, String> {
    call_raw(tool, &arguments.to_string())
}

/// The structured answer or the text, or what the model is told.
fn call_raw(tool: &str, arguments: &str) -> Result<Value, String> {
    let message = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"{tool}","arguments":{arguments}}}}}"#);
    let mut result = ask_raw(&message);
    match result["isError"].as_bool() {
        Some(false) if result.get("structuredContent").is_none() => Ok(result["content"][0]["text"].take()),
        Some(false) => Ok(result["structuredContent"].take()),
        _ => Err(result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{tool} {arguments}: {result}")).to_owned()),
    }
}

#[test]
fn schemas_are_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("zoo");
    let mut changed = Vec::new();
    for name in NAMES.iter().chain(&["rules"]) {
        let tool = &TOOLS[*name];
        let mut schemas = json!({ "input": tool["inputSchema"] });
        if let Some(output) = tool.get("outputSchema") {
            schemas["output"] = output.clone();
        }
        let text = format!("{}\n", serde_json::to_string_pretty(&schemas).unwrap());
        let file = folder.join(format!("{name}.json"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, text).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != text {
            changed.push(format!("{}:\n{text}", file.display()));
        }
    }
    assert!(changed.is_empty(), "changed; look at each, then run with UPDATE=1:\n{}", changed.join("\n"));
}

/// Calls `visit` with every schema in a schema.
fn each(schema: &Value, visit: &mut dyn FnMut(&serde_json::Map<String, Value>)) {
    let Value::Object(object) = schema else { return };
    visit(object);
    for (keyword, value) in object {
        match (keyword.as_str(), value) {
            ("properties" | "patternProperties" | "$defs", Value::Object(all)) => all.values().for_each(|schema| each(schema, visit)),
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(all)) => all.iter().for_each(|schema| each(schema, visit)),
            ("items" | "additionalProperties" | "propertyNames" | "not", schema) => each(schema, visit),
            _ => {}
        }
    }
}

#[test]
fn every_schema_is_one_that_hosts_take() {
    for (name, tool) in &*TOOLS {
        for schema in [tool.get("inputSchema"), tool.get("outputSchema")].into_iter().flatten() {
            jsonschema::meta::validate(schema).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(schema["type"], "object", "{name}");
            assert!(schema["properties"].is_object(), "{name}");
            each(schema, &mut |part| {
                let noise = ["title", "$schema", "const", "patternProperties", "unevaluatedProperties"];
                assert!(!noise.iter().any(|keyword| part.contains_key(*keyword)), "{name}: {part:?}");
                let formats = ["date", "date-time", "uuid"];
                let known = |format: &Value| formats.iter().any(|known| format == known);
                assert!(part.get("format").is_none_or(known), "{name}: {part:?}");
                if let Some(Value::String(reference)) = part.get("$ref") {
                    let definition = reference.strip_prefix("#/$defs/").unwrap();
                    assert!(definition.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c)), "{name}: {reference}");
                    assert!(schema["$defs"][definition].is_object(), "{name}: {reference}");
                }
            });
        }
        each(&tool["inputSchema"], &mut |part| {
            if part.contains_key("properties") && !part.contains_key("oneOf") && !part.contains_key("anyOf") {
                assert!(part.contains_key("additionalProperties"), "{name}: an open object: {part:?}");
            }
            if part.get("type").is_some_and(|kind| kind == "array") {
                assert!(part["items"].is_object(), "{name}: an array without items: {part:?}");
            }
        });
        each(tool.get("outputSchema").unwrap_or(&Value::Null), &mut |part| {
            assert_ne!(part.get("additionalProperties"), Some(&Value::Bool(false)), "{name}: {part:?}")
        });
    }
}

#[test]
fn an_optional_input_offers_no_null() {
    for (name, tool) in &*TOOLS {
        each(&tool["inputSchema"], &mut |part| {
            let required = part.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
            let optional = part.get("properties").and_then(Value::as_object).into_iter().flatten();
            for (key, schema) in optional.filter(|(key, _)| !required.iter().any(|name| name == *key)) {
                assert!(!schema.to_string().contains("null") || schema.to_string().contains(r#"prefixItems"#), "{name}.{key}: {schema}");
            }
        });
    }
}
