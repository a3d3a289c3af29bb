//! Content blocks: what a model and a person can read of an answer.

use crate::Role;
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Serialize;
use serde_json::{Map, Value};

/// One block of an answer. Most tools need none: a `String`, [`Json`](crate::Json) or a widget makes its own.
///
/// ```
/// use chatui::{Content, Reply, tool};
///
/// /// Draws a red dot.
/// #[tool(read_only)]
/// fn dot() -> Reply<&'static str> {
///     let png = b"\x89PNG";
///     Reply::new("A red dot:").content(Content::image(png, "image/png"))
/// }
/// # dot();
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Content(Block);

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Text {
        text: String,
    },
    Image(Media),
    Audio(Media),
    ResourceLink {
        uri: String,
        name: String,
        #[serde(rename = "mimeType", skip_serializing_if = "Option::is_none")]
        mime: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<String>,
    },
    Resource {
        resource: Embedded,
    },
    /// One of them, with what is said about it. It is JSON already: most blocks have none of this, and pay nothing for it.
    #[serde(untagged)]
    Annotated(Map<String, Value>),
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Media {
    data: String,
    #[serde(rename = "mimeType")]
    mime: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
struct Embedded {
    uri: String,
    #[serde(rename = "mimeType")]
    mime: String,
    #[serde(flatten)]
    body: Body,
}

/// The contents of a resource, as the protocol spells them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Body {
    Text(String),
    /// base64
    Blob(String),
}

impl Body {
    pub(crate) fn bytes(bytes: impl AsRef<[u8]>) -> Self {
        Body::Blob(BASE64_STANDARD.encode(bytes))
    }
}

impl Content {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Content(Block::Text { text: text.into() })
    }

    /// The words, where they are all there is.
    pub(crate) fn words(&self) -> Option<&str> {
        match &self.0 {
            Block::Text { text } => Some(text),
            _ => None,
        }
    }

    /// A picture: its bytes and their type, for example `image/png`.
    ///
    /// ```
    /// use chatui::{Content, Reply};
    ///
    /// let (png, wav) = (b"\x89PNG", b"RIFF");
    /// let reply = Reply::new("How warm it was, to see and to hear:")
    ///     .content(Content::image(png, "image/png"))
    ///     .content(Content::audio(wav, "audio/wav"));
    /// ```
    pub fn image(bytes: impl AsRef<[u8]>, mime: impl Into<String>) -> Self {
        Content(Block::Image(Media { data: BASE64_STANDARD.encode(bytes), mime: mime.into() }))
    }

    /// A sound: its bytes and their type, for example `audio/wav`.
    pub fn audio(bytes: impl AsRef<[u8]>, mime: impl Into<String>) -> Self {
        Content(Block::Audio(Media { data: BASE64_STANDARD.encode(bytes), mime: mime.into() }))
    }

    /// The address of a resource that the client can read, and its name.
    ///
    /// ```
    /// use chatui::{Content, testing::json};
    ///
    /// let link = Content::link("notes://1", "Shopping").described("What to buy on Saturday");
    /// assert_eq!(json!(link)["description"], "What to buy on Saturday");
    /// ```
    pub fn link(uri: impl Into<String>, name: impl Into<String>) -> Self {
        Content(Block::ResourceLink { uri: uri.into(), name: name.into(), mime: None, description: None })
    }

    /// A whole resource of text, with its address and its type, for example `text/markdown`.
    ///
    /// ```
    /// use chatui::{Content, testing::json};
    ///
    /// let note = Content::resource("notes://1", "text/markdown", "# Shopping");
    /// let map = Content::resource_bytes("maps://paris", "application/pdf", b"%PDF-1.7");
    /// assert_eq!(json!([note, map])[1]["resource"]["mimeType"], "application/pdf");
    /// ```
    pub fn resource(uri: impl Into<String>, mime: impl Into<String>, text: impl Into<String>) -> Self {
        Content::embedded(Embedded { uri: uri.into(), mime: mime.into(), body: Body::Text(text.into()) })
    }

    /// A whole resource of bytes, with its address and its type.
    pub fn resource_bytes(uri: impl Into<String>, mime: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        Content::embedded(Embedded { uri: uri.into(), mime: mime.into(), body: Body::bytes(bytes) })
    }

    /// Says more about a link; other blocks have no room for it and stay as they are.
    pub fn described(mut self, words: impl Into<String>) -> Self {
        match &mut self.0 {
            Block::ResourceLink { description, .. } => *description = Some(words.into()),
            Block::Annotated(block) if block["type"] == "resource_link" => drop(block.insert("description".into(), words.into().into())),
            _ => {}
        }
        self
    }

    /// For whom the block is: a host may show what is for the [user](Role::User) alone and keep it from the model, or the other
    /// way round. A wish, not a lock.
    ///
    /// ```
    /// use chatui::{Content, Role};
    ///
    /// let table = Content::text("| a | b |").audience([Role::User]).priority(0.3).last_modified("2026-01-12T15:00:58Z");
    /// ```
    pub fn audience(self, roles: impl IntoIterator<Item = Role>) -> Self {
        let roles: Vec<Value> = roles.into_iter().map(|role| role.name().into()).collect();
        self.annotated("audience", roles)
    }

    /// How much the block matters: from 0, it can be left out, to 1, it is needed. What lies outside is taken as the nearer end.
    pub fn priority(self, priority: f64) -> Self {
        self.annotated("priority", priority.clamp(0.0, 1.0))
    }

    /// When that which it shows was last changed: ISO 8601, like `2026-01-12T15:00:58Z`.
    pub fn last_modified(self, time: impl Into<String>) -> Self {
        self.annotated("lastModified", time.into())
    }

    fn annotated(self, key: &str, value: impl Into<Value>) -> Self {
        let mut block = match self.0 {
            Block::Annotated(block) => block,
            // Strings alone, under keys that are strings.
            block => match serde_json::to_value(&block) {
                Ok(Value::Object(block)) => block,
                _ => return Content(block),
            },
        };
        block.entry("annotations").or_insert_with(|| Map::new().into())[key] = value.into();
        Content(Block::Annotated(block))
    }

    fn embedded(resource: Embedded) -> Self {
        Content(Block::Resource { resource })
    }
}

impl From<String> for Content {
    fn from(text: String) -> Self {
        Content::text(text)
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Content::text(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Content, Role};
    use serde_json::{json, to_value};

    #[test]
    fn blocks_are_spelled_as_the_protocol_does() {
        let wire = |content: Content| to_value(content).unwrap();
        assert_eq!(wire(Content::text("a")), json!({ "type": "text", "text": "a" }));
        assert_eq!(wire(Content::image(b"a", "image/png")), json!({ "type": "image", "data": "YQ==", "mimeType": "image/png" }));
        assert_eq!(wire(Content::audio(b"a", "audio/wav")), json!({ "type": "audio", "data": "YQ==", "mimeType": "audio/wav" }));
        let link = Content::link("a://b", "b").described("more");
        assert_eq!(wire(link), json!({ "type": "resource_link", "uri": "a://b", "name": "b", "description": "more" }));
        let resource = Content::resource("a://b", "text/plain", "c");
        assert_eq!(wire(resource), json!({ "type": "resource", "resource": { "uri": "a://b", "mimeType": "text/plain", "text": "c" } }));
        let bytes = Content::resource_bytes("a://b", "x/y", b"a");
        let annotated = Content::text("a").audience([Role::User, Role::Assistant]).priority(2.0).last_modified("2026-01-12");
        let annotations = json!({ "audience": ["user", "assistant"], "priority": 1.0, "lastModified": "2026-01-12" });
        assert_eq!(wire(annotated), json!({ "type": "text", "text": "a", "annotations": annotations }));
        let annotated = Content::image(b"a", "image/png").priority(0.5);
        assert_eq!(wire(annotated)["annotations"], json!({ "priority": 0.5 }));
        let link = wire(Content::link("a://b", "b").priority(0.5).described("more"));
        assert_eq!((&link["description"], &link["annotations"]["priority"]), (&json!("more"), &json!(0.5)));
        assert_eq!(wire(bytes), json!({ "type": "resource", "resource": { "uri": "a://b", "mimeType": "x/y", "blob": "YQ==" } }));
    }
}
