//! The files on the disk: what was written into them by hand stays.

use crate::Error;
use serde_json::Value;
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// Objects of which every member is ours: a tool that is gone does not stay in a file.
const OURS: [&str; 2] = ["tools", "mcpServers"];

/// Sentences that an author may say better.
const BETTER: [&str; 2] = ["justifications", "expected_output"];

pub(super) struct Files(Vec<File>);

struct File {
    name: &'static str,
    path: PathBuf,
    old: Option<Vec<u8>>,
    value: Value,
}

impl Files {
    /// Puts what the app says into what is there.
    ///
    /// # Errors
    ///
    /// All places where the two contradict each other, unless `force` lets the app win; a file that can't be read.
    pub(super) fn of(folder: &Path, derived: Vec<(&'static str, Value)>, force: bool) -> Result<Self, Error> {
        let mut differs = Vec::new();
        let mut files = Vec::new();
        for (name, derived) in derived {
            let path = folder.join(name);
            let old = match fs::read(&path) {
                Ok(old) => Some(old),
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                Err(error) => return Err(Error::tell(format!("can't read {}: {error}", path.display()))),
            };
            let mut value = match old.as_deref().map(serde_json::from_slice) {
                None => Value::Null,
                Some(Ok(value)) => value,
                Some(Err(error)) => {
                    return Err(Error::tell(format!("{} is no JSON: {error}; mend it, or delete it", path.display())));
                }
            };
            merge(&mut value, derived, &mut vec![name.to_owned()], &mut differs);
            files.push(File { name, path, old, value });
        }
        if !force && !differs.is_empty() {
            let places = differs.join("\n- ");
            let kept = "nothing is written; `--force` puts there what the app says, and keeps all else";
            return Err(Error::tell(format!("the app says something else than what stands here:\n- {places}\n{kept}")));
        }
        Ok(Files(files))
    }

    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|file| file.name == name).map(|file| &file.value)
    }

    /// Gives the files that were written, and those that are as they should be.
    ///
    /// # Errors
    ///
    /// Where one can't be written.
    pub(super) fn write(&self) -> Result<(Vec<String>, Vec<String>), Error> {
        let (mut written, mut unchanged) = (Vec::new(), Vec::new());
        for File { path, old, value, .. } in &self.0 {
            let text = format!("{value:#}\n");
            let shown = path.display().to_string();
            if old.as_deref() == Some(text.as_bytes()) {
                unchanged.push(shown);
                continue;
            }
            let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
            let fails = |error| Error::tell(format!("can't write {shown}: {error}; give `--out` a folder that can be written"));
            folder.and_then(|()| fs::write(path, text)).map_err(fails)?;
            written.push(shown);
        }
        Ok((written, unchanged))
    }
}

/// Members that are only in the file stay.
fn merge(old: &mut Value, new: Value, path: &mut Vec<String>, differs: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            if path.len() == 2 && OURS.contains(&path[1].as_str()) {
                let gone = old.keys().filter(|key| !new.contains_key(*key)).map(|key| format!("{}/{key}", path.join("/")));
                differs.extend(gone);
                old.retain(|key, _| new.contains_key(key));
            }
            // What was said about other hints is not better any more.
            let other =
                |old: &Value| new["annotations"].as_object().is_some_and(|new| new.iter().any(|(hint, is)| old.get(hint) != Some(is)));
            if new.contains_key("annotations") && old.get("annotations").is_some_and(other) && old.shift_remove("justifications").is_some()
            {
                differs.push(format!("{}/justifications", path.join("/")));
            }
            for (key, value) in new {
                if BETTER.contains(&key.as_str()) && old.get(&key).is_some_and(|old| !old.is_null()) {
                    continue;
                }
                path.push(key);
                let key = path.last().cloned().unwrap_or_default();
                merge(old.entry(key).or_insert(Value::Null), value, path, differs);
                path.pop();
            }
        }
        (Value::Array(old), Value::Array(new)) if same_prompts(old, &new) => {
            for (at, (old, new)) in old.iter_mut().zip(new).enumerate() {
                path.push(at.to_string());
                merge(old, new, path, differs);
                path.pop();
            }
        }
        (Value::Array(old), Value::Array(new)) if new.iter().any(|case| case["user_prompt"].is_string()) => {
            differs.push(path.join("/"));
            let known = std::mem::take(old);
            old.extend(new.into_iter().map(|case| {
                let Some(mut kept) = known.iter().find(|known| known["user_prompt"] == case["user_prompt"]).cloned() else { return case };
                merge(&mut kept, case, path, &mut Vec::new());
                kept
            }));
        }
        (old, new) if *old == new => {}
        (old, new) => {
            if !old.is_null() {
                differs.push(path.join("/"));
            }
            *old = new;
        }
    }
}

/// Whether two lists are about the same test prompts.
fn same_prompts(old: &[Value], new: &[Value]) -> bool {
    let said = |case: &Value| case["user_prompt"].as_str().map(str::to_owned);
    old.len() == new.len() && old.iter().zip(new).all(|(old, new)| said(old).is_some() && said(old) == said(new))
}
