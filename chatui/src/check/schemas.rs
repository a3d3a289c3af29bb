//! Rules about schemas: what they may say for every client to understand them.

use super::{
    facts::ToolFact,
    rule::{ALL, CHATGPT, Find::Tools, Found, Level, Rule},
    walk::{Node, nodes, target},
};
use serde_json::Value;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C120",
        level: Level::Error,
        hosts: ALL,
        title: "The arguments are an object",
        why: "A call sends an object; a tool whose schema says anything else, or nothing, is left out or breaks the whole list.",
        source: "MCP-26, MCP-25-11",
        fix: "declare `{\"type\": \"object\", \"properties\": {…}}`; without arguments, with empty `properties`",
        find: Tools(|tool, found| {
            if tool.value["inputSchema"]["type"] != "object" {
                found.tool(tool, "inputSchema", format!("its type is {}", tool.value["inputSchema"]["type"]));
            }
        }),
    },
    Rule {
        code: "C121",
        level: Level::Warning,
        hosts: ALL,
        title: "The arguments are listed at the root",
        why: "Several clients and OpenAI's functions read `properties` of the root alone; alternatives or a `$ref` there leave a tool without arguments.",
        source: "MCP-26, REPORTS",
        fix: "list all arguments in `properties`, and say in the description which go together",
        find: Tools(|tool, found| {
            let root = &tool.value["inputSchema"];
            let keys = ["anyOf", "oneOf", "allOf", "$ref", "not", "enum"].into_iter().find(|key| root.get(*key).is_some());
            if let Some(key) = keys {
                found.tool(tool, &format!("inputSchema.{key}"), format!("the root has `{key}`"));
            } else if root["type"] == "object" && !root["properties"].is_object() {
                found.tool(tool, "inputSchema", "the root has no `properties`");
            }
        }),
    },
    Rule {
        code: "C122",
        level: Level::Warning,
        hosts: ALL,
        title: "Arguments that nobody knows are not invited",
        why: "An object that is not closed invites a model to make up arguments, which then do nothing.",
        source: "MCP-26",
        fix: "set `additionalProperties: false` at the root",
        find: Tools(|tool, found| {
            let root = &tool.value["inputSchema"];
            if root["type"] == "object" && root.get("additionalProperties").is_none() {
                found.tool(tool, "inputSchema", "`additionalProperties` is not set");
            }
        }),
    },
    Rule {
        code: "C123",
        level: Level::Error,
        hosts: ALL,
        title: "A schema is one",
        why: "A keyword with a value of the wrong kind makes the schema invalid, and strict clients then drop the tool, or all of them.",
        source: "MCP-26, CONF",
        fix: "correct it as JSON Schema 2020-12 has it",
        find: Tools(|tool, found| each(tool, found, wrong)),
    },
    Rule {
        code: "C124",
        level: Level::Error,
        hosts: ALL,
        title: "A reference leads somewhere inside",
        why: "Clients fetch nothing for a schema, and MCP forbids that they do.",
        source: "MCP-26",
        fix: "put the definition into `$defs` of the same schema, or better in its place",
        find: Tools(|tool, found| {
            each(tool, found, |node| {
                let reference = node.value["$ref"].as_str().filter(|_| target(node).is_none());
                reference.map(|reference| format!("`{reference}` leads nowhere"))
            });
        }),
    },
    Rule {
        code: "C125",
        level: Level::Warning,
        hosts: ALL,
        title: "What is no circle is written out",
        why: "Several clients do not follow `$ref`, and send an argument of the wrong form or none.",
        source: "PrefectHQ/fastmcp#2808, github/copilot-cli#1876",
        fix: "write the definition in the place of the reference",
        find: Tools(|tool, found| {
            each(tool, found, |node| {
                let reference = node.value["$ref"].as_str().unwrap_or_default();
                let may_be_written_out = target(node).is_some() && !is_circular(node.root, reference);
                may_be_written_out.then(|| format!("it refers to `{reference}`"))
            });
        }),
    },
    Rule {
        code: "C126",
        level: Level::Warning,
        hosts: ALL,
        title: "A format is one that JSON Schema knows",
        why: "`uint32` and its like are refused by some clients and warned about by others.",
        source: "apollographql/apollo-mcp-server#245, GREsau/schemars#208",
        fix: "leave it out, and say the range with `minimum` and `maximum`",
        find: Tools(|tool, found| {
            each(tool, found, |node| {
                let format = node.value["format"].as_str().filter(|format| !FORMATS.contains(format));
                format.map(|format| format!("`{format}` is no format that it knows"))
            });
        }),
    },
    Rule {
        code: "C127",
        level: Level::Warning,
        hosts: ALL,
        title: "An argument that may be left out is not null as well",
        why: "Two ways to say nothing confuse models, and clients that know no union of types refuse the tool.",
        source: "longbridge/longbridge-mcp#61, modelcontextprotocol/rust-sdk#664",
        fix: "leave it out of `required`, and `null` out of its type",
        find: Tools(|tool, found| {
            for (name, schema) in super::tools::arguments(tool) {
                if takes_null(schema) && !tool.required().any(|required| required == name) {
                    found.tool(tool, &format!("inputSchema.properties.{name}"), "it may be left out and may be null");
                }
            }
        }),
    },
    Rule {
        code: "C128",
        level: Level::Warning,
        hosts: ALL,
        title: "The arguments use keywords that every client knows",
        why: "Models and clients understand types, lists, enums, bounds and alternatives. What goes beyond is dropped by some and refused by others.",
        source: "REPORTS",
        fix: "say it with the simpler keywords or in the description, and check it in the tool",
        find: Tools(|tool, found| {
            nodes("inputSchema", &tool.value["inputSchema"], &mut |node, path| {
                for (keyword, _) in node.value.as_object().into_iter().flatten().filter(|(key, _)| RARE.contains(&key.as_str())) {
                    found.tool(tool, path, format!("`{keyword}` is not known everywhere"));
                }
            });
        }),
    },
    Rule {
        code: "C129",
        level: Level::Warning,
        hosts: ALL,
        title: "The keywords are those of 2020-12",
        why: "That is the dialect of MCP; what older drafts and OpenAPI write otherwise is ignored, and with it what it demanded.",
        source: "MCP-26, MCP-25-11",
        fix: "write `$defs`, `prefixItems`, numbers for `exclusiveMinimum` and `exclusiveMaximum`, and a type with null instead of `nullable`",
        find: Tools(|tool, found| {
            each(tool, found, |node| {
                let value = node.value;
                let bounds = ["exclusiveMinimum", "exclusiveMaximum"].into_iter().find(|key| value[*key].is_boolean());
                let list = Some("items").filter(|_| value["items"].is_array());
                let named = ["definitions", "nullable", "dependencies", "additionalItems", "id"]
                    .into_iter()
                    .find(|key| value.get(*key).is_some_and(|found| *key != "id" || found.is_string()));
                bounds.or(list).or(named).map(|keyword| format!("`{keyword}` is of another dialect"))
            });
        }),
    },
    Rule {
        code: "C130",
        level: Level::Warning,
        hosts: ALL,
        title: "A schema names no other dialect",
        why: "A client that checks schemas by `$schema` refuses what it has no validator for; 2020-12 is what all have to know.",
        source: "MCP-25-11, MCP-26",
        fix: "leave `$schema` out, or name `https://json-schema.org/draft/2020-12/schema`",
        find: Tools(|tool, found| {
            for key in ["inputSchema", "outputSchema"] {
                let dialect = tool.value[key]["$schema"].as_str().map(|dialect| dialect.trim_end_matches('#'));
                if let Some(dialect) = dialect.filter(|dialect| *dialect != "https://json-schema.org/draft/2020-12/schema") {
                    found.tool(tool, &format!("{key}.$schema"), format!("it is `{dialect}`"));
                }
            }
        }),
    },
    Rule {
        code: "C131",
        level: Level::Error,
        hosts: ALL,
        title: "The structured answer is an object",
        why: "Up to 2025-11-25 the protocol knows no other, and `window.openai.toolOutput` is one.",
        source: "MCP-25-11, OAI-REF",
        fix: "give the output schema `type: \"object\"`; what is none goes into a member",
        find: Tools(|tool, found| {
            let output = &tool.value["outputSchema"];
            if !output.is_null() && output["type"] != "object" {
                found.tool(tool, "outputSchema", format!("its type is {}", output["type"]));
            }
        }),
    },
    Rule {
        code: "C132",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "A tool with a widget says what it answers",
        why: "ChatGPT asks for an output schema of each tool that has a structured answer; the model reads from it what it gets.",
        source: "OAI-REF, OAI-LOG",
        fix: "declare `outputSchema`",
        find: Tools(|tool, found| {
            if tool.widget().is_some() && tool.value["outputSchema"].is_null() {
                found.tool(tool, "outputSchema", "it has none");
            }
        }),
    },
];

/// Those of JSON Schema 2020-12, and what OpenAPI writes for bytes.
const FORMATS: &[&str] = &[
    "date",
    "time",
    "date-time",
    "duration",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "uri",
    "uri-reference",
    "iri",
    "iri-reference",
    "uuid",
    "uri-template",
    "json-pointer",
    "relative-json-pointer",
    "regex",
    "byte",
];

const RARE: &[&str] = &[
    "$anchor",
    "$dynamicAnchor",
    "$dynamicRef",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "not",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Says what is `wrong` in both schemas of a tool, and where.
fn each<Says: IntoIterator<Item = String>>(tool: &ToolFact, found: &mut Found, wrong: impl Fn(&Node<'_>) -> Says) {
    for key in ["inputSchema", "outputSchema"] {
        nodes(key, &tool.value[key], &mut |node, path| wrong(node).into_iter().for_each(|why| found.tool(tool, path, why)));
    }
}

fn takes_null(schema: &Value) -> bool {
    let named = |kind: &Value| kind == "null" || kind.as_array().is_some_and(|all| all.iter().any(|one| one == "null"));
    let alternatives = ["anyOf", "oneOf"].iter().filter_map(|key| schema[*key].as_array()).flatten();
    named(&schema["type"]) && schema["type"] != "null" || alternatives.into_iter().any(|one| one["type"] == "null")
}

/// Whether what a reference leads to leads back to it. Each reference is followed once, however often it stands there.
fn is_circular(root: &Value, reference: &str) -> bool {
    let target = |reference: &str| reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
    let mut seen: Vec<&str> = Vec::new();
    let mut open: Vec<&Value> = target(reference).into_iter().collect();
    while let Some(schema) = open.pop() {
        match schema {
            Value::Object(members) => {
                if let Some(next) = members.get("$ref").and_then(Value::as_str).filter(|next| !seen.contains(next)) {
                    seen.push(next);
                    open.extend(target(next));
                }
                open.extend(members.values());
            }
            Value::Array(all) => open.extend(all),
            _ => {}
        }
    }
    seen.contains(&reference)
}

/// What is wrong with the keywords of one schema.
fn wrong(Node { value, .. }: &Node<'_>) -> Vec<String> {
    let mut all = Vec::new();
    let Some(rules) = value.as_object() else {
        if !value.is_boolean() {
            all.push(format!("{value} is no schema"));
        }
        return all;
    };
    let named = |kind: &Value| kind.as_str().is_some_and(|name| TYPES.contains(&name));
    for (keyword, value) in rules {
        let fits = match keyword.as_str() {
            "type" => named(value) || value.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(named)),
            "properties" | "$defs" | "patternProperties" => value.is_object(),
            "required" => value.as_array().is_some_and(|all| all.iter().all(Value::is_string)),
            "enum" => value.as_array().is_some_and(|all| !all.is_empty()),
            "anyOf" | "oneOf" | "allOf" | "prefixItems" => value.as_array().is_some_and(|all| !all.is_empty()),
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => value.as_u64().is_some(),
            "minimum" | "maximum" | "multipleOf" => value.is_number(),
            "pattern" | "format" | "title" | "description" | "$ref" => value.is_string(),
            _ => true,
        };
        if !fits {
            let shown: String = value.to_string().chars().take(60).collect();
            all.push(format!("`{keyword}` can't be {shown}"));
        }
    }
    let known = |name: &Value| value["properties"].get(name.as_str().unwrap_or_default()).is_some();
    let closed = value["additionalProperties"] == false && value["patternProperties"].is_null() && value["properties"].is_object();
    if let Some(name) = value["required"].as_array().into_iter().flatten().find(|name| closed && name.is_string() && !known(name)) {
        all.push(format!("{name} is required, and no property"));
    }
    all
}

const TYPES: [&str; 7] = ["object", "array", "string", "number", "integer", "boolean", "null"];

#[cfg(test)]
mod tests {
    use super::is_circular;
    use serde_json::{Map, json};

    #[test]
    fn a_circle_is_found_however_many_ways_there_are() {
        // 2^40 ways from the first to the last.
        let definition = |at: usize| json!({ "properties": { "a": { "$ref": format!("#/$defs/{}", at + 1) }, "b": { "$ref": format!("#/$defs/{}", at + 1) } } });
        let all: Map<_, _> = (0..40).map(|at| (at.to_string(), definition(at))).collect();
        let mut root = json!({ "$defs": all });
        assert!(!is_circular(&root, "#/$defs/0"));
        root["$defs"]["40"] = json!({ "items": { "$ref": "#/$defs/0" } });
        assert!(is_circular(&root, "#/$defs/0") && is_circular(&json!({ "$ref": "#" }), "#") && !is_circular(&root, "#/$defs/x"));
    }
}
