//! Rules about what a model reads first: names, titles and descriptions.

use super::{
    facts::ToolFact,
    rule::{
        ALL, CHATGPT, Client,
        Find::{Tools, Whole},
        Level, Rule,
    },
};
use serde_json::Value;

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "C080",
        level: Level::Error,
        hosts: ALL,
        title: "A tool's name has letters, digits, `_` and `-`, 64 at most",
        why: "MCP allows dots and twice the length, OpenAI and Claude do not: one bad name can cost the whole connector.",
        source: "MCP-26, OAI-REF",
        fix: "rename it to something that fits `^[a-zA-Z0-9_-]{1,64}$`",
        find: Tools(|tool, found| {
            let fits = (1..=64).contains(&tool.name.len())
                && tool.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            if !fits {
                found.tool(tool, "name", format!("`{}` is no name that hosts take", tool.name));
            }
        }),
    },
    Rule {
        code: "C081",
        level: Level::Error,
        hosts: ALL,
        title: "No two tools have one name",
        why: "A call names nothing else. Which of the two answers is chance.",
        source: "MCP-26",
        fix: "rename one",
        find: Whole(|facts, found| {
            for (at, tool) in facts.tools.iter().enumerate() {
                if facts.tools[..at].iter().any(|other| other.name == tool.name) {
                    found.tool(tool, "name", "another tool has this name");
                }
            }
        }),
    },
    Rule {
        code: "C082",
        level: Level::Warning,
        hosts: ALL,
        title: "A tool's name leaves room for a prefix",
        why: "Clients put the server's name before it, and the limit of 64 holds for both together.",
        source: "MCP-26, REPORTS",
        fix: "keep it to 48 characters",
        find: Tools(|tool, found| {
            if (49..=64).contains(&tool.name.len()) {
                found.tool(tool, "name", format!("it has {} characters", tool.name.len()));
            }
        }),
    },
    Rule {
        code: "C083",
        level: Level::Error,
        hosts: ALL,
        title: "A tool has a description",
        why: "It is all that a model knows of the tool; ChatGPT's review refuses tools without.",
        source: "OAI-GUIDE, OAI-PLAN",
        fix: "say when to use it: \"Use this when …\"",
        find: Tools(|tool, found| {
            if about(tool).trim().is_empty() {
                found.tool(tool, "description", "it has none");
            }
        }),
    },
    Rule {
        code: "C084",
        level: Level::Warning,
        hosts: ALL,
        title: "A description says more than the name",
        why: "A model chooses by it. \"Gets items\" does not say for which question.",
        source: "OAI-GUIDE, OAI-PLAN",
        fix: "say in a sentence when to use the tool, and where it helps when not to",
        find: Tools(|tool, found| {
            let words = about(tool).split_whitespace().count();
            if (1..4).contains(&words) {
                found.tool(tool, "description", format!("`{}` is all it says", about(tool).trim()));
            }
        }),
    },
    Rule {
        code: "C085",
        level: Level::Warning,
        hosts: &[Client::Text, Client::ChatGpt],
        title: "A description is read to its end",
        why: "It is sent with every message of a chat; Claude Code cuts it at 2048 characters, and a model loses what matters among what does not.",
        source: "OAI-PLAN, CLAUDE",
        fix: "keep it below 1024 characters; what an argument means belongs to the argument",
        find: Tools(|tool, found| {
            let length = about(tool).chars().count();
            if length > 1024 {
                found.tool(tool, "description", format!("it has {length} characters"));
            }
        }),
    },
    Rule {
        code: "C086",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "Nothing advertises, and nothing speaks against other apps",
        why: "ChatGPT's review refuses names and descriptions that praise the app or steer the model away from others.",
        source: "OAI-GUIDE, OAI-REV",
        fix: "say what the tool does, in neutral words",
        find: Tools(|tool, found| {
            let title = tool.value["title"].as_str().unwrap_or_default();
            let text = format!(" {} {title} {} ", tool.name.replace(['_', '-'], " "), about(tool)).to_lowercase();
            let plain: String = text.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
            let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
            let plain = format!(" {plain} ");
            if let Some(word) = PROMOTION.iter().find(|word| plain.contains(&format!(" {word} "))) {
                found.tool(tool, "description", format!("\"{word}\" advertises"));
            }
        }),
    },
    Rule {
        code: "C087",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "A tool has a title",
        why: "Hosts show it where they ask for permission; without one they show the name, which is made for machines.",
        source: "OAI-REF, MCP-26",
        fix: "set `title`, in the words of a menu",
        find: Tools(|tool, found| {
            let titles = [&tool.value["title"], &tool.value["annotations"]["title"]];
            if !titles.into_iter().any(|title| title.as_str().is_some_and(|title| !title.trim().is_empty())) {
                found.tool(tool, "title", "it has none");
            }
        }),
    },
    Rule {
        code: "C088",
        level: Level::Warning,
        hosts: ALL,
        title: "An argument is described",
        why: "Its name and type do not say what a model is to put there, such as in which form a date is.",
        source: "OAI-PLAN",
        fix: "describe it, with an example where the form matters",
        find: Tools(|tool, found| {
            for (name, schema) in arguments(tool) {
                let described = |schema: &Value| schema["description"].as_str().is_some_and(|text| !text.trim().is_empty());
                let inside = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema[*key].as_array()).flatten().any(described);
                if !described(schema) && !inside && schema["const"].is_null() {
                    found.tool(tool, &format!("inputSchema.properties.{name}"), "it has no description");
                }
            }
        }),
    },
    Rule {
        code: "C089",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "A tool asks only for what it needs",
        why: "The review refuses tools that ask for the conversation or for exactly where somebody is; ChatGPT gives a rough place by itself (`openai/userLocation`).",
        source: "OAI-GUIDE",
        fix: "ask for the one thing that the tool works on",
        find: Tools(|tool, found| {
            for (name, _) in arguments(tool).filter(|(name, _)| PRIVATE.contains(&plain(name).as_str())) {
                found.tool(tool, &format!("inputSchema.properties.{name}"), format!("`{name}` asks for more than a review lets pass"));
            }
        }),
    },
    Rule {
        code: "C090",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "A tool does one thing, not anything",
        why: "The review refuses tools that run whatever a model writes: SQL, shell commands, code, requests.",
        source: "OAI-GUIDE",
        fix: "make a tool for each thing that people want done, and build the statement yourself",
        find: Tools(|tool, found| {
            // A list of what may be run is not anything.
            let open = |schema: &Value| schema["enum"].is_null() && schema["const"].is_null();
            for (name, _) in arguments(tool).filter(|(name, schema)| open(schema) && EXECUTORS.contains(&plain(name).as_str())) {
                found.tool(tool, &format!("inputSchema.properties.{name}"), format!("`{name}` takes anything that can be run"));
            }
        }),
    },
    Rule {
        code: "C091",
        level: Level::Warning,
        hosts: CHATGPT,
        title: "`search` and `fetch` have the form that deep research knows",
        why: "A server that has both is taken for a source of knowledge: `search` takes a `query`, `fetch` an `id`, and both only read.",
        source: "OAI-SRV",
        fix: "take `query` (or `id`) as the one required string and mark the tool read-only, or name it otherwise",
        find: Whole(|facts, found| {
            let named = |name: &str| facts.tools.iter().find(|tool| tool.name == name);
            let (Some(search), Some(fetch)) = (named("search"), named("fetch")) else { return };
            for (tool, argument) in [(search, "query"), (fetch, "id")] {
                let takes = tool.value["inputSchema"]["properties"][argument]["type"] == "string";
                if !takes || tool.required().any(|name| name != argument) || !tool.reads() {
                    found.tool(tool, "inputSchema", format!("it is no read-only tool of one string `{argument}`"));
                }
            }
        }),
    },
];

fn about(tool: &ToolFact) -> &str {
    tool.value["description"].as_str().unwrap_or_default()
}

pub(super) fn arguments(tool: &ToolFact) -> impl Iterator<Item = (&String, &Value)> {
    tool.value["inputSchema"]["properties"].as_object().into_iter().flatten()
}

fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// Whole words.
const PROMOTION: &[&str] = &[
    "amazing",
    "award winning",
    "best in class",
    "better than other",
    "cutting edge",
    "do not use other",
    "don t use other",
    "instead of any other",
    "instead of other",
    "leading provider",
    "market leading",
    "most powerful",
    "never use other",
    "number one",
    "prefer this over",
    "prefer this tool over",
    "revolutionary",
    "rather than other",
    "state of the art",
    "the leading",
    "the only tool you need",
    "unbeatable",
    "world class",
    "world s best",
    "world leading",
];

/// Without case and punctuation.
const PRIVATE: &[&str] = &[
    "chathistory",
    "conversation",
    "conversationhistory",
    "chattranscript",
    "fullconversation",
    "gps",
    "gpscoordinates",
    "messagehistory",
    "useraddress",
    "userlatitude",
    "userlongitude",
    "userlocation",
];

const EXECUTORS: &[&str] =
    &["bash", "command", "commandline", "javascript", "jscode", "pythoncode", "shell", "shellcommand", "sql", "sqlquery", "sourcecode"];
