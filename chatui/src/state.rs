//! What the app lends to its tools, by type.

use crate::{Error, task::Shared};
use std::any::{Any, TypeId, type_name};

/// The values given with `App::state`. A handful, so a list is looked through faster than a map.
#[derive(Default)]
pub(crate) struct States(Vec<State>);

struct State {
    id: TypeId,
    name: &'static str,
    /// A `Box<T>`, so that a `T` may be unsized.
    value: Holder,
}

#[cfg(not(target_family = "wasm"))]
type Holder = Box<dyn Any + Send + Sync>;
#[cfg(target_family = "wasm")]
type Holder = Box<dyn Any>;

impl States {
    pub(crate) fn add<T: ?Sized + Shared>(&mut self, value: Box<T>) {
        self.0.push(State { id: TypeId::of::<T>(), name: type_name::<T>(), value: Box::new(value) });
    }

    pub(crate) fn get<T: ?Sized + Shared>(&self) -> Option<&T> {
        let state = self.0.iter().find(|state| state.id == TypeId::of::<T>())?;
        state.value.downcast_ref::<Box<T>>().map(|value| &**value)
    }

    pub(crate) fn has(&self, id: TypeId) -> bool {
        self.0.iter().any(|state| state.id == id)
    }

    /// The types that were given more than once.
    pub(crate) fn doubled(&self) -> impl Iterator<Item = &'static str> {
        let doubled = |(at, state): (usize, &State)| self.0[..at].iter().any(|other| other.id == state.id).then_some(state.name);
        self.0.iter().enumerate().filter_map(doubled)
    }
}

/// What is lent for one call: the context, in the same kind of holder as a state, so that both are found by type.
#[cfg(not(target_family = "wasm"))]
pub(crate) type Passing<'a> = &'a (dyn Any + Send + Sync);
#[cfg(target_family = "wasm")]
pub(crate) type Passing<'a> = &'a dyn Any;

/// Who lends to a call: the call its context, the door what belongs to its request, and the app its state.
#[derive(Clone, Copy)]
pub(crate) struct Lenders<'a> {
    pub(crate) context: Passing<'a>,
    /// Who calls.
    pub(crate) user: Option<Passing<'a>>,
    pub(crate) door: &'a States,
    pub(crate) app: &'a States,
}

impl<'a> Lenders<'a> {
    /// What is lent under a type. The table was checked at start, so an absence is ours.
    pub(crate) fn lend<T: ?Sized + Shared>(self) -> Result<&'a T, Error> {
        let lent = self.context.downcast_ref::<Box<T>>().map(|context| &**context);
        let lent = lent.or_else(|| self.user?.downcast_ref::<Box<T>>().map(|user| &**user));
        let lent = lent.or_else(|| self.door.get()).or_else(|| self.app.get());
        lent.ok_or_else(|| Error::keep(std::io::Error::other(format!("no state of type `{}`", type_name::<T>()))))
    }
}
