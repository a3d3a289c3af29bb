//! A tool as data: what the macro writes down about a function, and one call of it.

use crate::{
    Error,
    args::{self, Arguments},
    reply::{Facts, IntoReply, Outcome},
    schema::Rule,
    state::{self, Passing, States},
    task::{Shared, Task},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use std::any::{TypeId, type_name};

/// One annotated function.
#[doc(hidden)]
pub struct Tool {
    pub name: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    pub effect: Effect,
    pub package: Package,
    pub place: &'static str,
    pub params: &'static [Slot],
    pub lent: &'static [Lent],
    pub answer: Facts,
    pub call: for<'a> fn(Call<'a>) -> Task<'a, Outcome>,
}

inventory::collect!(Tool);

/// What a tool does to the world.
#[doc(hidden)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    ReadOnly,
    Writes,
    Destructive,
}

/// The crate that an item was written in.
#[doc(hidden)]
#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
}

/// One parameter that comes from the model, without its type.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Slot {
    pub key: &'static str,
    pub about: &'static str,
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    /// Whether a call without it is complete.
    pub optional: fn() -> bool,
    /// What the type does not ask for by itself.
    pub rules: &'static [Rule],
}

/// One parameter that comes from the model.
#[doc(hidden)]
pub struct Param<T> {
    pub slot: Slot,
    read: fn(Option<&str>) -> Result<T, String>,
}

/// The bound is asked for once, here, so that a type without it is reported once, at the user's type.
pub const fn param<T: Input>(key: &'static str, about: &'static str) -> Param<T> {
    Param { slot: Slot { key, about, schema: T::schema, optional: T::optional, rules: &[] }, read: T::read }
}

impl<T> Param<T> {
    /// The same with constraints; they are published and enforced.
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.slot.rules = rules;
        self
    }
}

/// What a model can send.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be a parameter of a #[tool]",
    label = "the model can't send this",
    note = "put `#[chatui::data]` on your own type; for one of another crate take a type of yours and convert it",
    note = "what the app lends is borrowed: `&{Self}`"
)]
pub trait Input: Sized {
    fn schema(generator: &mut SchemaGenerator) -> Schema;
    fn optional() -> bool;
    fn read(json: Option<&str>) -> Result<Self, String>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned + JsonSchema> Input for T {
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }

    fn optional() -> bool {
        args::absent::<T>().is_some()
    }

    fn read(json: Option<&str>) -> Result<Self, String> {
        args::read(json)
    }
}

/// A type that a tool borrows.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Lent {
    pub id: fn() -> TypeId,
    pub name: fn() -> &'static str,
}

/// Asked once per borrowed parameter, at the user's type.
pub const fn lent<T: ?Sized + Shared>() -> Lent {
    Lent { id: TypeId::of::<T>, name: type_name::<T> }
}

/// How a function's answer becomes a result.
#[doc(hidden)]
pub struct Answer<T> {
    pub facts: Facts,
    pub reply: fn(T) -> Outcome,
}

/// Asked once, at the function's return type.
pub const fn answer<T: IntoReply>() -> Answer<T> {
    Answer { facts: T::FACTS, reply: T::into_reply }
}

/// One call: what the model sent and what the app lends.
#[doc(hidden)]
pub struct Call<'a> {
    pub(crate) arguments: Arguments<'a>,
    /// A `Box<Context>`.
    pub(crate) context: Passing<'a>,
    pub(crate) states: &'a States,
}

impl<'a> Call<'a> {
    /// Takes an argument. What is wrong with it is noted, and told by [`check`](Self::check) with all the others.
    pub fn take<T>(&mut self, param: &Param<T>) -> Result<T, Error> {
        let key = param.slot.key;
        let json = self.arguments.get(key);
        (param.read)(json).map_err(|why| {
            self.arguments.refuse(key, why);
            Error::tell(String::new())
        })
    }

    /// Whether all that was sent can be used; else one error that lists everything.
    pub fn check(&self) -> Result<(), Error> {
        self.arguments.check()
    }

    /// What the app lends. The table was checked at start, so an absence is ours.
    pub fn lend<T: ?Sized + Shared>(&self) -> Result<&'a T, Error> {
        let lent = state::find(self.context, self.states);
        lent.ok_or_else(|| Error::from(std::io::Error::other(format!("no state of type `{}`", type_name::<T>()))))
    }
}
