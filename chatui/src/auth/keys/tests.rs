//! How keys are found, kept and asked for anew; that they verify what others sign is in `tests/auth.rs`.

use super::{Algorithm, Cache, Key, Keys, Unsigned, now, places};
use serde_json::{Value, json};
use std::{
    io::{Read, Write},
    net::TcpListener,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Waker},
    time::{Duration, Instant},
};

/// A set of keys at an address, each answer after a while; and how often it was asked for.
fn published(set: &Value, after: Duration) -> (Keys, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/keys", listener.local_addr().unwrap());
    let (body, asked) = (set.to_string(), Arc::new(AtomicUsize::new(0)));
    let count = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, body) = (stream.unwrap(), body.clone());
            count.fetch_add(1, Ordering::SeqCst);
            std::thread::spawn(move || {
                let _ = stream.read(&mut [0; 4096]);
                std::thread::sleep(after);
                let _ = write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
            });
        }
    });
    (Keys::new("https://auth.example.com".into(), Some(url)), asked)
}

/// Of RFC 8037, A.2.
fn jwk(kid: Option<&str>) -> Value {
    json!({ "kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": kid })
}

/// As if these keys had been fetched so many seconds ago.
fn know(keys: &Keys, all: &[Value], ago: u64) {
    let fetched = now() - ago;
    let all = all.iter().filter_map(Key::read).map(Arc::new).collect();
    *keys.0.cache() = Cache { keys: all, fetched: Some(fetched), asked: Some((fetched, true)), asking: None };
}

/// A token that the key of this name has signed.
async fn check(keys: &Keys, kid: Option<&str>, by: &str) -> Result<(), Unsigned> {
    keys.check(Algorithm::EdDsa, kid, |key| key.kid.as_deref() == Some(by)).await
}

#[test]
fn metadata_are_looked_for_where_mcp_says() {
    let known = |path: &str| format!("https://a.example/.well-known/{path}");
    assert_eq!(places("https://a.example"), [known("oauth-authorization-server"), known("openid-configuration")]);
    assert_eq!(places("https://a.example/"), places("https://a.example"));
    assert_eq!(
        places("https://a.example/t/1"),
        [
            known("oauth-authorization-server/t/1"),
            known("openid-configuration/t/1"),
            "https://a.example/t/1/.well-known/openid-configuration".to_owned()
        ]
    );
}

/// The set is whatever somebody's server says.
#[tokio::test]
async fn what_is_no_set_of_keys_is_an_answer_without_any() {
    for set in [json!([]), json!("keys"), json!(7), Value::Null, json!({}), json!({ "keys": {} }), json!({ "keys": [7, null, []] })] {
        let (keys, asked) = published(&set, Duration::ZERO);
        assert_eq!(check(&keys, Some("1"), "1").await, Err(Unsigned::Unknown), "{set}");
        assert_eq!(keys.0.cached().asked.map(|(_, answered)| answered), Some(false), "it is noted as a failure: {set}");
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn a_key_that_is_none_is_left_out() {
    let modulus = |last: &str| format!("{}{last}", "_".repeat(341));
    for (n, e) in [(modulus("g"), "AQAB"), (modulus("w"), ""), (modulus("w"), "AA"), (modulus("w"), "Ag"), (String::new(), "AQAB")] {
        assert!(Key::read(&json!({ "kty": "RSA", "n": n, "e": e })).is_none(), "{n} {e}");
    }
    for x in ["", "AA", &"A".repeat(43)] {
        assert!(Key::read(&json!({ "kty": "OKP", "crv": "Ed25519", "x": x })).is_none(), "{x}");
        assert!(Key::read(&json!({ "kty": "EC", "crv": "P-256", "x": x, "y": x })).is_none(), "{x}");
    }
    assert!(Key::read(&jwk(None)).is_some());
    assert!(Key::read(&json!({ "kty": "RSA", "n": modulus("w"), "e": "AQAB" })).is_some());
}

/// Who sends a request with the name of a key that is not there, and hangs up, makes nobody ask more often.
#[tokio::test]
async fn who_hangs_up_does_not_make_it_ask_again() {
    let (keys, asked) = published(&json!({ "keys": [jwk(Some("1"))] }), Duration::from_millis(300));
    for _ in 0..50 {
        let mut gone = pin!(check(&keys, Some("made up"), "1"));
        assert!(gone.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    }
    assert_eq!(check(&keys, Some("1"), "1").await, Ok(()));
    assert_eq!(check(&keys, Some("made up"), "1").await, Err(Unsigned::NoKey));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn known_keys_do_not_wait_for_new_ones() {
    let (keys, asked) = published(&json!({ "keys": [jwk(Some("1"))] }), Duration::from_secs(1));
    know(&keys, &[jwk(Some("1"))], super::FRESH + 1);
    let mut first = pin!(check(&keys, Some("1"), "1"));
    assert!(first.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending(), "who finds them old asks");
    while asked.load(Ordering::SeqCst) == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let began = Instant::now();
    assert_eq!(check(&keys, Some("1"), "1").await, Ok(()));
    assert!(began.elapsed() < Duration::from_millis(500), "{:?}", began.elapsed());
    assert_eq!(first.await, Ok(()));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

/// Some authorization servers give their keys no names, or their tokens none: that there is a new key shows where the old ones
/// did not sign.
#[tokio::test]
async fn a_new_key_is_found_without_a_name() {
    let set = json!({ "keys": [jwk(Some("2"))] });
    for (kid, old) in [(None, jwk(Some("1"))), (Some("2"), jwk(None))] {
        let (keys, asked) = published(&set, Duration::ZERO);
        know(&keys, std::slice::from_ref(&old), super::PAUSE + 1);
        assert_eq!(check(&keys, kid, "2").await, Ok(()), "{kid:?} {old}");
        assert_eq!(check(&keys, None, "3").await, Err(Unsigned::Forged), "and then not again for a while");
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }
    let (keys, asked) = published(&set, Duration::ZERO);
    know(&keys, &[jwk(Some("1"))], super::PAUSE + 1);
    assert_eq!(check(&keys, Some("1"), "2").await, Err(Unsigned::Forged), "a key that is named is the only one");
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}
