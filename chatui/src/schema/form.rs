//! A type as a form that a client can draw: the flat object of MCP's elicitation (2026-07-28, client/elicitation).

use super::{Contract, generator, normalise, normalise::Normaliser, object, union};
use crate::validate::Checks;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// A form, and what its answers are held to.
pub(crate) struct Form {
    /// As clients read it.
    pub(crate) schema: Value,
    checks: Checks,
}

/// # Errors
///
/// Why the type is no form, as the end of a sentence.
pub(crate) fn form(schema: fn(&mut SchemaGenerator) -> Schema) -> Result<Form, String> {
    let mut generator = generator(SchemaSettings::draft2020_12().for_deserialize());
    let mut root = object(schema(&mut generator));
    let properties = match root.get("properties").and_then(Value::as_object) {
        Some(properties) if !["oneOf", "anyOf", "allOf"].iter().any(|keyword| root.get(*keyword).is_some()) => properties.clone(),
        _ => return Err("is no struct with fields; ask for a struct with #[data], with a field for each line of the form".into()),
    };
    let mut fields = Object::new();
    for (name, schema) in properties {
        let field = field(schema).map_err(|what| {
            format!("has a field `{name}` that is {what}; a form has texts, numbers, `bool`, enums without data, and lists (`Vec`) of such an enum, each of them optional or not")
        })?;
        fields.insert(name, field);
    }
    let mut form = json!({ "type": "object", "properties": fields });
    if let Some(required) = root.get("required").filter(|required| required.as_array().is_some_and(|names| !names.is_empty())) {
        form["required"] = required.clone();
    }
    Normaliser::new(Contract::Input).normalise(&mut root);
    let checks = Checks::new(root, true).map_err(|mistakes| mistakes.join("; "))?;
    Ok(Form { schema: form, checks })
}

impl Form {
    /// What is wrong with an answer, a line each. `taken`: serde has read it.
    pub(crate) fn wrong(&self, content: &Object, taken: bool) -> Vec<String> {
        let members = |keyword: &str| self.schema.get(keyword);
        let missing = |name: &&Value| name.as_str().is_some_and(|name| content.get(name).is_none_or(Value::is_null));
        let missing = members("required").and_then(Value::as_array).into_iter().flatten().filter(missing);
        let mut wrong: Vec<String> = missing.filter_map(Value::as_str).map(|name| format!("`{name}` is missing")).collect();
        for (name, value) in content.iter().filter(|(_, value)| !value.is_null()) {
            wrong.extend(self.checks.argument(name, &value.to_string(), taken).iter().map(ToString::to_string));
        }
        wrong
    }
}

/// One line of the form, or what the type is that can be none.
fn field(mut schema: Value) -> Result<Value, &'static str> {
    normalise::without_null(&mut schema);
    let Value::Object(schema) = &mut schema else { return Err("anything") };
    for keyword in ["allOf", "anyOf", "oneOf"] {
        union::unwrap(schema, keyword);
    }
    let mut field = kind(schema)?;
    for keyword in ["title", "description", "default"] {
        if let Some(value) = schema.get(keyword).filter(|value| !value.is_null()) {
            field.insert(keyword.into(), value.clone());
        }
    }
    Ok(field.into())
}

fn kind(schema: &Object) -> Result<Object, &'static str> {
    if let Some(choices) = choices(schema) {
        let mut field = Object::from_iter([("type".to_owned(), json!("string"))]);
        field.append(&mut listed(&choices, "oneOf"));
        copy(schema, &mut field, &["enumNames"]);
        return Ok(field);
    }
    let name = schema.get("type").and_then(Value::as_str);
    let mut field: Object = schema.get("type").map(|name| ("type".to_owned(), name.clone())).into_iter().collect();
    match name {
        Some("boolean") => {}
        Some("string") => {
            copy(schema, &mut field, &["minLength", "maxLength", "pattern"]);
            if ["email", "uri", "date", "date-time"].iter().any(|known| schema.get("format").is_some_and(|format| format == known)) {
                copy(schema, &mut field, &["format"]);
            }
        }
        Some("integer" | "number") => {
            copy(schema, &mut field, &["minimum", "maximum"]);
            bounds(schema, &mut field);
        }
        Some("array") => {
            let items = schema.get("items").and_then(Value::as_object).and_then(choices).ok_or("a list of something else than choices")?;
            let mut listed = listed(&items, "anyOf");
            if listed.contains_key("enum") {
                listed.insert("type".into(), "string".into());
            }
            field.insert("items".into(), listed.into());
            copy(schema, &mut field, &["minItems", "maxItems"]);
        }
        Some("object") => return Err("an object of its own"),
        _ => return Err("of several kinds"),
    }
    Ok(field)
}

fn copy(from: &Object, to: &mut Object, keywords: &[&str]) {
    for keyword in keywords {
        if let Some(value) = from.get(*keyword) {
            to.insert((*keyword).to_owned(), value.clone());
        }
    }
}

/// Forms know no open ends, and nothing of Rust's types.
fn bounds(schema: &Object, field: &mut Object) {
    let limits = normalise::limits(schema.get("format").and_then(Value::as_str)).unwrap_or_default();
    for (keyword, open, step, limit) in [("minimum", "exclusiveMinimum", 1, limits[0]), ("maximum", "exclusiveMaximum", -1, limits[1])] {
        let whole = schema.get(open).and_then(Value::as_i64).filter(|_| field["type"] == "integer");
        if let Some(bound) = whole.and_then(|bound| bound.checked_add(step)).or(limit)
            && !field.contains_key(keyword)
        {
            field.insert(keyword.into(), bound.into());
        }
    }
}

/// The texts that a value is one of, each with what people read.
fn choices(schema: &Object) -> Option<Vec<(String, Option<String>)>> {
    let title = || {
        let said = schema.get("title").or_else(|| schema.get("description"))?.as_str()?;
        Some(said.lines().next()?.trim_end_matches('.').to_owned())
    };
    if let Some(value) = schema.get("const") {
        return Some(vec![(value.as_str()?.to_owned(), title())]);
    }
    if let Some(Value::Array(values)) = schema.get("enum") {
        return values.iter().map(|value| Some((value.as_str()?.to_owned(), None))).collect();
    }
    let all = ["oneOf", "anyOf"].iter().find_map(|keyword| schema.get(*keyword)?.as_array())?;
    let each: Option<Vec<_>> = all.iter().map(|choice| choices(choice.as_object()?)).collect();
    each.map(|each| each.concat()).filter(|all| !all.is_empty())
}

/// With titles where one has some.
fn listed(choices: &[(String, Option<String>)], keyword: &str) -> Object {
    if choices.iter().all(|(_, title)| title.is_none()) {
        return Object::from_iter([("enum".to_owned(), choices.iter().map(|(value, _)| value.as_str()).collect())]);
    }
    let each = choices.iter().map(|(value, title)| json!({ "const": value, "title": title.as_ref().unwrap_or(value) }));
    Object::from_iter([(keyword.to_owned(), each.collect())])
}

#[cfg(test)]
mod tests {
    use super::{Form, form};
    use schemars::JsonSchema;
    use serde_json::{Value, json};
    use std::collections::{BTreeSet, HashMap};

    fn of<T: JsonSchema>() -> Result<Form, String> {
        form(|generator| generator.subschema_for::<T>())
    }

    #[derive(JsonSchema)]
    #[schemars(rename_all = "snake_case")]
    #[allow(dead_code)]
    enum Size {
        /// A small one.
        Small,
        Large,
    }

    #[derive(JsonSchema)]
    #[schemars(rename_all = "snake_case")]
    #[allow(dead_code)]
    enum Color {
        Red,
        Blue,
    }

    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct All {
        /// Yours.
        #[schemars(title = "Name", length(min = 1, max = 9))]
        name: String,
        #[schemars(email)]
        mail: Option<String>,
        #[schemars(range(min = 1, max = 6))]
        seats: u8,
        #[schemars(extend("exclusiveMinimum" = 0, "exclusiveMaximum" = 10))]
        between: i64,
        plain: i16,
        real: f64,
        sure: Option<bool>,
        size: Size,
        color: Option<Color>,
        colors: Vec<Color>,
        sizes: BTreeSet<Size>,
    }

    #[test]
    fn every_kind_of_line() {
        let sizes = json!([{ "const": "large", "title": "large" }, { "const": "small", "title": "A small one" }]);
        let form = of::<All>().unwrap().schema;
        assert_eq!(form["required"], json!(["name", "seats", "between", "plain", "real", "size", "colors", "sizes"]));
        let lines = [
            ("name", json!({ "type": "string", "minLength": 1, "maxLength": 9, "title": "Name", "description": "Yours." })),
            ("mail", json!({ "type": "string", "format": "email" })),
            ("seats", json!({ "type": "integer", "minimum": 1, "maximum": 6 })),
            ("between", json!({ "type": "integer", "minimum": 1, "maximum": 9 })),
            ("plain", json!({ "type": "integer", "minimum": -32768, "maximum": 32767 })),
            ("real", json!({ "type": "number" })),
            ("sure", json!({ "type": "boolean" })),
            ("size", json!({ "type": "string", "oneOf": sizes })),
            ("color", json!({ "type": "string", "enum": ["red", "blue"] })),
            ("colors", json!({ "type": "array", "items": { "type": "string", "enum": ["red", "blue"] } })),
            ("sizes", json!({ "type": "array", "items": { "anyOf": sizes } })),
        ];
        for (name, line) in lines {
            assert_eq!(form["properties"][name], line, "{name}");
        }
    }

    #[derive(JsonSchema)]
    #[allow(dead_code)]
    struct With<T> {
        field: T,
    }

    #[test]
    fn what_is_no_form_says_which_field_it_is() {
        let refused = [
            (of::<With<With<u8>>>(), "an object of its own"),
            (of::<With<Vec<String>>>(), "a list of something else than choices"),
            (of::<With<HashMap<String, u8>>>(), "an object of its own"),
            (of::<With<Value>>(), "anything"),
        ];
        for (form, what) in refused {
            let why = form.err().unwrap();
            assert!(why.starts_with(&format!("has a field `field` that is {what}; a form has texts")), "{why}");
        }
        for why in [of::<String>().err(), of::<Color>().err(), of::<Vec<Color>>().err()] {
            assert!(why.unwrap().starts_with("is no struct with fields"));
        }
    }

    #[test]
    fn an_answer_is_held_to_the_form() {
        let form = of::<All>().unwrap();
        let content = json!({ "name": "", "mail": null, "seats": 7, "between": 5, "real": 0.5, "size": "huge", "colors": [], "sizes": [] });
        let wrong = form.wrong(content.as_object().unwrap(), false);
        let about: Vec<&str> = wrong.iter().map(|why| why.split('`').nth(1).unwrap()).collect();
        assert_eq!(about, ["plain", "name", "seats", "size"], "{wrong:?}");
    }
}
