//! The table: everything known about the app before a request comes, checked and written out once.

use crate::{
    mcp::listing::Listings,
    schema,
    state::States,
    tool::{Package, Tool},
    validate::Checks,
    widget::{Page, Widget},
};
use serde_json::Value;
use std::{collections::HashMap, fmt, sync::Arc};

/// A checked app. Nothing in it changes; `dev` makes a new one when a template was saved.
pub(crate) struct Table {
    pub(crate) package: Package,
    pub(crate) instructions: Option<String>,
    pub(crate) states: Arc<States>,
    pub(crate) listings: Listings,
    tools: Arc<[Entry]>,
    names: Arc<HashMap<&'static str, usize>>,
    pages: Vec<Page>,
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
        mut tools: Vec<&'static Tool>,
        states: States,
    ) -> Result<Self, Mistakes> {
        // A dependency must not put a function on a public endpoint by being linked.
        tools.retain(|tool| tool.package.name == package.name);
        // The linker's order is nobody's.
        tools.sort_by_key(|tool| (tool.name, tool.place));
        let widgets = widgets(&tools);
        let mut mistakes = check(&tools, &widgets, &states)?;
        let mut entries = Vec::with_capacity(tools.len());
        for tool in tools {
            match Entry::new(tool) {
                Ok(entry) => entries.push(entry),
                Err(unfit) => mistakes.extend(unfit.iter().map(|why| format!("tool `{}` ({}): {why}", tool.name, tool.place))),
            }
        }
        if !mistakes.is_empty() {
            return Err(Mistakes(mistakes));
        }
        let tools: Arc<[Entry]> = entries.into();
        let names = tools.iter().enumerate().map(|(at, entry)| (entry.tool.name, at)).collect();
        let pages = widgets.into_iter().map(Page::new).collect();
        Ok(Table::assemble(package, instructions, Arc::new(states), tools, Arc::new(names), pages))
    }

    fn assemble(
        package: Package,
        instructions: Option<String>,
        states: Arc<States>,
        tools: Arc<[Entry]>,
        names: Arc<HashMap<&'static str, usize>>,
        pages: Vec<Page>,
    ) -> Self {
        let listings = Listings::write(package, instructions.as_deref(), &tools, &pages);
        Table { package, instructions, states, listings, tools, names, pages }
    }

    /// The same app with other pages.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn with_pages(&self, pages: Vec<Page>) -> Self {
        let Table { package, instructions, states, tools, names, .. } = self;
        Table::assemble(*package, instructions.clone(), states.clone(), tools.clone(), names.clone(), pages)
    }

    /// The linked widgets and nothing else.
    pub(crate) fn for_tests() -> Self {
        let tools: Vec<_> = inventory::iter::<Tool>.into_iter().collect();
        let pages = widgets(&tools).into_iter().map(Page::new).collect();
        let package = Package { name: "tests", version: "0.0.0" };
        Table::assemble(package, None, Arc::default(), Arc::default(), Arc::default(), pages)
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
}

impl Entry {
    /// # Errors
    ///
    /// Sentences about schemas that can't be used and rules that fit no type.
    fn new(tool: &'static Tool) -> Result<Self, Vec<String>> {
        let (input, output) = (schema::input(tool.params), tool.answer.output.map(schema::output).transpose());
        match (input, output) {
            (Ok(input), Ok(output)) => {
                let wraps = output.as_ref().is_some_and(|(_, wraps)| *wraps);
                Ok(Entry { tool, input, output: output.map(|(schema, _)| schema), wraps })
            }
            (input, output) => Err([input.err(), output.err()].into_iter().flatten().flatten().collect()),
        }
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

fn check(tools: &[&'static Tool], widgets: &[&'static Widget], states: &States) -> Result<Vec<String>, Mistakes> {
    if tools.is_empty() {
        return Err(Mistakes::no_tools());
    }
    let mut mistakes = Vec::new();
    for pair in tools.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let (name, a, b) = (pair[0].name, pair[0].place, pair[1].place);
        mistakes.push(format!("two tools are named `{name}`, at {a} and {b}; rename one, or give it `name = \"…\"`"));
    }
    for pair in widgets.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let (name, a, b) = (pair[0].name, pair[0].place, pair[1].place);
        mistakes.push(format!("two widgets are named `{name}`, at {a} and {b}; rename one of the structs"));
    }
    mistakes.extend(states.doubled().map(|name| format!("the app lends two values of type `{name}`; keep one `.state(…)` of each type")));
    mistakes.extend(missing(tools, states));
    Ok(mistakes)
}

/// One message for each type that is borrowed and not lent, with all the tools that borrow it.
fn missing(tools: &[&'static Tool], states: &States) -> Vec<String> {
    let mut missing: Vec<(&'static str, Vec<String>)> = Vec::new();
    for tool in tools {
        for lent in tool.lent.iter().filter(|lent| !states.has((lent.id)())) {
            let (name, borrower) = ((lent.name)(), format!("`{}` ({})", tool.name, tool.place));
            match missing.iter_mut().find(|(known, _)| *known == name) {
                Some((_, borrowers)) => borrowers.push(borrower),
                None => missing.push((name, vec![borrower])),
            }
        }
    }
    let sentence = |(name, borrowers): (&str, Vec<String>)| {
        let short = name.rsplit("::").next().unwrap_or(name);
        let (borrowers, verb) = (borrowers.join(", "), if borrowers.len() == 1 { "borrows" } else { "borrow" });
        format!("{borrowers} {verb} `&{name}`, which the app does not lend; add `.state({short} …)` to the App in your #[chatui::app] fn")
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
