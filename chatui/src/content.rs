//! Content blocks: what a model and a person can read of an answer.

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Serialize;

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

    /// A picture: its bytes and their type, for example `image/png`.
    pub fn image(bytes: impl AsRef<[u8]>, mime: impl Into<String>) -> Self {
        Content(Block::Image(Media { data: BASE64_STANDARD.encode(bytes), mime: mime.into() }))
    }

    /// A sound: its bytes and their type, for example `audio/wav`.
    pub fn audio(bytes: impl AsRef<[u8]>, mime: impl Into<String>) -> Self {
        Content(Block::Audio(Media { data: BASE64_STANDARD.encode(bytes), mime: mime.into() }))
    }

    /// The address of a resource that the client can read, and its name.
    pub fn link(uri: impl Into<String>, name: impl Into<String>) -> Self {
        Content(Block::ResourceLink { uri: uri.into(), name: name.into(), mime: None, description: None })
    }

    /// A whole resource of text, with its address and its type, for example `text/markdown`.
    pub fn resource(uri: impl Into<String>, mime: impl Into<String>, text: impl Into<String>) -> Self {
        Content(Block::Resource { resource: Embedded { uri: uri.into(), mime: mime.into(), body: Body::Text(text.into()) } })
    }

    /// A whole resource of bytes, with its address and its type.
    pub fn resource_bytes(uri: impl Into<String>, mime: impl Into<String>, bytes: impl AsRef<[u8]>) -> Self {
        Content(Block::Resource { resource: Embedded { uri: uri.into(), mime: mime.into(), body: Body::bytes(bytes) } })
    }

    /// Says more about a link; other blocks have no room for it and stay as they are.
    pub fn described(mut self, words: impl Into<String>) -> Self {
        if let Block::ResourceLink { description, .. } = &mut self.0 {
            *description = Some(words.into());
        }
        self
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
    use super::Content;
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
        assert_eq!(wire(bytes), json!({ "type": "resource", "resource": { "uri": "a://b", "mimeType": "x/y", "blob": "YQ==" } }));
    }
}
