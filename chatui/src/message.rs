//! Messages: what a prompt puts into a chat.

use crate::{Content, Role};
use serde::Serialize;

/// One message of a `#[prompt]`: who says it, and what.
///
/// ```
/// use chatui::{Content, Message, prompt};
///
/// /// Reviews a logo.
/// #[prompt]
/// fn review() -> [Message; 2] {
///     let png = b"\x89PNG";
///     [Message::user(Content::image(png, "image/png")), Message::user("What does this logo say?")]
/// }
/// # review();
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Message {
    role: Role,
    content: Content,
}

impl Message {
    /// What the person says: a text, or a [`Content`].
    ///
    /// ```
    /// use chatui::Message;
    ///
    /// // What was said before shows the model how to answer.
    /// let talk = [
    ///     Message::user("Paris: 21 °C, rain"),
    ///     Message::assistant("Take an umbrella."),
    ///     Message::user("Rome: 31 °C, sun"),
    /// ];
    /// ```
    pub fn user(content: impl Into<Content>) -> Self {
        Message { role: Role::User, content: content.into() }
    }

    /// What the model has said.
    pub fn assistant(content: impl Into<Content>) -> Self {
        Message { role: Role::Assistant, content: content.into() }
    }
}
