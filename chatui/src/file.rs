//! `File`: what the user gave the chat, as a parameter.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::borrow::Cow;

/// A file that the user gave the chat, as a parameter of a tool: `File`, `Option<File>` or `Vec<File>`.
///
/// ChatGPT sends files only into parameters that are announced as such (`openai/fileParams`); this type is what announces
/// one. The tool downloads the contents itself, soon: the address is short-lived.
///
/// ```
/// use chatui::{File, tool};
///
/// /// Use this when the user wants a picture described.
/// #[tool(read_only)]
/// fn describe(picture: File) -> String {
///     format!("{} at {}", picture.mime_type.as_deref().unwrap_or("a file"), picture.download_url)
/// }
/// # describe(File::default());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Where its contents are, for a short time.
    pub download_url: String,
    /// ChatGPT's name of it.
    pub file_id: String,
    /// Its type, for example `image/png`, if ChatGPT knows it.
    #[serde(default)]
    pub mime_type: Option<String>,
    /// The name that the user knows, if there is one.
    #[serde(default)]
    pub file_name: Option<String>,
}

const REQUIRED: [&str; 2] = ["download_url", "file_id"];

/// Exactly this shape: ChatGPT's review refuses any other (four strings, two of them required).
impl JsonSchema for File {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "File".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "properties": {
                "download_url": { "type": "string" },
                "file_id": { "type": "string" },
                "mime_type": { "type": "string" },
                "file_name": { "type": "string" },
            },
            "required": REQUIRED,
            "additionalProperties": false,
        })
    }
}

/// Whether a published parameter takes files. Asked of the schema, which sees through aliases, `Option` and `Vec`.
pub(crate) fn takes_files(schema: &Value) -> bool {
    let one = schema.get("items").unwrap_or(schema);
    let keys = one["properties"].as_object().map(|properties| properties.keys().map(String::as_str).collect::<Vec<_>>());
    keys.as_deref() == Some(&["download_url", "file_id", "mime_type", "file_name"]) && one["required"] == serde_json::json!(REQUIRED)
}
