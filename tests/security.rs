//! The table of threats names tests that exist.

use chatui_tests::process::root;
use std::fs;

/// The last cell of each row: ``[`tests/web.rs`](…) `a_test` ``, and more of them behind commas.
#[test]
fn every_test_that_the_threat_model_names_is_there() {
    let guide = fs::read_to_string(root().join("docs/guides/SECURITY.md")).unwrap();
    let rows: Vec<&str> = guide.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Threat")).collect();
    assert!(rows.len() > 20, "the table was read: {}", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [threat, answer, shown] = cells.as_slice() else { panic!("three cells: {row}") };
        assert!(!threat.is_empty() && !answer.is_empty(), "{row}");
        let mut file = None;
        let mut tests = 0;
        for name in shown.split('`').skip(1).step_by(2) {
            if name.contains('/') {
                file = fs::read_to_string(root().join(name)).map_err(|error| wrong.push(format!("{name}: {error}"))).ok();
                continue;
            }
            tests += 1;
            // A function in Rust, a title in JavaScript.
            let there = |text: &String| text.contains(&format!("fn {name}(")) || text.contains(&format!("test('{name}'"));
            if !file.as_ref().is_some_and(there) {
                wrong.push(format!("no test `{name}`: {row}"));
            }
        }
        if tests == 0 {
            wrong.push(format!("no test is named: {row}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
