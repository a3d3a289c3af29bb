//! A future in a box, and what may be lent to it: `Send` natively, where calls move between threads; not on wasm, which
//! has one thread and whose platform types are not `Send`.

use std::{future::Future, pin::Pin};

#[cfg(not(target_family = "wasm"))]
pub(crate) type Task<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
#[cfg(target_family = "wasm")]
pub(crate) type Task<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Boxes what the macro wrote; the one place where `Send` is asked for.
#[cfg(not(target_family = "wasm"))]
pub fn task<'a, T>(future: impl Future<Output = T> + Send + 'a) -> Task<'a, T> {
    Box::pin(future)
}
#[cfg(target_family = "wasm")]
/// Boxes what the macro wrote.
pub fn task<'a, T>(future: impl Future<Output = T> + 'a) -> Task<'a, T> {
    Box::pin(future)
}

/// What a call may hold while it waits: natively anything `Send`, on Workers anything.
#[cfg(all(feature = "auth", not(target_family = "wasm")))]
pub trait Sent: Send {}
#[cfg(all(feature = "auth", not(target_family = "wasm")))]
#[diagnostic::do_not_recommend]
impl<T: ?Sized + Send> Sent for T {}
#[cfg(all(feature = "auth", target_family = "wasm"))]
#[allow(missing_docs)]
pub trait Sent {}
#[cfg(all(feature = "auth", target_family = "wasm"))]
impl<T: ?Sized> Sent for T {}

/// What the app can lend to its tools: natively anything `Send + Sync + 'static`, on Workers anything `'static`.
///
/// ```
/// use chatui::{App, Shared};
///
/// /// An app with what all of ours have, and this.
/// fn with<T: Shared>(state: T) -> App {
///     App::new().instructions("Ask before you write.").state(state)
/// }
/// # with(1);
/// ```
#[cfg(not(target_family = "wasm"))]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be lent to tools",
    label = "not `Send + Sync`",
    note = "calls run at the same time on several threads; put what changes behind a `Mutex` or an atomic"
)]
pub trait Shared: Send + Sync + 'static {}
#[cfg(not(target_family = "wasm"))]
#[diagnostic::do_not_recommend]
impl<T: ?Sized + Send + Sync + 'static> Shared for T {}

/// What the app can lend to its tools: natively anything `Send + Sync + 'static`, on Workers anything `'static`.
#[cfg(target_family = "wasm")]
pub trait Shared: 'static {}
#[cfg(target_family = "wasm")]
impl<T: ?Sized + 'static> Shared for T {}
