//! `Profile`: the tool by which ChatGPT learns who is signed in.

use crate::{
    reply::{Facts, IntoReply, Json, Outcome},
    user::User,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

/// Who is signed in, as ChatGPT shows it beside the app: the answer of one tool without arguments, which is marked by it
/// (`openai/profile`). The app does not start where that tool is not `read_only` or open to anybody.
///
/// ```standalone_crate
/// use chatui::{App, Auth, Profile, User, tool};
///
/// /// Tells ChatGPT which account is connected.
/// #[tool(read_only)]
/// fn profile(user: &User) -> Profile {
///     Profile::of(user)
/// }
///
/// #[chatui::app]
/// fn app() -> App {
///     App::new().auth(Auth::issuer("https://auth.example.com"))
/// }
/// # app().build().unwrap();
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// What is the same for as long as there is the account. Not empty.
    pub id: String,
    /// The full name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// An address that belongs to the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What the user is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nickname: Option<String>,
}

impl Profile {
    /// What the token says: its subject, and `name`, `email` and `nickname` where it has them. An address of which the
    /// authorization server says anything but that it is verified is left out.
    pub fn of(user: &User) -> Self {
        // Some say it as a text.
        let is_verified = |said: Value| said == true || said == "true";
        let email = user.get("email").filter(|_| user.get("email_verified").is_none_or(is_verified));
        Profile { id: user.subject().to_owned(), name: user.get("name"), email, nickname: user.get("nickname") }
    }
}

#[diagnostic::do_not_recommend]
impl IntoReply for Profile {
    const FACTS: Facts = Facts { profile: true, ..Json::<Profile>::FACTS };

    fn into_reply(self) -> Outcome {
        Json(self).into_reply()
    }
}

/// Letter by letter what OpenAI asks for.
impl JsonSchema for Profile {
    fn schema_name() -> Cow<'static, str> {
        "Profile".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "properties": {
                "id": { "type": "string", "minLength": 1, "pattern": "\\S", "description": "The same for as long as there is the account." },
                "name": { "type": "string", "description": "The full name." },
                "email": { "type": "string", "description": "An address of the user." },
                "nickname": { "type": "string", "description": "What the user is called." },
            },
            "required": ["id"],
            "additionalProperties": false,
        })
    }
}
