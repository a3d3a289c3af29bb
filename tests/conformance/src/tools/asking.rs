//! Those that ask. What the suite wants under names of its own is `InputRequired`; what it lets the server name is `cx.ask`.

use chatui::{Asked, Context, InputRequired, Result, data, prompt, tool};
use serde_json::{Value, json};

#[data]
struct Name {
    name: String,
}

#[data]
struct Color {
    color: String,
}

#[data]
struct Confirmation {
    ok: bool,
}

/// What the user has filled in, or else what to do about it.
fn filled(answer: &Value) -> Result<&Value> {
    if answer["action"] == "accept" { Ok(&answer["content"]) } else { Err("the user did not answer".into()) }
}

fn question() -> Value {
    json!({ "messages": [{ "role": "user", "content": { "type": "text", "text": "What is the capital of France?" } }], "maxTokens": 100 })
}

/// Greets whoever says their name.
#[tool(read_only, asks)]
async fn test_input_required_result_elicitation(cx: &Context) -> Result<String> {
    let Some(answer) = cx.input::<Value>("user_name")? else {
        return Err(InputRequired::new().form::<Name>("user_name", "What is your name?").into());
    };
    Ok(format!("Hello, {}!", filled(&answer)?["name"].as_str().unwrap_or("you")))
}

/// Asks the client's model.
#[tool(read_only, asks)]
async fn test_input_required_result_sampling(cx: &Context) -> Result<String> {
    let Some(answer) = cx.input::<Value>("capital_question")? else {
        return Err(InputRequired::new().sampling("capital_question", question()).into());
    };
    Ok(answer["content"]["text"].to_string())
}

/// Asks for the client's folders.
#[tool(read_only, asks)]
async fn test_input_required_result_list_roots(cx: &Context) -> Result<String> {
    let Some(answer) = cx.input::<Value>("client_roots")? else {
        return Err(InputRequired::new().roots("client_roots").into());
    };
    Ok(answer["roots"].to_string())
}

/// Asks, and wants its own state back.
#[tool(read_only, asks)]
async fn test_input_required_result_request_state(cx: &Context) -> Result<&'static str> {
    if cx.input_state::<String>()?.as_deref() != Some("asked") {
        return Err(InputRequired::new().form::<Confirmation>("confirm", "Please confirm").state("asked").into());
    }
    Ok("state-ok")
}

/// Asks, and takes no state that was changed.
#[tool(read_only, asks)]
async fn test_input_required_result_tampered_state(cx: &Context) -> Result<String> {
    let asked = cx.ask::<Confirmation>("Please confirm").await?;
    Ok(format!("confirmed: {}", asked.accepted().is_some_and(|form| form.ok)))
}

/// Asks for three things at once.
#[tool(read_only, asks)]
async fn test_input_required_result_multiple_inputs(cx: &Context) -> Result<String> {
    let (name, greeting, roots) = (cx.input::<Value>("user_name")?, cx.input::<Value>("greeting")?, cx.input::<Value>("client_roots")?);
    let (Some(name), Some(greeting), Some(roots)) = (name, greeting, roots) else {
        let needed = InputRequired::new().form::<Name>("user_name", "What is your name?").sampling("greeting", question());
        return Err(needed.roots("client_roots").into());
    };
    Ok(format!("{} {} {}", greeting["content"]["text"], filled(&name)?["name"], roots["roots"]))
}

/// Asks twice, the second time with the first answer.
#[tool(read_only, asks)]
async fn test_input_required_result_multi_round(cx: &Context) -> Result<String> {
    let Asked::Accepted(Name { name }) = cx.ask("Step 1: What is your name?").await? else { return Ok("no name".into()) };
    let Asked::Accepted(Color { color }) = cx.ask("Step 2: What is your favorite color?").await? else {
        return Ok(format!("{name} has none"));
    };
    Ok(format!("{name} likes {color}"))
}

/// Asks for what the client can give.
#[tool(read_only, asks)]
async fn test_input_required_result_capabilities(cx: &Context) -> Result<&'static str> {
    if cx.input::<Value>("answer")?.is_some() {
        return Ok("answered");
    }
    let needed = InputRequired::new();
    Err(match cx.require("elicitation") {
        Ok(()) => needed.form::<Name>("answer", "What is your name?"),
        Err(_) => needed.sampling("answer", question()),
    }
    .into())
}

/// Asks the client's model about this.
#[tool(read_only, asks)]
async fn test_sampling(prompt: String, cx: &Context) -> Result<String> {
    let Some(answer) = cx.input::<Value>("answer")? else {
        let messages = json!([{ "role": "user", "content": { "type": "text", "text": prompt } }]);
        return Err(InputRequired::new().sampling("answer", json!({ "messages": messages, "maxTokens": 100 })).into());
    };
    Ok(format!("LLM response: {}", answer["content"]["text"]))
}

#[data]
struct Contact {
    /// User's response
    username: String,
    /// User's email address
    email: String,
}

/// Asks the user for this.
#[tool(read_only, asks)]
async fn test_elicitation(message: String, cx: &Context) -> Result<String> {
    said(&cx.ask::<Contact>(&message).await?)
}

#[data]
#[serde(default)]
struct Defaults {
    name: String,
    age: i64,
    score: f64,
    status: Status,
    verified: bool,
}

#[data]
#[serde(rename_all = "lowercase")]
enum Status {
    Active,
    Inactive,
    Pending,
}

impl Default for Defaults {
    fn default() -> Self {
        Defaults { name: "John Doe".into(), age: 30, score: 95.5, status: Status::Active, verified: true }
    }
}

/// Asks with a form that is filled in.
#[tool(read_only, asks)]
async fn test_elicitation_sep1034_defaults(cx: &Context) -> Result<String> {
    said(&cx.ask::<Defaults>("Look over the defaults").await?)
}

#[data]
#[serde(rename_all = "camelCase")]
struct Choices {
    untitled_single: Plain,
    titled_single: Titled,
    #[schemars(extend("enumNames" = ["Option One", "Option Two", "Option Three"]))]
    legacy_enum: Legacy,
    untitled_multi: Vec<Plain>,
    titled_multi: Vec<Titled>,
}

#[data]
#[serde(rename_all = "lowercase")]
enum Plain {
    Option1,
    Option2,
    Option3,
}

#[data]
#[serde(rename_all = "lowercase")]
enum Titled {
    /// First option
    Value1,
    /// Second option
    Value2,
    /// Third option
    Value3,
}

#[data]
#[serde(rename_all = "lowercase")]
enum Legacy {
    Opt1,
    Opt2,
    Opt3,
}

/// Asks with every kind of choice.
#[tool(read_only, asks)]
async fn test_elicitation_sep1330_enums(cx: &Context) -> Result<String> {
    said(&cx.ask::<Choices>("Choose").await?)
}

fn said<T: serde::Serialize>(asked: &Asked<T>) -> Result<String> {
    Ok(match asked {
        Asked::Accepted(form) => format!("Elicitation completed: action=accept, content={}", serde_json::to_string(form)?),
        Asked::Declined => "Elicitation completed: action=decline, content={}".into(),
        Asked::Cancelled => "Elicitation completed: action=cancel, content={}".into(),
    })
}

/// Says what to do with what its user adds.
#[prompt(asks)]
async fn test_input_required_result_prompt(cx: &Context) -> Result<String> {
    let Some(answer) = cx.input::<Value>("user_context")? else {
        return Err(InputRequired::new().form::<Extra>("user_context", "What context should the prompt use?").into());
    };
    Ok(format!("Use this context: {}", filled(&answer)?["context"]))
}

#[data]
struct Extra {
    context: String,
}
