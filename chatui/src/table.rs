//! The table: everything known about the app before a request comes, checked and written out once.

use crate::{
    app::AppFn,
    choice::Choice,
    mcp::listing::Listings,
    resource::Resource,
    schema,
    state::States,
    tool::{Lent, Package, Tool},
    validate::Checks,
    widget::{Page, Widget},
};
use serde_json::Value;
use std::{collections::HashMap, fmt, sync::Arc};

/// A checked app. Nothing in it changes; `dev` makes a new one when a template was saved.
pub(crate) struct Table {
    linked: Arc<Linked>,
    pages: Vec<Page>,
    pub(crate) listings: Listings,
}

/// What does not depend on the templates.
#[derive(Default)]
pub(crate) struct Linked {
    pub(crate) package: Package,
    pub(crate) instructions: Option<String>,
    pub(crate) states: States,
    tools: Vec<Entry>,
    names: HashMap<&'static str, usize>,
    resources: Vec<&'static Resource>,
}

/// What reads better as a member of the table.
impl std::ops::Deref for Table {
    type Target = Linked;

    fn deref(&self) -> &Linked {
        &self.linked
    }
}

/// A tool with its schemas.
pub(crate) struct Entry {
    pub(crate) tool: &'static Tool,
    pub(crate) input: Checks,
    pub(crate) output: Option<Value>,
    /// Whether the answer is sent as `{"result": …}`.
    pub(crate) wraps: bool,
}

impl Table {
    pub(crate) fn build(
        package: Package,
        instructions: Option<String>,
        linked: &[&'static Tool],
        choice: &Choice,
        states: States,
    ) -> Result<Self, Mistakes> {
        let mut mistakes = Vec::new();
        let mut tools = choice.of(package, linked, &mut mistakes);
        if linked.is_empty() {
            return Err(Mistakes::no_tools());
        }
        // The linker's order is nobody's.
        tools.sort_by_key(|tool| (tool.name, tool.place));
        let widgets = widgets(&tools);
        let mut resources: Vec<_> = inventory::iter::<Resource>.into_iter().collect();
        resources.retain(|resource| resource.package.name == package.name || choice.names(resource.package));
        resources.sort_by_key(|resource| (resource.uri, resource.place));
        check(&tools, &widgets, &resources, &states, &mut mistakes);
        let tools: Vec<Entry> = tools.into_iter().filter_map(|tool| Entry::new(tool, &mut mistakes)).collect();
        if !mistakes.is_empty() {
            return Err(Mistakes(mistakes));
        }
        let names = tools.iter().enumerate().map(|(at, entry)| (entry.tool.name, at)).collect();
        let linked = Linked { package, instructions, states, tools, names, resources };
        Ok(Table::with(Arc::new(linked), widgets.into_iter().map(Page::new).collect()))
    }

    fn with(linked: Arc<Linked>, pages: Vec<Page>) -> Self {
        let Linked { package, instructions, tools, resources, .. } = &*linked;
        let listings = Listings::write(*package, instructions.as_deref(), tools, &pages, resources);
        Table { linked, pages, listings }
    }

    /// The same app with other pages.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn with_pages(&self, pages: Vec<Page>) -> Self {
        Table::with(self.linked.clone(), pages)
    }

    /// The linked widgets and nothing else.
    pub(crate) fn for_tests() -> Self {
        let tools: Vec<_> = inventory::iter::<Tool>.into_iter().collect();
        Table::with(Arc::default(), widgets(&tools).into_iter().map(Page::new).collect())
    }

    pub(crate) fn tool(&self, name: &str) -> Option<&Entry> {
        self.names.get(name).map(|at| &self.tools[*at])
    }

    pub(crate) fn tools(&self) -> &[Entry] {
        &self.tools
    }

    pub(crate) fn pages(&self) -> &[Page] {
        &self.pages
    }

    pub(crate) fn page(&self, uri: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.answers(uri))
    }

    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn resources(&self) -> &[&'static Resource] {
        &self.resources
    }

    /// The resource at an address, and the variables in it. A fixed address goes before a template that fits it too.
    pub(crate) fn resource(&self, uri: &str) -> Option<(&'static Resource, Vec<(&'static str, String)>)> {
        let fixed = self.resources.iter().find(|resource| !resource.is_template() && resource.uri == uri);
        let fixed = fixed.map(|resource| (*resource, Vec::new()));
        fixed.or_else(|| {
            let mut templates = self.resources.iter().filter(|resource| resource.is_template());
            templates.find_map(|resource| Some((*resource, resource.variables(uri)?)))
        })
    }
}

impl Entry {
    /// None where the schemas can't be used; what is wrong with them joins the mistakes.
    fn new(tool: &'static Tool, mistakes: &mut Vec<String>) -> Option<Self> {
        let mut noted = |sentences: Vec<String>| {
            mistakes.extend(sentences.iter().map(|why| format!("tool `{}` ({}): {why}", tool.name, tool.place)));
        };
        let input = schema::input(tool.params, tool.schema).map_err(&mut noted).ok();
        let output = tool.answer.output.map(schema::output).transpose().map_err(&mut noted).ok();
        let (input, output) = (input?, output?);
        let wraps = output.as_ref().is_some_and(|(_, wraps)| *wraps);
        Some(Entry { tool, input, output: output.map(|(schema, _)| schema), wraps })
    }

    /// The page that draws this tool's answers.
    pub(crate) fn page<'a>(&self, pages: &'a [Page]) -> Option<&'a Page> {
        let widget = self.tool.answer.widget?;
        pages.iter().find(|page| std::ptr::eq(page.widget(), widget))
    }
}

/// The widgets that the tools answer with, each once, sorted by name.
fn widgets(tools: &[&'static Tool]) -> Vec<&'static Widget> {
    let mut widgets: Vec<&'static Widget> = Vec::new();
    for widget in tools.iter().filter_map(|tool| tool.answer.widget) {
        if !widgets.iter().any(|known| std::ptr::eq(*known, widget)) {
            widgets.push(widget);
        }
    }
    widgets.sort_by_key(|widget| (widget.name, widget.place));
    widgets
}

fn check(
    tools: &[&'static Tool],
    widgets: &[&'static Widget],
    resources: &[&'static Resource],
    states: &States,
    mistakes: &mut Vec<String>,
) {
    for pair in tools.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let (name, a, b) = (pair[0].name, pair[0].place, pair[1].place);
        mistakes.push(format!("two tools are named `{name}`, at {a} and {b}; rename one, or give it `name = \"…\"`"));
    }
    for pair in widgets.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let (name, a, b) = (pair[0].name, pair[0].place, pair[1].place);
        mistakes.push(format!("two widgets are named `{name}`, at {a} and {b}; rename one, or give it `name = \"…\"`"));
    }
    for pair in resources.windows(2).filter(|pair| pair[0].uri == pair[1].uri) {
        let (uri, a, b) = (pair[0].uri, pair[0].place, pair[1].place);
        mistakes.push(format!("two resources have the address `{uri}`, at {a} and {b}; give one of them another"));
    }
    mistakes.extend(states.doubled().map(|name| format!("the app lends two values of type `{name}`; keep one of each type")));
    mistakes.extend(tools.iter().flat_map(|tool| defaults(tool)));
    let borrowers = tools.iter().map(|tool| (tool.name, tool.place, tool.lent));
    let borrowers = borrowers.chain(resources.iter().map(|resource| (resource.name, resource.place, resource.lent)));
    mistakes.extend(missing(borrowers, states));
}

/// The defaults that are none: a call without the argument could never succeed.
fn defaults(tool: &'static Tool) -> impl Iterator<Item = String> {
    let Tool { name, place, params, .. } = tool;
    params.iter().filter_map(move |slot| {
        let why = (slot.refuses)(slot.default?)?;
        Some(format!("the default of `{}` in `{name}` ({place}) {why}; write one that the type takes", slot.key))
    })
}

/// One message for each type that is borrowed and not lent, with all that borrow it.
fn missing(all: impl Iterator<Item = (&'static str, &'static str, &'static [Lent])>, states: &States) -> Vec<String> {
    let mut missing: Vec<(&'static str, Vec<String>)> = Vec::new();
    for (name, place, lent) in all {
        for lent in lent.iter().filter(|lent| !states.has((lent.id)())) {
            let (of, borrower) = ((lent.name)(), format!("`{name}` ({place})"));
            match missing.iter_mut().find(|(known, _)| *known == of) {
                Some((_, borrowers)) => borrowers.push(borrower),
                None => missing.push((of, vec![borrower])),
            }
        }
    }
    let sentence = |(name, borrowers): (&str, Vec<String>)| {
        let add = match name.strip_prefix("dyn ") {
            Some(_) => format!(".state_dyn::<{name}>(Box::new(…))"),
            None => format!(".state({} …)", name.rsplit("::").next().unwrap_or(name)),
        };
        let (borrowers, verb) = (borrowers.join(", "), if borrowers.len() == 1 { "borrows" } else { "borrow" });
        let place = match inventory::iter::<AppFn>.into_iter().next() {
            Some(maker) => format!("add `{add}` to the App at {}", maker.place),
            None => format!("write a fn `app() -> App` with #[chatui::app] that has `{add}`"),
        };
        format!("{borrowers} {verb} `&{name}`, which the app does not lend; {place} (or take it owned, if the model sends it)")
    };
    missing.into_iter().map(sentence).collect()
}

/// Everything that keeps an app from starting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(Vec<String>);

impl Mistakes {
    pub(crate) fn one(mistake: String) -> Self {
        Mistakes(vec![mistake])
    }

    pub(crate) fn no_tools() -> Self {
        Mistakes::one("no tools are linked; put #[tool] on a function, and `mod` its file in src/main.rs and src/lib.rs".into())
    }

    /// One sentence each: what is wrong, and what to do.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the app can't start:")?;
        self.iter().try_for_each(|mistake| write!(formatter, "\n- {mistake}"))
    }
}

impl std::error::Error for Mistakes {}
