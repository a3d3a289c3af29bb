//! What a call asks its user, and gets from its client.

use super::Context;
use crate::{
    Error, Result,
    asking::Questions,
    input::{Asked, InputRequired},
    schema::form::{Form, form},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::{any::type_name, sync::Arc};

/// So many times somebody is asked who answers what does not fit.
const TRIES: usize = 3;

impl Context {
    /// Asks the user: `T` is the form, a struct with `#[data]`, and `message` what stands above it. For a tool that says so,
    /// `#[tool(…, asks)]`.
    ///
    /// ```standalone_crate
    /// use chatui::{App, Asked, Context, Result, data, testing::{self, json}, tool};
    ///
    /// #[data]
    /// struct Sure {
    ///     /// Delete them for good
    ///     sure: bool,
    /// }
    ///
    /// /// Use this when the user wants all notes of a year deleted.
    /// #[tool(destructive, asks)]
    /// async fn delete(year: u16, cx: &Context) -> Result<String> {
    ///     let found = 12; // nothing is changed up to here
    ///     match cx.ask::<Sure>(&format!("Delete the {found} notes of {year}?")).await? {
    ///         Asked::Accepted(Sure { sure: true }) => Ok(format!("{found} notes are deleted")), // and here they are
    ///         _ => Ok("nothing was deleted".into()),
    ///     }
    /// }
    ///
    /// # testing::block_on(async {
    /// let client = testing::client(App::new()).answers(json!({ "sure": true }));
    /// client.call("delete", json!({ "year": 2012 })).await.assert_text_contains("12 notes are deleted");
    /// # });
    /// ```
    ///
    /// **The fn runs again from its top.** With MCP 2026-07-28 no call is held while somebody reads: it ends at the first
    /// question that has no answer yet, and the client calls again with the answer, at any server of this app. All before the
    /// `.await` runs once more then, and finds the same answers; so what changes something belongs behind the last answer. Questions
    /// that are asked at the same time (`join!`) go in one round. An answer belongs to its message and its form: where the second
    /// run asks something else, it gets no answer to the first question. Before 2026-07-28, over stdio, the call waits instead.
    /// Meanwhile its `timeout` does not run; with the answer it begins anew.
    ///
    /// The form has a line for each field: texts, numbers, `bool`, enums without data, lists of such an enum, and an `Option`
    /// of each. The docs of a field are its description, the docs of an enum's variant are its title; ranges, lengths, defaults
    /// and the formats `email`, `uri`, `date` and `date-time` come from the attributes of serde and schemars, or from the type.
    /// What does not fit is asked for again, with what is wrong, three times in all.
    ///
    /// Never ask for passwords or keys in a form (MCP, client/elicitation): [`ask_to_open`](Self::ask_to_open) a page of yours.
    ///
    /// # Errors
    ///
    /// The client does not ask its users (-32021, MCP 2026-07-28), or can't be asked in its revision of the protocol; or all
    /// answers were wrong. Kept inside: the tool does not say `asks`, or `T` is no flat form.
    pub async fn ask<T: DeserializeOwned + JsonSchema>(&self, message: &str) -> Result<Asked<T>> {
        let form = form_of::<T>()?;
        let reads = |content: &Map<String, Value>| serde_json::from_value::<T>(content.clone().into());
        let asked = self.ask_with(&form, message, &|content| reads(content).err().map(|error| error.to_string())).await?;
        Ok(match asked {
            Asked::Accepted(content) => Asked::Accepted(reads(&content)?),
            Asked::Declined => Asked::Declined,
            Asked::Cancelled => Asked::Cancelled,
        })
    }

    /// The same without the type.
    async fn ask_with(
        &self,
        form: &Form,
        message: &str,
        refuses: &(dyn Fn(&Map<String, Value>) -> Option<String> + Sync),
    ) -> Result<Asked<Map<String, Value>>> {
        let asking = self.asking()?;
        let mut wrong = Vec::new();
        for _ in 0..TRIES {
            let said = if wrong.is_empty() { message.to_owned() } else { format!("{message}\n\nNot yet: {}.", wrong.join("; ")) };
            let params = json!({ "message": said, "requestedSchema": form.schema });
            let answer = asking.elicit("elicitation", params).await?;
            let Asked::Accepted(content) = action(&answer)? else { return action(&answer) };
            let refused = refuses(&content);
            wrong = form.wrong(&content, refused.is_none());
            match refused {
                None if wrong.is_empty() => return Ok(Asked::Accepted(content)),
                // A type can have reasons of its own.
                Some(why) if wrong.is_empty() => wrong.push(why),
                _ => {}
            }
        }
        Err(Error::tell(format!("the user was asked {TRIES} times, and the answer still does not fit: {}", wrong.join("; "))))
    }

    /// Asks the user to open a page, for what is nobody's business but the user's: to sign in somewhere, to pay. The client shows
    /// the address, and opens it if the user agrees. *Accepted* says no more than that; whether it was done the page's own server
    /// knows. For a tool that says `asks`; runs again as with [`ask`](Self::ask).
    ///
    /// ```
    /// use chatui::{Asked, Context, Result, tool};
    ///
    /// /// Use this when the user wants to connect their calendar.
    /// #[tool(writes, open_world, asks)]
    /// async fn connect(cx: &Context) -> Result<&'static str> {
    ///     match cx.ask_to_open("Connect your calendar", "https://example.com/connect?to=calendar").await? {
    ///         Asked::Accepted(()) => Ok("The page is open. Ask again once it says that it is done."),
    ///         _ => Ok("The calendar is not connected."),
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`ask`](Self::ask); the client needs `elicitation` with `url`.
    pub async fn ask_to_open(&self, message: &str, url: &str) -> Result<Asked<()>> {
        // 2025-11-25 wants a name for it, under which it could hear that all is done; of the page that is the address.
        let params = json!({ "mode": "url", "message": message, "url": url, "elicitationId": url });
        Ok(match action(&self.asking()?.elicit("elicitation.url", params).await?)? {
            Asked::Accepted(_) => Asked::Accepted(()),
            Asked::Declined => Asked::Declined,
            Asked::Cancelled => Asked::Cancelled,
        })
    }

    /// What the client has sent under this name, of an [`InputRequired`]: in this call or in an earlier round of it. `None`: it
    /// was not sent.
    ///
    /// It is the client's own result of the request, for example `{"action": "accept", "content": {…}}`, checked against nothing but `T`. A
    /// client may send it unasked.
    ///
    /// ```
    /// use chatui::{Context, Result, testing::Value};
    ///
    /// /// What was asked for by `InputRequired::new().elicitation("color", …)`.
    /// fn color(cx: &Context) -> Result<Option<String>> {
    ///     let sent = cx.input::<Value>("color")?.filter(|sent| sent["action"] == "accept");
    ///     Ok(sent.and_then(|sent| Some(sent["content"]["color"].as_str()?.to_owned())))
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// What was sent is no `T`; the model reads that. Kept inside: the tool does not say `asks`.
    pub fn input<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let Some(sent) = self.asking()?.input(name) else { return Ok(None) };
        serde_json::from_value(sent).map(Some).map_err(|error| Error::tell(format!("the client's input `{name}` does not fit: {error}")))
    }

    /// What was given to [`InputRequired::state`] in the round before. `None`: nothing was, or it is of another type.
    ///
    /// ```
    /// use chatui::{Context, InputRequired, Result, testing::json};
    ///
    /// fn ask_again(cx: &Context) -> Result<()> {
    ///     let asked: u32 = cx.input_state()?.unwrap_or(0);
    ///     let form = json!({ "type": "object", "properties": { "number": { "type": "integer" } } });
    ///     let message = format!("Guess my number; you have tried {asked} times.");
    ///     Err(InputRequired::new().elicitation("guess", &message, form).state(asked + 1).into())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Kept inside: the tool does not say `asks`.
    pub fn input_state<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        Ok(self.asking()?.own().and_then(|own| serde_json::from_value(own).ok()))
    }

    pub(crate) fn with_asking(self, asking: Option<Arc<dyn Questions>>) -> Self {
        Context { asking, ..self }
    }

    fn asking(&self) -> Result<&dyn Questions> {
        self.asking.as_deref().ok_or_else(|| {
            Error::keep("it asks its user, and nothing in its attribute says so; write `asks` there, like #[tool(writes, asks)], and in a test call it through `testing::client`".to_owned())
        })
    }
}

impl InputRequired {
    /// Asks the user, with a form that a type is, as [`Context::ask`] does.
    ///
    /// ```
    /// use chatui::{InputRequired, data};
    ///
    /// #[data]
    /// struct Name {
    ///     name: String,
    /// }
    ///
    /// let needed = InputRequired::new().form::<Name>("user", "What is your name?").state(1);
    /// ```
    ///
    /// A type that is no flat form makes the call an internal error.
    pub fn form<T: JsonSchema>(self, name: &str, message: &str) -> Self {
        match form_of::<T>() {
            Ok(form) => self.elicitation(name, message, form.schema),
            Err(error) => self.with_problem(error.to_string()),
        }
    }
}

fn form_of<T: JsonSchema>() -> Result<Form> {
    let schema: fn(&mut SchemaGenerator) -> Schema = |generator| generator.subschema_for::<T>();
    form(schema).map_err(|why| Error::keep(format!("`{}` {why}", type_name::<T>())))
}

/// An `ElicitResult`.
fn action(answer: &Value) -> Result<Asked<Map<String, Value>>> {
    match answer["action"].as_str() {
        Some("accept") => Ok(Asked::Accepted(answer["content"].as_object().cloned().unwrap_or_default())),
        Some("decline") => Ok(Asked::Declined),
        Some("cancel") => Ok(Asked::Cancelled),
        _ => Err(Error::tell("the client's answer to a question has no `action` that is `accept`, `decline` or `cancel`")),
    }
}
