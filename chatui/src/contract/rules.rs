//! What a change means, as a table.
//!
//! What hosts keep, and until when: ChatGPT the list of tools until its user presses Refresh, a widget's document by its
//! address. Of a published app it keeps what was reviewed, reads the server again daily, and applies what its checks let pass;
//! hints, origins, permissions and what is new altogether are what a review is about (OpenAI, "Submit plugins" and "App
//! review", 2026-09). Chats keep the data that they were drawn with, for good.

use super::changes::{Change, Motion};
use serde::Serialize;

/// What there is to do; the more the further down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    Nothing,
    Refresh,
    Resubmit,
    Breaking,
}

impl Level {
    pub(super) const ALL: [Level; 4] = [Level::Breaking, Level::Resubmit, Level::Refresh, Level::Nothing];

    pub(super) fn heading(self) -> &'static str {
        match self {
            Level::Nothing => "nothing to do",
            Level::Refresh => "refresh the connector",
            Level::Resubmit => "refresh the connector, and submit a published app again",
            Level::Breaking => "breaking, for whoever still holds the old contract",
        }
    }
}

pub(super) struct Rule {
    /// The steps of a path: `*` is any one, `**` at the end any that follow, or none.
    at: &'static str,
    /// None: all.
    motions: &'static [Motion],
    pub(super) level: Level,
    pub(super) meaning: &'static str,
}

use Motion::{Added, Changed, Narrowed, Optional, Removed, Required, Reworded, Widened};

const fn rule(at: &'static str, motions: &'static [Motion], level: Level, meaning: &'static str) -> Rule {
    Rule { at, motions, level, meaning }
}

/// The first that fits counts; the last fits everything.
pub(super) static RULES: [Rule; 36] = [
    rule("app", &[], Level::Refresh, "it is the name of the server, which hosts may show"),
    rule("instructions", &[], Level::Refresh, "hosts read them when they connect"),
    rule("tools/*", &[Added], Level::Resubmit, "connected hosts see it once they are refreshed; a review tries every tool"),
    rule("tools/*", &[Removed], Level::Breaking, "open chats, and lists that hosts have kept, still call it"),
    rule(
        "tools/*/annotations/**",
        &[],
        Level::Resubmit,
        "by the hints ChatGPT decides whether to ask its user first, and a review compares them with what the tool does",
    ),
    rule(
        "tools/*/securitySchemes/**",
        &[],
        Level::Resubmit,
        "who is connected may have to sign in again, or to allow more; a review tries it signed in",
    ),
    rule("tools/*/visibility", &[Narrowed, Changed], Level::Breaking, "who called it is no longer offered it"),
    rule(
        "*/*/inputSchema/**",
        &[Required],
        Level::Breaking,
        "calls written for the old schema leave it out, and are refused; give it a `default`, or make it an `Option`",
    ),
    rule(
        "*/*/inputSchema/**",
        &[Removed],
        Level::Breaking,
        "calls written for the old schema send it, and are refused; keep it as an `Option` for a while",
    ),
    rule("*/*/inputSchema/**", &[Narrowed, Changed], Level::Breaking, "calls that were right by the old schema are refused"),
    rule("*/*/inputSchema/**", &[Added, Optional, Widened], Level::Refresh, "models call it by the schema that their host has kept"),
    rule("*/*/inputSchema/**", &[Reworded], Level::Refresh, "models read it in the list that their host has kept"),
    rule(
        "tools/*/outputSchema",
        &[Removed],
        Level::Breaking,
        "the answer has no data any more, and hosts that have kept the schema refuse it",
    ),
    rule("tools/*/outputSchema", &[Added], Level::Refresh, "the answer has data now"),
    rule(
        "tools/*/outputSchema/**",
        &[Removed, Changed],
        Level::Breaking,
        "who reads it in answers, such as a template or another program, does not find it as it was",
    ),
    rule(
        "tools/*/outputSchema/**",
        &[Optional, Widened],
        Level::Refresh,
        "hosts that check answers by the schema that they have kept refuse some until then",
    ),
    rule("tools/*/outputSchema/**", &[], Level::Refresh, "models read it in the list that their host has kept"),
    rule("tools/*/widget", &[], Level::Refresh, "hosts draw the answers with the widget that they have kept"),
    rule("tools/*/**", &[], Level::Refresh, "hosts show, and models read, what the list had when it was last read"),
    rule("widgets/*", &[Added], Level::Resubmit, "a review looks at every widget"),
    rule("widgets/*", &[Removed], Level::Breaking, "open chats ask for its document, which is not answered any more"),
    rule("widgets/*/address", &[], Level::Breaking, "open chats ask for the old one, which is not answered any more"),
    rule("widgets/*/csp/**", &[], Level::Resubmit, "the origins that a widget may reach are what a review is about"),
    rule("widgets/*/permissions", &[], Level::Resubmit, "what a widget asks the browser for is what a review is about"),
    rule(
        "widgets/*/data/**",
        &[Removed, Changed],
        Level::Breaking,
        "breaking for open chats: documents that they have kept read it in new answers",
    ),
    rule(
        "widgets/*/data/**",
        &[Added, Required, Optional, Widened],
        Level::Refresh,
        "open chats draw old data with the new template; it must do without what they lack",
    ),
    rule("widgets/*/data/**", &[Narrowed, Reworded], Level::Nothing, "every template that drew the old data draws these"),
    rule(
        "widgets/*/document",
        &[],
        Level::Refresh,
        "the template has changed, or what chatui puts into it; hosts learn of its new address from the list of tools",
    ),
    rule("widgets/*/**", &[], Level::Refresh, "hosts keep it with the document"),
    rule("resources/*/securitySchemes/**", &[], Level::Refresh, "who is connected may have to sign in again, or to allow more"),
    rule("resources/*", &[Removed], Level::Breaking, "open chats, and lists that hosts have kept, still read it"),
    rule("resources/**", &[], Level::Refresh, "hosts show it as the list had it when it was last read"),
    rule("prompts/*", &[Removed], Level::Breaking, "lists that hosts have kept still offer it"),
    rule("prompts/*/securitySchemes/**", &[], Level::Refresh, "who is connected may have to sign in again, or to allow more"),
    rule("prompts/**", &[], Level::Refresh, "hosts show it as the list had it when it was last read"),
    rule("**", &[], Level::Refresh, "hosts may keep it"),
];

/// The rule for a change, by its place in the table.
pub(super) fn of(change: &Change) -> usize {
    RULES.iter().position(|rule| rule.fits(change)).unwrap_or(RULES.len() - 1)
}

impl Rule {
    fn fits(&self, Change { path, motion, .. }: &Change) -> bool {
        let (exact, open) = self.at.strip_suffix("**").map_or((self.at, false), |exact| (exact.trim_end_matches('/'), true));
        let steps: Vec<&str> = exact.split('/').filter(|step| !step.is_empty()).collect();
        let length = if open { path.len() >= steps.len() } else { path.len() == steps.len() };
        length
            && steps.iter().zip(path).all(|(step, name)| *step == "*" || step == name)
            && (self.motions.is_empty() || self.motions.contains(motion))
    }
}
