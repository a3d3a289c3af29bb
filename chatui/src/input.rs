//! What a call wants from its user or its client before it can end, and what comes back.

use serde::Serialize;
use serde_json::{Map, Value, json};
use std::fmt;

/// How a user has answered a question.
///
/// ```
/// use chatui::Asked;
///
/// let asked = Asked::Accepted("blue");
/// assert_eq!(asked.accepted(), Some("blue"));
/// assert_eq!(Asked::<&str>::Declined.accepted(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked<T> {
    /// With this.
    Accepted(T),
    /// No: the user was asked and does not want to.
    Declined,
    /// Neither: the user has closed the question.
    Cancelled,
}

impl<T> Asked<T> {
    /// What was answered, if anything was.
    pub fn accepted(self) -> Option<T> {
        match self {
            Asked::Accepted(value) => Some(value),
            Asked::Declined | Asked::Cancelled => None,
        }
    }
}

/// What a call needs before it can end: the lower level below [`Context::ask`](crate::Context::ask), for requests of other kinds
/// and names of your own. Returned as the error of a tool that says `asks`, it is the answer `input_required` of MCP 2026-07-28
/// (basic/patterns/mrtr); the client calls again with what it was asked for, which [`Context::input`](crate::Context::input) reads.
///
/// ```
/// use chatui::{Context, InputRequired, Result, tool};
/// use serde_json::{Value, json};
///
/// /// Use this when the user wants a title for a text.
/// #[tool(read_only, asks)]
/// async fn entitle(text: String, cx: &Context) -> Result<String> {
///     let Some(written) = cx.input::<Value>("title")? else {
///         let messages = json!([{ "role": "user", "content": { "type": "text", "text": text } }]);
///         let asked = json!({ "messages": messages, "maxTokens": 20 });
///         return Err(InputRequired::new().sampling("title", asked).into());
///     };
///     Ok(written["content"]["text"].to_string())
/// }
/// ```
///
/// A client that does not have what is asked for is told so (-32021). Clients of the revisions before can't be asked in this way:
/// the model reads that.
#[derive(Debug, Default)]
pub struct InputRequired {
    pub(crate) requests: Map<String, Value>,
    pub(crate) state: Option<Value>,
    pub(crate) problem: Option<String>,
}

impl InputRequired {
    /// Nothing yet.
    pub fn new() -> Self {
        InputRequired::default()
    }

    /// Asks the user, with a form that is given as a JSON Schema of the kind that elicitation knows: a flat object.
    /// [`InputRequired::form`] takes a type instead.
    ///
    /// ```
    /// use chatui::{InputRequired, testing::json};
    ///
    /// let color = json!({ "type": "string", "enum": ["red", "blue"] });
    /// let form = json!({ "type": "object", "properties": { "color": color }, "required": ["color"] });
    /// let needed = InputRequired::new().elicitation("color", "Which color?", form);
    /// ```
    pub fn elicitation(self, name: &str, message: &str, schema: impl Serialize) -> Self {
        match serde_json::to_value(schema) {
            Ok(schema) => self.request(name, "elicitation/create", json!({ "message": message, "requestedSchema": schema })),
            Err(error) => self.with_problem(error.to_string()),
        }
    }

    /// Asks the client's model: the parameters of `sampling/createMessage`. The specification deprecates it.
    pub fn sampling(self, name: &str, params: impl Serialize) -> Self {
        match serde_json::to_value(params) {
            Ok(params) => self.request(name, "sampling/createMessage", params),
            Err(error) => self.with_problem(error.to_string()),
        }
    }

    /// Asks for the folders that the client works in (`roots/list`). The specification deprecates it.
    ///
    /// ```
    /// use chatui::{Context, InputRequired, Result, testing::Value};
    ///
    /// fn folders(cx: &Context) -> Result<usize> {
    ///     match cx.input::<Value>("folders")? {
    ///         Some(sent) => Ok(sent["roots"].as_array().map_or(0, Vec::len)),
    ///         None => Err(InputRequired::new().roots("folders").into()),
    ///     }
    /// }
    /// ```
    pub fn roots(self, name: &str) -> Self {
        self.request(name, "roots/list", json!({}))
    }

    /// What this server wants to know again at the next call, where [`Context::input_state`](crate::Context::input_state) reads it.
    /// The client carries it, sealed: it can read it, and not change it.
    pub fn state(self, value: impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(value) => InputRequired { state: Some(value), ..self },
            Err(error) => self.with_problem(error.to_string()),
        }
    }

    fn request(mut self, name: &str, method: &str, params: Value) -> Self {
        self.requests.insert(name.to_owned(), json!({ "method": method, "params": params }));
        self
    }

    pub(crate) fn with_problem(self, problem: String) -> Self {
        InputRequired { problem: self.problem.or(Some(problem)), ..self }
    }
}

/// For the log, where it ends up if nobody has said that there will be questions.
impl fmt::Display for InputRequired {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(
            "it answers with `InputRequired` and does not say that it asks; write `asks` into its attribute, like #[tool(read_only, asks)]",
        )
    }
}

impl std::error::Error for InputRequired {}
