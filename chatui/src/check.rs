//! `check`: everything that a host would refuse, before it does; of the app in this binary, or of any server.
//!
//! A server is asked ([`talk`], [`probe`]), what was seen is kept as it came ([`facts`]), and rules, each a row of a table
//! ([`rule`]), look at it.

mod ask;
mod auth;
mod documents;
mod facts;
mod hints;
mod links;
mod policies;
mod probe;
mod protocol;
mod reach;
mod requests;
mod results;
mod rule;
mod schemas;
mod show;
mod sizes;
mod talk;
mod tools;
mod walk;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod fake;
#[cfg(test)]
mod tests;

use crate::{Error, mistakes::Mistakes, revision::Era, server::Server, site::ENDPOINT, user::User};
use facts::{Facts, Wanted};
use http::HeaderValue;
pub(crate) use rule::Client;
use rule::{Finding, Level, Rule};
pub(crate) use show::rules;
use std::io::{IsTerminal, Write};
pub(crate) use talk::MARK;
use talk::Talk;
#[cfg(test)]
pub(crate) use talk::{CHATGPT_AGENT, CLAUDE_AGENT};

/// What is to be checked, and for whom.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Subject {
    /// A server to ask over HTTP; without one the app of this binary.
    pub(crate) url: Option<String>,
    /// The app of this binary, where the world reaches it.
    pub(crate) public: bool,
    /// Whether tools may be called that only read.
    pub(crate) calls: bool,
    /// The one client that counts; without one all do.
    pub(crate) host: Option<Client>,
    /// The `Authorization` of whoever is signed in.
    pub(crate) token: Option<HeaderValue>,
}

/// What was found.
pub(crate) struct Report {
    /// Where it was asked, if there was a network in between.
    url: Option<String>,
    /// Whether it is the app of this binary, asked by a call.
    inside: bool,
    host: Option<Client>,
    tools: usize,
    widgets: usize,
    /// Why it saw nothing of what there is.
    unseen: Option<String>,
    /// The worst first, else in the order of the rules.
    broken: Vec<(&'static Rule, Vec<Finding>)>,
}

impl Report {
    pub(crate) fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }

    fn count(&self, level: Level) -> usize {
        self.broken.iter().filter(|(rule, _)| rule.level == level).map(|(_, findings)| findings.len()).sum()
    }

    fn of(facts: &Facts, host: Option<Client>) -> Self {
        // Of a server that was not asked to the end nothing else can be said.
        let fits = |rule: &&Rule| facts.cut_off.is_none() || rule.code == reach::CUT_OFF;
        let rules = rule::all().filter(fits).filter(|rule| host.is_none_or(|host| rule.hosts.contains(&host)));
        let mut broken: Vec<_> = rules.map(|rule| (rule, rule.findings(facts))).filter(|(_, findings)| !findings.is_empty()).collect();
        broken.sort_by_key(|(rule, _)| rule.level);
        let url = Some(facts::shown(&facts.url)).filter(|url| !facts.inside && !url.is_empty());
        let (tools, widgets, unseen) = (facts.tools.len(), facts.widgets.len(), auth::unseen(facts));
        Report { url, inside: facts.inside, host, tools, widgets, unseen, broken }
    }
}

/// Checks a server. `app`: the app of this binary, or why it can't start.
///
/// # Errors
///
/// An address that is none, or one to which a token is not sent; a token that is not accepted; and an app that fails before
/// anything can be said about it.
pub(crate) async fn check(subject: &Subject, app: Result<Server, Error>) -> Result<Report, Error> {
    let inside = subject.url.is_none() && !subject.public;
    let wanted = Wanted { calls: subject.calls, public: subject.public, inside, token: subject.token.clone() };
    let progress = |asked: &str| {
        if std::io::stderr().is_terminal() {
            // Over the line before; what does not fit would leave a rest.
            let asked: String = asked.chars().filter(|letter| !letter.is_control()).take(70).collect();
            let _ = write!(std::io::stderr(), "\r\x1b[2K{asked}");
        }
    };
    let facts = if let Some(url) = &subject.url {
        let urls = facts::addresses(url).map_err(Error::tell)?;
        // What is wrong with the app of this binary is nothing to another one.
        let local = urls.iter().any(|url| reach::is_private(&reach::host(url)));
        if wanted.token.is_some() && !local && urls.iter().any(|url| url.starts_with("http://")) {
            return Err(Error::tell(
                "a token is not sent over plain `http`, where all who stand between can read it; name the server with `https`",
            ));
        }
        facts::gather(ask::away(local), urls, &wanted, app.ok().as_ref(), &progress).await
    } else {
        match app {
            Err(error) => match error.kept::<Mistakes>() {
                Some(mistakes) => Facts { mistakes: mistakes.iter().map(str::to_owned).collect(), ..Facts::default() },
                None => return Err(error),
            },
            // What is behind the sign-in is looked at too.
            Ok(server) => own(&server.with_user_at_the_door(User::local("check")), &wanted, &progress).await,
        }
    };
    progress("");
    let report = Report::of(&facts, subject.host);
    match &report.unseen {
        Some(why) if subject.token.is_some() => Err(Error::tell(format!("{why}; get another token for this server"))),
        _ => Ok(report),
    }
}

async fn own(server: &Server, wanted: &Wanted, progress: talk::Progress<'_>) -> Facts {
    let public = server.table.site.public.as_ref().map(|origin| format!("{}{ENDPOINT}", origin.text));
    if wanted.inside {
        let url = public.unwrap_or_else(|| format!("http://127.0.0.1:8080{ENDPOINT}"));
        return facts::gather(ask::inside(server), vec![url], wanted, Some(server), progress).await;
    }
    let Some(url) = public else { return Facts { wants_public: true, ..Facts::default() } };
    let mut facts = facts::gather(ask::away(reach::is_private(&reach::host(&url))), vec![url], wanted, Some(server), progress).await;
    let mut talk = Talk::new(ask::inside(server), format!("http://127.0.0.1{ENDPOINT}"), &|_| {});
    facts.ours = Some(facts::list(&mut talk, "tools/list", "tools", Era::Legacy).await);
    facts
}
