//! `App`: what an author says about the whole, and `Server`, which it becomes once everything fits together.

use crate::{
    Error,
    state::States,
    table::{Mistakes, Table},
    task::{Shared, Task},
    tool::{Package, Tool},
};
use bytes::Bytes;
use std::sync::Arc;

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
}

impl App {
    /// An app with the tools and widgets of its crate.
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

    /// Checks the whole and makes the server.
    ///
    /// # Errors
    ///
    /// Everything that does not fit together, at once: no tools at all, two with one name, state that is borrowed but
    /// not given or given twice.
    pub fn build(self) -> Result<Server, Mistakes> {
        let tools: Vec<&'static Tool> = inventory::iter::<Tool>.into_iter().collect();
        let package = root(&tools)?;
        Ok(Server(Arc::new(Table::build(package, self.instructions, tools, self.states)?)))
    }

    /// The app of the linked crate: made by its `#[chatui::app]` fn, or plain where there is none.
    pub(crate) async fn linked(door: &Door<'_>) -> Result<Server, Error> {
        let mut makers = inventory::iter::<AppFn>.into_iter();
        let app = match makers.next() {
            Some(maker) => (maker.build)(door).await?,
            None => App::new(),
        };
        app.build().map_err(|mistakes| Error::from(Box::<dyn std::error::Error + Send + Sync>::from(mistakes)))
    }
}

/// The package whose name and version the server has: that of the app fn, else that of the tools.
fn root(tools: &[&'static Tool]) -> Result<Package, Mistakes> {
    let makers: Vec<&AppFn> = inventory::iter::<AppFn>.into_iter().collect();
    match makers.as_slice() {
        [] => {}
        [maker] => return Ok(maker.package),
        makers => {
            let places = makers.iter().map(|maker| maker.place).collect::<Vec<_>>().join(" and ");
            return Err(Mistakes::one(format!("the app is made in several places: {places}; keep one #[chatui::app]")));
        }
    }
    let Some(first) = tools.first() else { return Err(Mistakes::no_tools()) };
    match tools.iter().find(|tool| tool.package != first.package) {
        None => Ok(first.package),
        Some(other) => Err(Mistakes::one(format!(
            "tools of the packages `{}` and `{}` are linked; say which one is the app: put #[chatui::app] on a fn `app() -> App` in it",
            first.package.name, other.package.name
        ))),
    }
}

/// A checked app that answers requests. Cheap to clone.
#[derive(Clone)]
pub struct Server(pub(crate) Arc<Table>);

impl Server {
    /// Answers one HTTP request: the MCP endpoint is `/mcp`. Pure; the doors call this, and so can a test.
    ///
    /// ```standalone_crate
    /// # use chatui::{App, tool};
    /// # /// Says hello.
    /// # #[tool(read_only)]
    /// # fn hello() -> String { "hello".into() }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let server = App::new().build().unwrap();
    /// let request = http::Request::post("/mcp")
    ///     .header("content-type", "application/json")
    ///     .body(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#.into())
    ///     .unwrap();
    /// let response = server.handle(request).await;
    /// assert_eq!(&response.body()[..], br#"{"jsonrpc":"2.0","id":1,"result":{}}"#);
    /// # }
    /// ```
    pub async fn handle(&self, request: http::Request<Bytes>) -> http::Response<Bytes> {
        crate::http::handle(&self.0, request).await
    }
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
#[diagnostic::on_unimplemented(message = "`{Self}` is not an app", label = "return `App` or `Result<App>`")]
pub trait IntoApp {
    fn into_app(self) -> Result<App, Error>;
}

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
