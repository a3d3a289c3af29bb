//! Reads a widget's HTML template, checks it, makes it self-contained and finds the place where chatui puts its bridge.
//!
//! Nothing here touches a disk: files come through a [`Files`], so the same checks serve the macro (mistakes become
//! compile errors), the development server and tests.
//!
//! ```
//! use chatui_template::{Files, Policy, prepare};
//! use std::io;
//!
//! struct Two;
//! impl Files for Two {
//!     fn read_bytes(&self, path: &str) -> io::Result<Vec<u8>> {
//!         match path {
//!             "hi.html" => Ok(b"<!doctype html><head><script src=hi.js></script></head><p>Hi".to_vec()),
//!             "hi.js" => Ok(b"chatui.say('hi')".to_vec()),
//!             _ => Err(io::ErrorKind::NotFound.into()),
//!         }
//!     }
//!     fn list(&self, _folder: &str) -> Vec<String> {
//!         vec!["hi.html".into(), "hi.js".into()]
//!     }
//! }
//!
//! let document = prepare("hi.html", &Two, &Policy::default()).unwrap();
//! assert_eq!(document.before, "<!doctype html><head>");
//! assert_eq!(document.after, "<script>chatui.say('hi')</script></head><p>Hi");
//! assert_eq!(document.files, ["hi.html", "hi.js"]);
//! ```

mod address;
mod assets;
mod css;
mod edits;
mod files;
mod html;
mod inline;
mod js;
mod local;
mod media;
mod nearest;
mod origin;
mod page;
mod policy;
mod problem;
mod report;
mod secret;
mod work;

pub use assets::{ASSETS, Asset};
pub use files::{Disk, Files};
pub use local::is_local;
pub use media::media_type;
pub use nearest::{nearest, shortened};
pub use origin::check_origin;
pub use policy::Policy;
pub use problem::{CODES, Finding, Level, Problem};
pub use secret::{Secret, find_secret};

/// A checked, self-contained template, cut where the bridge goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What stands in front of the bridge: all up to and including the `<head>` tag.
    pub before: String,
    /// What stands behind it.
    pub after: String,
    /// What is unwise about it, in order of place.
    pub findings: Vec<Finding>,
    /// Every file read for it, relative to the crate, the template first.
    pub files: Vec<String>,
    /// The files of the policy's `assets`, sorted.
    pub assets: Vec<Asset>,
    /// What changes with any of them, and stands behind each of their addresses as `?v=…`.
    pub version: String,
}

/// Reads the template at `path` and makes one self-contained document of it. The path is relative to the crate, with `/`
/// between folders, and names an HTML file or a folder with an `index.html`.
///
/// # Errors
///
/// Everything that would keep the template from being drawn or must not be published, in order of place: a file that is
/// not there, with the nearest names that are; a path that leaves the crate; what is not UTF-8 or no whole HTML document;
/// what is loaded from an origin that the policy does not allow; what can't be put into the document; a secret.
pub fn prepare(path: &str, files: &dyn Files, policy: &Policy<'_>) -> Result<Document, Vec<Problem>> {
    page::of_path(path, files, policy)
}

/// The same for a document that stands in the attribute itself; what it names is looked for from the crate's folder.
///
/// # Errors
///
/// Those of [`prepare`].
pub fn prepare_html(html: &str, files: &dyn Files, policy: &Policy<'_>) -> Result<Document, Vec<Problem>> {
    page::of_text(html, files, policy)
}

/// What is wrong and what is unwise about a document that somebody serves, whoever wrote it: the mistakes of
/// [`prepare_html`] and its findings, both in order of place. A file that it names is one that is not there.
///
/// ```
/// use chatui_template::{Policy, inspect};
///
/// let html = "<!doctype html><p>Hi<script src=\"https://cdn.example.com/x.js\"></script><script>alert(1)</script>";
/// let (problems, findings) = inspect(html, &Policy::default());
/// assert_eq!((problems[0].code, findings[0].code), ("origin", "dialog"));
/// ```
pub fn inspect(html: &str, policy: &Policy<'_>) -> (Vec<Problem>, Vec<Finding>) {
    page::inspect(html, policy)
}
