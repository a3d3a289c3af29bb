//! Where a template comes from, and what to say when it is not there.

use crate::{address::folder, nearest::nearest};
use std::{
    io,
    path::{Path, PathBuf},
};

/// Where templates come from. Paths are relative to the crate, with `/` between folders.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// Those of the underlying storage; a [`NotFound`](io::ErrorKind::NotFound) is answered with near names.
    fn read_bytes(&self, path: &str) -> io::Result<Vec<u8>>;

    /// The text of a file.
    ///
    /// # Errors
    ///
    /// Those of [`read_bytes`](Files::read_bytes), and [`InvalidData`](io::ErrorKind::InvalidData) where it is not UTF-8.
    fn read(&self, path: &str) -> io::Result<String> {
        String::from_utf8(self.read_bytes(path)?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    /// The paths of the files directly in a folder (`""` is the crate's own), in any order; empty where there is none.
    fn list(&self, folder: &str) -> Vec<String>;

    /// The paths of the folders directly in a folder, in any order. Only a policy with `assets` asks for them.
    fn folders(&self, _folder: &str) -> Vec<String> {
        Vec::new()
    }
}

/// The files below a folder of the disk.
///
/// ```no_run
/// let files = chatui_template::Disk::new("path/to/crate");
/// let document = chatui_template::prepare("widgets/forecast.html", &files, &chatui_template::Policy::default())?;
/// # Ok::<(), Vec<chatui_template::Problem>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Disk(PathBuf);

impl Disk {
    /// The files below `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Disk(folder.into())
    }

    fn entries(&self, folder: &str, wanted: fn(&Path) -> bool) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.0.join(folder)) else { return Vec::new() };
        // What a link leads to may lie outside of the crate, or around in a circle.
        let own = |entry: &std::fs::DirEntry| entry.file_type().is_ok_and(|kind| !kind.is_symlink());
        let names = entries.flatten().filter(|entry| own(entry) && wanted(&entry.path()));
        names.filter_map(|entry| Some(join(folder, entry.file_name().to_str()?))).collect()
    }

    /// Where a template of this path lies.
    pub fn locate(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }
}

impl Files for Disk {
    fn read_bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.locate(path))
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.entries(folder, Path::is_file)
    }

    fn folders(&self, folder: &str) -> Vec<String> {
        self.entries(folder, Path::is_dir)
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A template belongs to its crate: what lies outside would not be in the published package.
pub(crate) fn check_path(path: &str) -> Result<(), String> {
    if path.is_empty() {
        return Err("the template's path is empty; write it relative to Cargo.toml, like \"widgets/forecast.html\"".into());
    }
    if path.contains('\\') {
        return Err(format!("`{path}` has a backslash; write `/` between folders, it works on every system"));
    }
    let inside = !Path::new(path).is_absolute() && path.split('/').all(|part| part != "..");
    if !inside {
        return Err(format!("`{path}` leaves the crate; put the template below its Cargo.toml and write the path from there"));
    }
    Ok(())
}

/// The code of, and one sentence about, a template that could not be read.
pub(crate) fn explain(path: &str, error: &io::Error, files: &dyn Files) -> (&'static str, String) {
    if error.kind() == io::ErrorKind::IsADirectory {
        return ("file", format!("the folder `{path}` has no `index.html`; build what belongs there first, or name an HTML file in it"));
    }
    unreadable(path, error).unwrap_or_else(|| {
        let mut there = files.list(folder(path));
        if there.is_empty() {
            there = ["widgets", "templates", "web", ""].iter().flat_map(|folder| files.list(folder)).collect();
        }
        there.retain(|name| name.ends_with(".html"));
        // The folder and the ending are alike in any case, and say nothing about what was meant.
        let stem = |path: &str| Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        missing(path, there, stem, "create it (paths start at the folder of Cargo.toml)")
    })
}

/// The same about a file that `by` names.
pub(crate) fn explain_named(path: &str, error: &io::Error, files: &dyn Files, by: &str) -> (&'static str, String) {
    unreadable(path, error).unwrap_or_else(|| {
        let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let mut there = files.list(folder(path));
        if there.is_empty() {
            // Of another folder only what is meant says something.
            there = files.list(folder(by)).into_iter().filter(|other| name(other) == name(path)).collect();
        }
        // A script in the place of a style is no help.
        let ending = |path: &str| path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        there.retain(|other| other != by && ending(other) == ending(path));
        // A document in the attribute itself has no folder.
        let start = if by.ends_with(".html") || by.contains('/') { format!("`{by}`") } else { "Cargo.toml".to_owned() };
        missing(path, there, name, &format!("create it (paths start at the folder of {start})"))
    })
}

fn unreadable(path: &str, error: &io::Error) -> Option<(&'static str, String)> {
    match error.kind() {
        io::ErrorKind::NotFound => None,
        io::ErrorKind::InvalidData => Some(("utf-8", format!("`{path}` is not UTF-8; save it as UTF-8"))),
        _ => Some(("file", format!("can't read `{path}`: {error}"))),
    }
}

fn missing(path: &str, mut there: Vec<String>, name: impl Fn(&str) -> String, advice: &str) -> (&'static str, String) {
    there.sort();
    let names: Vec<String> = there.iter().map(|path| name(path)).collect();
    let near = nearest(&name(path), &names).and_then(|near| there.iter().find(|path| name(path) == near));
    let missing = match (near, there.as_slice()) {
        (Some(near), _) => format!("there is no file `{path}`; did you mean `{near}`?"),
        (None, []) => format!("there is no file `{path}`; {advice}"),
        (None, there) => format!("there is no file `{path}`; there are: {}", quoted(there)),
    };
    ("file", missing)
}

fn quoted(names: &[String]) -> String {
    let shown = names.iter().take(5).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > 5 { format!("{shown}, …") } else { shown }
}
