//! What a tool asks that is called from here: a flag answers, or a person at the terminal.

use crate::{
    Error,
    mcp::{CAPABILITIES_KEY, VERSION_KEY},
    revision::{self, Era},
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::io::{BufRead, IsTerminal, Write};

/// Who answers.
pub(super) struct Person {
    /// What was said beforehand.
    given: Option<Map<String, Value>>,
}

/// The answers that a call is made again with.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Round {
    input_responses: Map<String, Value>,
    request_state: Value,
}

/// What a client says that can be asked.
pub(super) fn able() -> [(String, Value); 2] {
    let version = revision::names(Era::Modern).next().unwrap_or_default();
    [(VERSION_KEY.into(), version.into()), (CAPABILITIES_KEY.into(), json!({ "elicitation": { "form": {}, "url": {} } }))]
}

impl Person {
    pub(super) fn of(answer: Option<&str>) -> Result<Self, Error> {
        let given = answer.map(serde_json::from_str).transpose();
        let given =
            given.map_err(|error| Error::tell(format!("`--answer` is no JSON object: {error}; write it like '{{\"sure\": true}}'")))?;
        Ok(Person { given })
    }

    /// The answers to a result that asks for them.
    pub(super) fn answers(&self, result: &Value) -> Result<Option<Round>, Error> {
        if result["resultType"] != "input_required" {
            return Ok(None);
        }
        let requests = result["inputRequests"].as_object().cloned().unwrap_or_default();
        let answer = |(name, request): (String, Value)| Ok((name, self.answer(&request["params"])?));
        let input_responses = requests.into_iter().map(answer).collect::<Result<_, Error>>()?;
        Ok(Some(Round { input_responses, request_state: result["requestState"].clone() }))
    }

    fn answer(&self, params: &Value) -> Result<Value, Error> {
        let message = params["message"].as_str().unwrap_or_default();
        let is_page = params["mode"] == "url";
        if is_page {
            eprintln!("{message}: {}", params["url"].as_str().unwrap_or_default());
        }
        match &self.given {
            _ if is_page => Ok(json!({ "action": "accept" })),
            Some(given) => {
                let has = |name: &str| params["requestedSchema"]["properties"].get(name).is_some();
                let content = given.iter().filter(|(name, _)| has(name)).map(|(name, value)| (name.clone(), value.clone()));
                Ok(json!({ "action": "accept", "content": content.collect::<Map<_, _>>() }))
            }
            None if std::io::stdin().is_terminal() => ask(message, &params["requestedSchema"]),
            None => {
                let fields = params["requestedSchema"]["properties"].as_object().into_iter().flat_map(Map::keys);
                let example: Vec<String> = fields.map(|name| format!("\"{name}\": …")).collect();
                Err(Error::tell(format!(
                    "the tool asks \"{message}\"; answer with `--answer '{{{}}}'`, or call it in a terminal",
                    example.join(", ")
                )))
            }
        }
    }
}

/// Asks who sits at the terminal, line by line. The end of the input closes the question.
fn ask(message: &str, form: &Value) -> Result<Value, Error> {
    eprintln!("{message}");
    let mut content = Map::new();
    for (name, field) in form["properties"].as_object().into_iter().flatten() {
        eprint!("  {}: ", label(name, field));
        std::io::stderr().flush()?;
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line)? == 0 {
            eprintln!();
            return Ok(json!({ "action": "cancel" }));
        }
        // What is left empty is what it is by default.
        if let Some(value) = value(line.trim(), field).or_else(|| field.get("default").cloned()) {
            content.insert(name.clone(), value);
        }
    }
    Ok(json!({ "action": "accept", "content": content }))
}

/// What a person needs to know about a line of the form.
fn label(name: &str, field: &Value) -> String {
    let mut label = field["title"].as_str().unwrap_or(name).to_owned();
    let choices = choices(field).map(|choices| choices.join(", ")).or_else(|| (field["type"] == "boolean").then(|| "yes, no".into()));
    let default =
        field.get("default").map(|default| format!("default {}", default.as_str().map_or_else(|| default.to_string(), str::to_owned)));
    let more: Vec<String> = field["description"].as_str().map(str::to_owned).into_iter().chain(choices).chain(default).collect();
    if !more.is_empty() {
        label += &format!(" ({})", more.join("; "));
    }
    label.chars().filter(|letter| !letter.is_control()).collect()
}

fn choices(field: &Value) -> Option<Vec<String>> {
    let of = if field["type"] == "array" { &field["items"] } else { field };
    let values = of["enum"].as_array().map(|all| all.iter().collect::<Vec<_>>());
    let titled = ["oneOf", "anyOf"].iter().find_map(|keyword| of[*keyword].as_array());
    let values = values.or_else(|| titled.map(|all| all.iter().map(|choice| &choice["const"]).collect()))?;
    Some(values.into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect())
}

/// What was typed, as the field wants it. What it can't be goes as it is, and the tool says so.
fn value(typed: &str, field: &Value) -> Option<Value> {
    if typed.is_empty() {
        return None;
    }
    Some(match field["type"].as_str() {
        Some("boolean") => match typed.to_ascii_lowercase().as_str() {
            "y" | "yes" | "true" => true.into(),
            "n" | "no" | "false" => false.into(),
            _ => typed.into(),
        },
        Some("integer" | "number") => serde_json::from_str(typed).unwrap_or_else(|_| typed.into()),
        Some("array") => typed.split(',').map(|item| Value::from(item.trim())).collect(),
        _ => typed.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Person, label, value};
    use serde_json::{Value, json};

    #[test]
    fn a_line_is_what_its_field_wants() {
        let read = |typed: &str, kind: &str| value(typed, &json!({ "type": kind }));
        assert_eq!(read("Yes", "boolean"), Some(json!(true)));
        assert_eq!(read("perhaps", "boolean"), Some(json!("perhaps")));
        assert_eq!(read("4", "integer"), Some(json!(4)));
        assert_eq!(read("4", "string"), Some(json!("4")));
        assert_eq!(read("a, b", "array"), Some(json!(["a", "b"])));
        assert_eq!(read("", "string"), None);
    }

    #[test]
    fn a_field_says_what_it_takes() {
        let titled = json!({ "type": "string", "oneOf": [{ "const": "a", "title": "A" }, { "const": "b", "title": "B" }], "default": "a" });
        assert_eq!(label("kind", &titled), "kind (a, b; default a)");
        assert_eq!(label("sure", &json!({ "type": "boolean", "description": "For good" })), "sure (For good; yes, no)");
        assert_eq!(label("name", &json!({ "type": "string", "title": "Your\u{1b} name" })), "Your name");
    }

    #[test]
    fn a_flag_answers_each_form_with_its_own_fields() {
        let person = Person::of(Some(r#"{"sure": true, "name": "Ada"}"#)).unwrap();
        let asked = |properties: Value| json!({ "message": "?", "requestedSchema": { "properties": properties } });
        assert_eq!(person.answer(&asked(json!({ "sure": {} }))).unwrap(), json!({ "action": "accept", "content": { "sure": true } }));
        assert!(Person::of(Some("[]")).err().unwrap().to_string().contains("`--answer` is no JSON object"));
    }
}
