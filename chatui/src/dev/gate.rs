//! The page is for the person at this machine: not for pages of other origins in their browser (also not those that give
//! themselves this machine's address, DNS rebinding), and not for whoever comes by a tunnel that says that it is one. Who comes by
//! another sees it, and is nobody there: they lack its [`key`](super::key).

use super::Dev;
use crate::site::{ENDPOINT, is_loopback};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// What tunnels and proxies add to what they pass on, whatever `Host` they write.
const PASSED_ON: [&str; 7] =
    ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "cf-connecting-ip", "via"];

pub(super) async fn here_alone(State(dev): State<Arc<Dev>>, request: Request, next: Next) -> Response {
    match refuse(request.headers()) {
        None => next.run(request).await,
        // Under a name that nobody knows, the answer is the one that every path gives.
        Some(why) => match dev.server.names.admit(request.uri(), request.headers()) {
            Err(unknown) => (StatusCode::FORBIDDEN, unknown).into_response(),
            Ok(_) => (StatusCode::FORBIDDEN, format!("{why}; the MCP endpoint is {ENDPOINT}\n")).into_response(),
        },
    }
}

fn refuse(headers: &HeaderMap) -> Option<&'static str> {
    let named = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = named(header::HOST).unwrap_or_default();
    if !names_this_machine(host) || PASSED_ON.iter().any(|name| headers.contains_key(*name)) {
        return Some("the page of `dev` is shown to this machine alone");
    }
    // Another port is another program.
    let own = |origin: &str| origin.strip_prefix("http://").is_some_and(|from| from.eq_ignore_ascii_case(host));
    named(header::ORIGIN).is_some_and(|origin| !own(origin)).then_some("the page of `dev` answers to no other page")
}

/// Whether a `Host` is one of this machine.
pub(super) fn names_this_machine(host: &str) -> bool {
    !host.contains('@') && host.parse::<Authority>().is_ok_and(|authority| is_loopback(authority.host()))
}

#[cfg(test)]
mod tests {
    use super::refuse;
    use axum::http::{HeaderMap, HeaderName};

    fn refused(headers: &[(&'static str, &str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        refuse(&HeaderMap::from_iter(headers)).is_some()
    }

    #[test]
    fn this_machine_sees_the_page_under_each_of_its_names() {
        for host in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST:8080", "[::1]:8080", "localhost"] {
            assert!(!refused(&[("host", host)]), "{host}");
            assert!(!refused(&[("host", host), ("origin", &format!("http://{host}"))]), "{host}");
        }
    }

    #[test]
    fn other_names_do_not() {
        for host in [
            "evil.example:8080",
            "localhost.evil.example",
            "127.0.0.1.nip.example",
            "192.168.0.7:8080",
            "",
            "a@b",
            "a@localhost",
            "0.0.0.0:8080",
        ] {
            assert!(refused(&[("host", host)]), "{host}");
        }
        assert!(refused(&[]));
    }

    #[test]
    fn other_pages_do_not_and_be_they_of_this_machine() {
        for origin in ["https://evil.example", "null", "http://127.0.0.1:8081", "http://localhost:8080", "https://127.0.0.1:8080", ""] {
            assert!(refused(&[("host", "127.0.0.1:8080"), ("origin", origin)]), "{origin}");
        }
    }

    #[test]
    fn a_tunnel_that_writes_this_machines_name_is_found_out() {
        for name in ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "cf-connecting-ip", "via"] {
            assert!(refused(&[("host", "localhost:8080"), (name, "1.2.3.4")]), "{name}");
        }
    }
}
