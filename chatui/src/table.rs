//! The table: everything known about the app before a request comes, checked and written out once.

use crate::{
    choice::Choice,
    entry::Entry,
    item::{Lent, Package},
    listing::Listings,
    mistakes::Mistakes,
    resource::Resource,
    state::States,
    tool::Tool,
    widget::{Page, Widget},
};
use std::{any::TypeId, collections::HashMap, sync::Arc};

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

/// What only those above know, for the messages about what is borrowed.
pub(crate) struct Above {
    /// What is lent with each call.
    pub(crate) per_call: TypeId,
    /// Those of which anything is linked.
    pub(crate) packages: Vec<Package>,
    /// Where the app is made.
    pub(crate) maker: Option<&'static str>,
}

/// What reads better as a member of the table.
impl std::ops::Deref for Table {
    type Target = Linked;

    fn deref(&self) -> &Linked {
        &self.linked
    }
}

impl Table {
    pub(crate) fn build(
        package: Package,
        instructions: Option<String>,
        linked: &[&'static Tool],
        choice: &Choice,
        states: States,
        above: &Above,
    ) -> Result<Self, Mistakes> {
        let mut mistakes = Vec::new();
        let tools = choice.of(package, linked, &above.packages, &mut mistakes);
        if above.packages.is_empty() {
            return Err(Mistakes::nothing());
        }
        // The linker's order is nobody's.
        let tools = sorted(tools, |tool| (tool.name, tool.place));
        let widgets = widgets(&tools);
        let mut resources: Vec<_> = inventory::iter::<Resource>.into_iter().collect();
        resources.retain(|resource| resource.package.name == package.name || choice.names(resource.package));
        let resources = sorted(resources, |resource| (resource.uri, resource.place));
        check(&tools, &widgets, &resources, &mut mistakes);
        mistakes.extend(lending(&tools, &resources, &states, above));
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

/// The widgets that the tools answer with, each once, sorted by name.
fn widgets(tools: &[&'static Tool]) -> Vec<&'static Widget> {
    let mut widgets: Vec<&'static Widget> = Vec::new();
    for widget in tools.iter().filter_map(|tool| tool.answer.widget) {
        if !widgets.iter().any(|known| std::ptr::eq(*known, widget)) {
            widgets.push(widget);
        }
    }
    sorted(widgets, |widget| (widget.name, widget.place))
}

/// By name, and where two have one by place. One sort serves all: each instance of std's weighs on wasm.
fn sorted<T: Copy>(items: Vec<T>, key: fn(T) -> (&'static str, &'static str)) -> Vec<T> {
    let mut keys: Vec<(&str, &str, usize)> = items.iter().enumerate().map(|(at, item)| (key(*item).0, key(*item).1, at)).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, _, at)| items[at]).collect()
}

fn check(tools: &[&'static Tool], widgets: &[&'static Widget], resources: &[&'static Resource], mistakes: &mut Vec<String>) {
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
}

/// What is lent twice, and one message for each type that is borrowed and not lent, with all that borrow it.
fn lending(tools: &[&'static Tool], resources: &[&'static Resource], states: &States, above: &Above) -> Vec<String> {
    let mut mistakes: Vec<String> =
        states.doubled().map(|name| format!("the app lends two values of type `{name}`; keep one of each type")).collect();
    let tools = tools.iter().map(|tool| (tool.name, tool.place, tool.lent));
    let all = tools.chain(resources.iter().map(|resource| (resource.name, resource.place, resource.lent)));
    let mut missing: Vec<(&'static str, Vec<String>)> = Vec::new();
    for (name, place, lent) in all {
        let lacks = |lent: &&Lent| (lent.id)() != above.per_call && !states.has((lent.id)());
        for lent in lent.iter().filter(lacks) {
            let (of, borrower) = ((lent.name)(), format!("`{name}` ({place})"));
            match missing.iter_mut().find(|(known, _)| *known == of) {
                Some((_, borrowers)) => borrowers.push(borrower),
                None => missing.push((of, vec![borrower])),
            }
        }
    }
    mistakes.extend(missing.into_iter().map(|(name, borrowers)| not_lent(name, &borrowers, above.maker)));
    mistakes
}

fn not_lent(name: &str, borrowers: &[String], maker: Option<&str>) -> String {
    let add = match name.strip_prefix("dyn ") {
        Some(_) => format!(".state_dyn::<{name}>(Box::new(…))"),
        None => format!(".state({} …)", name.rsplit("::").next().unwrap_or(name)),
    };
    let place = match maker {
        Some(place) => format!("add `{add}` to the App at {place}"),
        None => format!("write a fn `app() -> App` with #[chatui::app] that has `{add}`"),
    };
    let (borrowers, verb) = (borrowers.join(", "), if borrowers.len() == 1 { "borrows" } else { "borrow" });
    format!("{borrowers} {verb} `&{name}`, which the app does not lend; {place} (or take it owned, if the model sends it)")
}
