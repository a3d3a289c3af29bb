//! No `unsafe` anywhere: the workspace forbids it, and every package takes the workspace's lints.

use chatui_tests::process::root;
use std::{
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_package_forbids_unsafe_code() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(section(&workspace, "[workspace.lints.rust]").any(|line| line == "unsafe_code = \"forbid\""));
    let mut manifests = Vec::new();
    find(&root(), &mut manifests);
    let open: Vec<&PathBuf> = manifests.iter().filter(|manifest| !is_closed(manifest)).collect();
    assert!(manifests.len() > 10, "the packages were found: {manifests:?}");
    assert!(open.is_empty(), "write `[lints]` and `workspace = true` into {open:?}");
}

fn is_closed(manifest: &Path) -> bool {
    let text = fs::read_to_string(manifest).unwrap();
    section(&text, "[lints]").any(|line| line == "workspace = true")
}

/// The lines of a table.
fn section<'a>(manifest: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    manifest.lines().map(str::trim).skip_while(move |line| *line != name).skip(1).take_while(|line| !line.starts_with('['))
}

/// The manifests of packages, but for projects of their own: `template`, which is its user's, and `fuzz`, where libFuzzer calls
/// a function by its name.
fn find(folder: &Path, manifests: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let own = ["target", "template", "fuzz", "node_modules", "build"].contains(&name) || name.starts_with('.');
        if path.is_dir() && !own {
            find(&path, manifests);
        } else if name == "Cargo.toml" && fs::read_to_string(&path).unwrap().contains("[package]") {
            manifests.push(path);
        }
    }
}
