//! What comes back for good and bad values. `calls.txt` is read as it stands: a line `tool arguments`, and under it what the
//! model gets; `UPDATE=1` writes the answers anew.

use super::{NAMES, call_raw};
use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    time::{Duration, Instant},
};

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

#[test]
fn a_very_wrong_call_is_answered_soon_and_in_short() {
    let began = Instant::now();
    let many = |member: &str| format!("{{{}}}", (0..200_000).map(|n| member.replace('#', &n.to_string())).collect::<Vec<_>>().join(","));
    let (letters, deep) = ("x".repeat(2_000_000), format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)));
    for (tool, arguments) in [
        ("stop", many(r#""a#":1"#)),
        ("stop", format!(r#"{{"{letters}":1}}"#)),
        ("stop", format!(r#"{{"it":{}}}"#, many(r#""a#":1"#))),
        ("stop", format!(r#"{{"it":"{letters}"}}"#)),
        ("stop", format!(r#"{{"it":{{"{letters}":1}}}}"#)),
        ("plain", format!(r#"{{"it":"{letters}"}}"#)),
        ("vec", format!(r#"{{"it":[{}"a"]}}"#, "1,".repeat(500_000))),
        ("u128", format!(r#"{{"it":{deep}}}"#)),
        ("times", format!(r#"{{"it":{deep}}}"#)),
        ("untagged", format!(r#"{{"it":[{}]}}"#, format!("[{}1],", "1,".repeat(1_000)).repeat(400) + "1")),
        ("constrained", format!(r#"{{"it":{deep}}}"#)),
        ("collections", format!(r#"{{"it":{{"set":[{}"a"]}}}}"#, "\"b\",".repeat(500_000))),
    ] {
        let told = call_raw(tool, &arguments).unwrap_err();
        let deep = told == "wrong arguments: they are nested deeper than 128 levels; send flatter ones";
        assert!(deep || told.starts_with("wrong arguments:\n- `"), "{told:.200}");
        assert!(told.len() < 8_000, "{} bytes: {told:.200}", told.len());
    }
    assert!(began.elapsed() < Duration::from_secs(60), "{:?}", began.elapsed());
}
