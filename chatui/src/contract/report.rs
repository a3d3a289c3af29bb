//! What is told about the changes, to a person and to a program.

use super::{
    changes::{Change, Motion},
    rules::{self, Level, RULES},
    update_of,
};
use crate::ink::Ink;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The changes between the committed contract and the app, each with its rule.
pub(crate) struct Report {
    file: PathBuf,
    changes: Vec<(usize, Change)>,
}

impl Report {
    pub(super) fn of(changes: Vec<Change>, file: &Path) -> Self {
        let changes = changes.into_iter().map(|change| (rules::of(&change), change)).collect();
        Report { file: file.to_owned(), changes }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// By what there is to do, the most first; below each kind of change what it means.
    pub(crate) fn text(&self, Ink { strong, dim, bad, end, .. }: &Ink) -> String {
        let count = self.changes.len();
        let mut text = format!("the app is not what {} says, in {count} place{}:\n", self.file.display(), plural(count));
        for level in Level::ALL {
            let mut heading = Some(level.heading());
            for (at, rule) in RULES.iter().enumerate().filter(|(_, rule)| rule.level == level) {
                let changes: Vec<&Change> = self.changes.iter().filter(|(own, _)| *own == at).map(|(_, change)| change).collect();
                if changes.is_empty() {
                    continue;
                }
                if let Some(heading) = heading.take() {
                    let colour = if level == Level::Breaking { bad } else { "" };
                    text += &format!("\n{strong}{colour}{heading}{end}\n");
                }
                for change in changes {
                    text += &format!("  {} {dim}{}{end}\n", change.path.join("/"), change.what());
                }
                text += &format!("      {}\n", rule.meaning);
            }
        }
        text + &format!("\nwhere that is as it should be, `{}` writes the file anew; commit it\n", update_of(&self.file))
    }

    /// The same for a program. `path` is a JSON Pointer into the file (RFC 6901).
    pub(crate) fn json(&self) -> Value {
        let level = self.changes.iter().map(|(at, _)| RULES[*at].level).max();
        let changes = self.changes.iter().map(|(at, change)| {
            let Change { path, motion, before, after } = change;
            let path: String = path.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect();
            let rule = &RULES[*at];
            json!({ "path": path, "change": motion, "level": rule.level, "before": before, "after": after, "meaning": rule.meaning })
        });
        json!({ "file": self.file, "changed": !self.is_empty(), "level": level, "changes": changes.collect::<Vec<_>>() })
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl Change {
    /// Behind its place: what happened there.
    fn what(&self) -> String {
        match (self.motion, &self.before, &self.after) {
            (Motion::Removed, ..) => "is gone".to_owned(),
            (Motion::Required, None, _) => "is new, and required".to_owned(),
            (Motion::Required, ..) => "is required now".to_owned(),
            (Motion::Optional, ..) => "may be missing now".to_owned(),
            (_, None, Some(after)) if small(after) => format!("is {after} now"),
            (_, None, _) => "is new".to_owned(),
            (_, Some(before), None) => format!("was {}", excerpt(before, 0)),
            (_, Some(before), Some(after)) => {
                let same = common(&before.to_string(), &after.to_string());
                format!("was {}, is {}", excerpt(before, same), excerpt(after, same))
            }
        }
    }
}

/// More is told by the file's own difference.
const WIDTH: usize = 60;

fn small(value: &Value) -> bool {
    !value.is_object() && value.to_string().chars().count() <= WIDTH
}

/// How many characters two texts begin with alike.
fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count()
}

/// A piece of a value that has what differs, after `same` characters.
fn excerpt(value: &Value, same: usize) -> String {
    let text = value.to_string();
    let length = text.chars().count();
    if length <= WIDTH {
        return text;
    }
    let start = if same < WIDTH / 2 { 0 } else { same.saturating_sub(WIDTH / 3) };
    let piece: String = text.chars().skip(start).take(WIDTH).collect();
    let (before, after) = (if start > 0 { "…" } else { "" }, if start + WIDTH < length { "…" } else { "" });
    format!("{before}{piece}{after}")
}
