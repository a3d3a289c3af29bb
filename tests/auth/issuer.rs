//! An authorization server that publishes keys and signs whatever a test asks for.

use axum::{Router, extract::State, http::StatusCode, response::IntoResponse};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ring::{
    hmac,
    rand::SystemRandom,
    rsa::PublicKeyComponents,
    signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaKeyPair},
};
use serde_json::{Value, json};
use std::{
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// What signs.
pub(crate) enum Key {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    /// The secret of an HMAC.
    Secret(Vec<u8>),
    Nothing,
}

impl Key {
    pub(crate) fn rsa(which: usize) -> Self {
        let keys = [&include_bytes!("rsa-1.pk8")[..], &include_bytes!("rsa-2.pk8")[..]];
        Key::Rsa(RsaKeyPair::from_pkcs8(keys[which]).unwrap())
    }

    pub(crate) fn p256() -> Self {
        let (algorithm, random) = (&signature::ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Key::P256(EcdsaKeyPair::from_pkcs8(algorithm, key.as_ref(), &random).unwrap())
    }

    pub(crate) fn ed25519() -> Self {
        let key = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
        Key::Ed25519(Ed25519KeyPair::from_pkcs8(key.as_ref()).unwrap())
    }

    /// The public half, as published.
    pub(crate) fn jwk(&self, kid: &str) -> Value {
        let text = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Key::Rsa(key) => {
                let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(key.public());
                json!({ "kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256", "n": text(&n), "e": text(&e) })
            }
            Key::P256(key) => {
                let point = key.public_key().as_ref();
                json!({ "kty": "EC", "kid": kid, "crv": "P-256", "x": text(&point[1..33]), "y": text(&point[33..]) })
            }
            Key::Ed25519(key) => json!({ "kty": "OKP", "kid": kid, "crv": "Ed25519", "x": text(key.public_key().as_ref()) }),
            Key::Secret(_) | Key::Nothing => panic!("nothing to publish"),
        }
    }

    pub(crate) fn sign(&self, header: &Value, claims: &Value) -> String {
        let text = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let signed = format!("{}.{}", text(header.to_string().as_bytes()), text(claims.to_string().as_bytes()));
        let (message, random) = (signed.as_bytes(), SystemRandom::new());
        let signature = match self {
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public().modulus_len()];
                key.sign(&signature::RSA_PKCS1_SHA256, &random, message, &mut signature).unwrap();
                signature
            }
            Key::P256(key) => key.sign(&random, message).unwrap().as_ref().to_vec(),
            Key::Ed25519(key) => key.sign(message).as_ref().to_vec(),
            Key::Secret(secret) => hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message).as_ref().to_vec(),
            Key::Nothing => Vec::new(),
        };
        format!("{signed}.{}", text(&signature))
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Mood {
    Well,
    Down,
    /// It never answers in time.
    Slow,
    /// It calls itself another.
    Lies,
}

struct Life {
    keys: Vec<Value>,
    mood: Mood,
    asked: usize,
    url: String,
}

#[derive(Clone)]
pub(crate) struct Issuer(Arc<Mutex<Life>>);

impl Issuer {
    pub(crate) async fn start(keys: Vec<Value>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let issuer = Issuer(Arc::new(Mutex::new(Life { keys, mood: Mood::Well, asked: 0, url })));
        let router = Router::new().fallback(answer).with_state(issuer.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        issuer
    }

    pub(crate) fn url(&self) -> String {
        self.0.lock().unwrap().url.clone()
    }

    pub(crate) fn publish(&self, keys: Vec<Value>) {
        self.0.lock().unwrap().keys = keys;
    }

    pub(crate) fn feel(&self, mood: Mood) {
        self.0.lock().unwrap().mood = mood;
    }

    /// How often it was asked for its keys.
    pub(crate) fn asked(&self) -> usize {
        self.0.lock().unwrap().asked
    }
}

async fn answer(State(issuer): State<Issuer>, uri: axum::http::Uri) -> axum::response::Response {
    let (mood, url) = {
        let mut life = issuer.0.lock().unwrap();
        life.asked += usize::from(uri.path() == "/keys");
        (life.mood, life.url.clone())
    };
    match (mood, uri.path()) {
        (Mood::Down, _) => StatusCode::BAD_GATEWAY.into_response(),
        (Mood::Slow, _) => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            StatusCode::OK.into_response()
        }
        (_, "/keys") => json!({ "keys": issuer.0.lock().unwrap().keys }).to_string().into_response(),
        (mood, "/.well-known/openid-configuration") => {
            let name = if mood == Mood::Lies { "https://other.example" } else { &url };
            json!({ "issuer": name, "jwks_uri": format!("{url}/keys") }).to_string().into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// In seconds since 1970.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}
