//! The guard at the endpoint: takes the token of a request, has it verified, and says what of the app is open to whom.

use crate::{
    access::{Access, Lack, Scheme, What},
    item::Package,
    site::{ENDPOINT, Site},
    task::{Shared, Task},
    user::User,
};
use http::{HeaderMap, header};
use serde::Serialize;

/// Where the metadata of a protected resource stand (RFC 9728, 3.1): with the path of the endpoint behind it, and without.
pub(crate) const METADATA: &str = "/.well-known/oauth-protected-resource";

/// Longer ones no authorization server gives.
const LONGEST_TOKEN: usize = 16 * 1024;

/// Tells whose a token is.
pub(crate) trait Verify: Shared {
    /// `resource`: what the token has to be for.
    fn verify<'a>(&'a self, token: &'a str, resource: &'a str) -> Task<'a, Result<User, What>>;
}

/// What an app says of its guard.
pub(crate) struct Plan {
    pub(crate) verify: Box<dyn Verify>,
    pub(crate) issuer: String,
    /// What a tool demands that says nothing.
    pub(crate) scopes: Vec<String>,
    pub(crate) documentation: Option<String>,
}

pub(crate) struct Guard {
    verify: Box<dyn Verify>,
    resource: String,
    metadata_url: String,
    /// The JSON that stands there.
    pub(crate) metadata: String,
    scopes: Vec<String>,
    /// All that any tool or resource demands.
    supported: Vec<String>,
    /// Whether nothing is open to anybody: then the lists are not either.
    pub(crate) is_closed: bool,
}

impl Guard {
    /// # Errors
    ///
    /// A sentence, where nothing says under which address tokens are to be valid.
    pub(crate) fn new(plan: Plan, package: Package, site: &Site, all: &[Access]) -> Result<Self, String> {
        let Some(base) = site.home() else {
            return Err("the app has `auth`, and tokens are for one address, which nothing says; set PUBLIC_URL to that of this app".into());
        };
        #[derive(Serialize)]
        struct Metadata<'a> {
            resource: &'a str,
            authorization_servers: [&'a str; 1],
            #[serde(skip_serializing_if = "Vec::is_empty")]
            scopes_supported: Vec<&'a str>,
            bearer_methods_supported: [&'static str; 1],
            resource_name: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            resource_documentation: Option<&'a str>,
        }
        let Plan { verify, issuer, scopes, documentation } = plan;
        let resource = format!("{base}{ENDPOINT}");
        let mut supported: Vec<String> = scopes.clone();
        for scope in all.iter().flat_map(|access| access.scopes(&scopes)) {
            if !supported.iter().any(|known| *known == scope) {
                supported.push(scope.into_owned());
            }
        }
        let metadata = Metadata {
            resource: &resource,
            authorization_servers: [&issuer],
            scopes_supported: supported.iter().map(String::as_str).collect(),
            bearer_methods_supported: ["header"],
            resource_name: package.name,
            resource_documentation: documentation.as_deref(),
        };
        let metadata = serde_json::to_string(&metadata).unwrap_or_default();
        let is_closed = !all.iter().any(|access| access.is_open());
        Ok(Guard { verify, metadata_url: format!("{base}{METADATA}{ENDPOINT}"), resource, metadata, scopes, supported, is_closed })
    }

    /// Who sends a request; `None`: it came without a token.
    pub(crate) async fn caller(&self, headers: &HeaderMap) -> Result<Option<User>, Lack> {
        let verdict = match token(headers) {
            Ok(None) => return Ok(None),
            Ok(Some(token)) => self.verify.verify(token, &self.resource).await,
            Err(why) => Err(What::Token(why)),
        };
        #[cfg(feature = "auth")]
        if let Err(What::Token(why)) = verdict {
            crate::log::refused(&format!("a token was refused: {why}"));
        }
        verdict.map(Some).map_err(|what| Lack::of(what, self.scopes.clone()))
    }

    /// What is lacking where nobody could say whose a token is.
    pub(crate) fn doubt(&self) -> Lack {
        Lack::of(What::Verdict, self.scopes.clone())
    }

    /// Whether a caller gets what belongs to no tool: the lists, the handshake.
    pub(crate) fn enter(&self, user: Option<&User>) -> Result<(), Lack> {
        if user.is_none() && self.is_closed { Err(Lack::of(What::User, self.scopes.clone())) } else { Ok(()) }
    }

    /// As whom a caller may call this.
    pub(crate) fn admit<'a>(&self, access: Access, user: Option<&'a User>) -> Result<Option<&'a User>, Lack> {
        access.admit(user, &self.scopes)
    }

    /// The same lack, told to a client that asks for what a challenge names and no more: it would lose what it has, and lack
    /// that next (MCP 2025-11-25, basic/authorization, "Scope Challenge Handling"). From 2026-07-28 on clients add up themselves.
    pub(crate) fn keeping(&self, lack: Lack, user: Option<&User>) -> Lack {
        let has = |scope: &&String| !lack.scopes.contains(scope) && user.is_some_and(|user| user.has_scope(scope));
        let kept = self.supported.iter().filter(has).cloned().collect();
        Lack { kept, ..lack }
    }

    /// What whoever is signed in has to be allowed.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn scopes(&self, access: Access) -> crate::access::Scopes<'_> {
        access.scopes(&self.scopes)
    }

    pub(crate) fn schemes(&self, access: Access) -> Vec<Scheme<'_>> {
        access.schemes(&self.scopes)
    }

    pub(crate) fn challenge(&self, lack: &Lack, chat: bool) -> String {
        lack.challenge(&self.metadata_url, chat)
    }
}

/// The token of a request, from the one place where it may stand (RFC 6750, 2.1; MCP forbids the others).
fn token(headers: &HeaderMap) -> Result<Option<&str>, &'static str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err("there are two `Authorization` headers");
    }
    let value = value.to_str().map_err(|_| "it has letters that no token has")?.trim();
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    let token = token.trim_start();
    if !scheme.eq_ignore_ascii_case("bearer") {
        // A password or a key signs nobody in here.
        return Ok(None);
    }
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    match token.len() {
        0 => Err("it is empty"),
        1..=LONGEST_TOKEN if token.bytes().all(legal) => Ok(Some(token)),
        1..=LONGEST_TOKEN => Err("it has letters that no token has"),
        _ => Err("it is too long"),
    }
}

#[cfg(test)]
mod tests {
    use super::token;
    use http::HeaderMap;

    fn of(values: &[&str]) -> Result<Option<String>, &'static str> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("authorization", value.parse().unwrap());
        }
        token(&headers).map(|token| token.map(str::to_owned))
    }

    #[test]
    fn a_token_stands_behind_bearer() {
        assert_eq!(of(&[]), Ok(None));
        assert_eq!(of(&["Bearer abc.def-_~+/="]), Ok(Some("abc.def-_~+/=".into())));
        assert_eq!(of(&["bearer  abc"]), Ok(Some("abc".into())));
        assert_eq!(of(&["Basic YTpi"]), Ok(None));
        for wrong in ["Bearer", "Bearer ", "Bearer a b", "Bearer a\"b", "Bearer a,b"] {
            assert!(of(&[wrong]).is_err(), "{wrong}");
        }
        assert!(of(&["Bearer a", "Bearer a"]).is_err());
        assert!(of(&[&format!("Bearer {}", "a".repeat(20_000))]).is_err());
    }
}
