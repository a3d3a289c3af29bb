//! What `list` shows.

use crate::{
    access::Access,
    entry::Entry,
    ink::Ink,
    item::Slot,
    prompt::Prompt,
    resource::Resource,
    server::Server,
    tool::{Audience, Effect, Tool},
    widget::{Finding, Page},
};
use serde_json::{Value, json};

/// All that there is, for a person.
pub(super) fn text(server: &Server) -> String {
    let table = &server.table;
    let ink = Ink::of(&std::io::stdout());
    let mut text = String::new();
    let mut section = |title: &str, entries: Vec<String>| {
        if !entries.is_empty() {
            text.push_str(&format!("{title}\n{}", entries.concat()));
        }
    };
    section("tools", table.tools().iter().map(|entry| tool(server, entry, &ink)).collect());
    section("widgets", table.pages().iter().map(|page| widget(page, &ink)).collect());
    section("resources", table.resources().iter().map(|entry| resource(server, entry.resource, &ink)).collect());
    section("prompts", table.prompts().iter().map(|entry| prompt(server, entry.prompt, &ink)).collect());
    text
}

/// The widgets for a program, with what a person sees of them and the protocol does not say: the size of the document in
/// bytes, and the findings.
pub(super) fn widgets(server: &Server) -> Value {
    let finding = |Finding { code, message }: &Finding| json!({ "code": code, "message": message });
    let widget = |page: &Page| {
        let findings: Vec<Value> = page.noted().iter().map(finding).collect();
        json!({ "name": page.name(), "uri": page.uri(), "size": page.size(), "findings": findings })
    };
    server.table.pages().iter().map(widget).collect()
}

fn tool(server: &Server, entry: &Entry, Ink { strong, dim, end, .. }: &Ink) -> String {
    let Tool { name, about, params, package, .. } = entry.tool;
    let required = entry.input.schema()["required"].as_array();
    let is_required = |key: &str| required.is_some_and(|required| required.iter().any(|name| name == key));
    let arguments = params.iter().map(|slot| format!("{}{}", slot.key, if is_required(slot.key) { "" } else { "?" }));
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let page = entry.page(server.table.pages()).map_or_else(String::new, |page| format!(" → {}", page.name()));
    let from = if package.name == server.table.package.name { String::new() } else { format!(", from {}", package.name) };
    let about = about.lines().next().unwrap_or_default();
    format!(
        "  {strong}{name}{end}({arguments}){page}\n      {dim}{}{}{from}{end}\n      {about}\n",
        hints(entry.tool),
        signs_in(server, entry.tool.access)
    )
}

/// Whom it asks to sign in, where anybody can.
fn signs_in(server: &Server, access: Access) -> String {
    let Some(guard) = &server.table.guard else { return String::new() };
    let scopes = guard.scopes(access).join(" ");
    let scopes = if scopes.is_empty() { scopes } else { format!(" ({scopes})") };
    match access {
        Access::Anyone => ", for anybody".into(),
        Access::Optional(_) => format!(", for anybody, and more for who is signed in{scopes}"),
        Access::Unsaid | Access::Signed(_) => format!(", for who is signed in{scopes}"),
    }
}

fn hints(tool: &Tool) -> String {
    let effect = match tool.effect {
        Effect::ReadOnly => "reads",
        Effect::Writes => "writes",
        Effect::Destructive => "destroys",
    };
    let audience = match tool.audience {
        Audience::Both => None,
        Audience::App => Some("for widgets only"),
        Audience::Model => Some("for the model only"),
    };
    let flags = [
        (tool.open_world, "open world"),
        (tool.idempotent, "idempotent"),
        (tool.blocking, "blocking"),
        (tool.asks.is_some(), "asks its user"),
    ];
    let flags = flags.into_iter().filter(|(given, _)| *given).map(|(_, word)| word);
    [effect].into_iter().chain(flags).chain(audience).collect::<Vec<_>>().join(", ")
}

#[expect(clippy::cast_precision_loss, reason = "a tenth of a kilobyte is precise enough")]
fn widget(page: &Page, Ink { strong, dim, end, .. }: &Ink) -> String {
    let size = page.size() as f64 / 1024.0;
    let findings = page.findings().map(|finding| format!("      {strong}warning{end}: {finding}\n"));
    let findings: String = findings.collect();
    format!("  {strong}{}{end} ({size:.1} KB)\n      {dim}{}{end}\n      {}\n{findings}", page.name(), page.uri(), page.description())
}

fn resource(server: &Server, resource: &Resource, Ink { strong, dim, end, .. }: &Ink) -> String {
    let Resource { uri, mime, about, package, .. } = resource;
    let from = if package.name == server.table.package.name { String::new() } else { format!(", from {}", package.name) };
    let about = about.lines().next().unwrap_or_default();
    let signs_in = signs_in(server, resource.access);
    let asks = if resource.asks.is_some() { ", asks its user" } else { "" };
    format!("  {strong}{uri}{end}\n      {dim}{mime}{asks}{signs_in}{from}{end}\n      {about}\n")
}

fn prompt(server: &Server, prompt: &Prompt, Ink { strong, dim, end, .. }: &Ink) -> String {
    let Prompt { name, title, about, params, package, .. } = prompt;
    let argument = |slot: &Slot| format!("{}{}", slot.key, if slot.may_lack() { "?" } else { "" });
    let arguments = params.iter().map(argument).collect::<Vec<_>>().join(", ");
    let from = if package.name == server.table.package.name { String::new() } else { format!(", from {}", package.name) };
    let about = about.lines().next().unwrap_or_default();
    let signs_in = signs_in(server, prompt.access);
    let asks = if prompt.asks.is_some() { ", asks its user" } else { "" };
    format!("  {strong}{name}{end}({arguments})\n      {dim}{title}{asks}{signs_in}{from}{end}\n      {about}\n")
}
