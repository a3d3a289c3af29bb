//! What was found, for people, for programs, and the rules as a document.

use super::{
    Report,
    rule::{Client, Finding, GROUPS, Level, Rule},
};
use crate::ink::Ink;
use serde_json::{Value, json};
use std::fmt::Write;

/// Places of one rule beyond these are counted.
const SHOWN: usize = 6;

impl Report {
    pub(crate) fn text(&self, ink: &Ink) -> String {
        let mut text = String::new();
        for (rule, findings) in &self.broken {
            text.push_str(&broken(rule, findings, ink));
        }
        let counted = |count: usize, what: &str| match count {
            0 => format!("no {what}s"),
            1 => format!("1 {what}"),
            many => format!("{many} {what}s"),
        };
        let all =
            [(self.count(Level::Error), "error"), (self.count(Level::Warning), "warning"), (self.tools, "tool"), (self.widgets, "widget")];
        let [errors, warnings, tools, widgets] = all.map(|(count, what)| counted(count, what));
        let host = self.host.map_or(String::new(), |host| format!(" for {}", host.name()));
        let at = match &self.url {
            Some(url) => format!(" at {url}"),
            None if self.inside => " in this binary".to_owned(),
            None => String::new(),
        };
        let strong = if self.has_errors() { ink.bad } else { ink.strong };
        let seen = match &self.unseen {
            None => format!("{tools}, {widgets}{at}"),
            Some(why) => {
                let _ = writeln!(text, "{why}; give it an access token, in a variable of the environment, with `--token-env NAME`\n");
                format!("nothing was seen but the way to sign in{at}")
            }
        };
        let _ = writeln!(text, "{strong}{errors}, {warnings}{}{host}: {seen}", ink.end);
        text
    }

    /// `{url, host, errors, warnings, tools, widgets, unseen, findings: [{code, level, title, hosts, place, path, file, message, why,
    /// source, fix}]}`; `url`, `unseen`, `path` and `file` may be null.
    pub(crate) fn json(&self) -> Value {
        let findings = self.broken.iter().flat_map(|(rule, findings)| findings.iter().map(|finding| entry(rule, finding)));
        json!({
            "url": self.url,
            "host": self.host.map_or("all", Client::name),
            "errors": self.count(Level::Error),
            "warnings": self.count(Level::Warning),
            "tools": self.tools,
            "widgets": self.widgets,
            "unseen": self.unseen,
            "findings": findings.collect::<Vec<_>>(),
        })
    }
}

fn broken(rule: &Rule, findings: &[Finding], ink: &Ink) -> String {
    let Rule { code, level, title, why, source, fix, .. } = rule;
    let colour = if *level == Level::Error { ink.bad } else { ink.unwise };
    let (strong, dim, end) = (ink.strong, ink.dim, ink.end);
    // A title says what holds where nothing is wrong.
    let mut text = format!("{colour}{} {code}{end} expected: {strong}{title}{end}\n", level.name());
    for Finding { place, path, file, says, fix, .. } in findings.iter().take(SHOWN) {
        let path = if path.is_empty() { String::new() } else { format!(", {path}") };
        let file = file.map_or(String::new(), |file| format!(" {dim}({file}){end}"));
        let fix = fix.as_ref().map_or(String::new(), |fix| format!("; {fix}"));
        let _ = writeln!(text, "  {place}{path}: {says}{fix}{file}");
    }
    if findings.len() > SHOWN {
        let _ = writeln!(text, "  and {} more like it; `--json` has all", findings.len() - SHOWN);
    }
    let _ = writeln!(text, "    {dim}why:{end} {why} {dim}[{source}]{end}\n    {dim}do:{end}  {fix}\n");
    text
}

fn entry(rule: &Rule, finding: &Finding) -> Value {
    let hosts: Vec<&str> = rule.hosts.iter().map(|host| host.name()).collect();
    let fix = finding.fix.as_deref().unwrap_or(rule.fix);
    json!({
        "code": rule.code,
        "level": rule.level.name(),
        "title": rule.title,
        "hosts": hosts,
        "place": finding.place,
        "path": Some(&finding.path).filter(|path| !path.is_empty()),
        "file": finding.file,
        "message": finding.says,
        "why": rule.why,
        "source": rule.source,
        "fix": fix,
    })
}

/// All rules, in Markdown.
pub(crate) fn rules() -> String {
    let mut text = HEAD.to_owned();
    for (group, tables) in GROUPS {
        let _ = writeln!(text, "\n## {group}\n");
        for rule in tables.iter().copied().flatten() {
            let Rule { code, level, hosts, title, why, source, fix, .. } = rule;
            let hosts = match hosts.len() {
                3 => "every client".to_owned(),
                _ => hosts.iter().map(|host| NAMES[*host as usize]).collect::<Vec<_>>().join(" and "),
            };
            let _ = writeln!(text, "### {code}: {title}\n\n*{}, {hosts}.* {why}\n\nTo do: {fix}. [{source}]\n", level.name());
        }
    }
    text.push_str(SOURCES);
    text
}

/// In the order of [`Client`].
const NAMES: [&str; 3] = ["ChatGPT", "Claude", "clients without widgets"];

const HEAD: &str = "\
# What `check` checks

<!-- Written by `cargo run -p hello -- check --rules > docs/guides/CHECKS.md`; a test compares the two. -->

`cargo run -- check` looks at the app of your crate as hosts will see it, without a network; `check --public` at the same app where
PUBLIC_URL says that it is, for ChatGPT; `check URL` at any MCP server. `--host chatgpt` or `claude` keeps the rules that concern that
host, `--json` is for programs. The exit code is 1 where something is an error, and 0 where there are warnings alone.

A check reads: it lists, reads widgets, and sends requests that a server has to refuse, such as a call of a tool that nobody has. No
tool runs, unless `--call` allows those that only read and need no argument, and one of those that need some, without any. Their
answers are compared with their output schemas by the validator of this crate, which lets pass what it does not know of others'
schemas. A widget is read as ChatGPT reads it and as Claude does, by their User-Agents. Pages of the authorization server that a
server names are read where it asks to sign in. What is behind the sign-in is looked at with an access token, as its user sees it:
`check URL --token-env NAME` takes it from that variable of the environment, sends it to the endpoint alone, over `https` or to this machine, and shows it
nowhere. Without one, a server where nothing is open shows the way to sign in, and the check says that it saw no more. A server that
wants to be asked less often (429) is waited for, a minute in all.

An *error* is refused by a host, or does not do there what it is meant to; a *warning* works in some hosts or worse than it could. A
code keeps its meaning for ever. In brackets stands where the rule comes from; the list is at the end.

In JSON: `url` (of the server that was asked, or null), `host`, `errors`, `warnings`, `tools`, `widgets`, `unseen` (why nothing behind a sign-in was
looked at, or null), and `findings`, each with `code`, `level`, `title`, `hosts`, `place`, `path` (in what was served, or null), `file` (in your crate, or null), `message`, `why`,
`source`, `fix`. Of the address a password and a query are not shown.
";

const SOURCES: &str = "\
## Where the rules come from

| name | what it is |
|---|---|
| APPS-STABLE, APPS-DRAFT | MCP Apps, `specification/2026-01-26/apps.mdx` and its draft, of modelcontextprotocol/ext-apps |
| APPS-TYPES, APPS-DOCS | the types of `@modelcontextprotocol/ext-apps` 2.0.4, and the pages in its `docs` |
| MCP-26, MCP-25-11 | the Model Context Protocol, revisions 2026-07-28 and 2025-11-25 |
| CONF | what modelcontextprotocol/conformance asserts |
| OAI-REF, OAI-SRV, OAI-UI, OAI-AUTH | developers.openai.com/plugins: `reference`, `build/mcp-server`, `build/chatgpt-ui`, `build/auth` |
| OAI-SUB, OAI-REV, OAI-ERR, OAI-CONN, OAI-TRBL | the same: `deploy/submission`, `app-review`, `submission-errors`, `connect-chatgpt`, `troubleshooting` |
| OAI-GUIDE, OAI-SEC, OAI-UX, OAI-PLAN, OAI-LOG | the same: `plugin-guidelines`, `guides/security-privacy`, `concepts/ui-guidelines`, `plan/tools`, `changelog` |
| MCPJAM | what MCPJam's inspector recorded of each host |
| SKYB | what Skybridge's runs inside ChatGPT and Claude saw |
| CLAUDE | what Anthropic's documentation of connectors and of Claude Code says |
| REPORTS, and names with `#` | what users and authors of other frameworks saw, in public issue threads |
| TSSDK | the official TypeScript SDK's entry for both eras |
";
