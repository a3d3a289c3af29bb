//! The keys of an authorization server: found, kept, and fetched anew when it has changed them.

use super::fetch::{self, Failed};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use p256::ecdsa::signature::Verifier;
use rsa::{BoxedUint, pkcs1v15};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
#[cfg(not(target_family = "wasm"))]
use std::{pin::pin, task::Waker};

/// How long keys are good without asking, in seconds.
const FRESH: u64 = 3600;
/// How long they are used while nobody answers.
const STALE: u64 = 24 * 3600;
/// How often a key that is not known leads to a question: whoever invents names of keys must not make this server ask.
const PAUSE: u64 = 30;
/// How long a failure is not repeated.
const PAUSE_AFTER_FAILURE: u64 = 5;
/// After so long nobody is asking any more: some addresses one after another, each for as long as is waited for it.
const LONGEST: u64 = 20;
/// A server has a handful; each is tried for a token that names none.
const MOST: usize = 32;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Algorithm {
    Rs256,
    Es256,
    EdDsa,
}

impl Algorithm {
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Algorithm::Rs256),
            "ES256" => Some(Algorithm::Es256),
            // RFC 9864 calls it by its curve.
            "EdDSA" | "Ed25519" => Some(Algorithm::EdDsa),
            _ => None,
        }
    }
}

/// A key that verifies signatures of one algorithm, and no other.
pub(super) struct Key {
    kid: Option<String>,
    public: Public,
}

enum Public {
    Rsa(Box<pkcs1v15::VerifyingKey<Sha256>>),
    P256(p256::ecdsa::VerifyingKey),
    Ed25519(ed25519_dalek::VerifyingKey),
}

/// A JSON Web Key (RFC 7517).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    r#use: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl Key {
    /// None: one of another kind, which others may use.
    pub(super) fn read(jwk: &Value) -> Option<Self> {
        let jwk = Jwk::deserialize(jwk).ok().filter(|jwk| jwk.r#use.as_deref() != Some("enc"))?;
        let bytes = |text: &Option<String>| BASE64_URL_SAFE_NO_PAD.decode(text.as_deref()?.trim_end_matches('=')).ok();
        let public = match (&*jwk.kty, jwk.crv.as_deref()) {
            ("RSA", _) => Public::Rsa(Box::new(rsa(&bytes(&jwk.n)?, &bytes(&jwk.e)?)?)),
            ("EC", Some("P-256")) => {
                let point = [&[4][..], &bytes(&jwk.x)?, &bytes(&jwk.y)?].concat();
                Public::P256(p256::ecdsa::VerifyingKey::from_sec1_bytes(&point).ok()?)
            }
            ("OKP", Some("Ed25519")) => Public::Ed25519(
                ed25519_dalek::VerifyingKey::from_bytes(&bytes(&jwk.x)?.try_into().ok()?).ok().filter(|key| !key.is_weak())?,
            ),
            _ => return None,
        };
        let key = Key { kid: jwk.kid, public };
        let fits = jwk.alg.is_none_or(|alg| Algorithm::named(&alg) == Some(key.algorithm()));
        fits.then_some(key)
    }

    fn algorithm(&self) -> Algorithm {
        match self.public {
            Public::Rsa(_) => Algorithm::Rs256,
            Public::P256(_) => Algorithm::Es256,
            Public::Ed25519(_) => Algorithm::EdDsa,
        }
    }

    pub(super) fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.public {
            Public::Rsa(key) => pkcs1v15::Signature::try_from(signature).is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Public::P256(key) => {
                p256::ecdsa::Signature::from_slice(signature).is_ok_and(|signature| key.verify(message, &signature).is_ok())
            }
            Public::Ed25519(key) => {
                ed25519_dalek::Signature::from_slice(signature).is_ok_and(|signature| key.verify_strict(message, &signature).is_ok())
            }
        }
    }

    pub(super) fn fits(&self, algorithm: Algorithm, kid: Option<&str>) -> bool {
        self.algorithm() == algorithm && (kid.is_none() || self.kid.is_none() || self.kid.as_deref() == kid)
    }
}

/// Of at least 2,048 bits (RFC 7518, 3.3), and no more than anybody has: long ones take long.
fn rsa(n: &[u8], e: &[u8]) -> Option<pkcs1v15::VerifyingKey<Sha256>> {
    let n = n.iter().position(|byte| *byte != 0).map(|start| &n[start..])?;
    if !(256..=512).contains(&n.len()) || e.len() > 8 {
        return None;
    }
    let key = rsa::PublicKey::new(BoxedUint::from_be_slice_vartime(n), BoxedUint::from_be_slice_vartime(e)).ok()?;
    Some(pkcs1v15::VerifyingKey::new(key))
}

/// Why a token is not signed, as far as is known.
#[derive(Debug, PartialEq)]
pub(super) enum Unsigned {
    /// The authorization server does not have the key.
    NoKey,
    /// It has the key, and the key did not sign this.
    Forged,
    /// Nobody said which keys it has.
    Unknown,
}

/// The keys of one authorization server.
pub(super) struct Keys(Arc<Shelf>);

struct Shelf {
    issuer: String,
    jwks: Option<String>,
    cache: Mutex<Cache>,
    /// Whoever asks, and the others wait for the answer. On Workers no request may wait for another's.
    #[cfg(not(target_family = "wasm"))]
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default, Clone)]
struct Cache {
    keys: Vec<Arc<Key>>,
    fetched: Option<u64>,
    /// When it was asked last, and whether there was an answer.
    asked: Option<(u64, bool)>,
    /// Since when somebody asks.
    asking: Option<u64>,
}

/// What the keys say of a signature.
#[derive(Clone, Copy, PartialEq)]
enum Verdict {
    Signed,
    /// Not by the key that the token names.
    Forged,
    /// Not by those that it could mean, which have no names, or it names none.
    Doubtful,
    NoKey,
}

impl Cache {
    fn verdict(&self, algorithm: Algorithm, kid: Option<&str>, has_signed: &impl Fn(&Key) -> bool, now: u64) -> Verdict {
        let mut verdict = Verdict::NoKey;
        if self.age(now) >= STALE {
            return verdict;
        }
        for key in self.keys.iter().filter(|key| key.fits(algorithm, kid)) {
            if has_signed(key) {
                return Verdict::Signed;
            }
            if kid.is_some() && key.kid.as_deref() == kid {
                verdict = Verdict::Forged;
            } else if verdict == Verdict::NoKey {
                verdict = Verdict::Doubtful;
            }
        }
        verdict
    }

    fn age(&self, now: u64) -> u64 {
        self.fetched.map_or(u64::MAX, |fetched| now.saturating_sub(fetched))
    }

    /// Whether it was asked so lately that the answer would be the same.
    fn rests(&self, now: u64) -> bool {
        self.asked.is_some_and(|(asked, answered)| now.saturating_sub(asked) < if answered { PAUSE } else { PAUSE_AFTER_FAILURE })
    }

    /// Whether somebody is asking. On Workers nobody is told of a request that is gone, so this has an end of its own.
    fn is_asked(&self, now: u64) -> bool {
        self.asking.is_some_and(|began| now.saturating_sub(began) < LONGEST)
    }
}

impl Keys {
    pub(super) fn new(issuer: String, jwks: Option<String>) -> Self {
        Keys(Arc::new(Shelf {
            issuer,
            jwks,
            cache: Mutex::default(),
            #[cfg(not(target_family = "wasm"))]
            turn: Arc::default(),
        }))
    }

    /// Whether one of the keys that a token can mean has signed it.
    pub(super) async fn check(&self, algorithm: Algorithm, kid: Option<&str>, has_signed: impl Fn(&Key) -> bool) -> Result<(), Unsigned> {
        let mut cache = self.0.cached();
        let mut verdict = cache.verdict(algorithm, kid, &has_signed, now());
        // Keys that are known are not waited for while somebody asks. Where a name is not known, or none is said, it may be a new one.
        let is_sure = matches!(verdict, Verdict::Signed | Verdict::Forged) && (cache.age(now()) < FRESH || cache.is_asked(now()));
        if !is_sure && !cache.rests(now()) {
            cache = self.renewed(&cache).await;
            verdict = cache.verdict(algorithm, kid, &has_signed, now());
        }
        let is_answered = matches!(cache.asked, Some((_, true))) && !cache.is_asked(now());
        match verdict {
            Verdict::Signed => Ok(()),
            Verdict::Forged => Err(Unsigned::Forged),
            Verdict::Doubtful if is_answered => Err(Unsigned::Forged),
            Verdict::NoKey if is_answered => Err(Unsigned::NoKey),
            Verdict::Doubtful | Verdict::NoKey => Err(Unsigned::Unknown),
        }
    }

    /// What is known after asking, unless somebody else has just asked.
    ///
    /// The thread asks to its end also where nobody waits for it any more: who sends a request and hangs up would otherwise make it
    /// ask anew each time. And it needs no runtime, which a server of somebody else's may not have.
    #[cfg(not(target_family = "wasm"))]
    async fn renewed(&self, seen: &Cache) -> Cache {
        let turn = self.0.turn.clone().lock_owned().await;
        let cache = self.0.cached();
        if cache.asked != seen.asked || cache.rests(now()) {
            return cache;
        }
        let (shelf, (send, receive)) = (self.0.clone(), futures_channel::oneshot::channel::<()>());
        let spawned = std::thread::Builder::new().name("chatui-keys".into()).spawn(move || {
            // Natively nothing in it waits but the thread itself.
            let _ = pin!(shelf.renew()).poll(&mut std::task::Context::from_waker(Waker::noop()));
            drop((turn, send));
        });
        match spawned {
            // It says no more than that it is done.
            Ok(_) => _ = receive.await,
            Err(error) => crate::log::error(&format!("the keys of {} can't be fetched: {error}", self.0.issuer)),
        }
        self.0.cached()
    }

    /// The same where no request may wait for another's. While there are no keys yet, each asks for itself.
    #[cfg(target_family = "wasm")]
    async fn renewed(&self, seen: &Cache) -> Cache {
        if seen.keys.is_empty() || !seen.is_asked(now()) {
            self.0.renew().await;
        }
        self.0.cached()
    }
}

impl Shelf {
    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cached(&self) -> Cache {
        self.cache().clone()
    }

    async fn renew(&self) {
        self.cache().asking = Some(now());
        let fetched = self.fetch().await;
        let mut cache = self.cache();
        cache.asked = Some((now(), fetched.is_ok()));
        cache.asking = None;
        match fetched {
            Ok(keys) => (cache.keys, cache.fetched) = (keys, Some(now())),
            Err(why) => crate::log::error(&format!("the keys of {} can't be fetched: {why}", self.issuer)),
        }
    }

    async fn fetch(&self) -> Result<Vec<Arc<Key>>, String> {
        let url = match &self.jwks {
            Some(url) => url.clone(),
            None => self.discover().await?,
        };
        let mut set = fetch::json(&url).await.map_err(Failed::why)?;
        let Some(Value::Array(all)) = set.get_mut("keys").map(Value::take) else { return Err(format!("{url}: it has no `keys`")) };
        let keys: Vec<_> = all.iter().filter_map(Key::read).take(MOST).map(Arc::new).collect();
        if keys.is_empty() {
            return Err(format!("{url}: none of its {} keys is for RS256, ES256 or EdDSA", all.len()));
        }
        Ok(keys)
    }

    /// Where the authorization server says that its keys are.
    async fn discover(&self) -> Result<String, String> {
        let mut wrong = Vec::new();
        for url in places(&self.issuer) {
            let metadata = match fetch::json(&url).await {
                Ok(metadata) => metadata,
                Err(Failed::Absent(why)) => {
                    wrong.push(why);
                    continue;
                }
                Err(Failed::Silent(why)) => {
                    wrong.push(why);
                    break;
                }
            };
            // RFC 8414, 3.3: those of another are not to be used.
            match (metadata["issuer"].as_str(), metadata["jwks_uri"].as_str()) {
                (Some(issuer), _) if issuer != self.issuer => wrong.push(format!("{url}: it calls itself `{issuer}`")),
                (Some(_), Some(jwks)) => match super::address(jwks.split('?').next().unwrap_or_default(), "`jwks_uri`") {
                    Ok(()) => return Ok(jwks.to_owned()),
                    Err(why) => wrong.push(format!("{url}: {why}")),
                },
                _ => wrong.push(format!("{url}: it lacks `issuer` or `jwks_uri`")),
            }
        }
        Err(wrong.join("; "))
    }
}

/// Where the metadata of an authorization server may be, in the order of MCP 2026-07-28 (basic/authorization).
fn places(issuer: &str) -> Vec<String> {
    let end = issuer.find("://").map_or(0, |scheme| scheme + 3);
    let (origin, path) = issuer.split_at(issuer[end..].find('/').map_or(issuer.len(), |slash| end + slash));
    let path = path.trim_end_matches('/');
    let mut places =
        vec![format!("{origin}/.well-known/oauth-authorization-server{path}"), format!("{origin}/.well-known/openid-configuration{path}")];
    if !path.is_empty() {
        places.push(format!("{origin}{path}/.well-known/openid-configuration"));
    }
    places
}

/// The seconds since 1970.
pub(super) fn now() -> u64 {
    crate::platform::wall_clock() / 1000
}

#[cfg(test)]
mod tests;
