//! What comes back for good and bad values. `calls.txt` is read as it stands: a line `tool arguments`, and under it what the
//! model gets; `UPDATE=1` writes the answers anew.

use super::{NAMES, call_raw};
use std::{collections::BTreeSet, fs, path::Path};

#[test]
fn calls_are_answered_as_they_were() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("zoo/calls.txt");
    let known = fs::read_to_string(&file).unwrap();
    let mut text = String::new();
    let (mut taken, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for line in known.lines() {
        if line.is_empty() || line.starts_with('#') {
            text += &format!("{line}\n");
        } else if let (Some((tool, arguments)), false) = (line.split_once(' '), line.starts_with(' ')) {
            let answer = match call_raw(tool, arguments) {
                Ok(value) => {
                    taken.insert(tool);
                    value.to_string()
                }
                Err(told) => {
                    refused.insert(tool);
                    told
                }
            };
            text += &format!("{line}\n    {}\n", answer.replace('\n', "\n    "));
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &text).unwrap();
    } else {
        assert_eq!(known, text, "look at what changed, then run with UPDATE=1");
    }
    for name in NAMES {
        assert!(taken.contains(name), "{name}: no good value in calls.txt");
        // Null is all that a unit takes, and anything is a value.
        assert!(refused.contains(name) || matches!(*name, "value"), "{name}: no bad value in calls.txt");
    }
}
