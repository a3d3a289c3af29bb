//! Rules about what a tool says of itself beside its description: hints, and the keys of `_meta`.

use super::{
    auth::schemes,
    facts::ToolFact,
    rule::{ALL, CHATGPT, DRAWING, Find::Tools, Found, Level, Rule},
    tools::arguments,
};
use serde_json::{Value, json};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C100",
        level: Level::Error,
        hosts: CHATGPT,
        title: "A tool says what it does to the world, in all three hints",
        why: "ChatGPT's review refuses tools that leave one out. Elsewhere the defaults hold, which are the worst: writes, destroys, open world.",
        source: "OAI-SUB, OAI-ERR, MCP-26",
        fix: "set `readOnlyHint`, `destructiveHint` and `openWorldHint`, each to true or false",
        find: Tools(|tool, found| {
            let lacks = |name: &&str| tool.hint(name).is_none();
            let lacking: Vec<&str> = ["readOnlyHint", "destructiveHint", "openWorldHint"].into_iter().filter(lacks).collect();
            if !lacking.is_empty() {
                found.tool(tool, "annotations", format!("it lacks {}", lacking.join(", ")));
            }
        }),
    },
    Rule {
        code: "C101",
        level: Level::Error,
        hosts: ALL,
        title: "The hints do not contradict each other",
        why: "What changes nothing destroys nothing; a host that trusts one of both hints asks too often or too seldom.",
        source: "OAI-GUIDE, MCP-26",
        fix: "mark it either read-only or destructive",
        find: Tools(|tool, found| {
            if tool.hint("readOnlyHint") == Some(true) && tool.hint("destructiveHint") == Some(true) {
                found.tool(tool, "annotations", "it is read-only and destructive");
            }
        }),
    },
    Rule {
        code: "C102",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "The hints fit the name",
        why: "Wrong hints are a frequent reason of refusals: nobody is asked before a tool runs that is said to read only.",
        source: "OAI-REV, OAI-GUIDE",
        fix: "set the hints to what the tool does, or rename it",
        find: Tools(|tool, found| {
            let first = tool.name.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
            if tool.reads() && WRITES.contains(&first.as_str()) {
                found.tool(tool, "annotations.readOnlyHint", format!("it is read-only, and named as if it would {first}"));
            }
        }),
    },
    Rule {
        code: "C103",
        level: Level::Error,
        hosts: DRAWING,
        title: "A tool's visibility is a list of `model` and `app`",
        why: "A host hides a tool from the model, or from widgets, by this list; one that is empty or has other words hides it from everybody.",
        source: "APPS-STABLE",
        fix: "write `[\"model\", \"app\"]`, `[\"model\"]` or `[\"app\"]`",
        find: Tools(|tool, found| {
            let said = &tool.value["_meta"]["ui"]["visibility"];
            let fits = |said: &Vec<Value>| !said.is_empty() && said.iter().all(|one| one == "model" || one == "app");
            if !said.is_null() && !said.as_array().is_some_and(fits) {
                found.tool(tool, "_meta.ui.visibility", format!("it is {said}"));
            }
        }),
    },
    Rule {
        code: "C104",
        level: Level::Error,
        hosts: CHATGPT,
        title: "What is said while a tool runs has 64 characters at most",
        why: "ChatGPT takes no longer texts for `openai/toolInvocation/invoking` and `…/invoked`.",
        source: "OAI-REF",
        fix: "shorten it",
        find: Tools(|tool, found| {
            for key in ["openai/toolInvocation/invoking", "openai/toolInvocation/invoked"] {
                let said = &tool.value["_meta"][key];
                if !said.is_null() && said.as_str().is_none_or(|text| text.chars().count() > 64) {
                    found.tool(tool, &format!("_meta.{key}"), format!("it is {said}"));
                }
            }
        }),
    },
    Rule {
        code: "C105",
        level: Level::Error,
        hosts: CHATGPT,
        title: "A parameter for files has the form that ChatGPT fills",
        why: "The scan at submission refuses any other: an object (or a list of them) of four strings, of which `download_url` and `file_id` are required.",
        source: "OAI-REF, OAI-ERR",
        fix: "declare `download_url`, `file_id`, `mime_type` and `file_name` as strings, with `required: [\"download_url\", \"file_id\"]`",
        find: Tools(files),
    },
    Rule {
        code: "C106",
        level: Level::Error,
        hosts: CHATGPT,
        title: "A profile tool has the form that ChatGPT asks for",
        why: "By a tool with `openai/profile` ChatGPT tells linked accounts apart: it takes nothing, only reads, wants OAuth, and answers with an `id`.",
        source: "OAI-REF",
        fix: "take no arguments, mark it read-only, list `oauth2`, and declare an output schema that requires `id`",
        find: Tools(|tool, found| {
            if tool.value["_meta"]["openai/profile"] != true {
                return;
            }
            let bare = arguments(tool).next().is_none();
            let signed = schemes(tool).is_some_and(|all| all.iter().any(|scheme| scheme["type"] == "oauth2"));
            let output = &tool.value["outputSchema"];
            let has_id = output["properties"]["id"]["type"] == "string"
                && output["required"].as_array().is_some_and(|all| all.iter().any(|name| name == "id"));
            if !(bare && tool.reads() && signed && has_id) {
                found.tool(tool, "_meta.openai/profile", "it is a profile tool, and not of that form");
            }
        }),
    },
    Rule {
        code: "C107",
        level: Level::Warning,
        hosts: DRAWING,
        title: "What describes a widget stands on the widget",
        why: "Hosts ignore a policy on the tool, so that one that stands only there is none; ChatGPT's list of templates stumbles over the display keys.",
        source: "APPS-TYPES, OAI-REF",
        fix: "move it to the `_meta` of the resource's contents",
        find: Tools(|tool, found| {
            let meta = &tool.value["_meta"];
            let standard = ["csp", "permissions", "domain", "prefersBorder"].map(|key| (format!("_meta.ui.{key}"), &meta["ui"][key]));
            let twins = ["CSP", "PrefersBorder", "Description", "Domain"].map(|key| format!("openai/widget{key}"));
            let twins = twins.map(|key| (format!("_meta.{key}"), &meta[key.as_str()]));
            for (path, _) in standard.iter().chain(&twins).filter(|(_, value)| !value.is_null()) {
                found.tool(tool, path, "it stands on the tool");
            }
        }),
    },
    Rule {
        code: "C108",
        level: Level::Warning,
        hosts: ALL,
        title: "Keys of one's own are not MCP's",
        why: "Prefixes whose second label is `modelcontextprotocol` or `mcp` are reserved; what stands there may get another meaning tomorrow.",
        source: "MCP-26",
        fix: "use a prefix of your own domain, turned around: `com.example/key`",
        find: Tools(|tool, found| {
            for key in tool.value["_meta"].as_object().into_iter().flatten().map(|(key, _)| key) {
                let prefix = key.split_once('/').map_or("", |(prefix, _)| prefix);
                if matches!(prefix.split('.').nth(1), Some("modelcontextprotocol" | "mcp")) {
                    found.tool(tool, &format!("_meta.{key}"), "its prefix is reserved");
                }
            }
        }),
    },
    Rule {
        code: "C109",
        level: Level::Warning,
        hosts: ALL,
        title: "An icon is at an address that hosts load",
        why: "They take `https:` and `data:` addresses alone.",
        source: "MCP-26",
        fix: "serve the icon over HTTPS, or write it into a `data:` address",
        find: Tools(|tool, found| {
            for (at, icon) in tool.value["icons"].as_array().into_iter().flatten().enumerate() {
                if !icon["src"].as_str().is_some_and(|src| src.starts_with("https://") || src.starts_with("data:")) {
                    found.tool(tool, &format!("icons[{at}].src"), format!("it is {}", icon["src"]));
                }
            }
        }),
    },
    Rule {
        code: "C110",
        level: Level::Error,
        hosts: ALL,
        title: "An argument that travels as a header can be one",
        why: "Clients of 2026-07-28 leave out the whole tool where `x-mcp-header` is no token, is given twice, or stands on what is no string, whole number or boolean.",
        source: "MCP-26",
        fix: "name it like `Region`, once, on an argument of one of these types; never on a secret",
        find: Tools(headers),
    },
];

/// First words of names that say that something changes, and are no nouns too.
const WRITES: &[&str] = &[
    "add", "buy", "cancel", "create", "delete", "edit", "insert", "publish", "remove", "rename", "send", "submit", "update", "upload",
    "write",
];

fn files(tool: &ToolFact, found: &mut Found) {
    let params = &tool.value["_meta"]["openai/fileParams"];
    for param in params.as_array().into_iter().flatten() {
        let name = param.as_str().unwrap_or_default();
        let schema = &tool.value["inputSchema"]["properties"][name];
        let one = resolved(tool, schema.get("items").unwrap_or(schema));
        let strings = ["download_url", "file_id", "mime_type", "file_name"].iter().all(|key| one["properties"][*key]["type"] == "string");
        let mut required: Vec<&str> = one["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        required.sort_unstable();
        if !strings || required != ["download_url", "file_id"] {
            found.tool(tool, &format!("inputSchema.properties.{name}"), format!("`{name}` is announced as a file, and is none"));
        }
    }
    if !params.is_null() && !params.as_array().is_some_and(|all| all.iter().all(Value::is_string)) {
        found.tool(tool, "_meta.openai/fileParams", "it is no list of names");
    }
}

fn resolved<'a>(tool: &'a ToolFact, schema: &'a Value) -> &'a Value {
    let pointer = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| tool.value["inputSchema"].pointer(pointer)).unwrap_or(schema)
}

fn headers(tool: &ToolFact, found: &mut Found) {
    let mut names: Vec<String> = Vec::new();
    let mut open: Vec<(String, &Value)> = vec![("inputSchema".into(), &tool.value["inputSchema"])];
    while let Some((path, schema)) = open.pop() {
        for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{path}.properties.{key}");
            if let Some(header) = schema.get("x-mcp-header") {
                let name = header.as_str().unwrap_or_default().to_ascii_lowercase();
                let token = http::HeaderName::try_from(name.as_str()).is_ok();
                let typed = [json!("string"), json!("integer"), json!("boolean")].contains(&schema["type"]);
                let secret = ["token", "secret", "password", "authorization", "api-key", "apikey"].iter().any(|word| name.contains(word));
                if !token || !typed || secret || names.contains(&name) {
                    found.tool(tool, &path, format!("`x-mcp-header` is {header}"));
                }
                names.push(name);
            }
            open.push((path, schema));
        }
    }
}
