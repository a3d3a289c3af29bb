//! Answers out: a tool's value → content, structured data, and what only the widget sees.

use crate::{Error, content::Content, json, widget::Widget};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::{
    Map, Value,
    value::{RawValue, to_raw_value},
};

/// What a tool's return type says about it, known before any call.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Facts {
    pub widget: Option<&'static Widget>,
    pub output: Option<fn(&mut SchemaGenerator) -> Schema>,
    /// Whether it is who the user is, which ChatGPT asks for by itself.
    pub profile: bool,
    /// What only the template reads, where there is such a thing. Not on wasm: there nobody asks, and every schema weighs.
    #[cfg(not(target_family = "wasm"))]
    pub hidden: Option<fn(&mut SchemaGenerator) -> Option<Schema>>,
}

/// A call's end, before it is written for a revision of the protocol.
#[doc(hidden)]
pub type Outcome = Result<Parts, Error>;

/// The parts of a result.
#[doc(hidden)]
pub struct Parts {
    pub(crate) content: Blocks,
    pub(crate) structured: Option<Box<RawValue>>,
    pub(crate) hidden: Option<Box<RawValue>>,
    pub(crate) meta: Map<String, Value>,
}

/// The content of a result. Nearly all have one sentence.
pub(crate) enum Blocks {
    Sentence(String),
    /// The structured data once more, for clients that know only text.
    Structured,
    Many(Vec<Content>),
}

impl Parts {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Parts { content: Blocks::Sentence(text.into()), structured: None, hidden: None, meta: Map::new() }
    }

    /// So many bytes its result has in any case.
    pub(crate) fn least(&self) -> usize {
        let json = |json: &Option<Box<RawValue>>| json.as_ref().map_or(0, |json| json.get().len());
        let words = match &self.content {
            Blocks::Sentence(text) => text.len(),
            Blocks::Structured => json(&self.structured),
            Blocks::Many(_) => 0,
        };
        words + json(&self.structured) + json(&self.hidden)
    }

    fn many(blocks: Vec<Content>) -> Self {
        Parts { content: Blocks::Many(blocks), ..Parts::text("") }
    }
}

impl Blocks {
    /// Writes them as JSON; `structured` is what they may repeat.
    pub(crate) fn write(self, structured: Option<&RawValue>, out: &mut Vec<u8>) {
        out.push(b'[');
        match self {
            Blocks::Sentence(text) => text_block(out, |out| json::string_of(out, text)),
            Blocks::Structured => {
                let json = structured.map_or("", RawValue::get);
                // Twice, and once with a backslash before each quote.
                out.reserve(json.len() * 9 / 4);
                text_block(out, |out| json::string(out, json));
            }
            Blocks::Many(blocks) => {
                for (at, block) in blocks.iter().enumerate() {
                    if at > 0 {
                        out.push(b',');
                    }
                    match block.words() {
                        Some(text) => text_block(out, |out| json::string(out, text)),
                        None => json::write(out, block),
                    }
                }
            }
        }
        out.push(b']');
    }
}

fn text_block(out: &mut Vec<u8>, text: impl FnOnce(&mut Vec<u8>)) {
    out.extend_from_slice(br#"{"type":"text","text":"#);
    text(out);
    out.push(b'}');
}

/// What a tool can answer with.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the answer of a #[tool]",
    label = "not an answer",
    note = "return text (`String`), data (`Json<T>` with `#[data]` on the `T`), a `#[widget]` struct or content, or a `Result` of one of them",
    note = "the error of a `Result` is `chatui::Error`, a std error, a `String` or a `&'static str`"
)]
pub trait IntoReply: Sized {
    const FACTS: Facts;

    fn into_reply(self) -> Outcome;
}

/// Nothing but text.
#[doc(hidden)]
pub const PLAIN: Facts = Facts {
    widget: None,
    output: None,
    profile: false,
    #[cfg(not(target_family = "wasm"))]
    hidden: None,
};

#[diagnostic::do_not_recommend]
impl IntoReply for String {
    const FACTS: Facts = PLAIN;

    fn into_reply(self) -> Outcome {
        Ok(Parts::text(self))
    }
}

/// A tool that only does something says so: models take an empty answer for a failure.
#[diagnostic::do_not_recommend]
impl IntoReply for () {
    const FACTS: Facts = PLAIN;

    fn into_reply(self) -> Outcome {
        Ok(Parts::text("done"))
    }
}

macro_rules! displayed {
    ($($type:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl IntoReply for $type {
            const FACTS: Facts = PLAIN;

            fn into_reply(self) -> Outcome {
                Ok(Parts::text(self.to_string()))
            }
        }
    )*};
}
displayed!(&'static str bool char f32 f64 i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

#[diagnostic::do_not_recommend]
impl IntoReply for Content {
    const FACTS: Facts = PLAIN;

    fn into_reply(self) -> Outcome {
        Ok(Parts::many(vec![self]))
    }
}

#[diagnostic::do_not_recommend]
impl IntoReply for Vec<Content> {
    const FACTS: Facts = PLAIN;

    fn into_reply(self) -> Outcome {
        Ok(Parts::many(self))
    }
}

#[diagnostic::do_not_recommend]
impl IntoReply for Option<Content> {
    const FACTS: Facts = PLAIN;

    fn into_reply(self) -> Outcome {
        Ok(Parts::many(self.into_iter().collect()))
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
    const FACTS: Facts = Facts { output: Some(|generator| generator.subschema_for::<T>()), ..PLAIN };

    fn into_reply(self) -> Outcome {
        let structured = raw(&self.0)?;
        Ok(Parts { content: Blocks::Structured, structured: Some(structured), ..Parts::text("") })
    }
}

/// An answer with something added by hand: another text, more content, metadata.
///
/// ```
/// use chatui::{Content, Json, Reply, data, tool};
///
/// #[data]
/// struct Found {
///     count: usize,
/// }
///
/// /// Finds notes.
/// #[tool(read_only)]
/// fn find(words: String) -> Reply<Json<Found>> {
///     Reply::new(Json(Found { count: 1 }))
///         .text(format!("One note mentions {words}."))
///         .content(Content::link("notes://1", "The first note"))
///         .meta("com.example/took", 12)
/// }
/// # find("rain".into());
/// ```
#[derive(Debug)]
pub struct Reply<T> {
    value: T,
    text: Option<String>,
    content: Vec<Content>,
    meta: Map<String, Value>,
    problem: Option<serde_json::Error>,
}

impl<T> Reply<T> {
    /// The answer that `value` alone would be.
    pub fn new(value: T) -> Self {
        Reply { value, text: None, content: Vec::new(), meta: Map::new(), problem: None }
    }

    /// Says this instead of the value's own text.
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Adds a block behind the text.
    pub fn content(mut self, content: impl Into<Content>) -> Self {
        self.content.push(content.into());
        self
    }

    /// Puts a value into the result's `_meta`, which widgets see and models do not. Keys are best prefixed with a domain of
    /// yours, `com.example/key`. A value that is no JSON makes the call an internal error.
    pub fn meta(mut self, key: impl Into<String>, value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => drop(self.meta.insert(key.into(), value)),
            Err(problem) => self.problem = Some(problem),
        }
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: IntoReply> IntoReply for Reply<T> {
    const FACTS: Facts = T::FACTS;

    fn into_reply(self) -> Outcome {
        let Reply { value, text, content, meta, problem } = self;
        if let Some(problem) = problem {
            return Err(problem.into());
        }
        let mut parts = value.into_reply()?;
        parts.meta.extend(meta);
        if let Some(text) = text {
            parts.content = Blocks::Sentence(text);
        }
        if !content.is_empty() {
            let mut blocks = match parts.content {
                Blocks::Sentence(text) => vec![Content::text(text)],
                Blocks::Structured => parts.structured.iter().map(|json| Content::text(json.get())).collect(),
                Blocks::Many(blocks) => blocks,
            };
            blocks.extend(content);
            parts.content = Blocks::Many(blocks);
        }
        Ok(parts)
    }
}

/// A value as JSON, on one line: stdio and Server-Sent Events end a message at a line break, and a value may bring JSON
/// of its own.
fn raw(value: &impl Serialize) -> Result<Box<RawValue>, Error> {
    let json = to_raw_value(value)?;
    // Inside strings they are escaped, so these stand between tokens.
    if memchr::memchr2(b'\n', b'\r', json.get().as_bytes()).is_some() {
        return Ok(RawValue::from_string(json.get().replace(['\n', '\r'], " "))?);
    }
    Ok(json)
}

/// What `#[widget]` writes about a struct: what of it the model reads and what only the template, the text and the template.
#[doc(hidden)]
pub trait Draw {
    const WIDGET: &'static Widget;
    const HIDES: bool = false;

    fn schema(generator: &mut SchemaGenerator) -> Schema;
    /// `None` where the types of what is hidden are not known.
    fn hidden_schema(_: &mut SchemaGenerator) -> Option<Schema> {
        None
    }
    fn model<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
    fn hidden<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
    fn text(&self) -> String;
}

/// What the function of a widget's `text = …` can return.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the text of a #[widget]",
    label = "returns no text",
    note = "the function of `text = …` takes a reference to the widget, and returns a `String` or a `&str`"
)]
pub trait IntoText {
    fn into_text(self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T: Into<String>> IntoText for T {
    fn into_text(self) -> String {
        self.into()
    }
}

/// Asked at the path of the function.
pub fn text<T: IntoText>(text: T) -> String {
    text.into_text()
}

/// Stands in for the `serialize` that serde's derive leaves out where it refuses an attribute: that has one message then,
/// and not another about a name of ours. Whatever a derive writes goes before it.
#[doc(hidden)]
pub trait Unwritten {
    fn serialize<T, S: Serializer>(_: &T, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}
impl<T> Unwritten for T {}

#[diagnostic::do_not_recommend]
impl<T: Draw> IntoReply for T {
    const FACTS: Facts = Facts {
        widget: Some(T::WIDGET),
        output: Some(T::schema),
        #[cfg(not(target_family = "wasm"))]
        hidden: if T::HIDES { Some(T::hidden_schema) } else { None },
        ..PLAIN
    };

    fn into_reply(self) -> Outcome {
        let hidden = if T::HIDES { Some(raw(&Hidden(&self))?) } else { None };
        Ok(Parts { structured: Some(raw(&Model(&self))?), hidden, ..Parts::text(self.text()) })
    }
}

/// What the model reads of a widget.
struct Model<'a, T>(&'a T);

impl<T: Draw> Serialize for Model<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.model(serializer)
    }
}

/// What only the template reads.
struct Hidden<'a, T>(&'a T);

impl<T: Draw> Serialize for Hidden<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.hidden(serializer)
    }
}
