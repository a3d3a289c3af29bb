//! A rule as data, and what breaking it looks like.

use super::{
    auth, documents,
    facts::{Exchange, Facts, ToolFact, WidgetFact},
    hints, links, policies, protocol, reach, requests, results, schemas, sizes, tools,
};

/// How bad it is to break a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// A host refuses it, or does not do what was meant.
    Error,
    /// It works in some hosts or at some times, or worse than it could.
    Warning,
}

impl Level {
    pub(super) fn name(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
        }
    }
}

/// Whom a rule concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Client {
    ChatGpt,
    Claude,
    /// Clients that draw no widgets, such as Claude Code and Codex.
    Text,
}

impl Client {
    pub(super) fn name(self) -> &'static str {
        match self {
            Client::ChatGpt => "chatgpt",
            Client::Claude => "claude",
            Client::Text => "text",
        }
    }
}

pub(super) const ALL: &[Client] = &[Client::ChatGpt, Client::Claude, Client::Text];
/// Those that draw widgets.
pub(super) const DRAWING: &[Client] = &[Client::ChatGpt, Client::Claude];
pub(super) const CHATGPT: &[Client] = &[Client::ChatGpt];
pub(super) const CLAUDE: &[Client] = &[Client::Claude];

/// One rule. Its code never changes its meaning, and a code that is gone is not used again.
pub(crate) struct Rule {
    pub(super) code: &'static str,
    pub(super) level: Level,
    pub(super) hosts: &'static [Client],
    /// What must hold.
    pub(super) title: &'static str,
    pub(super) why: &'static str,
    /// The documents that say so.
    pub(super) source: &'static str,
    /// What to do where it does not hold.
    pub(super) fix: &'static str,
    /// Looks for what breaks it.
    pub(super) find: Find,
}

/// What a rule looks at.
pub(super) enum Find {
    Whole(fn(&Facts, &mut Found)),
    /// One tool after the other.
    Tools(fn(&ToolFact, &mut Found)),
    /// One widget after the other.
    Widgets(fn(&WidgetFact, &mut Found)),
}

/// Every rule, in the order of its code.
pub(super) fn all() -> impl Iterator<Item = &'static Rule> {
    let groups = GROUPS.iter().flat_map(|(_, rules)| rules.iter());
    groups.copied().flatten()
}

/// The rules by what they are about.
pub(super) const GROUPS: &[(&str, &[&[Rule]])] = &[
    ("The address", &[reach::RULES]),
    ("The protocol", &[protocol::RULES, requests::RULES]),
    ("Signing in", &[auth::RULES]),
    ("Tools", &[tools::RULES, hints::RULES]),
    ("Schemas", &[schemas::RULES]),
    ("Answers of tools", &[results::RULES]),
    ("Widgets", &[links::RULES, policies::RULES, documents::RULES]),
    ("Sizes and secrets", &[sizes::RULES]),
];

/// One place where a rule is broken.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(super) code: &'static str,
    /// Which tool, widget or request: ``tool `greet` ``.
    pub(super) place: String,
    /// Where in it: `inputSchema.properties.city`. Empty for the whole.
    pub(super) path: String,
    /// Where it is written, if it is ours: `src/tools.rs:12`.
    pub(super) file: Option<&'static str>,
    /// What is wrong there.
    pub(super) says: String,
    /// What to do, where it is another thing than the rule says.
    pub(super) fix: Option<String>,
}

/// What one rule found.
pub(super) struct Found {
    code: &'static str,
    findings: Vec<Finding>,
}

impl Found {
    pub(super) fn server(&mut self, says: impl Into<String>) {
        self.at("the server", "", None, says.into());
    }

    pub(super) fn tool(&mut self, tool: &ToolFact, path: &str, says: impl Into<String>) {
        self.at(&format!("tool `{}`", tool.name), path, tool.file, says.into());
    }

    pub(super) fn widget(&mut self, widget: &WidgetFact, path: &str, says: impl Into<String>) {
        self.at(&format!("widget `{}`", widget.uri), path, widget.file, says.into());
    }

    pub(super) fn exchange(&mut self, exchange: &Exchange, says: impl Into<String>) {
        self.at(&exchange.asked, "", None, says.into());
    }

    /// An answer that is none that should have come.
    pub(super) fn answer(&mut self, exchange: &Exchange) {
        self.exchange(exchange, format!("it was answered with {}", exchange.shown()));
    }

    pub(super) fn instead(&mut self, fix: impl Into<String>) {
        if let Some(last) = self.findings.last_mut() {
            last.fix = Some(fix.into());
        }
    }

    fn at(&mut self, place: &str, path: &str, file: Option<&'static str>, says: String) {
        // A server may say what a terminal would obey.
        let plain = |text: &str| text.replace(char::is_control, " ");
        let finding = Finding { code: self.code, place: plain(place), path: plain(path), file, says: plain(&says), fix: None };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

impl Rule {
    pub(super) fn findings(&self, facts: &Facts) -> Vec<Finding> {
        let mut found = Found { code: self.code, findings: Vec::new() };
        match self.find {
            Find::Whole(find) => find(facts, &mut found),
            Find::Tools(find) => facts.tools.iter().for_each(|tool| find(tool, &mut found)),
            Find::Widgets(find) => facts.widgets.iter().for_each(|widget| find(widget, &mut found)),
        }
        found.findings
    }
}
