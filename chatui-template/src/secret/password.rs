//! Passwords in addresses, and private keys.

use super::{
    Secret,
    shape::{is_mixed, is_random, run},
};
use crate::is_local;

/// The password of `scheme://user:password@host`, whose `:` stands at `colon`. What lies before `from` was looked at.
pub(super) fn in_address(text: &str, colon: usize, from: usize) -> Option<Secret> {
    let rest = text.get(colon..)?.strip_prefix("://")?;
    let authority = rest.split(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>' | '\\')).next()?;
    let (login, host) = authority.rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    let scheme = text.get(from..colon)?;
    let letters = scheme.bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')).count();
    let host = host.split([':', ',', '?']).next().unwrap_or_default();
    let real = letters > 0 && is_password(user, password) && !is_local(host) && !is_example(host);
    real.then_some(Secret { kind: "a password in an address", at: colon - letters, length: letters + 3 + authority.len() })
}

fn is_password(user: &str, password: &str) -> bool {
    let lower = password.to_ascii_lowercase();
    let hole = password.contains(['{', '$', '%', '*', '[', '(', '…']) && !is_mixed(password);
    let written = ["pass", "pwd", "secret", "user", "admin", "root", "token", "key", "example", "test", "your", "xxx", "...", "changeme"];
    let placeholder = lower == user.to_ascii_lowercase() || written.iter().any(|word| lower.contains(word));
    password.len() >= 4 && !hole && !password.contains("${") && !placeholder
}

/// Hosts that stand for one. The domains are those that RFC 2606 keeps free.
fn is_example(host: &str) -> bool {
    let below = |domain: &str| host == domain || host.ends_with(&format!(".{domain}"));
    ["host", "hostname", "server", "db", "database", "example.com", "example.org", "example.net", "example", "invalid", "test"]
        .into_iter()
        .any(below)
}

/// More of a key than it takes to know that it is one.
const LONGEST: usize = 4_096;

/// A private key in PEM. Its first line alone is none: programs that read keys name it.
pub(super) fn private_key(text: &str, at: usize) -> Option<Secret> {
    let (kind, behind) = text.get(at..)?.strip_prefix("-----BEGIN ")?.split_once("-----")?;
    if !kind.ends_with("PRIVATE KEY") && !kind.ends_with("PRIVATE KEY BLOCK") {
        return None;
    }
    // The lines may be parted by a line's end or by what a string writes for one.
    let body = behind.trim_start_matches("\\r").trim_start_matches("\\n").trim_start();
    let length = run(body, 0, b"+/=", LONGEST);
    let key = length >= 32 && is_random(&body[..length]);
    key.then_some(Secret { kind: "a private key", at, length: "-----BEGIN ".len() + kind.len() })
}
