//! Who may call what: what a tool demands, and the answer to whoever lacks it.

use crate::user::User;
use serde::Serialize;
use std::borrow::Cow;

/// What `auth(…)` says of a tool or a resource.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Access {
    /// Nothing: whoever is signed in, with the scopes that the app asks for.
    Unsaid,
    Anyone,
    /// Anybody, and more for whoever is signed in; `None`: with the app's scopes.
    Optional(Option<&'static [&'static str]>),
    Signed(&'static [&'static str]),
}

/// The scopes that are demanded.
pub(crate) type Scopes<'a> = Vec<Cow<'a, str>>;

impl Access {
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Access::Anyone | Access::Optional(_))
    }

    /// The scopes of whoever is signed in; `common`: those of the app.
    pub(crate) fn scopes(self, common: &[String]) -> Scopes<'_> {
        let own = |scopes: &'static [&'static str]| scopes.iter().map(|scope| Cow::Borrowed(*scope)).collect();
        match self {
            Access::Anyone => Vec::new(),
            Access::Unsaid | Access::Optional(None) => common.iter().map(|scope| Cow::Borrowed(scope.as_str())).collect(),
            Access::Optional(Some(scopes)) | Access::Signed(scopes) => own(scopes),
        }
    }

    /// What ChatGPT reads of it (`securitySchemes`).
    pub(crate) fn schemes(self, common: &[String]) -> Vec<Scheme<'_>> {
        let anonymous = self.is_open().then_some(Scheme::NoAuth);
        let signed = (self != Access::Anyone).then(|| Scheme::OAuth2 { scopes: self.scopes(common) });
        anonymous.into_iter().chain(signed).collect()
    }

    /// As whom this caller may go on: one who is signed in with too little gets of what is open to all what anybody gets.
    pub(crate) fn admit<'a>(self, user: Option<&'a User>, common: &[String]) -> Result<Option<&'a User>, Lack> {
        let scopes = self.scopes(common);
        let enough = user.filter(|user| scopes.iter().all(|scope| user.has_scope(scope)));
        if enough.is_some() || self.is_open() {
            return Ok(enough);
        }
        let what = if user.is_some() { What::Scope } else { What::User };
        Err(Lack::of(what, scopes.into_iter().map(Cow::into_owned).collect()))
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(crate) enum Scheme<'a> {
    NoAuth,
    OAuth2 {
        #[serde(skip_serializing_if = "Vec::is_empty")]
        scopes: Scopes<'a>,
    },
}

/// What a request lacks to be answered.
#[derive(Debug)]
pub(crate) struct Lack {
    pub(crate) what: What,
    /// All that are needed for what was asked, whichever of them there are.
    pub(crate) scopes: Vec<String>,
    /// What the token allows beside them, to be asked for again.
    pub(crate) kept: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum What {
    /// It came without a token.
    User,
    /// Its token is none, or is no longer one; why, in words that tell nothing of it.
    Token(&'static str),
    Scope,
    /// Nobody could say whether its token is one.
    Verdict,
}

impl Lack {
    pub(crate) fn of(what: What, scopes: Vec<String>) -> Self {
        Lack { what, scopes, kept: Vec::new() }
    }

    pub(crate) fn status(&self) -> u16 {
        match self.what {
            What::User | What::Token(_) => 401,
            What::Scope => 403,
            What::Verdict => 503,
        }
    }

    /// For the person who reads it.
    pub(crate) fn says(&self) -> String {
        match self.what {
            What::User => "sign in to use this".into(),
            What::Token(why) => format!("the access token is not accepted: {why}; sign in again"),
            What::Scope => format!("this needs the permission {}; sign in again and allow it", self.scopes.join(" ")),
            What::Verdict => "the authorization server can't be reached to check the access token; try again in a moment".into(),
        }
    }

    /// `WWW-Authenticate` (RFC 6750, 3; RFC 9728, 5.1). `chat`: in the answer of a tool, where ChatGPT wants a reason in any case.
    pub(crate) fn challenge(&self, metadata: &str, chat: bool) -> String {
        let error = match self.what {
            What::Scope => Some("insufficient_scope"),
            What::Token(_) => Some("invalid_token"),
            // A request without a token has made no error (RFC 6750, 3.1).
            What::User | What::Verdict => chat.then_some("invalid_token"),
        };
        let mut challenge = format!("Bearer resource_metadata=\"{metadata}\"");
        if let Some(error) = error {
            // Sentences of ours: no quotes and no backslashes.
            challenge += &format!(", error=\"{error}\", error_description=\"{}\"", self.says());
        }
        if !self.scopes.is_empty() {
            challenge += &format!(", scope=\"{}\"", [&*self.scopes, &*self.kept].concat().join(" "));
        }
        challenge
    }
}
