//! Finds a widget's template on the disk and has it checked.

use crate::model::{Place, Template};
use chatui_template::{Disk, Files, prepare, prepare_html};
use std::path::{Path, PathBuf};
use syn::LitStr;

pub(crate) fn load(literal: &LitStr) -> syn::Result<Template> {
    let path = literal.value();
    let root = root(&path);
    let files = Disk::new(&root);
    let document = prepare(&path, &files).map_err(|problem| syn::Error::new(literal.span(), problem))?;
    let file = files.locate(&path).display().to_string();
    let place = Place { root: root.display().to_string(), path, file };
    Ok(Template { before: document.before, after: document.after, place: Some(place) })
}

/// A template that stands in the attribute itself.
pub(crate) fn inline(html: &LitStr) -> syn::Result<Template> {
    let document = prepare_html(&html.value()).map_err(|problem| syn::Error::new(html.span(), problem))?;
    Ok(Template { before: document.before, after: document.after, place: None })
}

/// The folder that the path starts from: the crate's, or one above the source file, for tools that compile a source
/// file under a manifest somewhere else (trybuild does).
fn root(path: &str) -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    // Outside of a compiler, as in this crate's own tests, there is no source.
    let source = proc_macro::is_available().then(|| proc_macro::Span::call_site().local_file()).flatten();
    let source = source.and_then(|file| file.canonicalize().ok());
    let mut inside = true;
    // No further than its package: what lies above would be missing from the published one.
    let above = source.iter().flat_map(|file| file.ancestors().skip(1)).take_while(|folder| {
        let within = inside;
        inside = !folder.join("Cargo.toml").is_file();
        within
    });
    let above = above.map(Path::to_path_buf);
    let all: Vec<PathBuf> = manifest.into_iter().chain(above).collect();
    let has_file = all.iter().find(|root| root.join(path).is_file());
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    // For the message: the first folder that holds something to suggest.
    let has_near = || all.iter().find(|root| !Disk::new(*root).list(folder).is_empty() && !folder.is_empty());
    has_file.or_else(has_near).or(all.first()).cloned().unwrap_or_default()
}
