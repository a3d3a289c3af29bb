//! What stands in a token, without its signature; signatures are in `tests/auth.rs`, with keys that others made.

use super::{Claims, Parts};
use crate::{access::What, user::User};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

fn token(header: &Value) -> String {
    let part = |text: String| BASE64_URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part(header.to_string()), part("{}".into()), part("x".into()))
}

fn user(change: impl FnOnce(&mut Value)) -> Result<User, What> {
    let mut claims = json!({
        "iss": "https://a.example", "sub": "ada", "aud": "https://s.example/mcp", "exp": 1_000, "scope": "read write", "email": "ada@a.example"
    });
    change(&mut claims);
    let claims: Claims = serde_json::from_value(claims).map_err(|_| What::Token("unreadable"))?;
    claims.user("https://a.example", &["https://s.example/mcp"], 900.0)
}

fn why(change: impl FnOnce(&mut Value)) -> &'static str {
    match user(change) {
        Err(What::Token(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_good_token_says_who_it_is_and_what_it_allows() {
    let ada = user(|_| {}).unwrap();
    assert_eq!((ada.subject(), ada.scopes().collect::<Vec<_>>()), ("ada", vec!["read", "write"]));
    assert_eq!(ada.get::<String>("email").as_deref(), Some("ada@a.example"));
    assert_eq!(ada.get::<Value>("sub"), None, "what has a name of its own is no claim beside it");
    let listed = user(|claims| claims["scope"] = json!(["a", "b c"])).unwrap();
    assert_eq!(listed.scopes().collect::<Vec<_>>(), ["a", "b", "c"]);
    let scp = user(|claims| (claims["scope"], claims["scp"]) = (Value::Null, json!("x"))).unwrap();
    assert_eq!(scp.scopes().collect::<Vec<_>>(), ["x"]);
}

/// From the bytes, as they come: crates of others may have switched on another way of reading numbers.
#[test]
fn numbers_are_read_wherever_they_stand() {
    let claims = r#"{"iss":"https://a.example","sub":"ada","aud":["https://s.example/mcp"],"exp":1000.5,"nbf":1e2,"level":3,"share":0.25,"deep":{"all":[1,2.5,-3]}}"#;
    let claims: Claims = serde_json::from_slice(claims.as_bytes()).unwrap();
    let ada = claims.user("https://a.example", &["https://s.example/mcp"], 1_030.25).unwrap();
    assert_eq!((ada.get::<u8>("level"), ada.get::<f64>("share"), ada.get::<u8>("share")), (Some(3), Some(0.25), None));
    assert_eq!(ada.get::<Value>("deep"), Some(json!({ "all": [1, 2.5, -3] })));
    #[derive(serde::Deserialize)]
    struct Deep {
        all: Vec<f64>,
    }
    assert_eq!(ada.get::<Deep>("deep").map(|deep| deep.all), Some(vec![1.0, 2.5, -3.0]));
}

#[test]
fn every_claim_is_asked_for() {
    assert!(why(|claims| claims["iss"] = "https://a.example/".into()).contains("another authorization server"));
    assert!(why(|claims| claims["iss"] = Value::Null).contains("another authorization server"));
    for aud in [json!("https://s.example"), json!("https://s.example/mcp/"), json!(["x"]), json!([]), Value::Null] {
        assert!(why(|claims| claims["aud"] = aud).contains("another server"));
    }
    assert!(user(|claims| claims["aud"] = json!(["x", "https://s.example/mcp"])).is_ok());
    assert!(why(|claims| claims["exp"] = Value::Null).contains("when it ends"));
    assert!(why(|claims| claims["exp"] = json!(870)).contains("expired"));
    assert!(user(|claims| claims["exp"] = json!(871)).is_ok(), "clocks differ");
    assert!(why(|claims| claims["nbf"] = json!(931)).contains("not valid yet"));
    assert!(user(|claims| claims["nbf"] = json!(930)).is_ok(), "clocks differ");
    for sub in [json!(""), Value::Null] {
        assert!(why(|claims| claims["sub"] = sub).contains("whose it is"));
    }
    assert_eq!(why(|claims| claims["exp"] = json!("soon")), "unreadable");
}

#[test]
fn a_header_that_asks_for_less_is_refused() {
    let split = |header: Value| Parts::split(&token(&header)).map(|_| ()).err();
    assert_eq!(split(json!({ "alg": "RS256" })), None);
    assert_eq!(split(json!({ "alg": "ES256", "typ": "at+jwt" })), None);
    assert_eq!(split(json!({ "alg": "EdDSA", "typ": "application/at+JWT" })), None);
    for alg in ["none", "None", "HS256", "HS512", "RS512", "PS256", "ES384", ""] {
        assert_eq!(split(json!({ "alg": alg })), Some("it is not signed with RS256, ES256 or EdDSA"), "{alg}");
    }
    assert_eq!(split(json!({ "alg": "RS256", "typ": "logout+jwt" })), Some("it is a token of another kind"));
    let says_access = |typ: Value| Parts::split(&token(&json!({ "alg": "RS256", "typ": typ }))).unwrap().says_access;
    assert!(says_access("at+jwt".into()) && says_access("application/AT+jwt".into()));
    assert!(!says_access("JWT".into()) && !says_access(Value::Null));
    assert!(split(json!({ "alg": "RS256", "crit": ["b64"] })).unwrap().contains("crit"));
    for shape in ["", "a", "a.b", "a.b.c.d", "..", "e30.e30.", "W10.e30.eA", "e30.e30.*"] {
        assert_eq!(Parts::split(shape).err(), Some("it is not a JWT"), "{shape}");
    }
}
