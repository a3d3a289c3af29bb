//! What a Content-Security-Policy may name.

use crate::Problem;

/// Whether a text is an origin that hosts accept in a widget's policy: `scheme://host[:port]` over TLS, with a wildcard
/// only as the leftmost label; without TLS only on loopback.
///
/// # Errors
///
/// What is wrong with it, and what to write.
///
/// ```
/// use chatui_template::check_origin;
///
/// assert!(check_origin("https://*.example.com").is_ok());
/// assert!(check_origin("http://127.0.0.1:5173").is_ok());
/// let problem = check_origin("https://example.com/api").unwrap_err();
/// assert!(problem.to_string().contains("`https://example.com`"));
/// ```
pub fn check_origin(text: &str) -> Result<(), Problem> {
    let wrong = |why: String| Err(Problem::new(format!("`{text}` is no origin that hosts accept: {why}")));
    let Some((scheme, rest)) = text.split_once("://") else {
        // What would still be wrong behind a scheme is no advice.
        let advice = if text.starts_with(|first: char| first.is_ascii_alphanumeric()) { text } else { "*.example.com" };
        return wrong(format!("the scheme is missing; write it like `https://{advice}`"));
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.len() != rest.len() {
        return wrong(format!("a policy names no paths; write `{scheme}://{authority}`"));
    }
    if authority.contains('@') {
        return wrong("it holds a user's name; leave that out".into());
    }
    let (host, port) = split_port(authority);
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return wrong("the port is not a number; write one like `https://example.com:8443`".into());
    }
    let label = |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let plain = host.strip_prefix("*.").unwrap_or(host);
    let bracketed = plain.starts_with('[') && plain.ends_with(']');
    if !bracketed && !plain.split('.').all(label) {
        return wrong(
            "a wildcard stands only for the first label, as in `https://*.example.com`, and a host has letters, digits and `-`".into(),
        );
    }
    let loopback = matches!(plain, "localhost" | "127.0.0.1" | "[::1]");
    match scheme {
        "https" | "wss" => Ok(()),
        "http" | "ws" if loopback => Ok(()),
        "http" | "ws" => wrong(format!("without TLS only loopback is allowed; write `{scheme}s://{authority}`")),
        _ => wrong(format!("`{scheme}` is not https or wss; write one of them")),
    }
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    let behind_host = authority.rfind(']').map_or(0, |end| end + 1);
    match authority[behind_host..].split_once(':') {
        Some((host, port)) => (&authority[..behind_host + host.len()], Some(port)),
        None => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::check_origin;

    #[test]
    fn origins_are_told_from_what_only_looks_like_them() {
        for good in
            ["https://api.example.com", "wss://rt.example.com:8443", "https://*.example.com", "http://localhost:3000", "ws://[::1]:9"]
        {
            assert_eq!(check_origin(good), Ok(()), "{good}");
        }
        let bad = [
            ("api.example.com", "`https://api.example.com`"),
            ("*", "`https://*.example.com`"),
            ("https://example.com/", "no paths"),
            ("https://a.*.com", "first label"),
            ("https://*", "first label"),
            ("http://example.com", "`https://example.com`"),
            ("ftp://example.com", "not https"),
            ("https://me@example.com", "user"),
            ("https://example.com:port", "port"),
            ("https://", "first label"),
        ];
        for (origin, why) in bad {
            let problem = check_origin(origin).unwrap_err().to_string();
            assert!(problem.contains(why), "{origin}: {problem}");
        }
    }
}
