//! What `#[chatui::app]` writes: the fn that makes an app, what it borrows and what it returns.

use super::{App, packages};
use crate::{
    Error,
    choice::{self, Choice},
    item::Package,
    server::Server,
    site::Addresses,
    task::Task,
};

/// What `#[chatui::app]` writes about a fn.
#[doc(hidden)]
pub struct AppFn {
    pub package: Package,
    pub place: &'static str,
    /// What a user says when none of the tools is to be called: for a review, and nothing of it on Workers.
    pub not_for: &'static [&'static str],
    pub build: for<'a> fn(&'a Door<'a>) -> Task<'a, Result<App, Error>>,
}

inventory::collect!(AppFn);

/// What the platform lends while the app is made.
#[doc(hidden)]
pub struct Door<'a> {
    /// What goes before what the code says.
    pub(crate) said: Addresses,
    pub(crate) state_secret: Option<String>,
    /// Whether this process may make up a secret where none is said, as nobody else is to open what it seals.
    pub(crate) is_development: bool,
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

/// Where the linked apps are made.
pub(super) fn all() -> Vec<(Package, &'static str)> {
    inventory::iter::<AppFn>.into_iter().map(|maker| (maker.package, maker.place)).collect()
}

impl App {
    /// The app of the linked crate: made by its `#[chatui::app]` fn, or plain where there is none.
    pub(crate) async fn linked(door: &Door<'_>) -> Result<Server, Error> {
        let root = choice::root(&all(), &packages(), &Choice::default()).map_err(Error::keep)?;
        // A dependency may have an app of its own, for when it is the root.
        let mut makers = inventory::iter::<AppFn>.into_iter().filter(|maker| maker.package.name == root.name);
        let mut app = match makers.next() {
            Some(maker) => (maker.build)(door).await?,
            None => App::new(),
        };
        app.addresses = door.said.clone().or(app.addresses);
        app.state_secret = door.state_secret.clone().or(app.state_secret);
        app.build_for(door.is_development).map_err(Error::keep)
    }
}
