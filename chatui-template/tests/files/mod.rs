//! Files that lie in memory.

use chatui_template::{Files, Policy, Problem, prepare};
use std::io;

pub(crate) struct Memory<'a>(pub(crate) &'a [(&'a str, &'a str)]);

impl Files for Memory<'_> {
    fn read_bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let in_it = |path: &&str| path.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
        self.0.iter().map(|(name, _)| *name).filter(in_it).map(str::to_owned).collect()
    }

    fn folders(&self, folder: &str) -> Vec<String> {
        let below = self.0.iter().filter_map(|(name, _)| name.strip_prefix(folder)?.strip_prefix('/')?.split_once('/'));
        let mut all: Vec<String> = below.map(|(name, _)| format!("{folder}/{name}")).collect();
        all.sort();
        all.dedup();
        all
    }
}

/// A whole document around a piece of one.
pub(crate) fn page(body: &str) -> String {
    format!("<!doctype html><head></head><body><p>Hi</p>\n{body}</body>")
}

/// What is said about a body whose template lies in `web`, among other files.
#[allow(dead_code)]
pub(crate) fn refused(body: &str, files: &[(&str, &str)], policy: &Policy<'_>) -> Vec<Problem> {
    let html = page(body);
    let all: Vec<(&str, &str)> = [("web/a.html", &*html)].into_iter().chain(files.iter().copied()).collect();
    prepare("web/a.html", &Memory(&all), policy).err().unwrap_or_default()
}
