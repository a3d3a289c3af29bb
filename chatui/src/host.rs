//! What is particular to single hosts, in one table. All else every host gets alike; that is why the table is short.

use crate::site::Site;

/// What one host gets that others do not.
struct HostProfile {
    /// How the `User-Agent` of its requests begins.
    agent: &'static str,
    /// What its `clientInfo` calls it.
    client: &'static str,
    /// The origin of its widgets, `ui.domain`: one key with a format of its own in each host, and fatal in Claude where it
    /// is another's. Left out, it is safe everywhere.
    domain: fn(&Site) -> Option<String>,
    /// Whether it reads ChatGPT's twin of that key.
    twin: bool,
    /// Whether it wants to be asked to sign in by the answer of the tool; others know the status and the header alone.
    asked_in_answers: bool,
}

/// The first that fits counts. Claude goes first: it is the one that a wrong guess breaks.
static PROFILES: [HostProfile; 2] = [
    HostProfile { agent: "Claude-User", client: "claude-ai", domain: Site::claude_domain, twin: false, asked_in_answers: false },
    HostProfile { agent: "openai-mcp", client: "openai-mcp", domain: Site::widget_domain, twin: true, asked_in_answers: true },
];

/// Who asks: one of the table, or any other.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Host(Option<usize>);

impl Host {
    /// By what a request says of its sender; either may be missing.
    pub(crate) fn of(agent: Option<&str>, client: Option<&str>) -> Self {
        let fits = |HostProfile { agent: known, client: name, .. }: &HostProfile| {
            agent.is_some_and(|agent| agent.starts_with(known)) || client == Some(name)
        };
        Host(PROFILES.iter().position(fits))
    }

    /// Whether the answer of a tool asks its user to sign in.
    pub(crate) fn is_asked_in_answers(self) -> bool {
        self.0.is_some_and(|at| PROFILES[at].asked_in_answers)
    }

    /// `ui.domain`.
    pub(crate) fn domain(self, site: &Site) -> Option<String> {
        self.0.and_then(|at| (PROFILES[at].domain)(site))
    }

    /// `openai/widgetDomain`.
    pub(crate) fn twin_domain(self, site: &Site) -> Option<String> {
        self.domain(site).filter(|_| self.0.is_some_and(|at| PROFILES[at].twin))
    }
}

/// Something for each host: one for all where they are alike.
pub(crate) struct PerHost<T> {
    others: T,
    of: Vec<T>,
}

impl<T> PerHost<T> {
    pub(crate) fn new(site: &Site, make: impl Fn(Host) -> T) -> Self {
        let hosts = (0..PROFILES.len()).map(|at| Host(Some(at)));
        let differs = PROFILES.iter().any(|profile| (profile.domain)(site).is_some());
        let of = if differs { hosts.map(&make).collect() } else { Vec::new() };
        PerHost { others: make(Host(None)), of }
    }

    /// Whether it depends on who asks: then no cache may keep it for others.
    pub(crate) fn differs(&self) -> bool {
        !self.of.is_empty()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.others).chain(&self.of)
    }

    pub(crate) fn of(&self, host: Host) -> &T {
        host.0.and_then(|at| self.of.get(at)).unwrap_or(&self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::Host;
    use crate::site::{Addresses, Site};

    /// What hosts were seen to call themselves (2026-08), and which domain each may read.
    #[test]
    fn each_host_gets_the_domain_that_it_accepts() {
        let said = Addresses {
            public: Some("https://weather.example.com".into()),
            widgets: Some("https://w.example".into()),
            ..Addresses::default()
        };
        let site = Site::of(&said).unwrap();
        let claude = site.claude_domain();
        let chatgpt = site.widget_domain();
        let rows = [
            ("ChatGPT", Some("openai-mcp/1.0.0 (ChatGPT)"), Some("openai-mcp"), &chatgpt),
            ("ChatGPT before 2026-07-28", Some("openai-mcp/1.0.0"), None, &chatgpt),
            ("ChatGPT behind a proxy", None, Some("openai-mcp"), &chatgpt),
            ("Claude", Some("Claude-User"), Some("claude-ai"), &claude),
            ("Claude before 2026-07-28", Some("Claude-User/1.0"), None, &claude),
            ("Claude Desktop", None, Some("claude-ai"), &claude),
            ("two at once", Some("openai-mcp/1.0.0"), Some("claude-ai"), &claude),
            ("Codex", None, Some("codex-mcp-client"), &None),
            ("M365 Copilot", None, Some("ms-copilot"), &None),
            ("VS Code", None, Some("Visual Studio Code"), &None),
            ("Cursor", None, Some("cursor-vscode"), &None),
            ("Slackbot", None, Some("Slackbot MCP Client"), &None),
            ("Le Chat", None, Some("mcp"), &None),
            ("Goose", None, Some("goose-desktop"), &None),
            ("a browser", Some("Mozilla/5.0"), None, &None),
            ("nobody known", None, None, &None),
        ];
        for (who, agent, client, domain) in rows {
            let host = Host::of(agent, client);
            assert_eq!(host.domain(&site), *domain, "{who}");
            assert_eq!(host.twin_domain(&site), domain.clone().filter(|_| *domain == chatgpt), "{who}");
            assert_eq!(host.domain(&Site::default()), None, "{who}");
        }
    }
}
