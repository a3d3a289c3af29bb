//! What `types` writes: for the zoo, and for widgets whose types are hard to name. `types/*.test.mjs` has them compiled.

use chatui_tests::process::{build_beside, root};
use std::{fs, process::Command};

#[test]
fn types_are_as_they_were() {
    let out = root().join("target/tests/written");
    let _ = fs::remove_dir_all(&out);
    for app in ["types-zoo", "types-widgets"] {
        let status = Command::new(build_beside(app)).arg("types").arg("--out").arg(&out).status().unwrap();
        assert!(status.success(), "{app}");
    }
    let mut changed = Vec::new();
    for name in ["zoo", "map-card", "widget"] {
        let text = fs::read_to_string(out.join(name).with_extension("d.ts")).unwrap();
        let file = root().join("tests/types").join(name).with_extension("d.ts");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, text).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != text {
            changed.push(format!("{}:\n{text}", file.display()));
        }
    }
    assert!(changed.is_empty(), "changed; look at each, then run with UPDATE=1:\n{}", changed.join("\n"));
}
