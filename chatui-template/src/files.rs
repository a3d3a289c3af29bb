//! Where a template comes from, and what to say when it is not there.

use crate::{Problem, nearest::nearest};
use std::{
    io,
    path::{Path, PathBuf},
};

/// Where templates come from. Paths are relative to the crate, with `/` between folders.
pub trait Files {
    /// The text of a file.
    ///
    /// # Errors
    ///
    /// Those of the underlying storage; a [`NotFound`](io::ErrorKind::NotFound) is answered with near names.
    fn read(&self, path: &str) -> io::Result<String>;

    /// The paths of the files directly in a folder (`""` is the crate's own), in any order; empty where there is none.
    fn list(&self, folder: &str) -> Vec<String>;
}

/// The files below a folder of the disk.
///
/// ```no_run
/// let files = chatui_template::Disk::new("path/to/crate");
/// let document = chatui_template::prepare("widgets/forecast.html", &files)?;
/// # Ok::<(), chatui_template::Problem>(())
/// ```
#[derive(Debug, Clone)]
pub struct Disk(PathBuf);

impl Disk {
    /// The files below `folder`.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Disk(folder.into())
    }

    /// Where a template of this path lies.
    pub fn locate(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> io::Result<String> {
        std::fs::read_to_string(self.locate(path))
    }

    fn list(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.0.join(folder)) else { return Vec::new() };
        let names = entries.flatten().filter(|entry| entry.path().is_file());
        names.filter_map(|entry| Some(join(folder, entry.file_name().to_str()?))).collect()
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A template belongs to its crate: what lies outside would not be in the published package.
pub(crate) fn check_path(path: &str) -> Result<(), Problem> {
    if path.is_empty() {
        return Err(Problem::new("the template's path is empty; write it relative to Cargo.toml, like \"widgets/forecast.html\""));
    }
    if path.contains('\\') {
        return Err(Problem::new(format!("`{path}` has a backslash; write `/` between folders, it works on every system")));
    }
    let inside = !Path::new(path).is_absolute() && path.split('/').all(|part| part != "..");
    if !inside {
        return Err(Problem::new(format!(
            "`{path}` leaves the crate; put the template below its Cargo.toml and write the path from there"
        )));
    }
    Ok(())
}

/// One sentence about a file that could not be read.
pub(crate) fn explain(path: &str, error: &io::Error, files: &dyn Files) -> Problem {
    if error.kind() == io::ErrorKind::InvalidData {
        return Problem::new(format!("`{path}` is not UTF-8; save it as UTF-8"));
    }
    if error.kind() != io::ErrorKind::NotFound {
        return Problem::new(format!("can't read `{path}`: {error}"));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut there = files.list(folder);
    if there.is_empty() {
        there = ["widgets", "templates", "web", ""].iter().flat_map(|folder| files.list(folder)).collect();
    }
    there.retain(|name| name.ends_with(".html"));
    there.sort();
    // The folder and the ending are alike in any case, and say nothing about what was meant.
    let stem = |path: &str| Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
    let stems: Vec<String> = there.iter().map(|path| stem(path)).collect();
    let near = nearest(&stem(path), &stems).and_then(|near| there.iter().find(|path| stem(path) == near));
    Problem::new(match (near, there.as_slice()) {
        (Some(near), _) => format!("there is no file `{path}`; did you mean `{near}`?"),
        (None, []) => format!("there is no file `{path}`; create it (paths start at the folder of Cargo.toml)"),
        (None, there) => format!("there is no file `{path}`; there are: {}", quoted(there)),
    })
}

fn quoted(names: &[String]) -> String {
    let shown = names.iter().take(5).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > 5 { format!("{shown}, …") } else { shown }
}
