//! Collects what is said about a template, each mistake once, in order of place.

use crate::{Finding, Level, Policy, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// A file that was read: the template, or what was put into it.
#[derive(Debug)]
pub(crate) struct File {
    /// The order of reading, so that the template's own mistakes come first.
    pub(crate) number: usize,
    /// As messages call it.
    pub(crate) name: String,
    pub(crate) text: String,
}

impl File {
    pub(crate) fn whole(&self) -> Part<'_> {
        Part { file: self, text: &self.text, start: 0, exact: true }
    }

    /// A part of it, as it stands there.
    pub(crate) fn part(&self, range: std::ops::Range<usize>) -> Part<'_> {
        let start = range.start;
        Part { file: self, text: self.text.get(range).unwrap_or_default(), start, exact: true }
    }
}

/// A script, a style or the like, and where in its file it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) file: &'a File,
    pub(crate) text: &'a str,
    pub(crate) start: usize,
    /// Whether it stands there letter by letter; an attribute's value with entities does not.
    pub(crate) exact: bool,
}

impl Part<'_> {
    fn offset(&self, at: usize) -> usize {
        if self.exact { self.start + at } else { self.start }
    }
}

/// Everything said so far.
#[derive(Debug)]
pub(crate) struct Report<'p> {
    policy: &'p Policy<'p>,
    said: BTreeMap<Key, Said>,
}

/// What makes two mistakes one: the same words about the same file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    file: usize,
    code: &'static str,
    message: String,
}

#[derive(Debug)]
struct Said {
    /// `None` is refused.
    level: Option<Level>,
    /// Where; the first is shown. A file that is read twice says the same of the same places.
    at: BTreeSet<usize>,
    place: String,
}

impl<'p> Report<'p> {
    pub(crate) fn new(policy: &'p Policy<'p>) -> Self {
        Report { policy, said: BTreeMap::new() }
    }

    pub(crate) fn problem(&mut self, part: Part<'_>, at: usize, code: &'static str, message: impl Into<String>) {
        self.add(part, at, code, None, message.into());
    }

    /// A refusal that the author may have looked at.
    pub(crate) fn unless_allowed(&mut self, part: Part<'_>, at: usize, code: &'static str, message: impl Into<String>) {
        if !self.policy.allow.contains(&code) {
            self.problem(part, at, code, message);
        }
    }

    pub(crate) fn finding(&mut self, part: Part<'_>, at: usize, code: &'static str, message: impl Into<String>) {
        self.finding_of(part, at, code, Level::Warning, message);
    }

    pub(crate) fn finding_of(&mut self, part: Part<'_>, at: usize, code: &'static str, level: Level, message: impl Into<String>) {
        if !self.policy.allow.contains(&code) {
            self.add(part, at, code, Some(level), message.into());
        }
    }

    /// Whether anything was said of this origin at this place.
    pub(crate) fn speaks_of(&self, part: Part<'_>, at: usize, origin: &str) -> bool {
        let at = part.offset(at);
        self.said.iter().any(|(key, said)| key.file == part.file.number && said.at.contains(&at) && key.message.contains(origin))
    }

    fn add(&mut self, part: Part<'_>, at: usize, code: &'static str, level: Option<Level>, message: String) {
        let at = part.offset(at);
        let said = self.said.entry(Key { file: part.file.number, code, message });
        let said = said.or_insert_with(|| Said { level, at: BTreeSet::new(), place: String::new() });
        if said.at.first().is_none_or(|first| at < *first) {
            said.place = place(part.file, at);
        }
        said.at.insert(at);
    }

    /// The findings, or the problems if there are any.
    pub(crate) fn end(self) -> Result<Vec<Finding>, Vec<Problem>> {
        let (problems, findings) = self.all();
        if problems.is_empty() { Ok(findings) } else { Err(problems) }
    }

    pub(crate) fn all(self) -> (Vec<Problem>, Vec<Finding>) {
        let mut said: Vec<(Key, Said)> = self.said.into_iter().collect();
        said.sort_by_key(|(key, said)| (key.file, said.at.first().copied()));
        let (mut problems, mut findings) = (Vec::new(), Vec::new());
        for (Key { code, message, .. }, Said { level, at, place }) in said {
            match level {
                None => problems.push(Problem::new(code, format!("{place}: {message}"))),
                Some(level) => {
                    let more = if at.len() > 1 { format!(" ({} more like it)", at.len() - 1) } else { String::new() };
                    findings.push(Finding { code, level, message: format!("{place}: {message}{more}") });
                }
            }
        }
        (problems, findings)
    }
}

/// `widgets/a.html:12:5`, counted from 1, in characters.
fn place(file: &File, at: usize) -> String {
    // A byte order mark is no column that an editor shows.
    let before = file.text.get(..at).unwrap_or(&file.text).trim_start_matches('\u{feff}');
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    format!("{}:{line}:{column}", file.name)
}
