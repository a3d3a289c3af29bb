//! Reads a widget's HTML template, checks it and finds the place where chatui puts its bridge.
//!
//! Nothing here touches a disk: files come through a [`Files`], so the same checks serve the macro (mistakes become
//! compile errors), the development server and tests.
//!
//! ```
//! use chatui_template::{Files, prepare};
//!
//! struct One;
//! impl Files for One {
//!     fn read(&self, _path: &str) -> std::io::Result<String> {
//!         Ok("<!doctype html><head><title>Hi</title></head><p>Hi".into())
//!     }
//!     fn list(&self, _folder: &str) -> Vec<String> {
//!         vec!["hi.html".into()]
//!     }
//! }
//!
//! let document = prepare("hi.html", &One).unwrap();
//! assert_eq!(document.before, "<!doctype html><head>");
//! assert_eq!(document.after, "<title>Hi</title></head><p>Hi");
//! ```

mod files;
mod nearest;
mod origin;
mod place;

pub use files::{Disk, Files};
pub use nearest::{nearest, shortened};
pub use origin::check_origin;
use std::fmt;

/// A checked template, cut where the bridge goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What stands in front of the bridge: all up to and including the `<head>` tag.
    pub before: String,
    /// What stands behind it.
    pub after: String,
}

/// Why a template cannot be served; its [`Display`](fmt::Display) says what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(String);

impl Problem {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Problem(message.into())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Problem {}

/// Reads the template at `path`, a path relative to the crate with `/` between folders, and finds the bridge's place in it.
///
/// # Errors
///
/// A file that is not there, with the nearest names that are; a path that leaves the crate; a file that is not UTF-8 or
/// holds no HTML document.
pub fn prepare(path: &str, files: &dyn Files) -> Result<Document, Problem> {
    files::check_path(path)?;
    let html = files.read(path).map_err(|error| files::explain(path, &error, files))?;
    place::cut(&html).map_err(|why| Problem::new(format!("`{path}` {why}")))
}

/// The same for a document that is already at hand.
///
/// # Errors
///
/// A text that holds no HTML document.
pub fn prepare_html(html: &str) -> Result<Document, Problem> {
    place::cut(html).map_err(|why| Problem::new(format!("the template {why}")))
}
