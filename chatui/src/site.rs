//! Where the app is on the internet: what its author, the environment and the command line say about it.

use chatui_template::check_origin;
use http::Uri;
use sha2::{Digest, Sha256};

/// Where the MCP endpoint is.
pub(crate) const ENDPOINT: &str = "/mcp";

/// The addresses as they were said.
#[derive(Debug, Default, Clone)]
pub(crate) struct Addresses {
    /// Where the world reaches the server.
    pub(crate) public: Option<String>,
    /// Where the files are that widgets load.
    pub(crate) assets: Option<String>,
    /// The origin that ChatGPT gives the widgets.
    pub(crate) widgets: Option<String>,
    /// Where this very server listens, if it does: the address of its files where no other is said.
    pub(crate) here: Option<String>,
    /// What proves to OpenAI whose domain it is.
    pub(crate) challenge: Option<String>,
}

impl Addresses {
    /// Those of the environment, under the same names natively and on Workers. An empty one is not said.
    pub(crate) fn of_env(value: impl Fn(&str) -> Option<String>) -> Self {
        let said = |name| value(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        Addresses {
            public: said("PUBLIC_URL"),
            assets: said("WORKER_DOMAIN_BASE"),
            widgets: said("WIDGET_DOMAIN"),
            challenge: said("OPENAI_APPS_CHALLENGE"),
            ..Addresses::default()
        }
    }

    /// These, and where they say nothing the others.
    pub(crate) fn or(self, others: Self) -> Self {
        Addresses {
            public: self.public.or(others.public),
            assets: self.assets.or(others.assets),
            widgets: self.widgets.or(others.widgets),
            here: self.here.or(others.here),
            challenge: self.challenge.or(others.challenge),
        }
    }
}

/// The same, looked at.
#[derive(Debug, Default, Clone)]
pub(crate) struct Site {
    pub(crate) public: Option<Origin>,
    assets: Option<Origin>,
    widgets: Option<Origin>,
    here: Option<String>,
    /// What proves to OpenAI whose domain it is.
    pub(crate) challenge: Option<String>,
}

impl Site {
    /// # Errors
    ///
    /// One sentence for each address that can't be used.
    pub(crate) fn of(said: &Addresses) -> Result<Self, Vec<String>> {
        let mut wrong = Vec::new();
        let mut read = |said: &Option<String>, what: &str, paths: &[&str]| {
            said.as_deref().and_then(|text| Origin::read(text, what, paths).map_err(|why| wrong.push(why)).ok())
        };
        let public = read(&said.public, "the public URL (PUBLIC_URL)", &["", "/", "/mcp"]);
        let assets = read(&said.assets, "the address of the assets (WORKER_DOMAIN_BASE)", &["", "/"]);
        let widgets = read(&said.widgets, "the widgets' domain (WIDGET_DOMAIN)", &["", "/"]);
        if let Some(Origin { text, .. }) = widgets.as_ref().filter(|origin| origin.is_local()) {
            wrong.push(format!("the widgets' domain (WIDGET_DOMAIN) `{text}` is this machine, where ChatGPT draws nothing; name a domain of yours, or leave it out"));
        }
        let is_public = public.as_ref().is_some_and(|origin| !origin.is_local());
        if let Some(Origin { text, .. }) = assets.as_ref().filter(|origin| is_public && origin.is_local()) {
            wrong.push(format!("the address of the assets (WORKER_DOMAIN_BASE) `{text}` is this machine, which no visitor of the public URL reaches; name their public address"));
        }
        let challenge = said.challenge.clone();
        if challenge.as_ref().is_some_and(|token| !token.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'<')) {
            wrong.push(
                "the challenge (OPENAI_APPS_CHALLENGE) is no token; set it to what the submission form shows, and nothing around it".into(),
            );
        }
        if wrong.is_empty() { Ok(Site { public, assets, widgets, here: said.here.clone(), challenge }) } else { Err(wrong) }
    }

    /// Why a visitor at `host` gets nothing from these addresses: an address of the machine that it was developed on went
    /// along into the world.
    #[cfg_attr(not(target_family = "wasm"), allow(dead_code, reason = "natively such a host is not answered at all"))]
    pub(crate) fn unreachable_from(&self, host: &str) -> Option<String> {
        let local = [(&self.public, "PUBLIC_URL"), (&self.assets, "WORKER_DOMAIN_BASE")];
        let local = local.into_iter().find_map(|(origin, name)| Some((origin.as_ref().filter(|origin| origin.is_local())?, name)));
        let (Origin { text, .. }, name) = local.filter(|_| !is_loopback(host))?;
        Some(format!(
            "{name} is `{text}`, which nobody at `{host}` reaches; set it to `https://{host}`, and keep the local one in .dev.vars"
        ))
    }

    /// The origins of its own that every widget may load and fetch from.
    pub(crate) fn origins(&self) -> impl Iterator<Item = &str> {
        let public = self.public.as_ref().filter(|public| self.assets.as_ref().is_none_or(|assets| assets.text != public.text));
        self.assets.iter().chain(public).map(|origin| origin.text.as_str())
    }

    /// Where the files are that are served beside the widgets.
    pub(crate) fn base(&self) -> Option<&str> {
        let said = self.assets.as_ref().or(self.public.as_ref()).map(|origin| origin.text.as_str());
        said.or(self.here.as_deref())
    }

    /// The address of this server itself.
    pub(crate) fn home(&self) -> Option<&str> {
        self.public.as_ref().map(|origin| origin.text.as_str()).or(self.here.as_deref())
    }

    /// The origin that ChatGPT draws the widgets under.
    pub(crate) fn widget_domain(&self) -> Option<String> {
        self.widgets.as_ref().map(|origin| origin.text.clone())
    }

    /// The only value that Claude accepts: made of the address under which the server was added to it.
    pub(crate) fn claude_domain(&self) -> Option<String> {
        let public = self.public.as_ref().filter(|origin| !origin.is_local())?;
        let hash = Sha256::digest(format!("{}{}", public.text, ENDPOINT).as_bytes());
        let hash: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Some(format!("{hash}.claudemcpcontent.com"))
    }
}

/// A scheme, a host and perhaps a port.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) text: String,
    pub(crate) host: String,
}

impl Origin {
    pub(crate) fn read(text: &str, what: &str, paths: &[&str]) -> Result<Self, String> {
        let wrong = |why: &str| format!("{what} `{text}` {why}; write it like `https://weather.example.com`");
        let uri: Uri = text.parse().map_err(|_| wrong("can't be read"))?;
        let authority = uri.authority().ok_or_else(|| wrong("names no host"))?;
        let host = authority.host().to_ascii_lowercase();
        match uri.scheme_str() {
            None => return Err(wrong("does not start with `https://`")),
            Some("https") => {}
            Some("http") if is_loopback(&host) => {}
            Some(_) => return Err(wrong("does not start with `https://`")),
        }
        if !paths.contains(&uri.path()) || uri.query().is_some() || text.contains('#') {
            return Err(wrong("has a path; only the host counts"));
        }
        let scheme = uri.scheme_str().unwrap_or_default();
        let text = format!("{scheme}://{}", authority.as_str().to_ascii_lowercase());
        check_origin(&text).map_err(|problem| format!("{what}: {problem}"))?;
        // What a policy may name is not always one host that somebody reaches.
        if host.starts_with('*') || matches!(&*host, "0.0.0.0" | "[::]") {
            return Err(wrong("names no host that somebody could reach"));
        }
        Ok(Origin { text, host })
    }

    pub(crate) fn is_local(&self) -> bool {
        is_loopback(&self.host)
    }
}

/// Whether a host's name, without a port, is this machine's.
pub(crate) fn is_loopback(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "[::1]" | "::1") || host.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::{Addresses, Site};

    fn site(public: &str, assets: &str, widgets: &str) -> Result<Site, Vec<String>> {
        let values = [("PUBLIC_URL", public), ("WORKER_DOMAIN_BASE", assets), ("WIDGET_DOMAIN", widgets)];
        Site::of(&Addresses::of_env(|name| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())))
    }

    #[test]
    fn its_own_origins_are_said_once() {
        let origins = |public, assets| site(public, assets, "").unwrap().origins().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(origins("https://Weather.example.com/mcp", ""), ["https://weather.example.com"]);
        assert_eq!(origins("https://a.example", "https://cdn.example/"), ["https://cdn.example", "https://a.example"]);
        assert_eq!(origins("https://a.example", "https://a.example"), ["https://a.example"]);
        assert_eq!(origins("", ""), [""; 0]);
    }

    #[test]
    fn claude_wants_the_hash_of_the_address_it_knows() {
        // printf https://weather.example.com/mcp | sha256sum
        let site = site("https://weather.example.com", "", "https://widgets.example.com").unwrap();
        assert_eq!(site.claude_domain().unwrap(), "d208cb265453748b1894d11a738de7f0.claudemcpcontent.com");
        assert_eq!(site.widget_domain().unwrap(), "https://widgets.example.com");
    }

    #[test]
    fn what_can_not_be_used_is_said_all_at_once() {
        let wrong = site("weather.example.com", "https://cdn.example/files", "http://widgets.example").unwrap_err();
        assert_eq!(wrong.len(), 3, "{wrong:?}");
        assert!(wrong[0].contains("PUBLIC_URL") && wrong[0].contains("https://"), "{wrong:?}");
        assert!(wrong[1].contains("WORKER_DOMAIN_BASE") && wrong[1].contains("path"), "{wrong:?}");
        assert!(wrong[2].contains("WIDGET_DOMAIN") && wrong[2].contains("https://"), "{wrong:?}");
    }

    #[test]
    fn what_only_looks_like_an_address_is_none() {
        for wrong in [
            "https://*.example.com",
            "https://a.example:99999",
            "https://0.0.0.0",
            "https://.",
            "https://a'b.example",
            "https://a.example/#x",
        ] {
            assert!(site(wrong, "", "").is_err(), "{wrong}");
        }
        assert!(site("https://a.example:8443", "http://[::1]:8787", "").is_err(), "a local file for a public site");
        assert!(site("http://[::1]:8787", "", "").is_ok());
    }

    #[test]
    fn this_machine_is_no_address_for_others() {
        assert!(site("http://localhost:8080", "http://localhost:8787", "").is_ok());
        assert!(site("https://a.example", "http://localhost:8787", "").unwrap_err()[0].contains("this machine"));
        assert!(site("", "", "http://localhost:8787").unwrap_err()[0].contains("this machine"));
    }

    #[test]
    fn a_local_address_is_found_out_in_the_world() {
        let site = site("http://localhost:8787", "", "").unwrap();
        assert_eq!(site.unreachable_from("localhost"), None);
        assert!(site.unreachable_from("weather.example.com").unwrap().contains("`https://weather.example.com`"));
    }

    #[test]
    fn what_is_empty_is_not_said() {
        let site = site("", " ", "").unwrap();
        assert!(site.public.is_none() && site.widget_domain().is_none() && site.claude_domain().is_none());
    }
}
