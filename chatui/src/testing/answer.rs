//! What a tool answered, as the model, the widget and the person at the host get it.

use super::Heard;
use crate::{Error, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{any::type_name, fmt};

/// The answer to a call. [`Display`](fmt::Display) shows the whole of it, and so do the assertions that fail.
///
/// ```standalone_crate
/// use chatui::{App, Result, bail, testing::{self, json}, tool};
///
/// /// Halves a number.
/// #[tool(read_only)]
/// fn halve(number: u32) -> Result<String> {
///     if number % 2 == 1 {
///         bail!("{number} is odd; send an even number");
///     }
///     Ok(format!("{}", number / 2))
/// }
///
/// # testing::block_on(async {
/// let client = testing::client(App::new());
/// assert_eq!(client.call("halve", json!({ "number": 4 })).await.text(), "2");
/// client.call("halve", json!({ "number": 3 })).await.assert_error_contains("is odd");
/// assert_eq!(client.call("half", json!({ "number": 4 })).await.code(), Some(-32602)); // no such tool
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct Answer {
    tool: String,
    /// The result, or the protocol's error.
    whole: Value,
    code: Option<i64>,
    text: String,
    data: Value,
    progress: Vec<Progress>,
    widget: Option<String>,
    kept: Option<String>,
    wraps: bool,
}

/// What a tool said on the way, with [`Context::progress`](crate::Context::progress).
///
/// ```
/// # use chatui::testing::{Answer, Progress};
/// # fn told(answer: Answer) {
/// let Some(Progress { done, total, message }) = answer.progress().last() else { panic!("{answer}") };
/// assert_eq!((*done, *total, message.as_str()), (2.0, Some(2.0), "reading"));
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// How far the call had come.
    pub done: f64,
    /// Of how much, if it was known.
    pub total: Option<f64>,
    /// What was being done.
    pub message: String,
}

impl Progress {
    fn of(notification: &Value) -> Option<Self> {
        let params = notification.get("params").filter(|_| notification["method"] == "notifications/progress")?;
        let message = params["message"].as_str().unwrap_or_default().to_owned();
        Some(Progress { done: params["progress"].as_f64()?, total: params["total"].as_f64(), message })
    }
}

impl Answer {
    pub(super) fn of(tool: &str, heard: Heard, widget: Option<String>, wraps: bool) -> Self {
        let Heard { mut answer, said, kept } = heard;
        let progress = said.iter().filter_map(Progress::of).collect();
        let code = answer["error"]["code"].as_i64();
        let whole = answer[if code.is_some() { "error" } else { "result" }].take();
        let blocks = whole["content"].as_array().into_iter().flatten();
        let words: Vec<&str> = blocks.filter_map(|block| block["text"].as_str()).collect();
        let text = whole["message"].as_str().map_or_else(|| words.join("\n"), str::to_owned);
        // As the bridge does it.
        let mut data = whole["structuredContent"].clone();
        if let (Some(data), Some(hidden)) = (data.as_object_mut(), whole["_meta"]["chatui/uiOnly"].as_object()) {
            data.extend(hidden.clone());
        }
        Answer { tool: tool.to_owned(), whole, code, text, data, progress, widget, kept, wraps }
    }

    /// The words of the answer, its blocks of text in their lines; of an error and of a refusal, what they say.
    ///
    /// ```
    /// # use chatui::testing::{Answer, json};
    /// # fn drawn(answer: Answer) {
    /// assert_eq!(answer.text(), "2 entries");
    /// assert_eq!(*answer.model_data(), json!({ "count": 2 }));
    /// assert_eq!(answer.data()["entries"], json!(["a", "b"])); // the widget has the `#[ui_only]` fields too
    /// assert_eq!(answer.content()[0]["type"], "text");
    /// assert_eq!(answer.meta()["com.example/took"], 12);
    /// assert!(answer.widget().is_some_and(|uri| uri.starts_with("ui://")));
    /// # }
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The data as the widget has them in `chatui.data`: those of the model, and the `#[ui_only]` fields beside them. `null`
    /// where the tool answers in words.
    pub fn data(&self) -> &Value {
        &self.data
    }

    /// The data as the model sees them, without the `#[ui_only]` fields. `null` where the tool answers in words.
    pub fn model_data(&self) -> &Value {
        &self.whole["structuredContent"]
    }

    /// The content blocks, as the protocol spells them.
    pub fn content(&self) -> &[Value] {
        self.whole["content"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// What the tool added with [`Reply::meta`](crate::Reply::meta), among what chatui puts there.
    pub fn meta(&self) -> &Value {
        &self.whole["_meta"]
    }

    /// Whether the tool failed, or was not called at all because the call was refused.
    pub fn is_error(&self) -> bool {
        self.code.is_some() || self.whole["isError"] == true
    }

    /// The protocol's code where the call was refused, such as -32602 for a tool that does not exist. An error that the model
    /// reads, like one about wrong arguments, has none.
    pub fn code(&self) -> Option<i64> {
        self.code
    }

    /// What an error kept from the model, which reads "internal error" and an id: all that the log gets.
    ///
    /// ```standalone_crate
    /// # use chatui::{App, Result, testing, tool};
    /// /// Use this when the user asks how many entries there are.
    /// #[tool(read_only)]
    /// fn count() -> Result<u32> {
    ///     Ok("many".parse()?)
    /// }
    ///
    /// let answer = testing::block_on(testing::client(App::new()).call("count", ()));
    /// assert!(answer.is_error() && answer.text().starts_with("internal error"));
    /// assert_eq!(answer.kept(), Some("invalid digit found in string"));
    /// ```
    pub fn kept(&self) -> Option<&str> {
        self.kept.as_deref()
    }

    /// The address of the widget that draws the answers of this tool; [`Client::read`](super::Client::read) gives its document.
    pub fn widget(&self) -> Option<&str> {
        self.widget.as_deref()
    }

    /// What the tool said on the way.
    pub fn progress(&self) -> &[Progress] {
        &self.progress
    }

    /// The answer as a value: a `#[data]` struct, a widget that has `#[data]` too (with its `#[ui_only]` fields), the `T` of a
    /// [`Json<T>`](crate::Json). Of a tool that answers in words, a `String`, or what can be read from them as JSON.
    ///
    /// ```
    /// # use chatui::testing::Answer;
    /// # fn read(answer: Answer) {
    /// let numbers: Vec<u32> = answer.parse().unwrap();
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// What the tool says where it failed, why the call was refused, or why the answer is no `T`.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        if self.is_error() {
            return Err(Error::tell(with_kept(&self.text, self.kept())));
        }
        let read = match &self.data {
            Value::Null => serde_json::from_value(json!(self.text)).or_else(|_| serde_json::from_str(&self.text)),
            data if self.wraps => serde_json::from_value(data["result"].clone()),
            data => serde_json::from_value(data.clone()),
        };
        read.map_err(|error| Error::tell(format!("the answer is no `{}`: {error}; {self}", type_name::<T>())))
    }

    /// Panics unless the tool did its work.
    ///
    /// ```
    /// # use chatui::testing::{Answer, json};
    /// # fn drawn(answer: Answer) {
    /// answer.assert_ok();
    /// answer.assert_text_contains("Paris").assert_data_contains(json!({ "city": "Paris" }));
    /// # }
    /// # fn refused(answer: Answer) {
    /// answer.assert_error_contains("`city`");
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// With the whole answer.
    #[track_caller]
    pub fn assert_ok(&self) -> &Self {
        assert!(!self.is_error(), "an error, where the tool should have done its work; {self}");
        self
    }

    /// Panics unless the tool did its work and its text holds these words.
    ///
    /// # Panics
    ///
    /// With the whole answer.
    #[track_caller]
    pub fn assert_text_contains(&self, words: &str) -> &Self {
        self.assert_ok();
        assert!(self.text.contains(words), "no {words:?} in the text; {self}");
        self
    }

    /// Panics unless the tool did its work and [its data](Answer::data) have these members. Others may stand beside them, also
    /// further inside; a list has as many items as are expected.
    ///
    /// ```
    /// # use chatui::testing::{Answer, json};
    /// # fn drawn(answer: Answer) {
    /// answer.assert_data_contains(json!({ "city": "Paris", "wind": { "unit": "km/h" } }));
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// With the whole answer.
    #[track_caller]
    pub fn assert_data_contains(&self, expected: impl Serialize) -> &Self {
        self.assert_ok();
        let expected = json!(expected);
        assert!(contains(&self.data, &expected), "no {expected} in the data; {self}");
        self
    }

    /// Panics unless the tool failed, or the call was refused, with these words.
    ///
    /// # Panics
    ///
    /// With the whole answer.
    #[track_caller]
    pub fn assert_error_contains(&self, words: &str) -> &Self {
        assert!(self.is_error(), "no error; {self}");
        assert!(self.text.contains(words), "no {words:?} in the error; {self}");
        self
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let how = if self.code.is_some() { "was refused" } else { "answered" };
        write!(formatter, "`{}` {how}: {:#}", self.tool, self.whole)?;
        if let Some(kept) = &self.kept {
            write!(formatter, "\nkept from the model: {kept}")?;
        }
        self.progress.iter().try_for_each(|Progress { done, total, message }| {
            let total = total.map_or_else(String::new, |total| format!(" of {total}"));
            write!(formatter, "\nsaid on the way: {done}{total}, {message}")
        })
    }
}

/// Whether objects have at least the expected members, and all else is equal. Numbers are compared as such: 1 is 1.0.
fn contains(data: &Value, expected: &Value) -> bool {
    match (data, expected) {
        (Value::Object(data), Value::Object(expected)) => {
            expected.iter().all(|(key, expected)| data.get(key).is_some_and(|data| contains(data, expected)))
        }
        (Value::Array(data), Value::Array(expected)) => {
            data.len() == expected.len() && data.iter().zip(expected).all(|(data, expected)| contains(data, expected))
        }
        (Value::Number(data), Value::Number(expected)) => data == expected || data.as_f64() == expected.as_f64(),
        (data, expected) => data == expected,
    }
}

/// The words of an error, and what only the log gets of it.
pub(super) fn with_kept(words: &str, kept: Option<&str>) -> String {
    kept.map_or_else(|| words.to_owned(), |kept| format!("{words}: {kept}"))
}

/// What is under an address.
///
/// ```standalone_crate
/// use chatui::{App, resource, testing};
///
/// /// A picture.
/// #[resource("pictures://dot", mime = "image/png")]
/// fn dot() -> Vec<u8> {
///     b"\x89PNG".to_vec()
/// }
///
/// let read = testing::block_on(testing::client(App::new()).read("pictures://dot")).unwrap();
/// assert_eq!((read.mime(), read.bytes()), ("image/png", &b"\x89PNG"[..]));
/// ```
#[derive(Debug, Clone)]
pub struct Contents {
    whole: Value,
    bytes: Vec<u8>,
}

impl Contents {
    pub(super) fn of(whole: Value) -> Self {
        let text = whole["text"].as_str().map(|text| text.as_bytes().to_vec());
        let blob = || whole["blob"].as_str().and_then(|blob| BASE64_STANDARD.decode(blob).ok());
        let bytes = text.or_else(blob).unwrap_or_default();
        Contents { whole, bytes }
    }

    /// Its text; empty where it is bytes.
    pub fn text(&self) -> &str {
        self.whole["text"].as_str().unwrap_or_default()
    }

    /// Its bytes, also those of a text.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its type, such as `text/markdown`.
    pub fn mime(&self) -> &str {
        self.whole["mimeType"].as_str().unwrap_or_default()
    }

    /// What hosts are told beside it: of a widget, its policy and its border. `null` where they are told nothing.
    pub fn meta(&self) -> &Value {
        &self.whole["_meta"]
    }
}
