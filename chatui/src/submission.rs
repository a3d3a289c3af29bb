//! What a submission to ChatGPT is made of, as far as the app says it: `plugin.json` and `mcp.json`, which go into a ZIP, and
//! `chatgpt-app-submission.json`, which the form reads. Nothing is invented: what only its author knows is left out, and said.
//!
//! Sources: Agent Plugins 1.0.0 (the keys of `plugin.json` and `mcp.json`), and OpenAI's "Submit plugins" and "App review"
//! (2026-09: one MCP server and no headers; five test prompts and three negative ones; lengths of names and prompts).

mod files;
mod material;

use crate::{Error, server::Server};
use files::Files;
use material::Material;
use serde_json::Value;
use std::path::Path;

/// What was done, and what is left to do.
pub(crate) struct Submission {
    /// The files that were written, and those that are as they should be.
    pub(crate) written: Vec<String>,
    pub(crate) unchanged: Vec<String>,
    /// What only the author knows, each with its place.
    pub(crate) fill_in: Vec<String>,
    /// What a review will look at, to be read once more.
    pub(crate) reviewed: Vec<String>,
}

/// Writes the files. What else stands in those that are there already is kept.
///
/// # Errors
///
/// Everything that is missing in the app, at once; what was changed by hand in the files, unless `force` gives it up; where
/// they can't be read or written.
pub(crate) fn write(server: &Server, folder: &Path, force: bool) -> Result<Submission, Error> {
    let material = Material::of(server)
        .map_err(|missing| Error::tell(format!("the app is not ready to be submitted:\n- {}", missing.join("\n- "))))?;
    let files = Files::of(folder, material.files(), force)?;
    let (written, unchanged) = files.write()?;
    Ok(Submission { written, unchanged, fill_in: fill_in(&files), reviewed: material.reviewed(server) })
}

/// Places that only the author can fill: the file, a JSON Pointer into it, and what belongs there.
const BY_HAND: [(&str, &str, &str); 6] = [
    (PLUGIN, "/extensions/com.openai/interface/shortDescription", "what it does, in at most 30 characters"),
    (PLUGIN, "/extensions/com.openai/interface/developerName", "who publishes it, under the verified name"),
    (PLUGIN, "/extensions/com.openai/interface/category", "where the directory lists it"),
    (PLUGIN, "/extensions/com.openai/interface/logo", "the path of a square picture in the ZIP, of at least 48 pixels and at most 5 MiB"),
    (FORM, "/app_info/subtitle", "the same as shortDescription"),
    (
        FORM,
        "/app_info/category",
        "one of BUSINESS, COLLABORATION, DESIGN, DEVELOPER_TOOLS, EDUCATION, ENTERTAINMENT, FINANCE, FOOD, LIFESTYLE, NEWS, PRODUCTIVITY, SHOPPING, TRAVEL",
    ),
];

/// What is asked for beside the files.
const IN_THE_FORM: [&str; 4] = [
    "the addresses of a privacy policy, of terms of use, of support and of a website, each of at most 1024 characters",
    "a video that shows it working, on a desktop and on a phone",
    "an account for the review, without a second factor, if users sign in",
    "the token of the form, which your server then answers at /.well-known/openai-apps-challenge, as plain text",
];

const PLUGIN: &str = "plugin.json";
const MCP: &str = "mcp.json";
const FORM: &str = "chatgpt-app-submission.json";

fn fill_in(files: &Files) -> Vec<String> {
    let empty = |file: &str, pointer: &str| files.value(file).and_then(|value| value.pointer(pointer)).is_none_or(Value::is_null);
    let places = BY_HAND.iter().filter(|(file, pointer, _)| empty(file, pointer));
    let places = places.map(|(file, pointer, what)| format!("{file} {pointer}: {what}"));
    places.chain(IN_THE_FORM.iter().map(|what| format!("in the form: {what}"))).collect()
}
