//! Who answers what tools ask.

use super::{Client, Value, json};
use serde::Serialize;
use serde_json::Map;
use std::sync::Arc;

/// What a person, or the client for them, answers to a request of the server.
#[derive(Clone)]
pub(super) struct Person(Arc<dyn Fn(&Value) -> Value + Send + Sync>);

/// What a client can that has one.
pub(super) fn capabilities() -> Value {
    json!({ "elicitation": { "form": {}, "url": {} }, "sampling": {}, "roots": {} })
}

impl Client {
    /// The same client, whose user answers every question of a tool ([`Context::ask`](crate::Context::ask)) with this: each form
    /// takes the members that it has fields for. A page that is to be opened is opened.
    ///
    /// ```standalone_crate
    /// use chatui::{App, Context, Result, data, testing::{self, json}, tool};
    ///
    /// #[data]
    /// struct Guests {
    ///     guests: u8,
    /// }
    ///
    /// /// Use this when the user wants a table.
    /// #[tool(writes, asks)]
    /// async fn reserve(cx: &Context) -> Result<String> {
    ///     let asked = cx.ask::<Guests>("For how many?").await?;
    ///     Ok(asked.accepted().map_or("no table".into(), |form| format!("a table for {}", form.guests)))
    /// }
    ///
    /// # testing::block_on(async {
    /// let client = testing::client(App::new()).answers(json!({ "guests": 4 }));
    /// assert_eq!(client.call("reserve", ()).await.text(), "a table for 4");
    /// # });
    /// ```
    ///
    /// # Panics
    ///
    /// Where it can't be written as a JSON object. At the call: where the tool asks for something that is no question to the user.
    pub fn answers(self, content: impl Serialize) -> Self {
        let Ok(Value::Object(content)) = serde_json::to_value(content) else {
            panic!("answers are a JSON object with the fields of the forms")
        };
        self.answers_with(move |request| accepted(&content, request))
    }

    /// The same with a closure: it gets each request of the server, `{"method": "elicitation/create", "params": {"message": …,
    /// "requestedSchema": …}}`, and gives its result, such as `{"action": "decline"}`.
    ///
    /// ```
    /// # use chatui::testing::{Client, json};
    /// # fn refuses(client: Client) -> Client {
    /// client.answers_with(|request| match request["params"]["message"].as_str() {
    ///     Some("Delete all?") => json!({ "action": "decline" }),
    ///     _ => json!({ "action": "accept", "content": { "name": "Ada" } }),
    /// })
    /// # }
    /// ```
    pub fn answers_with(self, answer: impl Fn(&Value) -> Value + Send + Sync + 'static) -> Self {
        Client { person: Some(Person(Arc::new(answer))), ..self }
    }
}

impl Person {
    /// The answers to a result that asks for them.
    pub(super) fn answers_to(&self, result: &Value) -> Option<Value> {
        if result["resultType"] != "input_required" {
            return None;
        }
        let requests = result["inputRequests"].as_object()?;
        Some(requests.iter().map(|(name, request)| (name.clone(), (self.0)(request))).collect::<Map<_, _>>().into())
    }
}

fn accepted(content: &Map<String, Value>, request: &Value) -> Value {
    let params = &request["params"];
    assert_eq!(request["method"], "elicitation/create", "no question to the user: {request}; say `answers_with`");
    if params["mode"] == "url" {
        return json!({ "action": "accept" });
    }
    let has = |name: &String| params["requestedSchema"]["properties"].get(name).is_some();
    let content: Map<String, Value> =
        content.iter().filter(|(name, _)| has(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
    json!({ "action": "accept", "content": content })
}
