//! A type with any JSON Schema, as an argument and as an answer: JSON `{"schema": …, "definitions": {…}, "value": …}`, or
//! bytes of which one is made.

use crate::{
    door::{app, post},
    generate,
    time::bounded,
};
use arbitrary::Unstructured;
use chatui::{Json, tool};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::{borrow::Cow, cell::RefCell};

thread_local! {
    /// The schema of [`Any`], and what it refers to.
    static SCHEMA: RefCell<(Value, Map<String, Value>)> = RefCell::default();
}

/// Whatever serde reads.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Any(Value);

impl JsonSchema for Any {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Any".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        SCHEMA.with_borrow(|(schema, definitions)| {
            generator.definitions_mut().extend(definitions.clone());
            Schema::try_from(schema.clone()).unwrap_or_default()
        })
    }
}

/// Gives back what it takes.
#[tool(read_only)]
fn any(it: Any, more: Option<Any>) -> Json<Any> {
    let _ = more;
    Json(it)
}

/// The normaliser makes something of every schema or says why not: a schema again where it was one. What the published one
/// allows is taken, and what is refused is refused with the name of what is wrong.
pub fn run(data: &[u8]) {
    let Some(Case { schema, definitions, value }) = Case::read(data) else { return };
    let valid = is_schema(&schema) && definitions.values().all(is_schema);
    SCHEMA.set((schema, definitions));
    let built = bounded("normaliser", data.len(), || app().only(["any"]).build());
    let server = match built {
        Ok(server) => server,
        Err(mistakes) => return assert!(!mistakes.to_string().is_empty()),
    };
    let listed: Value = serde_json::from_slice(post(&server, message("tools/list", &json!({}))).body()).unwrap();
    let tool = &listed["result"]["tools"][0];
    let (input, output) = (&tool["inputSchema"], &tool["outputSchema"]);
    for published in [input, output] {
        assert!(!valid || is_schema(published), "{published}");
        assert_eq!(published["type"], "object", "{published}");
    }
    let arguments = json!({ "it": value });
    let called = message("tools/call", &json!({ "name": "any", "arguments": arguments }));
    let answer = bounded("validator", data.len(), || post(&server, called));
    let answer: Value = serde_json::from_slice(answer.body()).unwrap();
    let result = &answer["result"];
    if result["isError"] == false {
        return;
    }
    let told = result["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}"));
    assert!(told.starts_with("wrong arguments:\n- `it"), "{told}");
    if let (true, Ok(other)) = (valid, jsonschema::draft202012::new(input)) {
        assert!(!other.is_valid(&arguments), "{input} allows {arguments}, and the tool says {told}");
    }
}

fn message(method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string()
}

fn is_schema(value: &Value) -> bool {
    jsonschema::draft202012::meta::is_valid(value)
}

#[derive(Deserialize)]
struct Case {
    schema: Value,
    #[serde(default)]
    definitions: Map<String, Value>,
    #[serde(default)]
    value: Value,
}

impl Case {
    fn read(data: &[u8]) -> Option<Self> {
        if data.starts_with(b"{") {
            return serde_json::from_slice(data).ok();
        }
        Case::of(&mut Unstructured::new(data)).ok()
    }

    fn of(bytes: &mut Unstructured<'_>) -> arbitrary::Result<Self> {
        let value = generate::value(bytes, 3)?;
        let schema = generate::schema(bytes, 0)?;
        let mut definitions = Map::new();
        for name in generate::DEFINITIONS {
            definitions.insert(name.to_owned(), generate::schema(bytes, 2)?);
        }
        Ok(Case { schema, definitions, value })
    }
}
