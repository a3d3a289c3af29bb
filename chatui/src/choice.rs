//! Which of the linked tools an app has: those of its own package, and what it asks for by name.

use crate::{
    item::Package,
    mistakes::Mistakes,
    task::Shared,
    tool::{Effect, Tool},
};
use chatui_template::nearest;

/// What `App::with`, `only`, `without` and `filter` said.
#[derive(Default)]
pub(crate) struct Choice {
    crates: Vec<String>,
    rules: Vec<Rule>,
}

enum Rule {
    Only(Vec<String>),
    Without(Vec<String>),
    Filter(Keep),
}

/// An app is made in a future, which natively may move between threads.
#[cfg(not(target_family = "wasm"))]
type Keep = Box<dyn Fn(&ToolInfo) -> bool + Send + Sync>;
#[cfg(target_family = "wasm")]
type Keep = Box<dyn Fn(&ToolInfo) -> bool>;

/// A tool, as [`App::filter`](crate::App::filter) sees it.
///
/// ```
/// use chatui::App;
///
/// // Of the other crate what only reads, without its radar; of this one what deletes nothing.
/// let app = App::new().with("weather-tools").filter(|tool| match tool.package() {
///     "weather-tools" => tool.is_read_only() && tool.name() != "radar",
///     _ => !tool.is_destructive(),
/// });
/// ```
#[derive(Clone, Copy)]
pub struct ToolInfo(&'static Tool);

impl ToolInfo {
    /// The name that hosts know.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// The package that it was written in.
    pub fn package(&self) -> &'static str {
        self.0.package.name
    }

    /// Whether it changes nothing.
    pub fn is_read_only(&self) -> bool {
        self.0.effect == Effect::ReadOnly
    }

    /// Whether it can delete, overwrite or send for good.
    pub fn is_destructive(&self) -> bool {
        self.0.effect == Effect::Destructive
    }
}

impl Choice {
    pub(crate) fn with(&mut self, name: String) {
        self.crates.push(name);
    }

    pub(crate) fn only(&mut self, names: Vec<String>) {
        self.rules.push(Rule::Only(names));
    }

    pub(crate) fn without(&mut self, names: Vec<String>) {
        self.rules.push(Rule::Without(names));
    }

    pub(crate) fn filter(&mut self, rule: impl Fn(&ToolInfo) -> bool + Shared) {
        self.rules.push(Rule::Filter(Box::new(rule)));
    }

    /// Whether a crate was asked for.
    pub(crate) fn names(&self, package: Package) -> bool {
        self.crates.iter().any(|name| is(package, name))
    }

    /// The tools of the app; a dependency must not put a function on a public endpoint by being linked.
    ///
    /// `packages`: those of which anything is linked.
    pub(crate) fn of(
        &self,
        root: Package,
        linked: &[&'static Tool],
        packages: &[Package],
        mistakes: &mut Vec<String>,
    ) -> Vec<&'static Tool> {
        for name in self.crates.iter().filter(|name| !packages.iter().any(|package| is(*package, name))) {
            let ident = name.replace('-', "_");
            mistakes.push(format!(
                "no tools or resources of `{name}` are linked; name the crate where the app is, `use {ident} as _;`, or the linker leaves it out"
            ));
        }
        let mut tools: Vec<_> = linked.iter().copied().filter(|tool| tool.package.name == root.name || self.names(tool.package)).collect();
        for rule in &self.rules {
            match rule {
                Rule::Only(names) | Rule::Without(names) => {
                    let known = tools.iter().map(|tool| tool.name);
                    let unknown = names.iter().filter(|name| !tools.iter().any(|tool| tool.name == *name));
                    mistakes.extend(unknown.map(|name| {
                        let near = nearest(name, known.clone()).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                        format!("the app chooses among its tools and names `{name}`, which is none of them{near}")
                    }));
                    let keeps = matches!(rule, Rule::Only(_));
                    tools.retain(|tool| names.iter().any(|name| name == tool.name) == keeps);
                }
                Rule::Filter(rule) => tools.retain(|tool| rule(&ToolInfo(tool))),
            }
        }
        tools
    }
}

/// Packages are named with `-`, crates with `_`.
fn is(package: Package, name: &str) -> bool {
    package.name.replace('-', "_") == name.replace('-', "_")
}

/// The package whose name and version the server has, and whose app fn makes it: the one that a program is made of, else
/// (a Worker, a library's unit test) that of the app fn, else that of the tools.
///
/// # Errors
///
/// Where none of this decides.
pub(crate) fn root(makers: &[(Package, &str)], packages: &[Package], choice: &Choice) -> Result<Package, Mistakes> {
    let all = || packages.iter().copied().chain(makers.iter().map(|(package, _)| *package));
    let binary = all().find(|package| package.is_root);
    let mut own = makers.iter().filter(|(package, _)| binary.is_none_or(|binary| binary.name == package.name));
    if let (Some((_, first)), Some((_, second))) = (own.next(), own.next()) {
        return Err(Mistakes::one(format!("the app is made in two places, {first} and {second}; keep one #[chatui::app]")));
    }
    if let Some(package) = binary.or_else(|| makers.first().map(|(package, _)| *package)) {
        return Ok(package);
    }
    let mut own = all().filter(|package| !choice.names(*package));
    let Some(first) = own.next() else { return Err(Mistakes::nothing()) };
    match own.find(|package| package.name != first.name) {
        None => Ok(first),
        Some(other) => Err(Mistakes::one(format!(
            "tools of the packages `{}` and `{}` are linked; say which one is the app: put #[chatui::app] on a fn `app() -> App` in it",
            first.name, other.name
        ))),
    }
}
