//! Under which names this server may be talked to, and by whose pages: what keeps a page in the user's browser from reaching a
//! server on the user's machine (DNS rebinding), and foreign pages from calling a public one.

use crate::site::{Site, is_loopback};
use http::{HeaderMap, HeaderValue, Uri, header};

/// The names under which this server is reached.
#[derive(Debug, Default, Clone)]
pub(crate) struct Names {
    pub(crate) public: Option<String>,
    /// The origins whose pages may call, wherever the server is reached.
    pub(crate) pages: Vec<String>,
    /// Whether the `Host` of a request is looked at. Where a platform routes by it, it can't be forged.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) strict: bool,
    /// The name that the server was told to listen on.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) listening: Option<String>,
    /// How many proxies before it are believed.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) proxies: u8,
}

impl Names {
    pub(crate) fn of(site: &Site, mut pages: Vec<String>) -> Self {
        let public = site.public.as_ref();
        pages.extend(public.map(|origin| origin.text.clone()));
        Names {
            public: public.map(|origin| origin.host.clone()),
            pages,
            #[cfg(not(target_family = "wasm"))]
            strict: false,
            #[cfg(not(target_family = "wasm"))]
            listening: None,
            #[cfg(not(target_family = "wasm"))]
            proxies: 0,
        }
    }

    /// The origin of the page that a request comes from, if it comes from one.
    ///
    /// # Errors
    ///
    /// Why the request is refused.
    pub(crate) fn admit<'a>(&self, uri: &Uri, headers: &'a HeaderMap) -> Result<Option<&'a HeaderValue>, String> {
        #[cfg(not(target_family = "wasm"))]
        if self.strict {
            self.check(uri, headers)?;
        }
        let Some(origin) = headers.get(header::ORIGIN) else { return Ok(None) };
        let from = origin.to_str().unwrap_or_default();
        if self.welcomes(from, named(uri, headers)) {
            return Ok(Some(origin));
        }
        Err(format!(
            "pages of `{from}` may not call this server; PUBLIC_URL in the environment (or `--public-url`) names its own address, and `App::allow_origin` one of another's\n"
        ))
    }

    /// Whether a page of this origin may call the server where it is reached as `here`.
    fn welcomes(&self, origin: &str, here: &str) -> bool {
        let Some((scheme @ ("http" | "https"), from)) = origin.split_once("://") else { return false };
        let port = if scheme == "https" { ":443" } else { ":80" };
        // What a browser leaves out.
        let same =
            |one: &str, other: &str| one.strip_suffix(port).unwrap_or(one).eq_ignore_ascii_case(other.strip_suffix(port).unwrap_or(other));
        if self.pages.iter().any(|page| same(page, origin)) {
            return true;
        }
        let (Some(page), Some(host)) = (without_port(from), without_port(here)) else { return false };
        if is_loopback(host) {
            // A tool on the same machine.
            return is_loopback(page);
        }
        // A page of this very server. Another port is another program; where the public URL says the scheme, another scheme is too.
        let is_public = self.public.as_ref().is_some_and(|public| public.eq_ignore_ascii_case(host));
        same(from, here) && !is_public
    }
}

/// What a door looks at that nobody routes for.
#[cfg(not(target_family = "wasm"))]
impl Names {
    fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), String> {
        // Whoever stands between may have looked at either of two.
        let mut hosts = headers.get_all(header::HOST).iter().map(|host| host.to_str().unwrap_or_default());
        let named = uri.authority().map(|authority| authority.as_str()).or_else(|| hosts.next()).unwrap_or_default();
        let unknown = |host: &&str| !without_port(host).is_some_and(|host| self.knows(host));
        if let Some(host) = [named].into_iter().chain(hosts).find(unknown) {
            let host = if host.is_empty() { "none" } else { host };
            return Err(format!(
                "the host `{host}` is not known here; if the server is reached under it, start it with `--public-url https://{host}` or PUBLIC_URL in the environment\n"
            ));
        }
        for (what, name) in [("hosts", header::HOST), ("origins", header::ORIGIN)] {
            if headers.get_all(name).iter().nth(1).is_some() {
                return Err(format!("the request names two {what}; name one\n"));
            }
        }
        Ok(())
    }

    fn knows(&self, host: &str) -> bool {
        is_loopback(host) || is(self.public.as_deref(), host) || is(self.listening.as_deref(), host)
    }
}

/// The host that a request names, with its port.
fn named<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> &'a str {
    let named = || headers.get(header::HOST)?.to_str().ok();
    uri.authority().map(|authority| authority.as_str()).or_else(named).unwrap_or_default()
}

#[cfg(not(target_family = "wasm"))]
fn is(known: Option<&str>, host: &str) -> bool {
    // An address of IPv6 stands in brackets in a URL, and without them on a command line.
    let bare = |host: &str| host.trim_start_matches('[').trim_end_matches(']').to_owned();
    known.is_some_and(|known| known.eq_ignore_ascii_case(host) || bare(known).eq_ignore_ascii_case(&bare(host)))
}

/// Of `host:port`, also where the host is an IPv6 address in brackets; `None` where there is anything else.
fn without_port(host: &str) -> Option<&str> {
    let end_of_address = host.rfind(']').map_or(0, |end| end + 1);
    let Some(colon) = host[end_of_address..].find(':').map(|colon| end_of_address + colon) else { return Some(host) };
    host[colon + 1..].bytes().all(|byte| byte.is_ascii_digit()).then_some(&host[..colon])
}

#[cfg(test)]
mod tests {
    use super::Names;
    use crate::site::{Addresses, Site};
    use http::{HeaderMap, Uri};

    fn refused(names: &Names, host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("host", host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert("origin", origin.parse().unwrap());
        }
        names.admit(&Uri::from_static("/mcp"), &headers).is_err()
    }

    fn strict(public: Option<&str>, pages: &[&str]) -> Names {
        let said = Addresses { public: public.map(str::to_owned), ..Addresses::default() };
        let pages = pages.iter().map(|page| (*page).to_owned()).collect();
        Names { strict: true, ..Names::of(&Site::of(&said).unwrap(), pages) }
    }

    #[test]
    fn a_local_server_answers_to_local_names_alone() {
        let names = strict(None, &[]);
        for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "localhost", "LOCALHOST:8080", "localhost:"] {
            assert!(!refused(&names, host, None), "{host}");
        }
        assert!(!refused(&names, "127.0.0.1:8080", Some("http://localhost:6274")));
        for host in [
            "evil.example",
            "localhost.evil.example",
            "localhost.",
            "localhost:80@evil.example",
            "evil.example:80@localhost",
            "localhost@evil.example",
            "[::1]evil.example",
            "evil.example[::1]",
            "[::ffff:127.0.0.1]:8080",
            "127.0.0.1.nip.example",
            "0.0.0.0:8080",
            "127.1",
            "",
        ] {
            assert!(refused(&names, host, None), "{host}");
        }
    }

    #[test]
    fn a_local_server_lets_local_pages_in_alone() {
        let names = strict(None, &[]);
        for origin in [
            "http://evil.example",
            "null",
            "",
            "localhost",
            "http://localhost.evil.example",
            "http://localhost@evil.example",
            "http://evil.example/?http://localhost",
            "file://localhost",
            "chrome-extension://localhost",
        ] {
            assert!(refused(&names, "localhost:8080", Some(origin)), "{origin}");
        }
    }

    #[test]
    fn the_public_address_is_known() {
        let names = strict(Some("https://Weather.example.com/mcp"), &[]);
        let host = "weather.example.com";
        assert!(!refused(&names, host, None));
        for origin in ["https://weather.example.com", "https://weather.example.com:443"] {
            assert!(!refused(&names, host, Some(origin)), "{origin}");
        }
        for origin in [
            "https://example.com",
            "http://weather.example.com",
            "https://weather.example.com:8443",
            "https://a.weather.example.com",
            // A page of the machine that a visitor sits at, against a public server.
            "http://localhost:3000",
        ] {
            assert!(refused(&names, host, Some(origin)), "{origin}");
        }
    }

    #[test]
    fn a_server_without_a_public_url_knows_its_own_pages() {
        let names = Names { listening: Some("10.0.0.7".into()), ..strict(None, &[]) };
        assert!(!refused(&names, "10.0.0.7:8080", Some("http://10.0.0.7:8080")));
        assert!(refused(&names, "10.0.0.7:8080", Some("http://10.0.0.7:3000")));
        // Where a platform routes by the host, it is the name.
        let names = Names { strict: false, ..Names::default() };
        assert!(!refused(&names, "weather.example.workers.dev", Some("https://weather.example.workers.dev")));
        assert!(refused(&names, "weather.example.workers.dev", Some("https://evil.example.workers.dev")));
    }

    #[test]
    fn who_is_let_in_is_let_in_by_all_of_its_origin() {
        let names = strict(None, &["https://inspector.example"]);
        assert!(!refused(&names, "localhost:8080", Some("https://inspector.example")));
        for origin in ["http://inspector.example", "https://inspector.example:444", "https://a.inspector.example"] {
            assert!(refused(&names, "localhost:8080", Some(origin)), "{origin}");
        }
        assert!(refused(&names, "evil.example", Some("https://inspector.example")), "under a name of this server");
    }

    #[test]
    fn two_hosts_or_origins_are_refused() {
        let names = strict(None, &[]);
        let admitted = |name: &'static str, values: [&str; 2]| {
            let mut headers = HeaderMap::new();
            headers.insert("host", "localhost".parse().unwrap());
            headers.remove(name);
            for value in values {
                headers.append(name, value.parse().unwrap());
            }
            names.admit(&Uri::from_static("/mcp"), &headers).is_ok()
        };
        assert!(!admitted("host", ["localhost", "localhost"]));
        assert!(!admitted("host", ["localhost", "evil.example"]));
        assert!(!admitted("host", ["evil.example", "localhost"]));
        assert!(!admitted("origin", ["http://localhost", "http://evil.example"]));
    }

    #[test]
    fn an_address_in_the_request_line_counts_beside_the_host() {
        let names = strict(None, &[]);
        let admitted = |uri: &'static str, host: &'static str| {
            let headers = HeaderMap::from_iter([(http::header::HOST, http::HeaderValue::from_static(host))]);
            names.admit(&Uri::from_static(uri), &headers).is_ok()
        };
        assert!(admitted("http://localhost:8080/mcp", "localhost:8080"));
        assert!(!admitted("http://evil.example/mcp", "localhost:8080"));
        assert!(!admitted("http://localhost:8080/mcp", "evil.example"));
    }
}
