//! `Auth`: whose tokens this server takes, and how they are verified (MCP 2026-07-28, basic/authorization: a server is an OAuth
//! 2.1 resource server, and no more).

mod fetch;
mod jwt;
mod keys;
mod profile;

pub use jwt::looked_at;
pub use profile::Profile;

use crate::{
    Result,
    access::What,
    guard::{Plan, Verify},
    site::is_loopback,
    task::{Sent, Shared, Task, task},
    user::User,
};
use http::Uri;
use jwt::Jwt;

/// Whose access tokens an app takes: those of one authorization server. Given with [`App::auth`](crate::App::auth), it is asked
/// for by every tool that does not say otherwise with `#[tool(auth(…))]`.
///
/// Tokens are JWTs (RFC 9068), signed with RS256, ES256 or EdDSA. Of each are checked, before arguments are read: the
/// signature, with the keys that the authorization server publishes; the issuer; that it is for this server (`aud`, the public
/// URL with `/mcp`, unless [`audience`](Auth::audience) names others); `exp` and `nbf`, with 30 seconds for clocks that differ; the scopes;
/// that it is of no other kind ([`strict_typ`](Auth::strict_typ) asks for more).
/// Tokens that are not JWTs are verified by a function of yours, [`verify_with`](Auth::verify_with).
///
/// The keys are found by discovery (RFC 8414, OpenID Connect Discovery), kept for an hour, and fetched anew where a token is
/// signed with one that is not known yet, at most every 30 seconds, in each isolate of a Worker. While the authorization server can't be reached, keys that are known
/// are used for a day; a token that can't be checked then is answered with 503.
///
/// What a client sees: the metadata of RFC 9728 under `/.well-known/oauth-protected-resource` and the same with `/mcp` behind
/// it; 401 and 403 with a `WWW-Authenticate` that leads there; in ChatGPT, which reads it there, the same in the answer of the tool.
///
/// ```standalone_crate
/// use chatui::{App, Auth, User, tool};
///
/// /// Use this when the user asks what is on their list.
/// #[tool(read_only)]
/// fn list(user: &User) -> String {
///     format!("the list of {}", user.subject())
/// }
///
/// /// Use this when the user asks what this app can do.
/// #[tool(read_only, auth(none))]
/// fn about() -> &'static str {
///     "It keeps lists."
/// }
///
/// /// Use this when the user wants something on their list.
/// #[tool(writes, auth(scopes("todo:write")))]
/// fn add(title: String, user: &User) -> String {
///     format!("{title} is on the list of {}", user.subject())
/// }
///
/// #[chatui::app]
/// fn app() -> App {
///     App::new().auth(Auth::issuer("https://auth.example.com").scopes(["todo:read"]))
/// }
/// # app().public_url("https://todo.example.com").build().unwrap();
/// ```
pub struct Auth {
    issuer: String,
    scopes: Vec<String>,
    audiences: Vec<String>,
    jwks: Option<String>,
    documentation: Option<String>,
    strict_typ: bool,
    verify: Option<Box<dyn Verify>>,
}

impl Auth {
    /// The authorization server, as it calls itself in `iss`, letter by letter, and as its metadata name it.
    ///
    /// It must be `https://…`, on this machine also `http://…`; the app does not start otherwise.
    ///
    /// ```
    /// use chatui::Auth;
    ///
    /// let auth = Auth::issuer("https://auth.example.com").scopes(["todo:read"]).documentation("https://todo.example.com/clients");
    /// ```
    pub fn issuer(url: impl Into<String>) -> Self {
        let (scopes, audiences) = (Vec::new(), Vec::new());
        Auth { issuer: url.into(), scopes, audiences, jwks: None, documentation: None, strict_typ: false, verify: None }
    }

    /// The scopes that a tool demands which says nothing by `#[tool(auth(scopes(…)))]`. None unless given: any token will do.
    ///
    /// A tool's own scopes stand in place of these and are not added to them: one that needs both names both.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// Takes tokens that are for this audience, in place of the address of this server. Some authorization servers do not know
    /// `resource` (RFC 8707) and write into `aud` what was configured in them. Can be given several times.
    ///
    /// Never the id of a client: that is what ID tokens are for, which say who somebody is to the client, and are no permission here.
    pub fn audience(mut self, audience: impl Into<String>) -> Self {
        self.audiences.push(audience.into());
        self
    }

    /// Where the keys are, for an authorization server without metadata.
    ///
    /// ```
    /// use chatui::Auth;
    ///
    /// let auth = Auth::issuer("https://auth.example.com").jwks_url("https://auth.example.com/keys.json").audience("todo");
    /// ```
    pub fn jwks_url(mut self, url: impl Into<String>) -> Self {
        self.jwks = Some(url.into());
        self
    }

    /// Takes only tokens whose header says that they are access tokens, `"typ": "at+jwt"`, as RFC 9068, 4 has it.
    ///
    /// Without it, `"typ": "JWT"` and none at all are taken too, since many authorization servers write no other; tokens of a kind
    /// that is named (`logout+jwt`, `dpop+jwt`) never are. What keeps ID tokens out then is the audience. Say this where yours
    /// writes `at+jwt`, and above all where an [`audience`](Auth::audience) is given that other tokens of it have as well. It is
    /// about JWTs: what [`verify_with`](Auth::verify_with) is given is looked at by that function alone.
    ///
    /// ```
    /// use chatui::Auth;
    ///
    /// let auth = Auth::issuer("https://auth.example.com").audience("https://api.example.com").strict_typ();
    /// ```
    pub fn strict_typ(mut self) -> Self {
        self.strict_typ = true;
        self
    }

    /// A page for developers of clients, which the metadata name.
    pub fn documentation(mut self, url: impl Into<String>) -> Self {
        self.documentation = Some(url.into());
        self
    }

    /// Verifies tokens by this function in place of the signature of a JWT: opaque ones by asking the authorization server
    /// (RFC 7662), or any in a test.
    ///
    /// It answers whose the token is, or `None` where it is none; it has to look at the audience and at the time itself, and
    /// at the scopes only in so far as it gives the user those of the token. An error is answered with 503, as the token may be a good one.
    /// So are a panic (not on Workers, where it ends the isolate) and what takes longer than [`Limits::timeout`](crate::Limits::timeout).
    ///
    /// ```
    /// use chatui::{Auth, User};
    ///
    /// let auth = Auth::issuer("https://auth.example.com").verify_with(|token| async move {
    ///     // Here: ask the authorization server.
    ///     Ok((token == "letmein").then(|| User::new("ada").with_scopes(["todo:read"])))
    /// });
    /// ```
    pub fn verify_with<F, T>(mut self, verify: F) -> Self
    where
        F: Fn(String) -> T + Shared,
        T: Future<Output = Result<Option<User>>> + Sent + 'static,
    {
        self.verify = Some(Box::new(By(verify)));
        self
    }

    /// # Errors
    ///
    /// One sentence for each thing that can't be used.
    pub(crate) fn plan(self) -> std::result::Result<Plan, Vec<String>> {
        let Auth { issuer, scopes, audiences, jwks, documentation, strict_typ, verify } = self;
        let mut wrong = Vec::new();
        wrong.extend(address(&issuer, ISSUER).err());
        wrong.extend(jwks.as_deref().and_then(|url| address(url, "the address of the keys").err()));
        if audiences.iter().any(String::is_empty) {
            wrong.push("an audience of `auth` is empty; write what stands in `aud`, or leave it out".into());
        }
        for scope in &scopes {
            // RFC 6749, 3.3.
            if scope.is_empty() || !scope.bytes().all(|byte| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~')) {
                wrong.push(format!("`{scope}` is no scope, which is visible ASCII without quotes and backslashes, and not empty; write each scope as a text of its own"));
            }
            if scope == "offline_access" {
                wrong.push("the scope `offline_access` is between a client and the authorization server; leave it out".into());
            }
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let verify = verify.unwrap_or_else(|| Box::new(Jwt::new(issuer.clone(), audiences, jwks, strict_typ)));
        Ok(Plan { verify, issuer, scopes, documentation })
    }
}

const ISSUER: &str = "the issuer";

/// An address that secrets depend on.
fn address(url: &str, what: &str) -> std::result::Result<(), String> {
    let wrong = |why: &str| Err(format!("{what} `{url}` {why}; write it like `https://auth.example.com`"));
    let Ok(uri) = url.parse::<Uri>() else { return wrong("can't be read") };
    let host = uri.host().unwrap_or_default();
    match uri.scheme_str() {
        _ if host.is_empty() => wrong("names no host"),
        Some("https") => Ok(()),
        Some("http") if is_loopback(host) => Ok(()),
        _ => wrong("does not start with `https://`"),
    }?;
    match uri.authority() {
        Some(authority) if authority.as_str().contains('@') => wrong("has a name or a password in it"),
        _ if uri.query().is_some() || url.contains('#') => wrong("has a query or a fragment"),
        // Keys often are there.
        _ if uri.path().contains("/.well-known/") && what == ISSUER => wrong("is where its metadata are"),
        _ => Ok(()),
    }
}

/// A function of the author's.
struct By<F>(F);

impl<F, T> Verify for By<F>
where
    F: Fn(String) -> T + Shared,
    T: Future<Output = Result<Option<User>>> + Sent + 'static,
{
    fn verify<'a>(&'a self, token: &'a str, _resource: &'a str) -> Task<'a, std::result::Result<User, What>> {
        let verdict = self.0(token.to_owned());
        task(async move {
            match verdict.await {
                Ok(Some(user)) => Ok(user),
                Ok(None) => Err(What::Token("the authorization server does not know it, or no longer")),
                Err(error) => {
                    crate::log::error(&format!("a token could not be verified: {error}"));
                    Err(What::Verdict)
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Auth;

    fn wrong(auth: Auth) -> Vec<String> {
        auth.plan().err().unwrap_or_default()
    }

    #[test]
    fn an_issuer_is_an_https_address() {
        for good in ["https://auth.example.com", "https://a.example/tenant/", "http://localhost:9000", "http://127.0.0.1:9000/x"] {
            assert_eq!(wrong(Auth::issuer(good)), [""; 0]);
        }
        for bad in [
            "",
            "auth.example.com",
            "http://auth.example.com",
            "https://a.example/?x",
            "https://a.example/#x",
            "ftp://a.example",
            "https://a:b@a.example",
            "https://a.example/.well-known/openid-configuration",
        ] {
            let wrong = wrong(Auth::issuer(bad));
            assert!(wrong.len() == 1 && wrong[0].contains("write it like `https://auth.example.com`"), "{bad}: {wrong:?}");
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let auth = Auth::issuer("x").jwks_url("y").audience("").scopes(["a b", "", "offline_access", "fine"]);
        assert_eq!(wrong(auth).len(), 6);
    }
}
