//! What the app and its Cargo.toml say that a submission asks for.

use super::{FORM, MCP, PLUGIN};
use crate::{
    app::AppFn,
    item::Package,
    server::Server,
    site::ENDPOINT,
    tool::{Audience, Effect, Tool},
};
use serde_json::{Map, Value, json};
use std::env;

/// As many test prompts as the form takes, and at least as many as a review wants.
const POSITIVE: usize = 5;
const NEGATIVE: usize = 3;

/// The longest name and the longest prompt that the directory shows, and how many of those.
const NAME: usize = 30;
const PROMPT: usize = 128;
const PROMPTS: usize = 3;

pub(super) struct Material {
    package: Package,
    url: String,
    description: String,
    tools: Vec<&'static Tool>,
    positive: Vec<(&'static Tool, &'static str)>,
    negative: Vec<&'static str>,
}

impl Material {
    /// # Errors
    ///
    /// One sentence for each thing that is missing.
    pub(super) fn of(server: &Server) -> Result<Self, Vec<String>> {
        let table = &server.table;
        let mut missing = Vec::new();
        let url = table.site.public.as_ref().filter(|public| !public.is_local()).map(|public| format!("{}{ENDPOINT}", public.text));
        if url.is_none() {
            missing.push(
                "it has no public address; say it with `--public-url https://weather.example.com`, PUBLIC_URL or `App::public_url`"
                    .to_owned(),
            );
        }
        if !table.pages().is_empty() && table.site.widget_domain().is_none() {
            missing.push("its widgets have no domain of their own, which ChatGPT draws them under; say it with WIDGET_DOMAIN or `App::widget_domain`".to_owned());
        }
        let description = of_cargo("DESCRIPTION");
        if description.is_none() {
            missing.push(match env::var_os("CARGO_PKG_DESCRIPTION") {
                // Cargo gives what is empty too.
                Some(_) => "Cargo.toml does not describe it; write `description = \"…\"` below `[package]`".to_owned(),
                None => "what Cargo.toml says of it is not known, as it was not started by cargo; run this by `cargo run`".to_owned(),
            });
        }
        let tools: Vec<&Tool> = table.tools().iter().map(|entry| entry.tool).collect();
        let positive = turns(&tools);
        if positive.len() < POSITIVE {
            missing.push(too_few("test prompts", POSITIVE, positive.len(), "`examples = [\"…\"]` in `#[tool]`"));
        }
        let negative: Vec<&str> = not_for(table.package);
        if negative.len() < NEGATIVE {
            missing.push(too_few("negative test prompts", NEGATIVE, negative.len(), "`#[chatui::app(not_for = [\"…\"])]`"));
        }
        match (url, description) {
            (Some(url), Some(description)) if missing.is_empty() => {
                Ok(Material { package: table.package, url, description, tools, positive, negative })
            }
            _ => Err(missing),
        }
    }

    pub(super) fn files(&self) -> Vec<(&'static str, Value)> {
        vec![(PLUGIN, self.plugin()), (MCP, self.mcp()), (FORM, self.form())]
    }

    fn plugin(&self) -> Value {
        let prompts = self.positive.iter().map(|(_, said)| *said).filter(|said| said.chars().count() <= PROMPT);
        let mut interface = json!({ "longDescription": self.description, "defaultPrompt": prompts.take(PROMPTS).collect::<Vec<_>>() });
        if let Some(name) = self.shown() {
            interface["displayName"] = name.into();
        }
        let mut plugin = json!({
            "$schema": "https://agent-plugins.org/schemas/1.0.0/plugin.schema.json",
            "name": self.name(),
            "version": self.package.version,
            "description": self.description,
        });
        for (key, said) in [("homepage", "HOMEPAGE"), ("repository", "REPOSITORY"), ("license", "LICENSE")] {
            if let Some(said) = of_cargo(said) {
                plugin[key] = said.into();
            }
        }
        plugin["extensions"] = json!({ "com.openai": { "interface": interface } });
        plugin
    }

    fn mcp(&self) -> Value {
        json!({
            "$schema": "https://agent-plugins.org/schemas/1.0.0/mcp.schema.json",
            "mcpServers": { self.name(): { "type": "streamable-http", "url": self.url } },
        })
    }

    fn form(&self) -> Value {
        let mut info = json!({ "description": self.description });
        if let Some(name) = self.shown() {
            info["display_name"] = name.into();
        }
        let tools: Map<_, _> = self.tools.iter().map(|tool| (tool.name.to_owned(), hints(tool))).collect();
        let negative = self.negative.iter().take(NEGATIVE);
        let negative = negative.map(|said| test_case("None of the tools is for this.", said, None, "The app is not called."));
        json!({
            "$schema": "https://developers.openai.com/apps-sdk/schemas/chatgpt-app-submission.v1.json",
            "schema_version": 1,
            "app_info": info,
            "tools": tools,
            "test_cases": self.positive.iter().take(POSITIVE).map(|(tool, said)| positive(tool, said)).collect::<Vec<_>>(),
            "negative_test_cases": negative.collect::<Vec<_>>(),
        })
    }

    /// The name for programs, of the letters that Agent Plugins allows.
    fn name(&self) -> String {
        let name = self.package.name.to_ascii_lowercase().replace('_', "-");
        name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    }

    /// The name for people; none where the directory would not show it.
    fn shown(&self) -> Option<String> {
        let words = self.name().replace('-', " ");
        let mut letters = words.chars();
        let name = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>())?;
        (name.chars().count() <= NAME).then_some(name)
    }

    /// What a review will look at, for a last look of the author's own.
    pub(super) fn reviewed(&self, server: &Server) -> Vec<String> {
        let table = &server.table;
        let tools = self.tools.iter().map(|tool| {
            let [reads, world, destroys] = said(tool);
            format!("{}: {reads} {world} {destroys}", tool.name)
        });
        let domain = table.site.widget_domain().unwrap_or_default();
        let widgets = table.pages().iter().map(|page| {
            let csp = page.widget().csp;
            let origins = [("fetches from", csp.connect), ("loads from", csp.resource), ("frames", csp.frame), ("opens", csp.redirect)];
            let origins = origins.into_iter().filter(|(_, origins)| !origins.is_empty());
            let origins: Vec<String> = origins.map(|(what, origins)| format!("{what} {}", origins.join(" and "))).collect();
            let origins = if origins.is_empty() { "reaches no origin but its own".to_owned() } else { origins.join(", ") };
            format!("widget {}: drawn under {domain}, {origins}", page.name())
        });
        std::iter::once(format!("the server: {}, which can't be moved to another host later", self.url))
            .chain(tools)
            .chain(widgets)
            .collect()
    }
}

fn too_few(what: &str, wanted: usize, there: usize, place: &str) -> String {
    format!("{wanted} {what} are wanted, and there are {there}; write what users say into {place}")
}

/// What Cargo.toml says, where cargo runs this.
fn of_cargo(key: &str) -> Option<String> {
    env::var(format!("CARGO_PKG_{key}")).ok().map(|said| said.trim().to_owned()).filter(|said| !said.is_empty())
}

fn not_for(root: Package) -> Vec<&'static str> {
    let apps = inventory::iter::<AppFn>.into_iter().filter(|app| app.package.name == root.name);
    apps.flat_map(|app| app.not_for.iter().copied()).collect()
}

/// The examples of all tools that a model is offered: the first of each, then the second of each, and so on.
fn turns(tools: &[&'static Tool]) -> Vec<(&'static Tool, &'static str)> {
    let offered: Vec<&&Tool> = tools.iter().filter(|tool| tool.audience != Audience::App).collect();
    let longest = offered.iter().map(|tool| tool.examples.len()).max().unwrap_or_default();
    let turn = |at: usize| offered.iter().filter_map(move |tool| Some((**tool, *tool.examples.get(at)?)));
    (0..longest).flat_map(turn).collect()
}

fn hints(tool: &Tool) -> Value {
    let [read_only, open_world, destructive] = said(tool);
    json!({
        "annotations": {
            "readOnlyHint": tool.effect == Effect::ReadOnly,
            "openWorldHint": tool.open_world,
            "destructiveHint": tool.effect == Effect::Destructive,
        },
        "justifications": {
            "read_only_justification": read_only,
            "open_world_justification": open_world,
            "destructive_justification": destructive,
        },
    })
}

/// What the attribute says of the tool, in sentences: whether it only reads, how far it reaches, what it can destroy.
fn said(tool: &Tool) -> [&'static str; 3] {
    let world = match tool.open_world {
        true => "Reaches beyond the user's own data: the web, or other people.",
        false => "Reaches no public place and no other people.",
    };
    match tool.effect {
        Effect::ReadOnly => ["Only retrieves or computes.", world, "Deletes, overwrites and sends nothing."],
        Effect::Writes => ["Changes data.", world, "Deletes, overwrites and sends nothing for good."],
        Effect::Destructive => ["Changes data.", world, "Can delete, overwrite or send for good."],
    }
}

fn positive(tool: &Tool, said: &str) -> Value {
    let answer = match (tool.answer.widget, tool.answer.output) {
        (Some(widget), _) => format!("and its answer drawn by the widget {}", widget.title),
        (None, Some(_)) => "and answers with data".to_owned(),
        (None, None) => "and answers in words".to_owned(),
    };
    test_case(tool.title, said, Some(tool.name), &format!("{} is called {answer}.", tool.name))
}

fn test_case(description: &str, said: &str, tool: Option<&str>, expected: &str) -> Value {
    json!({
        "description": description,
        "user_prompt": said,
        "file_attachment_urls": null,
        "tools_triggered": tool,
        "expected_output": expected,
        "expected_output_url": null,
    })
}
