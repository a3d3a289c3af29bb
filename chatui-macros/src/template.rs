//! Finds a widget's template on the disk and has it checked.

use crate::model::{Place, Template};
use chatui_template::{Disk, Document, Files, Policy, prepare, prepare_html};
use std::path::{Path, PathBuf};
use syn::LitStr;

/// # Errors
///
/// All that is wrong with it, each on the text that names it.
pub(crate) fn load(literal: &LitStr, policy: &Policy<'_>) -> Result<Template, Vec<syn::Error>> {
    let path = literal.value();
    let root = root(&path);
    let files = Disk::new(&root);
    let document = prepare(&path, &files, policy).map_err(|problems| on(literal, problems))?;
    let place = Place { root: root.display().to_string(), path };
    Ok(whole(document, Some(place), &files, policy, literal))
}

/// A template that stands in the attribute itself.
pub(crate) fn inline(literal: &LitStr, policy: &Policy<'_>) -> Result<Template, Vec<syn::Error>> {
    let files = Disk::new(root(""));
    let document = prepare_html(&literal.value(), &files, policy).map_err(|problems| on(literal, problems))?;
    Ok(whole(document, None, &files, policy, literal))
}

fn whole(document: Document, place: Option<Place>, disk: &Disk, policy: &Policy<'_>, literal: &LitStr) -> Template {
    let absolute = |file: &String| disk.locate(file).display().to_string();
    let files = document.files.iter().map(absolute).collect();
    let assets = policy.assets.map(|_| document.assets.iter().map(|asset| (asset.path.clone(), absolute(&asset.file))).collect());
    Template { document: Some(document), place, files, assets, span: literal.span() }
}

fn on(literal: &LitStr, problems: Vec<chatui_template::Problem>) -> Vec<syn::Error> {
    problems.into_iter().map(|problem| syn::Error::new(literal.span(), problem)).collect()
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
    let has_it = all.iter().find(|root| !path.is_empty() && root.join(path).exists());
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    // For the message: the first folder that holds something to suggest.
    let has_near = || all.iter().find(|root| !Disk::new(*root).list(folder).is_empty() && !folder.is_empty());
    has_it.or_else(has_near).or(all.first()).cloned().unwrap_or_default()
}
