//! A token: its header, its claims and its signature, a line each, and behind them the keys; or one line, the token as it is sent.

use crate::time::bounded;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chatui::__private::token;
use serde_json::Value;

const ISSUER: &str = "https://auth.example.com";
const AUDIENCE: &str = "https://notes.example.com/mcp";
/// In seconds since 1970.
const NOW: f64 = 1_800_000_000.0;

/// Nobody can sign here. A user is made of claims alone that are for here and now, whatever else stands in them.
pub fn run(data: &[u8]) {
    let Ok(data) = std::str::from_utf8(data) else { return };
    let lines: Vec<&str> = data.splitn(4, '\n').collect();
    let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let (sent, keys) = match lines.as_slice() {
        [header, claims, signature, keys] => (format!("{}.{}.{signature}", part(header), part(claims)), *keys),
        _ => (data.to_owned(), KEYS),
    };
    let keys = serde_json::from_str(keys).unwrap_or(Value::Null);
    let looked = bounded("token", data.len(), || token(&sent, &keys, ISSUER, AUDIENCE, NOW));
    let Ok((signed, user)) = looked else { return };
    assert!(!signed, "a signature of nobody's fits");
    let Ok(user) = user else { return };
    let claims: Value = serde_json::from_str(lines[1]).unwrap();
    assert_eq!(claims["iss"], ISSUER);
    let aud = &claims["aud"];
    assert!(aud == AUDIENCE || aud.as_array().is_some_and(|all| all.iter().any(|one| one == AUDIENCE)), "{aud}");
    assert!(claims["exp"].as_f64().unwrap() > NOW - 60.0, "{}", claims["exp"]);
    assert!(claims["nbf"].as_f64().is_none_or(|nbf| nbf < NOW + 60.0), "{}", claims["nbf"]);
    assert!(!user.subject().is_empty() && claims["sub"] == user.subject());
    let said = format!("{} {}", claims["scope"], claims["scp"]);
    assert!(user.scopes().all(|scope| said.contains(scope.trim_matches('"')) || scope.contains(['\\', '"'])), "{said}");
}

/// One of each kind.
const KEYS: &str = r#"{"keys":[{"kty":"EC","kid":"1","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
