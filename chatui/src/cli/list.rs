//! What `list` shows a person.

use crate::{
    entry::Entry,
    resource::Resource,
    server::Server,
    tool::{Audience, Effect, Tool},
    widget::Page,
};
use std::io::IsTerminal;

/// Colours for a terminal, and nothing for a file.
struct Ink {
    strong: &'static str,
    dim: &'static str,
    end: &'static str,
}

impl Ink {
    fn of_stdout() -> Self {
        // https://no-color.org
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        match wanted && std::io::stdout().is_terminal() {
            true => Ink { strong: "\x1b[1m", dim: "\x1b[2m", end: "\x1b[0m" },
            false => Ink { strong: "", dim: "", end: "" },
        }
    }
}

pub(super) fn text(server: &Server) -> String {
    let table = &server.table;
    let ink = Ink::of_stdout();
    let mut text = String::new();
    let mut section = |title: &str, entries: Vec<String>| {
        if !entries.is_empty() {
            text.push_str(&format!("{title}\n{}", entries.concat()));
        }
    };
    section("tools", table.tools().iter().map(|entry| tool(server, entry, &ink)).collect());
    section("widgets", table.pages().iter().map(|page| widget(page, &ink)).collect());
    section("resources", table.resources().iter().map(|resource| self::resource(server, resource, &ink)).collect());
    text
}

fn tool(server: &Server, entry: &Entry, Ink { strong, dim, end }: &Ink) -> String {
    let Tool { name, about, params, package, .. } = entry.tool;
    let required = entry.input.schema()["required"].as_array();
    let is_required = |key: &str| required.is_some_and(|required| required.iter().any(|name| name == key));
    let arguments = params.iter().map(|slot| format!("{}{}", slot.key, if is_required(slot.key) { "" } else { "?" }));
    let arguments = arguments.collect::<Vec<_>>().join(", ");
    let page = entry.page(server.table.pages()).map_or_else(String::new, |page| format!(" → {}", page.name()));
    let from = if package.name == server.table.package.name { String::new() } else { format!(", from {}", package.name) };
    let about = about.lines().next().unwrap_or_default();
    format!("  {strong}{name}{end}({arguments}){page}\n      {dim}{}{from}{end}\n      {about}\n", hints(entry.tool))
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
    let flags = [(tool.open_world, "open world"), (tool.idempotent, "idempotent"), (tool.blocking, "blocking")];
    let flags = flags.into_iter().filter(|(given, _)| *given).map(|(_, word)| word);
    [effect].into_iter().chain(flags).chain(audience).collect::<Vec<_>>().join(", ")
}

#[expect(clippy::cast_precision_loss, reason = "a tenth of a kilobyte is precise enough")]
fn widget(page: &Page, Ink { strong, dim, end }: &Ink) -> String {
    let size = page.size() as f64 / 1024.0;
    format!("  {strong}{}{end} ({size:.1} KB)\n      {dim}{}{end}\n      {}\n", page.name(), page.uri(), page.description())
}

fn resource(server: &Server, resource: &Resource, Ink { strong, dim, end }: &Ink) -> String {
    let Resource { uri, mime, about, package, .. } = resource;
    let from = if package.name == server.table.package.name { String::new() } else { format!(", from {}", package.name) };
    let about = about.lines().next().unwrap_or_default();
    format!("  {strong}{uri}{end}\n      {dim}{mime}{from}{end}\n      {about}\n")
}
