//! The tool whose input schema uses what JSON Schema 2020-12 has beyond types and bounds.

use chatui::tool;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use std::borrow::Cow;

/// Tool with JSON Schema 2020-12 features.
#[tool(read_only)]
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

#[derive(Deserialize)]
struct Address {
    street: Option<String>,
    city: Option<String>,
}

/// By hand, because a derived schema is inlined and this one must stand in `$defs` under its anchor.
impl JsonSchema for Address {
    fn schema_name() -> Cow<'static, str> {
        "address".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let address = json_schema!({
            "$anchor": "addressDef",
            "type": "object",
            "properties": { "street": { "type": "string" }, "city": { "type": "string" } },
        });
        generator.definitions_mut().insert("address".into(), address.to_value());
        json_schema!({ "$ref": "#/$defs/address" })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum ContactMethod {
    Phone,
    Email,
}
