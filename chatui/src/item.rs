//! What is known about every annotated item, whatever it is.

use crate::{header::Header, task::Shared};
use schemars::{Schema, SchemaGenerator};
use std::any::{TypeId, type_name};

/// The crate that an item was written in.
#[doc(hidden)]
#[derive(Clone, Copy, Default, serde::Serialize)]
pub struct Package {
    pub name: &'static str,
    pub version: &'static str,
    /// Whether this very compilation makes a program: then it is the root package, whatever is linked to it.
    #[serde(skip)]
    pub is_root: bool,
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
    /// What it is when it is not sent, as JSON; the schema shows it.
    pub default: Option<&'static str>,
    /// The same for a default that is made: looked at once, at start, where its type can be written as JSON.
    pub made: Option<fn() -> Option<String>>,
    /// Why a JSON text is none of its values.
    pub refuses: fn(&str) -> Option<String>,
    /// What the type does not ask for by itself.
    pub rules: &'static [Rule],
    /// The header that it travels in too.
    pub header: Option<&'static Header>,
    /// What offers values to a person who types one.
    pub complete: Option<fn(&str) -> Vec<String>>,
}

impl Slot {
    /// Whether a call without it is complete.
    pub(crate) fn may_lack(&self) -> bool {
        self.default.is_some() || (self.optional)()
    }
}

/// A constraint on one parameter that its type does not have.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Rule {
    /// `exclusive`: the upper end is not in it.
    Range {
        min: Option<Bound>,
        max: Option<Bound>,
        exclusive: bool,
    },
    Length {
        min: Option<usize>,
        max: Option<usize>,
    },
    Pattern(&'static str),
}

/// An end of a range.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Bound {
    Int(i128),
    Float(f64),
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

/// By name, and where two have one by place. One sort serves all: each instance of std's weighs on wasm.
pub(crate) fn sorted<T: Copy>(items: Vec<T>, key: fn(T) -> (&'static str, &'static str)) -> Vec<T> {
    let mut keys: Vec<(&str, &str, usize)> = items.iter().enumerate().map(|(at, item)| (key(*item).0, key(*item).1, at)).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, _, at)| items[at]).collect()
}
