//! The contract of an app, compared with one that is committed: what is found, what it means, what the commands say.

#[path = "contract/rows.rs"]
mod rows;

use chatui_tests::process::{build_beside, root};
use rows::rows;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::LazyLock,
};

static APP: LazyLock<PathBuf> = LazyLock::new(|| build_beside("contract-app"));

fn run(args: &[&str], folder: &Path) -> (Option<i32>, String, String) {
    let mut command = Command::new(&*APP);
    // As it is started without cargo; what is around a test says where that test is.
    let command = command.args(args).current_dir(folder).env_remove("CARGO_MANIFEST_DIR").env_remove("NO_COLOR");
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = root().join("target/tests/contract").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder.canonicalize().unwrap()
}

/// The contract as the app is now.
fn committed(folder: &Path) -> Value {
    let (code, out, err) = run(&["contract", "--update"], folder);
    assert_eq!(
        (code, out.as_str()),
        (Some(0), "chatui.lock.json is written: 4 tools, 1 widget, 1 resource, 1 prompt; commit it\n"),
        "{err}"
    );
    serde_json::from_slice(&fs::read(folder.join("chatui.lock.json")).unwrap()).unwrap()
}

/// Sets or removes what is at a JSON Pointer.
fn set(whole: &mut Value, pointer: &str, value: Option<Value>) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/");
    let parent = whole.pointer_mut(parent).and_then(Value::as_object_mut).unwrap_or_else(|| panic!("nothing at {parent}"));
    match value {
        Some(value) => drop(parent.insert(key, value)),
        None => assert!(parent.remove(&key).is_some(), "nothing at {pointer}"),
    }
}

#[test]
fn every_kind_of_change_is_found_and_explained() {
    let folder = folder("changes");
    let now = committed(&folder);
    for (what, older, expected) in rows() {
        let mut before = now.clone();
        older.into_iter().for_each(|(pointer, value)| set(&mut before, pointer, value));
        fs::write(folder.join("before.json"), before.to_string()).unwrap();
        let (code, out, err) = run(&["contract", "--file", "before.json", "--json"], &folder);
        let report: Value = serde_json::from_str(&out).unwrap_or_else(|_| panic!("{what}: {out}{err}"));
        let changes = report["changes"].as_array().unwrap().iter();
        let found: Vec<[&str; 3]> =
            changes.clone().map(|change| ["path", "change", "level"].map(|key| change[key].as_str().unwrap())).collect();
        assert_eq!(found, expected.iter().map(|(path, change, level)| [*path, *change, *level]).collect::<Vec<_>>(), "{what}");
        assert!(changes.clone().all(|change| change["meaning"].as_str().is_some_and(|meaning| meaning.len() > 10)), "{what}: {out}");
        assert_eq!((report["changed"] == true, code), (!expected.is_empty(), Some(i32::from(!expected.is_empty()))), "{what}");
        for change in changes {
            let pointer = change["path"].as_str().unwrap();
            let then = before.pointer(pointer).cloned().unwrap_or_default();
            assert!(change["before"] == then || change["change"] == "required" || change["change"] == "optional", "{what}: {change}");
        }
    }
}

#[test]
fn the_highest_level_is_that_of_the_whole() {
    let folder = folder("levels");
    let mut before = committed(&folder);
    set(&mut before, "/instructions", None);
    set(&mut before, "/tools/forget/annotations/openWorldHint", Some(json!(false)));
    fs::write(folder.join("chatui.lock.json"), before.to_string()).unwrap();
    let (_, out, _) = run(&["contract", "--json"], &folder);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&report["level"], &report["file"]), (&json!("resubmit"), &json!("chatui.lock.json")));
}

#[test]
fn a_person_reads_the_worst_first_and_what_to_do() {
    let folder = folder("text");
    let mut before = committed(&folder);
    set(&mut before, "/tools/walk/inputSchema/properties/steps/maximum", Some(json!(12)));
    set(&mut before, "/tools/walk/description", Some(json!("Use this when the user wants to stand still, and not at all otherwise.")));
    set(&mut before, "/tools/forget", None);
    fs::write(folder.join("chatui.lock.json"), before.to_string()).unwrap();
    let (code, out, _) = run(&["contract"], &folder);
    let expected = "\
the app is not what chatui.lock.json says, in 3 places:

breaking, for whoever still holds the old contract
  tools/walk/inputSchema/properties/steps/maximum was 12, is 9
      calls that were right by the old schema are refused

refresh the connector, and submit a published app again
  tools/forget is new
      connected hosts see it once they are refreshed; a review tries every tool

refresh the connector
  tools/walk/description was …n the user wants to stand still, and not at all otherwise.\", is \"Use this when the user wants to walk.\"
      hosts show, and models read, what the list had when it was last read

where that is as it should be, `cargo run -- contract --update` writes the file anew; commit it
";
    assert_eq!((code, out.as_str()), (Some(1), expected));
}

#[test]
fn update_writes_once_and_the_same_everywhere() {
    let folder = folder("update");
    committed(&folder);
    let file = folder.join("chatui.lock.json");
    let first = fs::read_to_string(&file).unwrap();
    assert!(first.ends_with("}\n") && !first.contains("0.1.0"), "no version, which changes with every release:\n{first}");
    let saved = || fs::metadata(&file).unwrap().modified().unwrap();
    let before = saved();
    let said = "chatui.lock.json is as it should be: 4 tools, 1 widget, 1 resource, 1 prompt\n";
    assert_eq!(run(&["contract", "--update"], &folder), (Some(0), said.into(), String::new()));
    assert_eq!((run(&["contract"], &folder).1.as_str(), saved()), (said, before), "what is as it should be stays untouched");
    let (code, out, _) = run(&["contract", "--update", "--json"], &folder);
    assert_eq!((code, serde_json::from_str(&out).unwrap()), (Some(0), json!({ "file": "chatui.lock.json", "written": false })));
    // Where it is served is no part of it.
    let served = Command::new(&*APP)
        .args(["contract", "--update", "--file", "served.json"])
        .envs([("PUBLIC_URL", "https://a.example"), ("WIDGET_DOMAIN", "https://w.example"), ("WORKER_DOMAIN_BASE", "https://c.example")])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(served.status.success());
    assert_eq!(fs::read_to_string(folder.join("served.json")).unwrap(), first);
    // Beside Cargo.toml, where cargo says which.
    let beside = folder.join("package");
    fs::create_dir(&beside).unwrap();
    let status = Command::new(&*APP).args(["contract", "--update"]).env("CARGO_MANIFEST_DIR", &beside).output().unwrap().status;
    assert!(status.success());
    assert_eq!(fs::read_to_string(beside.join("chatui.lock.json")).unwrap(), first);
}

#[test]
fn a_file_that_cannot_be_read_is_said() {
    let folder = folder("damaged");
    let (code, out, err) = run(&["contract"], &folder);
    let missing = "error: there is no chatui.lock.json; write it with `cargo run -- contract --update`, and commit it\n";
    assert_eq!((code, out.as_str(), err.as_str()), (Some(1), "", missing));
    for (text, why) in [
        ("<<<<<<< HEAD\n{}", "chatui.lock.json is damaged: expected value at line 1 column 1; take it from version control again"),
        (r#"{ "format": 9, "tools": {} }"#, "chatui.lock.json is of format 9, and this version of chatui reads 1; "),
        (r#"{ "format": 1 }"#, "chatui.lock.json is damaged: it is JSON, but not what `contract` writes; "),
    ] {
        fs::write(folder.join("chatui.lock.json"), text).unwrap();
        let (code, out, err) = run(&["contract", "--json"], &folder);
        assert!(code == Some(1) && out.is_empty() && err.contains(why), "{out}{err}");
    }
    let (code, _, err) = run(&["contract", "--update", "--file", "no/such/folder.json"], &folder);
    assert!(code == Some(1) && err.contains("can't write no/such/folder.json: ") && err.contains("`--file`"), "{err}");
    let (code, _, err) = run(&["contract", "--updaet"], &folder);
    assert!(code == Some(2) && err.contains("did you mean `--update`?"), "{err}");
}

#[test]
fn a_file_of_another_name_is_named_in_the_advice_and_only_replaced_where_it_is_a_contract() {
    let folder = folder("named");
    let advice = |file: &str, args: &[&str]| {
        let (_, out, err) = run(args, &folder);
        assert!(out.contains(file) || err.contains(file), "{out}{err}");
    };
    advice("there is no a.json; write it with `cargo run -- contract --update --file a.json`, ", &["contract", "--file", "a.json"]);
    advice("`cargo run -- contract --update --file \"a b.json\"`, ", &["contract", "--file", "a b.json"]);
    let mut lock = committed(&folder);
    set(&mut lock, "/instructions", None);
    fs::write(folder.join("a.json"), lock.to_string()).unwrap();
    advice("`cargo run -- contract --update --file a.json` writes the file anew", &["contract", "--file", "a.json"]);

    let update = |file: &str| run(&["contract", "--update", "--file", file], &folder);
    let written = |file: &str| format!("{file} is written: 4 tools, 1 widget, 1 resource, 1 prompt; commit it\n");
    fs::write(folder.join("empty.json"), "\n").unwrap();
    fs::write(folder.join("newer.json"), r#"{ "format": 9, "tools": {} }"#).unwrap();
    fs::write(folder.join("chatui.lock.json"), "<<<<<<< HEAD").unwrap();
    for file in ["a.json", "empty.json", "newer.json", "chatui.lock.json"] {
        assert_eq!(update(file), (Some(0), written(file), String::new()));
    }
    for other in ["[package]\nname = \"a\"\n", r#"{ "name": "a", "format": "b" }"#] {
        fs::write(folder.join("other"), other).unwrap();
        let why = "error: other is something else than what `contract` writes; name another file with `--file`, or remove it\n";
        assert_eq!(update("other"), (Some(1), String::new(), why.into()));
        assert_eq!(run(&["contract", "--file", "other"], &folder), (Some(1), String::new(), why.into()));
        assert_eq!(fs::read_to_string(folder.join("other")).unwrap(), other);
    }
}

#[test]
fn a_test_fails_with_what_the_command_says() {
    let folder = folder("assert");
    let beside = |what: &str| {
        let output = Command::new(&*APP).arg(what).env("CARGO_MANIFEST_DIR", &folder).current_dir(&folder).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let (passes, err) = beside("assert");
    assert!(!passes && err.contains("there is no chatui.lock.json; write it with"), "{err}");
    let mut lock = committed(&folder);
    for what in ["assert", "assert-within-a-runtime", "assert-this-app"] {
        assert_eq!(beside(what), (true, String::new()), "{what}");
    }
    let (passes, err) = beside("assert-another-app");
    assert!(!passes && err.contains("\n  instructions is gone\n      hosts read them"), "{err}");
    let (passes, err) = beside("assert-no-app");
    assert!(!passes && err.contains("the app can't start: no database"), "{err}");

    set(&mut lock, "/tools/walk/description", Some(json!("Walks.")));
    fs::write(folder.join("chatui.lock.json"), lock.to_string()).unwrap();
    let (_, told, _) = run(&["contract"], &folder);
    for what in ["assert", "assert-within-a-runtime", "assert-this-app"] {
        let (passes, err) = beside(what);
        assert!(!passes && err.contains(&told) && err.contains("contract/app.rs:"), "{what}: {err}");
    }
}
