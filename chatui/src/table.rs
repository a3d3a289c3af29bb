//! The table: everything known about the app before a request comes, checked and written out once.

use crate::{
    about::{About, Capabilities, ServerInfo, Sign},
    access::Access,
    asking::Asks,
    choice::Choice,
    entry::Entry,
    guard::{Guard, Plan},
    item::{Lent, Package, sorted},
    limits::Limits,
    listing::{Described, Listings},
    mistakes::Mistakes,
    notices::Handle,
    only::Only,
    prompt::{self, Prompt},
    resource::{self, Resource},
    seal::Keys,
    site::Site,
    state::States,
    tool::{Effect, Tool},
    user::User,
    widget::{Page, Widget},
};
#[cfg(not(target_family = "wasm"))]
use bytes::Bytes;
use std::{any::TypeId, sync::Arc};

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
    pub(crate) sign: Sign,
    pub(crate) instructions: Option<String>,
    pub(crate) site: Site,
    pub(crate) limits: Limits,
    pub(crate) states: States,
    /// What seals, where something asks.
    pub(crate) keys: Keys,
    /// Sorted by name.
    tools: Vec<Entry>,
    resources: Vec<resource::Entry>,
    prompts: Vec<prompt::Entry>,
    pub(crate) guard: Option<Only<Guard>>,
    /// The type of what lets a call speak before its answer, and hear whatever its request brought along.
    voice: Option<TypeId>,
    /// Whether anything borrows that.
    pub(crate) speaks: bool,
    /// Whether anything offers values to a person who types one.
    pub(crate) completes: bool,
    /// What changes are announced with, where the app announces any.
    #[cfg_attr(target_family = "wasm", allow(dead_code, reason = "nobody listens"))]
    pub(crate) handle: Option<Handle>,
}

/// What the app says about the whole.
pub(crate) struct Said {
    pub(crate) package: Package,
    pub(crate) sign: Sign,
    pub(crate) instructions: Option<String>,
    pub(crate) site: Site,
    pub(crate) limits: Limits,
    pub(crate) states: States,
    pub(crate) plan: Option<Only<Plan>>,
    pub(crate) handle: Option<Handle>,
    /// Whether somebody can sign in, be it by a plan that is wrong.
    pub(crate) signs_in: bool,
    /// What seals what clients carry.
    pub(crate) state_secret: Option<String>,
    /// Whether it may be made up where it is not said.
    pub(crate) is_development: bool,
    /// What is wrong with what was said.
    pub(crate) refused: Vec<String>,
}

/// What only those above know.
pub(crate) struct Above {
    /// What is lent with each call.
    pub(crate) per_call: Vec<TypeId>,
    /// That of them which speaks.
    pub(crate) voice: TypeId,
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

impl Linked {
    /// Whether it is lent the call itself.
    pub(crate) fn hears(&self, lent: &[Lent]) -> bool {
        lent.iter().any(|lent| Some((lent.id)()) == self.voice)
    }

    fn lent(&self) -> impl Iterator<Item = &'static [Lent]> {
        let tools = self.tools.iter().map(|entry| entry.tool.lent);
        let resources = self.resources.iter().map(|entry| entry.resource.lent);
        tools.chain(resources).chain(self.prompts.iter().map(|entry| entry.prompt.lent))
    }

    pub(crate) fn about(&self) -> About<'_> {
        let info = ServerInfo::of(self.package, &self.sign);
        About { info, instructions: self.instructions.as_deref(), capabilities: Capabilities::new(self.speaks, self.completes) }
    }

    fn described(&self) -> Described<'_> {
        let Linked { site, limits, guard, .. } = self;
        let about = self.about();
        // Who comes without a session is told of changes where they ask for them.
        #[cfg(not(target_family = "wasm"))]
        let about = About { capabilities: about.capabilities.telling(self.handle.is_some()), ..about };
        Described { about, site, limits, guard }
    }
}

impl Table {
    pub(crate) fn build(said: Said, linked: &[&'static Tool], choice: &Choice, above: &Above) -> Result<Self, Mistakes> {
        let Said { package, sign, instructions, site, limits, mut states, handle, plan, signs_in, .. } = said;
        let (state_secret, is_development, mut mistakes) = (said.state_secret, said.is_development, said.refused);
        let tools = choice.of(package, linked, &above.packages, &mut mistakes);
        if above.packages.is_empty() {
            return Err(Mistakes::nothing());
        }
        // The linker's order is nobody's.
        let tools = sorted(tools, |tool| (tool.name, tool.place));
        let widgets = widgets(&tools);
        let is_own = |of: Package| of.name == package.name || choice.names(of);
        let mut resources: Vec<&Resource> = inventory::iter::<Resource>.into_iter().filter(|resource| is_own(resource.package)).collect();
        let mut prompts: Vec<&Prompt> = inventory::iter::<Prompt>.into_iter().filter(|prompt| is_own(prompt.package)).collect();
        check(&tools, &widgets, &mut mistakes);
        mistakes.extend(beside(&widgets));
        mistakes.extend(
            widgets.iter().filter(|widget| widget.template.assets.is_some() && site.base().is_none()).map(|widget| nowhere(widget)),
        );
        let (mut resource_entries, mut prompt_entries) = (Vec::new(), Vec::new());
        if let Some(Resource { entries, .. }) = resources.first() {
            resource_entries = entries(&mut resources, &mut mistakes);
        }
        if let Some(Prompt { entries, .. }) = prompts.first() {
            prompt_entries = entries(&mut prompts, &mut mistakes);
        }
        let mut fns: Vec<Called> = tools.iter().map(|tool| Called::tool(tool)).collect();
        fns.extend(resources.iter().map(|resource| Called::resource(resource)));
        fns.extend(prompts.iter().map(|prompt| Called::prompt(prompt)));
        let handle = lend_handle(handle, fns.iter().flat_map(|called| called.lent), &mut states).filter(|_| limits.subscriptions > 0);
        mistakes.extend(lending(&fns, &states, above));
        mistakes.extend(fns.iter().filter_map(|called| called.wrong(signs_in)));
        let guard = plan.and_then(|plan| {
            let accesses: Vec<Access> = fns.iter().map(|called| called.access).collect();
            let guard = plan.try_map(|plan| Guard::new(plan, package, &site, &accesses));
            guard.map_err(|why| mistakes.push(why)).ok()
        });
        let keys = asking(&tools, &resources, &prompts).map_or_else(Keys::default, |(name, place, asks)| {
            let keys = (asks.keys)(state_secret.as_deref(), is_development);
            keys.map_err(|why| mistakes.push(format!("`{name}` ({place}) asks its user, and {why}"))).unwrap_or_default()
        });
        let tools: Vec<Entry> = tools.into_iter().filter_map(|tool| Entry::new(tool, &mut mistakes)).collect();
        if !mistakes.is_empty() {
            return Err(Mistakes(mistakes));
        }
        let linked = Linked {
            package,
            sign,
            instructions,
            site,
            limits,
            states,
            keys,
            tools,
            resources: resource_entries,
            prompts: prompt_entries,
            guard,
            voice: Some(above.voice),
            speaks: false,
            completes: false,
            handle,
        };
        let speaks = linked.lent().any(|lent| linked.hears(lent));
        let completes = linked.resources.iter().any(|entry| entry.completes) || linked.prompts.iter().any(|entry| entry.completes);
        let linked = Linked { speaks, completes, ..linked };
        Ok(Table::new(linked, widgets))
    }

    fn new(linked: Linked, widgets: Vec<&'static Widget>) -> Self {
        let pages = widgets.into_iter().map(|widget| Page::new(widget, &linked.site)).collect();
        Table::with(Arc::new(linked), pages)
    }

    fn with(linked: Arc<Linked>, pages: Vec<Page>) -> Self {
        let listings = Listings::write(&linked.described(), &linked.tools, &pages, &linked.resources, &linked.prompts);
        Table { linked, pages, listings }
    }

    /// The same app with other pages.
    #[cfg(all(feature = "dev", not(target_family = "wasm")))]
    pub(crate) fn with_pages(&self, pages: Vec<Page>) -> Self {
        Table::with(self.linked.clone(), pages)
    }

    /// The linked widgets and nothing else.
    pub(crate) fn for_tests() -> Self {
        let tools: Vec<_> = inventory::iter::<Tool>.into_iter().collect();
        Table::new(Linked::default(), widgets(&tools))
    }

    /// Whether nothing of it is for who is not signed in.
    pub(crate) fn is_closed(&self) -> bool {
        self.guard.as_ref().is_some_and(|guard| guard.is_closed)
    }

    pub(crate) fn tool(&self, name: &str) -> Option<&Entry> {
        // As fast as a hash for tens of tools, 3 % of a call slower for ten thousand, and without a table that weighs on Workers.
        self.tools.binary_search_by(|entry| entry.tool.name.cmp(name)).ok().map(|at| &self.tools[at])
    }

    pub(crate) fn tools(&self) -> &[Entry] {
        &self.tools
    }

    pub(crate) fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// A file that is served beside a widget.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn asset(&self, path: &str) -> Option<(&Bytes, &str)> {
        self.pages.iter().find_map(|page| page.asset(path))
    }

    pub(crate) fn page(&self, uri: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.answers(uri))
    }

    pub(crate) fn resources(&self) -> &[resource::Entry] {
        &self.resources
    }

    pub(crate) fn prompts(&self) -> &[prompt::Entry] {
        &self.prompts
    }

    /// The resource at an address, and the variables in it. A fixed address goes before a template that fits it too.
    pub(crate) fn resource(&self, uri: &str) -> Option<(&'static Resource, Vec<(&'static str, String)>)> {
        let all = || self.resources.iter().map(|entry| entry.resource);
        let fixed = all().find(|resource| !resource.is_template() && resource.uri == uri);
        let fixed = fixed.map(|resource| (resource, Vec::new()));
        fixed.or_else(|| {
            let mut templates = all().filter(|resource| resource.is_template());
            templates.find_map(|resource| Some((resource, resource.variables(uri)?)))
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

fn check(tools: &[&'static Tool], widgets: &[&'static Widget], mistakes: &mut Vec<String>) {
    for pair in tools.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let (name, a, b) = (pair[0].name, pair[0].place, pair[1].place);
        mistakes.push(format!("two tools are named `{name}`, at {a} and {b}; rename one, or give it `name = \"…\"`"));
    }
    for pair in widgets.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let (name, a, b) = (pair[0].name, pair[0].place, pair[1].place);
        mistakes.push(format!("two widgets are named `{name}`, at {a} and {b}; rename one, or give it `name = \"…\"`"));
    }
}

/// The first that asks.
fn asking(
    tools: &[&'static Tool],
    resources: &[&'static Resource],
    prompts: &[&'static Prompt],
) -> Option<(&'static str, &'static str, &'static Asks)> {
    let tools = tools.iter().filter_map(|tool| Some((tool.name, tool.place, tool.asks?)));
    let resources = resources.iter().filter_map(|resource| Some((resource.name, resource.place, resource.asks?)));
    let mut prompts = prompts.iter().filter_map(|prompt| Some((prompt.name, prompt.place, prompt.asks?)));
    tools.chain(resources).next().or_else(|| prompts.next())
}

fn nowhere(Widget { name, place, .. }: &Widget) -> String {
    format!(
        "the widget `{name}` ({place}) has assets, and nothing says where they are served; set PUBLIC_URL to the address of this app, or WORKER_DOMAIN_BASE to that of the files"
    )
}

/// What a Worker could not serve: it has one folder of assets.
fn beside(widgets: &[&'static Widget]) -> Option<String> {
    let mut folders = widgets.iter().filter_map(|widget| Some((widget.name, widget.template.assets?)));
    let (first, assets) = folders.next()?;
    let (other, different) = folders.find(|(_, other)| other.folder != assets.folder)?;
    let (a, b) = (assets.folder, different.folder);
    Some(format!(
        "the widgets `{first}` and `{other}` have assets in two folders, `{a}` and `{b}`, and a Worker serves one; put all into one folder"
    ))
}

/// The app's handle, lent like a state: there is one where the app has taken it, and where somebody borrows it.
fn lend_handle<'a>(taken: Option<Handle>, mut lent: impl Iterator<Item = &'a Lent>, states: &mut States) -> Option<Handle> {
    let id = TypeId::of::<Handle>();
    let given = states.get::<Handle>().cloned();
    let handle = taken.or_else(|| given.clone()).or_else(|| lent.any(|lent| (lent.id)() == id).then(Handle::default))?;
    // One of another app is a second state of this type, and told so.
    if given.is_none_or(|given| !given.is(&handle)) {
        states.add(Box::new(handle.clone()));
    }
    Some(handle)
}

/// What is lent twice, and one message for each type that is borrowed and not lent, with all that borrow it.
fn lending(fns: &[Called], states: &States, above: &Above) -> Vec<String> {
    let mut mistakes: Vec<String> =
        states.doubled().map(|name| format!("the app lends two values of type `{name}`; keep one of each type")).collect();
    let mut missing: Vec<(&'static str, Vec<String>)> = Vec::new();
    for Called { name, place, lent, .. } in fns {
        let lacks = |lent: &&Lent| !above.per_call.contains(&(lent.id)()) && !states.has((lent.id)());
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

/// A fn that requests call: what it borrows, and what it demands of its caller.
struct Called {
    name: &'static str,
    place: &'static str,
    lent: &'static [Lent],
    access: Access,
    /// It answers with who the user is, in a way that hosts will not call.
    wrong_profile: bool,
}

impl Called {
    fn tool(tool: &Tool) -> Self {
        let Tool { name, place, access, lent, params, effect, answer, .. } = *tool;
        let asked = params.is_empty() && effect == Effect::ReadOnly && !access.is_open();
        Called { name, place, lent, access, wrong_profile: answer.profile && !asked }
    }

    fn resource(&Resource { name, place, lent, access, .. }: &Resource) -> Self {
        Called { name, place, lent, access, wrong_profile: false }
    }

    fn prompt(&Prompt { name, place, lent, access, .. }: &Prompt) -> Self {
        Called { name, place, lent, access, wrong_profile: false }
    }

    /// What is wrong with it where nobody needs to be signed in, or nobody can be.
    fn wrong(&self, has_auth: bool) -> Option<String> {
        const ADD: &str = "and nobody can sign in to this app; add `.auth(Auth::issuer(\"https://…\"))` to the App of the #[chatui::app] fn, with chatui's feature `auth`";
        const FREE: &str = "borrows `&User`, and as its `auth(…)` is, anybody may call it; take `cx: &Context` and ask `cx.user()`, or take `none` and `optional` away";
        const PROFILE: &str = "answers with a `Profile`, which ChatGPT asks for without arguments, of whoever is signed in; make it `#[tool(read_only)]` with `user: &User` alone";
        // Without the feature there is neither of the two types.
        let typed = cfg!(feature = "auth");
        let borrows = self.lent.iter().any(|lent| (lent.id)() == TypeId::of::<User>());
        let [what, advice] = match self.access {
            _ if typed && self.wrong_profile => [PROFILE, ""],
            Access::Anyone | Access::Optional(_) if typed && borrows => [FREE, ""],
            Access::Optional(_) | Access::Signed(_) if !has_auth => ["says `auth(…)`, ", ADD],
            _ if typed && borrows && !has_auth => ["borrows `&User`, ", ADD],
            _ => return None,
        };
        Some(format!("`{}` ({}) {what}{advice}", self.name, self.place))
    }
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
