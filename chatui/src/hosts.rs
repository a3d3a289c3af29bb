//! Who may be talked to under which name: what keeps a page in the user's browser from reaching a server on the user's
//! machine (DNS rebinding), and foreign pages from calling a public one.

use http::{HeaderMap, Uri, header};

/// The names under which this server is reached.
#[derive(Debug, Default, Clone)]
pub(crate) struct Hosts {
    public: Option<String>,
    /// Whether the `Host` of a request is looked at. Where a platform routes by it, it can't be forged.
    pub(crate) strict: bool,
    /// The name that the server was told to listen on.
    pub(crate) listening: Option<String>,
}

impl Hosts {
    /// # Errors
    ///
    /// A public URL that is none, in a sentence.
    pub(crate) fn new(public_url: Option<&str>) -> Result<Self, String> {
        let public = public_url.map(|url| {
            let wrong = |why: &str| format!("the public URL `{url}` {why}; write it like `https://weather.example.com`");
            let uri: Uri = url.parse().map_err(|_| wrong("can't be read"))?;
            let secure = uri.scheme_str() == Some("https") || uri.host().is_some_and(is_loopback);
            match uri.host() {
                Some(_) if !secure => Err(wrong("does not start with `https://`")),
                Some(_) if !matches!(uri.path(), "" | "/" | "/mcp") => Err(wrong("has a path; only the host counts")),
                Some(host) => Ok(host.to_ascii_lowercase()),
                None => Err(wrong("names no host")),
            }
        });
        Ok(Hosts { public: public.transpose()?, strict: false, listening: None })
    }

    /// Why a request is refused, if it is.
    pub(crate) fn refuse(&self, uri: &Uri, headers: &HeaderMap) -> Option<String> {
        let named = headers.get(header::HOST).and_then(|value| value.to_str().ok()).map(without_port);
        let host = uri.host().or(named).unwrap_or_default();
        if self.strict && !self.knows(host) {
            let host = if host.is_empty() { "none" } else { host };
            return Some(format!(
                "the host `{host}` is not known here; if the server is reached under it, start it with `--public-url https://{host}` or PUBLIC_URL in the environment\n"
            ));
        }
        let origin = headers.get(header::ORIGIN)?.to_str().unwrap_or_default();
        let from = origin.parse::<Uri>().ok().and_then(|origin| origin.host().map(str::to_owned)).unwrap_or_default();
        // A page of this server, of its public address, or of a tool on the same machine.
        let own = !from.is_empty() && from.eq_ignore_ascii_case(host);
        let known = is(self.public.as_deref(), &from) || (is_loopback(&from) && is_loopback(host));
        (!own && !known).then(|| {
            format!("pages of `{origin}` may not call this server; if it is its own address, start it with `--public-url {origin}` or PUBLIC_URL in the environment\n")
        })
    }

    fn knows(&self, host: &str) -> bool {
        is_loopback(host) || is(self.public.as_deref(), host) || is(self.listening.as_deref(), host)
    }
}

fn is(known: Option<&str>, host: &str) -> bool {
    // An address of IPv6 stands in brackets in a URL, and without them on a command line.
    let bare = |host: &str| host.trim_start_matches('[').trim_end_matches(']').to_owned();
    known.is_some_and(|known| known.eq_ignore_ascii_case(host) || bare(known).eq_ignore_ascii_case(&bare(host)))
}

/// Of `host:port`, also where the host is an IPv6 address in brackets.
fn without_port(host: &str) -> &str {
    let end_of_address = host.rfind(']').map_or(0, |end| end + 1);
    host[end_of_address..].find(':').map_or(host, |colon| &host[..end_of_address + colon])
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "[::1]" | "::1") || host.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::Hosts;
    use http::{HeaderMap, Uri};

    fn refused(hosts: &Hosts, host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("host", host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert("origin", origin.parse().unwrap());
        }
        hosts.refuse(&Uri::from_static("/mcp"), &headers).is_some()
    }

    #[test]
    fn a_local_server_answers_to_local_names_alone() {
        let hosts = Hosts { strict: true, ..Hosts::default() };
        for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "localhost"] {
            assert!(!refused(&hosts, host, None), "{host}");
        }
        assert!(!refused(&hosts, "127.0.0.1:8080", Some("http://localhost:6274")));
        assert!(refused(&hosts, "evil.example", None));
        assert!(refused(&hosts, "localhost:8080", Some("http://evil.example")));
        assert!(refused(&hosts, "localhost.evil.example", None));
        assert!(refused(&hosts, "localhost:8080", Some("null")));
    }

    #[test]
    fn the_public_address_is_known() {
        let hosts = Hosts { strict: true, ..Hosts::new(Some("https://Weather.example.com/mcp")).unwrap() };
        assert!(!refused(&hosts, "weather.example.com", None));
        assert!(!refused(&hosts, "weather.example.com", Some("https://weather.example.com")));
        assert!(refused(&hosts, "weather.example.com", Some("https://example.com")));
        // A page of the machine that a visitor sits at, against a public server.
        assert!(refused(&hosts, "weather.example.com", Some("http://localhost:3000")));
    }

    #[test]
    fn a_wrong_public_url_is_said() {
        for (url, why) in [("weather.example.com", "https"), ("http://weather.example.com", "https"), ("https://a.example/b", "path")] {
            let problem = Hosts::new(Some(url)).unwrap_err();
            assert!(problem.contains(why), "{url}: {problem}");
        }
        assert!(Hosts::new(Some("http://localhost:8080")).is_ok());
    }
}
