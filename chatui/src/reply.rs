//! Answers out: a tool's value → content, structured data, and what only the widget sees.

use crate::{Error, widget::Widget};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// What a tool's return type says about it, known before any call.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Facts {
    pub widget: Option<&'static Widget>,
    pub output: Option<fn(&mut SchemaGenerator) -> Schema>,
}

/// A call's end, before it is written for a revision of the protocol.
#[doc(hidden)]
pub type Outcome = Result<Parts, Error>;

/// The parts of a result.
#[doc(hidden)]
pub struct Parts {
    pub(crate) text: Text,
    pub(crate) structured: Option<Box<RawValue>>,
    pub(crate) hidden: Option<Box<RawValue>>,
}

pub(crate) enum Text {
    Sentence(String),
    /// The structured data once more, for clients that know only text.
    Structured,
}

/// What a tool can answer with.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the answer of a #[tool]",
    label = "not an answer",
    note = "return a `String`, a `#[widget]` struct, `Json<{Self}>` with `#[data]` on the type, or a `Result` of one of them"
)]
pub trait IntoReply: Sized {
    const FACTS: Facts;

    fn into_reply(self) -> Outcome;
}

#[diagnostic::do_not_recommend]
impl IntoReply for String {
    const FACTS: Facts = Facts { widget: None, output: None };

    fn into_reply(self) -> Outcome {
        Ok(Parts { text: Text::Sentence(self), structured: None, hidden: None })
    }
}

#[diagnostic::do_not_recommend]
impl<T: IntoReply, E: Into<Error>> IntoReply for Result<T, E> {
    const FACTS: Facts = T::FACTS;

    fn into_reply(self) -> Outcome {
        self.map_err(Into::into)?.into_reply()
    }
}

/// Structured data: the tool gets an output schema, the model and the host get the value. What is not an object is sent
/// as `{"result": …}`, because the protocol and the hosts want objects.
///
/// ```
/// use chatui::{Json, data, tool};
///
/// #[data]
/// struct Sum {
///     sum: f64,
/// }
///
/// /// Adds two numbers.
/// #[tool(read_only)]
/// fn add(a: f64, b: f64) -> Json<Sum> {
///     Json(Sum { sum: a + b })
/// }
///
/// assert_eq!(add(1.0, 2.0).0.sum, 3.0);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

#[diagnostic::do_not_recommend]
impl<T: Serialize + JsonSchema> IntoReply for Json<T> {
    const FACTS: Facts = Facts { widget: None, output: Some(|generator| generator.subschema_for::<T>()) };

    fn into_reply(self) -> Outcome {
        let structured = to_raw_value(&self.0)?;
        Ok(Parts { text: Text::Structured, structured: Some(structured), hidden: None })
    }
}

/// What `#[widget]` writes about a struct: two borrowing views of it, the text and the template.
#[doc(hidden)]
pub trait Draw {
    const WIDGET: &'static Widget;
    const HIDES: bool;
    type Model<'a>: Serialize + JsonSchema
    where
        Self: 'a;
    type Hidden<'a>: Serialize
    where
        Self: 'a;

    fn model(&self) -> Self::Model<'_>;
    fn hidden(&self) -> Self::Hidden<'_>;
    fn text(&self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T: Draw + 'static> IntoReply for T {
    const FACTS: Facts = Facts { widget: Some(T::WIDGET), output: Some(|generator| generator.subschema_for::<T::Model<'static>>()) };

    fn into_reply(self) -> Outcome {
        let hidden = if T::HIDES { Some(to_raw_value(&self.hidden())?) } else { None };
        Ok(Parts { text: Text::Sentence(self.text()), structured: Some(to_raw_value(&self.model())?), hidden })
    }
}
