//! A tool as data: what the macro writes down about a function, and one call of it.

use crate::{
    Error,
    access::Access,
    args::{self, Arguments},
    asking::Asks,
    header::Header,
    item::{Lent, Package, Rule, Slot},
    reply::{Facts, IntoReply, Outcome, PLAIN},
    state::Lenders,
    task::{Shared, Task, task},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, de::DeserializeOwned};

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
    pub open_world: bool,
    pub idempotent: bool,
    pub invoking: Option<&'static str>,
    pub invoked: Option<&'static str>,
    /// What a user says when this is the tool to call: for a review, and nothing of it on Workers.
    pub examples: &'static [&'static str],
    pub audience: Audience,
    pub access: Access,
    pub icon: Option<&'static str>,
    /// What the author adds to the schema of the arguments.
    pub schema: Option<fn(&mut serde_json::Value)>,
    /// Keys and JSON texts.
    pub meta: &'static [(&'static str, &'static str)],
    pub timeout_ms: Option<u64>,
    pub blocking: bool,
    /// How it asks its user, where it says that it does.
    pub asks: Option<&'static Asks>,
}

/// What a tool is where its attribute says nothing; the macro fills in the rest.
#[doc(hidden)]
pub const TOOL: Tool = Tool {
    name: "",
    title: "",
    about: "",
    effect: Effect::Destructive,
    package: Package { name: "", version: "", is_root: false },
    place: "",
    params: &[],
    lent: &[],
    answer: PLAIN,
    call: |_| task(async { Err(Error::tell("no such tool")) }),
    open_world: false,
    idempotent: false,
    invoking: None,
    invoked: None,
    examples: &[],
    audience: Audience::Both,
    access: Access::Unsaid,
    icon: None,
    schema: None,
    meta: &[],
    timeout_ms: None,
    blocking: false,
    asks: None,
};

inventory::collect!(Tool);

#[cfg(not(target_family = "wasm"))]
impl Tool {
    /// The same under other names. They live as long as the process, as all tools do.
    pub(crate) fn copies(&'static self, count: usize) -> impl Iterator<Item = &'static Tool> {
        (1..=count).map(|number| {
            let name = format!("{}_{number:05}", self.name).leak();
            &*Box::leak(Box::new(Tool { name, ..*self }))
        })
    }
}

/// What a tool does to the world.
#[doc(hidden)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    ReadOnly,
    Writes,
    Destructive,
}

/// Who may call a tool.
#[doc(hidden)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Both,
    /// Widgets of this app.
    App,
    Model,
}

/// One parameter that comes from the model.
#[doc(hidden)]
pub struct Param<T> {
    pub slot: Slot,
    read: fn(Option<&str>) -> Result<T, String>,
    make: Option<fn() -> T>,
}

impl<T> Param<T> {
    /// A default that is written out, read like an argument and published.
    pub const fn default_json(mut self, json: &'static str) -> Self {
        self.slot.default = Some(json);
        self
    }

    /// How a default that is made looks at start.
    pub const fn seen(mut self, json: fn() -> Option<String>) -> Self {
        self.slot.made = Some(json);
        self
    }

    /// Constraints; they are published and enforced.
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.slot.rules = rules;
        self
    }

    /// A header that it travels in too.
    pub const fn header(mut self, header: &'static Header) -> Self {
        self.slot.header = Some(header);
        self
    }

    /// A default that is made anew for each call.
    pub const fn default_with(mut self, make: fn() -> T) -> Self {
        self.make = Some(make);
        self.slot.optional = || true;
        self
    }

    /// What offers values while one is typed.
    pub const fn complete(mut self, complete: fn(&str) -> Vec<String>) -> Self {
        self.slot.complete = Some(complete);
        self
    }

    pub(crate) fn value(&self, json: Option<&str>) -> Result<T, String> {
        let absent = json.is_none_or(|json| json == "null");
        match (self.slot.default, self.make) {
            (Some(default), _) if absent => (self.read)(Some(default)),
            (_, Some(make)) if absent => Ok(make()),
            _ => (self.read)(json),
        }
    }
}

/// The bound is asked for once, here, so that a type without it is reported once, at the user's type.
pub const fn param<T: Input>(key: &'static str, about: &'static str) -> Param<T> {
    let refuses = |json: &str| T::read(Some(json)).err();
    let slot = Slot {
        key,
        about,
        schema: T::schema,
        optional: T::optional,
        default: None,
        made: None,
        refuses,
        rules: &[],
        header: None,
        complete: None,
    };
    Param { slot, read: T::read, make: None }
}

/// Asks whether a type can be written as JSON: `(&Made(make)).json()` finds [`Written`] before [`Opaque`], which needs
/// one reference more.
#[doc(hidden)]
pub struct Made<T>(pub fn() -> T);

#[doc(hidden)]
pub trait Written {
    fn json(&self) -> Option<String>;
}

impl<T: serde::Serialize> Written for Made<T> {
    fn json(&self) -> Option<String> {
        serde_json::to_string(&(self.0)()).ok()
    }
}

#[doc(hidden)]
pub trait Opaque {
    fn json(&self) -> Option<String>;
}

impl<T> Opaque for &Made<T> {
    fn json(&self) -> Option<String> {
        None
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

/// What a field of a #[widget] or of #[data] is.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be a field here: it is not data, or holds what is not",
    label = "not data",
    note = "put `#[chatui::data]` on your own type, which is all that it needs; one of another crate goes into a type of yours"
)]
pub trait IsData {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + JsonSchema> IsData for T {}

/// Asked at the field's type.
pub const fn is_data<T: IsData>() {}

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
    pub(crate) lenders: Lenders<'a>,
}

impl<'a> Call<'a> {
    /// Takes an argument. What is wrong with it is noted, and told by [`check`](Self::check) with all the others.
    pub fn take<T>(&mut self, param: &Param<T>) -> Result<T, Error> {
        let key = param.slot.key;
        let json = self.arguments.get(key);
        param.value(json).map_err(|why| {
            self.arguments.refuse(key, why);
            Error::tell(String::new())
        })
    }

    /// Whether all that was sent can be used; else one error that lists everything.
    pub fn check(&self) -> Result<(), Error> {
        self.arguments.check()
    }

    /// What the app lends.
    pub fn lend<T: ?Sized + Shared>(&self) -> Result<&'a T, Error> {
        self.lenders.lend()
    }
}
