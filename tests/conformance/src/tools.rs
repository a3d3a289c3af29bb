//! What the official suite drives. Names, arguments and answers are the suite's: each scenario's description has its own.

use chatui::{Content, Context, Handle, Json, Level, Message, Reply, Result, bail, data, prompt, resource, tool};

mod asking;
mod schema;

const PNG: &[u8] = include_bytes!("red.png");
const WAV: &[u8] = include_bytes!("silence.wav");

/// Answers with one sentence.
#[tool(read_only)]
fn test_simple_text() -> &'static str {
    "This is a simple text response for testing."
}

/// Answers with a picture and no words.
#[tool(read_only)]
fn test_image_content() -> Content {
    Content::image(PNG, "image/png")
}

/// Answers with a sound and no words.
#[tool(read_only)]
fn test_audio_content() -> Content {
    Content::audio(WAV, "audio/wav")
}

/// Answers with a whole resource.
#[tool(read_only)]
fn test_embedded_resource() -> Content {
    Content::resource("test://embedded-resource", "text/plain", "This is an embedded resource content.")
}

/// Answers with words, a picture and a resource, in this order.
#[tool(read_only)]
fn test_multiple_content_types() -> Reply<&'static str> {
    let picture = Content::image(PNG, "image/png");
    let data = Content::resource("test://mixed-content-resource", "application/json", r#"{"test":"data","value":123}"#);
    Reply::new("Multiple content types test:").content(picture).content(data)
}

/// Always fails.
#[tool(read_only)]
fn test_error_handling() -> Result<String> {
    bail!("This tool intentionally returns an error for testing")
}

// The suite describes pauses of 50 ms and checks none; there is no sleep yet that both doors have.
/// Tells three times how far it is.
#[tool(read_only)]
async fn test_tool_with_progress(cx: &Context) -> &'static str {
    for done in [0, 50, 100] {
        cx.progress(done, 100, "testing").await;
    }
    "The tool has reported its progress."
}

// The client offers to be asked. Whatever is asked, 2026-07-28 allows no requests on the answer's stream.
/// Answers a client that offers elicitation.
#[tool(read_only)]
async fn test_streaming_elicitation(cx: &Context) -> &'static str {
    cx.progress(1, 1, "asking nothing").await;
    "Nothing was asked."
}

// The client sets no log level, and so must be sent no log messages.
/// Logs for whoever wants to hear it.
#[tool(read_only)]
async fn test_logging_tool(cx: &Context) -> &'static str {
    cx.log(Level::Emergency, "nobody asked").await;
    "Something was logged."
}

/// Logs three times.
#[tool(read_only)]
async fn test_tool_with_logging(cx: &Context) -> &'static str {
    for line in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
        cx.log(Level::Info, line).await;
    }
    "The tool has logged its steps."
}

/// Has arguments that proxies may route by.
#[tool(read_only)]
fn test_custom_headers(#[arg(header = "Region")] region: String, #[arg(header = "Priority")] priority: Option<i32>) -> String {
    format!("{region} {}", priority.unwrap_or_default())
}

/// Needs a client that lends its model.
#[tool(read_only)]
fn test_missing_capability(cx: &Context) -> Result<&'static str> {
    cx.require("sampling")?;
    Ok("The client lends its model.")
}

// The table is fixed; to say that it has changed is all that the suite needs.
/// Announces that the tools have changed.
#[tool(read_only)]
fn test_trigger_tool_change(handle: &Handle) -> &'static str {
    handle.tools_changed();
    "It is announced."
}

/// Announces that the prompts have changed.
#[tool(read_only)]
fn test_trigger_prompt_change(handle: &Handle) -> &'static str {
    handle.prompts_changed();
    "It is announced."
}

/// What clients subscribe to.
#[resource("test://watched-resource")]
fn watched() -> &'static str {
    "This resource is watched."
}

/// Some text.
#[resource("test://static-text")]
fn static_text() -> &'static str {
    "This is the content of the static text resource."
}

/// A picture.
#[resource("test://static-binary", mime = "image/png")]
fn static_binary() -> &'static [u8] {
    PNG
}

/// One of many.
#[resource("test://template/{id}/data")]
fn template_data(id: String) -> Json<Templated> {
    let data = format!("Data for ID: {id}");
    Json(Templated { id, template_test: true, data })
}

#[data]
#[serde(rename_all = "camelCase")]
struct Templated {
    id: String,
    template_test: bool,
    data: String,
}

/// Says one sentence.
#[prompt]
fn test_simple_prompt() -> &'static str {
    "This is a simple prompt for testing."
}

/// Says what it is given.
#[prompt]
fn test_prompt_with_arguments(
    /// First test argument.
    #[arg(complete = places)]
    arg1: String,
    /// Second test argument.
    arg2: String,
) -> String {
    format!("Prompt with arguments: arg1='{arg1}', arg2='{arg2}'")
}

fn places(typed: &str) -> impl Iterator<Item = &'static str> {
    ["paris", "park", "party"].into_iter().filter(move |place| place.starts_with(typed))
}

/// Brings a resource along.
#[prompt]
fn test_prompt_with_embedded_resource(
    /// Its address.
    #[arg(name = "resourceUri")]
    uri: String,
) -> [Message; 2] {
    let resource = Content::resource(uri, "text/plain", "Embedded resource content for testing.");
    [Message::user(resource), Message::user("Please process the embedded resource above.")]
}

/// Brings a picture along.
#[prompt]
fn test_prompt_with_image() -> [Message; 2] {
    [Message::user(Content::image(PNG, "image/png")), Message::user("Please analyze the image above.")]
}
