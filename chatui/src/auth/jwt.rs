//! Access tokens that are JWTs (RFC 9068): read, and then believed only as far as the signature goes.

use super::keys::{Algorithm, Key, Keys, Unsigned};
use crate::{
    access::What,
    guard::Verify,
    task::{Task, task},
    user::User,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::{Map, Value};

/// What clocks may differ by, in seconds.
const LEEWAY: f64 = 30.0;

/// Verifies the JWTs of one issuer.
pub(super) struct Jwt {
    issuer: String,
    /// In place of the address of this server.
    audiences: Vec<String>,
    keys: Keys,
    /// Whether a token has to say that it is an access token.
    strict_typ: bool,
}

impl Jwt {
    pub(super) fn new(issuer: String, audiences: Vec<String>, jwks: Option<String>, strict_typ: bool) -> Self {
        Jwt { keys: Keys::new(issuer.clone(), jwks), issuer, audiences, strict_typ }
    }
}

impl Verify for Jwt {
    fn verify<'a>(&'a self, token: &'a str, resource: &'a str) -> Task<'a, Result<User, What>> {
        task(async move {
            let parts = Parts::split(token).map_err(What::Token)?;
            if self.strict_typ && !parts.says_access {
                return Err(What::Token("it does not say that it is an access token (`typ`)"));
            }
            let kid = parts.header.kid.as_deref();
            let has_signed = |key: &Key| key.has_signed(parts.signed.as_bytes(), &parts.signature);
            self.keys.check(parts.algorithm, kid, has_signed).await.map_err(|unsigned| match unsigned {
                Unsigned::NoKey => What::Token("it is signed with a key that its authorization server does not have"),
                Unsigned::Forged => What::Token("its signature does not fit"),
                Unsigned::Unknown => What::Verdict,
            })?;
            let own = [resource];
            let given: Vec<&str> = self.audiences.iter().map(String::as_str).collect();
            let audiences = if given.is_empty() { &own[..] } else { &given };
            parts.claims()?.user(&self.issuer, audiences, super::keys::now() as f64)
        })
    }
}

/// For the fuzz target: whether one of these keys has signed the token, and what would be made of its claims if so.
pub fn looked_at(token: &str, jwks: &Value, issuer: &str, audience: &str, now: f64) -> Result<(bool, Result<User, String>), String> {
    let parts = Parts::split(token).map_err(str::to_owned)?;
    let keys = jwks["keys"].as_array().into_iter().flatten().filter_map(Key::read);
    let signed = keys.filter(|key| key.fits(parts.algorithm, parts.header.kid.as_deref()));
    let signed = signed.map(|key| key.has_signed(parts.signed.as_bytes(), &parts.signature)).fold(false, |any, one| any | one);
    let user = parts.claims().and_then(|claims| claims.user(issuer, &[audience], now));
    Ok((signed, user.map_err(|what| format!("{what:?}"))))
}

/// The token, taken apart; nothing in it is believed yet.
pub(super) struct Parts<'a> {
    header: Header,
    algorithm: Algorithm,
    /// Whether its `typ` is that of an access token (RFC 9068, 2.1).
    says_access: bool,
    /// What the signature is of.
    signed: &'a str,
    payload: &'a str,
    signature: Vec<u8>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

impl<'a> Parts<'a> {
    pub(super) fn split(token: &'a str) -> Result<Self, &'static str> {
        const SHAPE: &str = "it is not a JWT";
        let (signed, signature) = token.rsplit_once('.').ok_or(SHAPE)?;
        let (header, payload) = signed.split_once('.').filter(|(_, payload)| !payload.contains('.')).ok_or(SHAPE)?;
        let header: Header = object(header).ok_or(SHAPE)?;
        if header.crit.is_some() {
            return Err("it demands what this server does not know (`crit`)");
        }
        let typ = header.typ.as_deref().map(|typ| typ.to_ascii_lowercase());
        let typ = typ.as_deref().map_or("jwt", |typ| typ.strip_prefix("application/").unwrap_or(typ));
        let says_access = typ == "at+jwt";
        if !says_access && typ != "jwt" {
            return Err("it is a token of another kind");
        }
        // What the token says is only which of the keys to try: `none`, and secrets that both sides know, are none of them.
        let algorithm = Algorithm::named(&header.alg).ok_or("it is not signed with RS256, ES256 or EdDSA")?;
        let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| SHAPE)?;
        Ok(Parts { header, algorithm, says_access, signed, payload, signature })
    }

    fn claims(&self) -> Result<Claims, What> {
        object(self.payload).ok_or(What::Token("its claims can't be read"))
    }
}

/// JSON in base64url.
fn object<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
    bytes.starts_with(b"{").then(|| serde_json::from_slice(&bytes).ok()).flatten()
}

#[derive(Deserialize)]
struct Claims {
    iss: Option<String>,
    sub: Option<String>,
    aud: Option<OneOrMany>,
    exp: Option<f64>,
    nbf: Option<f64>,
    /// Of RFC 8693, one text; some write a list, and some call it `scp`.
    scope: Option<OneOrMany>,
    scp: Option<OneOrMany>,
    #[serde(flatten)]
    more: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn texts(&self) -> &[String] {
        match self {
            OneOrMany::One(text) => std::slice::from_ref(text),
            OneOrMany::Many(texts) => texts,
        }
    }
}

impl Claims {
    /// Whose token it is, if it is one for here and now. `now`: in seconds since 1970.
    fn user(self, issuer: &str, audiences: &[&str], now: f64) -> Result<User, What> {
        let no = |why| Err(What::Token(why));
        // Both are known to whoever has signed the token, and neither opens anything.
        let differs = |what: &str, is: &dyn std::fmt::Debug, wanted: &dyn std::fmt::Debug| {
            crate::log::refused(&format!("a token was refused: its `{what}` is {is:?}, and {wanted:?} is taken"));
        };
        if self.iss.as_deref() != Some(issuer) {
            differs("iss", &self.iss.unwrap_or_default(), &issuer);
            return no("it is of another authorization server");
        }
        let for_us = self.aud.iter().flat_map(OneOrMany::texts).any(|aud| audiences.contains(&aud.as_str()));
        if !for_us {
            differs("aud", &self.aud.as_ref().map(OneOrMany::texts).unwrap_or_default(), &audiences);
            return no("it is for another server");
        }
        match self.exp {
            None => return no("it does not say when it ends"),
            Some(exp) if now >= exp + LEEWAY => return no("it has expired"),
            Some(_) => {}
        }
        if self.nbf.is_some_and(|nbf| now < nbf - LEEWAY) {
            return no("it is not valid yet");
        }
        let Some(subject) = self.sub.filter(|subject| !subject.is_empty()) else { return no("it does not say whose it is") };
        let scopes = self.scope.iter().chain(&self.scp).flat_map(OneOrMany::texts);
        let scopes: Vec<&str> = scopes.flat_map(|text| text.split_ascii_whitespace()).collect();
        let user = User::new(subject).with_scopes(scopes).with_claim("iss", issuer);
        let user = self.exp.into_iter().fold(user, |user, exp| user.with_claim("exp", exp));
        Ok(self.more.into_iter().fold(user, |user, (name, value)| user.with_claim(name, value)))
    }
}

#[cfg(test)]
mod tests;
