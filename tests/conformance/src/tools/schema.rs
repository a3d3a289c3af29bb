//! The tool whose input schema uses what JSON Schema 2020-12 has beyond types and bounds.

use chatui::{data, tool};
use serde_json::{Value, json};

/// Tool with JSON Schema 2020-12 features.
#[tool(read_only, schema = dependent)]
fn json_schema_2020_12_tool(
    /// Who is meant.
    name: Option<String>,
    /// Where they live.
    address: Option<Address>,
    /// How they like to be reached.
    #[arg(name = "contactMethod")]
    contact_method: Option<ContactMethod>,
    /// Needed for calls.
    phone: Option<String>,
    /// Needed for letters.
    email: Option<String>,
) -> String {
    let city = address.and_then(|Address { street, city }| city.or(street));
    let reached = match contact_method {
        Some(ContactMethod::Phone) => phone,
        Some(ContactMethod::Email) => email,
        None => phone.or(email),
    };
    let words: Vec<_> = [name, city, reached].into_iter().flatten().collect();
    words.join(", ")
}

/// Which arguments need which others; and the address under a name and an anchor, which a parameter's own schema has not.
fn dependent(schema: &mut Value) {
    let mut address = schema["properties"]["address"].take();
    schema["properties"]["address"] = json!({ "$ref": "#/$defs/address" });
    address["$anchor"] = "addressDef".into();
    let more = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": { "address": address },
        "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
        "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
        "then": { "required": ["phone"] },
        "else": { "required": ["email"] },
    });
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}

#[data]
struct Address {
    street: Option<String>,
    city: Option<String>,
}

#[data]
#[serde(rename_all = "lowercase")]
enum ContactMethod {
    Phone,
    Email,
}
