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
    let wrong = |why: String| Err(Problem::new("origin", format!("`{text}` is no origin that hosts accept: {why}")));
    if matches!(text, "'self'" | "'none'" | "*") {
        return wrong(
            "a widget has no origin of its own, and none is allowed by leaving it out; name the origins, each with its scheme".into(),
        );
    }
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

/// A scheme, a host and a port, as policies compare them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    scheme: String,
    host: String,
    port: Option<u16>,
}

impl Origin {
    /// That of an absolute address, or of an entry of a policy; `None` where there is no whole host.
    pub(crate) fn of(address: &str) -> Option<Origin> {
        let (scheme, rest) = address.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
        let (host, port) = split_port(authority);
        let whole = !host.is_empty() && !host.ends_with(['.', '-']) && !host.contains([' ', '$', '{', '%', '<', '\'', '"']);
        let port = match port {
            None | Some("") => None,
            Some(port) => Some(port.parse().ok()?),
        };
        let scheme = scheme.to_ascii_lowercase();
        let port = port.filter(|port| Some(*port) != default_port(&scheme));
        whole.then(|| Origin { port, host: host.to_ascii_lowercase(), scheme })
    }

    pub(crate) fn scheme(&self) -> &str {
        &self.scheme
    }

    /// Whether it is this machine, where hosts do without TLS.
    pub(crate) fn is_loopback(&self) -> bool {
        matches!(&*self.host, "localhost" | "127.0.0.1" | "[::1]")
    }

    /// Whether an entry of a policy lets it through, by the rules of Content Security Policy 3, 6.7.2.
    pub(crate) fn is_allowed_by(&self, entry: &str) -> bool {
        let Some(entry) = Origin::of(entry) else { return false };
        let scheme = match &*entry.scheme {
            "http" => self.scheme == "http" || self.scheme == "https",
            "ws" => matches!(&*self.scheme, "ws" | "wss" | "http" | "https"),
            "wss" => self.scheme == "wss" || self.scheme == "https",
            same => same == self.scheme,
        };
        let host = match entry.host.strip_prefix('*') {
            // Only what stands below it, never the domain itself.
            Some(suffix) => self.host.len() > suffix.len() && self.host.ends_with(suffix),
            None => entry.host == self.host,
        };
        // What is upgraded to TLS takes its port along.
        let port = |origin: &Origin| origin.port.or(default_port(&origin.scheme));
        let upgraded = port(&entry) == Some(80) && port(self) == Some(443);
        scheme && host && (port(&entry) == port(self) || upgraded)
    }

    /// What a text holds that names it: its host, or what stands behind a wildcard.
    pub(crate) fn needle(&self) -> &str {
        self.host.strip_prefix("*.").unwrap_or(&self.host)
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)?;
        self.port.map_or(Ok(()), |port| write!(formatter, ":{port}"))
    }
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "https" | "wss" => Some(443),
        "http" | "ws" => Some(80),
        _ => None,
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
    use super::{Origin, check_origin};

    #[test]
    fn an_origin_is_compared_as_browsers_do() {
        let compared = [
            ("https://a.com", "https://a.com/x?y#z", true),
            ("https://a.com", "https://A.com:443", true),
            ("https://a.com", "https://a.com:8443", false),
            ("https://a.com:8443", "https://a.com:8443/", true),
            ("https://a.com", "https://b.a.com", false),
            ("https://*.a.com", "https://b.a.com", true),
            ("https://*.a.com", "https://c.b.a.com", true),
            ("https://*.a.com", "https://a.com", false),
            ("https://*.a.com", "https://ba.com", false),
            ("https://a.com", "wss://a.com", false),
            ("wss://a.com", "wss://a.com/socket", true),
            ("wss://a.com", "https://a.com", true),
            ("http://localhost:3000", "http://localhost:3000/x", true),
            ("http://localhost:3000", "http://localhost", false),
            ("http://localhost", "https://localhost", true),
            ("https://a.com", "https://user@a.com", true),
        ];
        for (entry, address, allowed) in compared {
            assert_eq!(Origin::of(address).unwrap().is_allowed_by(entry), allowed, "{entry} {address}");
        }
    }

    #[test]
    fn half_an_address_has_no_origin() {
        for half in ["https://", "https://api.", "https://${host}", "//a.com", "a.com", "https://a.com:x"] {
            assert_eq!(Origin::of(half), None, "{half}");
        }
    }

    #[test]
    fn origins_are_told_from_what_only_looks_like_them() {
        for good in
            ["https://api.example.com", "wss://rt.example.com:8443", "https://*.example.com", "http://localhost:3000", "ws://[::1]:9"]
        {
            assert_eq!(check_origin(good), Ok(()), "{good}");
        }
        let bad = [
            ("api.example.com", "`https://api.example.com`"),
            ("*", "name the origins"),
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
