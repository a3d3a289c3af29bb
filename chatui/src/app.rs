//! `App`: what an author says about the whole, and `Server`, which it becomes once everything fits together.

use crate::{
    Error,
    choice::{self, Choice, ToolInfo},
    context::Context,
    hosts::Hosts,
    item::Package,
    mistakes::Mistakes,
    platform::NOTHING,
    resource::Resource,
    server::Server,
    state::States,
    table::{Above, Table},
    task::{Shared, Task},
    tool::Tool,
};
use std::{any::TypeId, sync::Arc};

/// The app: everything that is not said on a tool or a widget.
///
/// The tools and widgets of the crate are found by themselves; an app adds what they borrow.
///
/// ```standalone_crate
/// use chatui::{App, tool};
///
/// struct Greeting(&'static str);
///
/// /// Greets somebody.
/// #[tool(read_only)]
/// fn greet(name: String, greeting: &Greeting) -> String {
///     format!("{}, {name}!", greeting.0)
/// }
///
/// #[chatui::app]
/// fn app() -> App {
///     App::new().instructions("Greets people.").state(Greeting("Hello"))
/// }
/// # app().build().unwrap();
/// ```
#[derive(Default)]
pub struct App {
    instructions: Option<String>,
    states: States,
    choice: Choice,
    public_url: Option<String>,
}

impl App {
    /// An app with the tools, resources and widgets of its crate.
    pub fn new() -> Self {
        App::default()
    }

    /// What hosts tell the model about the whole app. The first 512 characters count most: ChatGPT may read no further.
    pub fn instructions(mut self, text: impl Into<String>) -> Self {
        self.instructions = Some(text.into());
        self
    }

    /// Lends a value to the tools: each that has a parameter `&T` borrows it.
    ///
    /// One value of each type; a second refuses to start.
    pub fn state<T: Shared>(mut self, value: T) -> Self {
        self.states.add(Box::new(value));
        self
    }

    /// Lends a trait object: each tool that has a parameter `&dyn Trait` borrows it.
    ///
    /// ```
    /// use chatui::App;
    ///
    /// trait Clock: Send + Sync {
    ///     fn now(&self) -> u64;
    /// }
    /// struct Fixed;
    /// impl Clock for Fixed {
    ///     fn now(&self) -> u64 {
    ///         0
    ///     }
    /// }
    ///
    /// let app = App::new().state_dyn::<dyn Clock>(Box::new(Fixed));
    /// ```
    pub fn state_dyn<T: ?Sized + Shared>(mut self, value: Box<T>) -> Self {
        self.states.add(value);
        self
    }

    /// Adds the tools and resources of another crate, by its name. Being linked is not enough: a dependency must not put
    /// functions on a public endpoint unasked.
    ///
    /// Name the crate in code too, `use weather_tools as _;`, or the linker leaves it out; that is found out at start.
    pub fn with(mut self, package: impl Into<String>) -> Self {
        self.choice.with(package.into());
        self
    }

    /// Keeps only the tools of these names.
    pub fn only<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.choice.only(names.into_iter().map(Into::into).collect());
        self
    }

    /// Leaves out the tools of these names.
    pub fn without<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.choice.without(names.into_iter().map(Into::into).collect());
        self
    }

    /// Keeps the tools that `keep` likes.
    ///
    /// ```
    /// use chatui::App;
    ///
    /// let app = App::new().filter(|tool| tool.is_read_only());
    /// ```
    pub fn filter(mut self, keep: impl Fn(&ToolInfo) -> bool + Shared) -> Self {
        self.choice.filter(keep);
        self
    }

    /// The address under which the world reaches this server, like `https://weather.example.com`. The native server answers
    /// requests for that host beside those for its own machine, and pages of that origin may call it. The environment's
    /// `PUBLIC_URL` and the flag `--public-url` say the same there, and go before it.
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// Checks the whole and makes the server.
    ///
    /// # Errors
    ///
    /// Everything that does not fit together, at once: no tools at all, two with one name, state that is borrowed but
    /// not given or given twice.
    pub fn build(self) -> Result<Server, Mistakes> {
        let App { instructions, states, choice, public_url } = self;
        let tools = tools();
        let makers = makers();
        let package = choice::root(&makers, &packages(), &choice)?;
        let maker = makers.iter().find(|(maker, _)| maker.name == package.name).map(|(_, place)| *place);
        let above = Above { per_call: TypeId::of::<Context>(), packages: packages(), maker };
        let hosts = Hosts::new(public_url.as_deref()).map_err(Mistakes::one)?;
        let table = Table::build(package, instructions, &tools, &choice, states, &above)?;
        Ok(Server { table: Arc::new(table), platform: &NOTHING, hosts: Arc::new(hosts) })
    }

    /// The app of the linked crate: made by its `#[chatui::app]` fn, or plain where there is none.
    pub(crate) async fn linked(door: &Door<'_>) -> Result<Server, Error> {
        let root = choice::root(&makers(), &packages(), &Choice::default()).map_err(Error::keep)?;
        // A dependency may have an app of its own, for when it is the root.
        let mut makers = inventory::iter::<AppFn>.into_iter().filter(|maker| maker.package.name == root.name);
        let app = match makers.next() {
            Some(maker) => (maker.build)(door).await?,
            None => App::new(),
        };
        app.build().map_err(Error::keep)
    }
}

fn tools() -> Vec<&'static Tool> {
    inventory::iter::<Tool>.into_iter().collect()
}

/// The packages of all tools and resources that are linked.
fn packages() -> Vec<Package> {
    let tools = inventory::iter::<Tool>.into_iter().map(|tool| tool.package);
    tools.chain(inventory::iter::<Resource>.into_iter().map(|resource| resource.package)).collect()
}

/// Where the linked apps are made.
fn makers() -> Vec<(Package, &'static str)> {
    inventory::iter::<AppFn>.into_iter().map(|maker| (maker.package, maker.place)).collect()
}

/// What `#[chatui::app]` writes about a fn.
#[doc(hidden)]
pub struct AppFn {
    pub package: Package,
    pub place: &'static str,
    pub build: for<'a> fn(&'a Door<'a>) -> Task<'a, Result<App, Error>>,
}

inventory::collect!(AppFn);

/// What the platform lends while the app is made.
#[doc(hidden)]
pub struct Door<'a> {
    #[cfg(target_family = "wasm")]
    pub(crate) env: &'a worker::Env,
    #[cfg(not(target_family = "wasm"))]
    pub(crate) nothing: std::marker::PhantomData<&'a ()>,
}

/// What an `#[app]` fn can borrow.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be borrowed by an #[app] fn",
    label = "nothing lends this",
    note = "open what the app needs in its body; on Workers (`#[cfg(target_family = \"wasm\")]`) `&chatui::worker::Env` is lent"
)]
pub trait FromDoor {
    fn from_door<'a>(door: &'a Door<'a>) -> &'a Self;
}

#[cfg(target_family = "wasm")]
impl FromDoor for worker::Env {
    fn from_door<'a>(door: &'a Door<'a>) -> &'a Self {
        door.env
    }
}

/// Asked at the parameter's type.
pub fn from_door<'a, T: FromDoor + ?Sized>(door: &'a Door<'a>) -> &'a T {
    T::from_door(door)
}

/// What an `#[app]` fn can return.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an app",
    label = "not an app",
    note = "return `App`, or `Result<App>` with an error that is `chatui::Error`, a std error, a `String` or a `&'static str`"
)]
pub trait IntoApp {
    fn into_app(self) -> Result<App, Error>;
}

#[diagnostic::do_not_recommend]
impl IntoApp for App {
    fn into_app(self) -> Result<App, Error> {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<E: Into<Error>> IntoApp for Result<App, E> {
    fn into_app(self) -> Result<App, Error> {
        self.map_err(Into::into)
    }
}

/// Asked at the return type.
pub fn made<T: IntoApp>(app: T) -> Result<App, Error> {
    app.into_app()
}
