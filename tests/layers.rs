//! The files of `chatui` are one road: each uses only what stands below it in the list of `lib.rs`.

use chatui_tests::process::root;
use std::{fs, path::Path};

#[test]
fn a_file_uses_only_what_stands_below_it() {
    let src = root().join("chatui/src");
    let lib = fs::read_to_string(src.join("lib.rs")).unwrap();
    let order: Vec<&str> = lib.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')).collect();
    assert!(order.len() > 20, "the list was read: {order:?}");
    let mut upwards = Vec::new();
    for (at, module) in order.iter().enumerate() {
        let text = files(&src, module);
        let used = |other: &&&str| uses(&text, other);
        upwards.extend(order[..at].iter().filter(used).map(|other| format!("{module} uses {other}")));
    }
    assert!(upwards.is_empty(), "{upwards:#?}");
}

/// A module's code, without its tests.
fn files(src: &Path, module: &str) -> String {
    let folder = fs::read_dir(src.join(module)).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| path.is_file());
    let files = std::iter::once(src.join(module).with_extension("rs")).chain(folder);
    let code = files.map(|file| fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())));
    code.map(|code| code.split("#[cfg(test)]").next().unwrap_or_default().to_owned()).collect()
}

/// `crate::other` or `crate::{…, other::…}`.
fn uses(code: &str, other: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_');
    let path = format!("crate::{other}");
    let direct = code.match_indices(&path).any(|(at, _)| ends(&code[at + path.len()..]));
    let grouped = code.split("use crate::{").skip(1).filter_map(|rest| rest.split("};").next());
    let named = |group: &str| group.lines().any(|line| line.trim_start().strip_prefix(other).is_some_and(|rest| rest.starts_with("::")));
    let inline = |group: &str| {
        group.split(',').any(|name| name.trim().strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with("::")))
    };
    direct || grouped.into_iter().any(|group| named(group) || inline(group))
}
