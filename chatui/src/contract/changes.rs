//! What is between two contracts, change by change.

use super::{members, schema};
use serde::Serialize;
use serde_json::Value;

/// One change.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) path: Vec<String>,
    pub(super) motion: Motion,
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
}

/// What happened to a place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Motion {
    Added,
    Removed,
    Changed,
    /// A member that may no longer be missing, or a new one that may not.
    Required,
    /// A member that may be missing now.
    Optional,
    /// Less fits than before.
    Narrowed,
    /// More fits than before.
    Widened,
    /// Only what is said about it.
    Reworded,
}

/// The changes so far, and the place that is being looked at.
#[derive(Default)]
pub(super) struct Changes {
    path: Vec<String>,
    all: Vec<Change>,
}

pub(super) fn between(before: &Value, after: &Value) -> Vec<Change> {
    let mut changes = Changes::default();
    changes.members(before, after);
    changes.all
}

impl Changes {
    /// Looks at what stands one step further.
    pub(super) fn at(&mut self, step: &str, look: impl FnOnce(&mut Self)) {
        self.path.push(step.to_owned());
        look(self);
        self.path.pop();
    }

    pub(super) fn note(&mut self, motion: Motion, before: Option<&Value>, after: Option<&Value>) {
        self.all.push(Change { path: self.path.clone(), motion, before: before.cloned(), after: after.cloned() });
    }

    fn members(&mut self, before: &Value, after: &Value) {
        for key in keys(before, after) {
            self.at(key, |changes| changes.value(key, before.get(key), after.get(key)));
        }
    }

    fn value(&mut self, key: &str, before: Option<&Value>, after: Option<&Value>) {
        match (before, after) {
            (None, None) => {}
            (None, _) => self.note(Motion::Added, None, after),
            (_, None) => self.note(Motion::Removed, before, None),
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) if self.is_schema(key) => self.schema(one, other),
            (Some(one @ Value::Object(_)), Some(other @ Value::Object(_))) => self.members(one, other),
            (Some(Value::Array(one)), Some(Value::Array(other))) => self.set(one, other, before, after),
            _ => self.note(Motion::Changed, before, after),
        }
    }

    /// Of a tool, a prompt or a widget, and not of anything that happens to be called so.
    fn is_schema(&self, key: &str) -> bool {
        self.path.len() == 3 && matches!(key, "inputSchema" | "outputSchema" | "data")
    }

    fn schema(&mut self, before: &Value, after: &Value) {
        schema::compare(self, before, after);
    }

    /// A list whose order says nothing.
    pub(super) fn set(&mut self, one: &[Value], other: &[Value], before: Option<&Value>, after: Option<&Value>) {
        let within = |some: &[Value], all: &[Value]| some.iter().all(|item| all.contains(item));
        match (within(one, other), within(other, one)) {
            (true, true) => {}
            (true, false) => self.note(Motion::Widened, before, after),
            (false, true) => self.note(Motion::Narrowed, before, after),
            (false, false) => self.note(Motion::Changed, before, after),
        }
    }
}

/// The keys of both, each once.
pub(super) fn keys<'a>(before: &'a Value, after: &'a Value) -> Vec<&'a str> {
    let new = members(after).filter(|(key, _)| before.get(key.as_str()).is_none());
    members(before).chain(new).map(|(key, _)| key.as_str()).collect()
}
