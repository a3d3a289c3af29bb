//! What `submission` writes, refuses and keeps.

use chatui_tests::process::{build_beside, root};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::LazyLock,
};

static APP: LazyLock<PathBuf> = LazyLock::new(|| build_beside("contract-app"));

/// What the author says outside of the code.
const SAID: [(&str, &str); 4] = [
    ("PUBLIC_URL", "https://walks.example.com"),
    ("WIDGET_DOMAIN", "https://widgets.example.com"),
    ("CARGO_PKG_DESCRIPTION", "Remembers walks."),
    ("CARGO_PKG_LICENSE", "MIT"),
];

fn submission(folder: &Path, args: &[&str], said: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let mut command = Command::new(&*APP);
    let cargo = std::env::vars_os().filter(|(name, _)| name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_")));
    for (name, _) in cargo {
        command.env_remove(name);
    }
    let command = command.args(["submission", "--out", "out"]).args(args).current_dir(folder).envs(said.iter().copied());
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn folder(name: &str) -> PathBuf {
    let folder = root().join("target/tests/submission").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn read(folder: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.join("out").join(name)).unwrap()).unwrap()
}

const FILES: [&str; 3] = ["plugin.json", "mcp.json", "chatgpt-app-submission.json"];

#[test]
fn what_the_app_says_is_written() {
    let folder = folder("written");
    let (code, out, err) = submission(&folder, &[], &SAID);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for file in FILES {
        assert!(out.contains(&format!("out/{file} is written\n")), "{out}");
    }
    let plugin = json!({
        "$schema": "https://agent-plugins.org/schemas/1.0.0/plugin.schema.json",
        "name": "chatui-tests",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Remembers walks.",
        "license": "MIT",
        "extensions": { "com.openai": { "interface": {
            "displayName": "Chatui tests",
            "longDescription": "Remembers walks.",
            "defaultPrompt": ["Forget my walk", "Walk two steps", "Delete the last walk"],
        } } },
    });
    assert_eq!(read(&folder, "plugin.json"), plugin);
    let server = json!({ "type": "streamable-http", "url": "https://walks.example.com/mcp" });
    assert_eq!(read(&folder, "mcp.json")["mcpServers"], json!({ "chatui-tests": server }));
    let form = read(&folder, "chatgpt-app-submission.json");
    let hints = json!({ "readOnlyHint": false, "openWorldHint": true, "destructiveHint": true });
    assert_eq!(form["tools"]["forget"]["annotations"], hints);
    assert_eq!(form["tools"]["forget"]["justifications"]["destructive_justification"], "Can delete, overwrite or send for good.");
    assert_eq!(form["tools"].as_object().unwrap().len(), 4);
    assert_eq!(["test_cases", "negative_test_cases"].map(|key| form[key].as_array().unwrap().len()), [5, 3]);
    let case = &form["test_cases"][1];
    assert_eq!((&case["user_prompt"], &case["tools_triggered"]), (&json!("Walk two steps"), &json!("walk")));
    assert_eq!(case["expected_output"], "walk is called and its answer drawn by the widget Walk.");
    assert_eq!(form["negative_test_cases"][0]["user_prompt"], "Drive me home");
}

#[test]
fn what_only_the_author_knows_is_said_and_not_invented() {
    let folder = folder("left");
    let (_, out, _) = submission(&folder, &[], &SAID);
    for left in ["shortDescription: what it does, in at most 30", "a privacy policy", "/app_info/category: one of BUSINESS", "a video"] {
        assert!(out.contains(left), "{left}: {out}");
    }
    for looked_at in [
        "forget: Changes data. Reaches beyond",
        "widget walk: drawn under https://widgets.example.com, loads from https://tiles.example.com",
    ] {
        assert!(out.contains(looked_at), "{looked_at}: {out}");
    }
    let all = FILES.map(|name| read(&folder, name).to_string()).concat().to_lowercase();
    assert!(!all.contains("privacy") && !all.contains("todo") && !all.contains("example.org"), "{all}");
    // What has been filled in is not asked for again.
    let mut plugin = read(&folder, "plugin.json");
    plugin["extensions"]["com.openai"]["interface"]["shortDescription"] = "Walks".into();
    fs::write(folder.join("out/plugin.json"), plugin.to_string()).unwrap();
    let (code, out, _) = submission(&folder, &["--json"], &SAID);
    let told: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &told["written"], told["unchanged"].as_array().unwrap().len()), (Some(0), &json!(["out/plugin.json"]), 2));
    assert!(!told["fillIn"].to_string().contains("shortDescription:") && told["fillIn"].to_string().contains("developerName:"));
    assert_eq!(read(&folder, "plugin.json")["extensions"]["com.openai"]["interface"]["shortDescription"], "Walks");
}

#[test]
fn what_is_missing_is_said_at_once() {
    let folder = folder("missing");
    let (code, out, err) = submission(&folder, &[], &[("CARGO_PKG_DESCRIPTION", "")]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.starts_with("error: the app is not ready to be submitted:\n- "), "{err}");
    for missing in
        ["no public address; say it with `--public-url", "no domain of their own", "write `description = \"…\"` below `[package]`"]
    {
        assert!(err.contains(missing), "{missing}: {err}");
    }
    assert!(!folder.join("out").exists());
    let (_, _, err) = submission(&folder, &[], &SAID[..2]);
    assert!(err.contains("it was not started by cargo; run this by `cargo run`") && !err.contains("write `description"), "{err}");
    // A machine of one's own is no public address.
    let (code, _, err) = submission(&folder, &["--public-url", "http://localhost:8080"], &SAID[1..]);
    assert!(code == Some(1) && err.lines().count() == 2 && err.contains("no public address"), "{err}");
    let (code, _, err) = submission(&folder, &["--public-url", "https://walks.example.com"], &SAID[1..]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
}

#[test]
fn too_few_prompts_are_said_with_their_number() {
    let app = chatui_tests::process::build("hello");
    let Output { status, stderr, .. } = Command::new(app).args(["submission", "--out", "unused"]).output().unwrap();
    let err = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(1));
    for missing in [
        "- 5 test prompts are wanted, and there are 0; write what users say into `examples = [\"…\"]` in `#[tool]`\n",
        "- 3 negative test prompts are wanted, and there are 0; write what users say into `#[chatui::app(not_for = [\"…\"])]`\n",
    ] {
        assert!(err.contains(missing), "{err}");
    }
    assert!(!err.contains("domain"), "without widgets none is wanted: {err}");
}

#[test]
fn what_was_written_by_hand_is_kept() {
    let folder = folder("kept");
    submission(&folder, &[], &SAID);
    let mut form = read(&folder, "chatgpt-app-submission.json");
    form["app_info"]["subtitle"] = "Walks".into();
    form["tools"]["forget"]["justifications"]["destructive_justification"] = "A walk that is forgotten can't be had again.".into();
    form["test_cases"][0]["expected_output"] = "The list without the walk.".into();
    let by_hand = form.clone();
    fs::write(folder.join("out/chatgpt-app-submission.json"), form.to_string()).unwrap();
    let (code, _, err) = submission(&folder, &[], &SAID);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(read(&folder, "chatgpt-app-submission.json"), by_hand);

    // What contradicts the app is not overwritten unasked, in none of the files.
    form["tools"]["gone"] = json!({});
    form["tools"]["forget"]["annotations"]["destructiveHint"] = false.into();
    form["test_cases"][1]["user_prompt"] = "Walk ten steps".into();
    fs::write(folder.join("out/chatgpt-app-submission.json"), form.to_string()).unwrap();
    fs::write(folder.join("out/plugin.json"), json!({ "version": "9.9.9" }).to_string()).unwrap();
    let (code, out, err) = submission(&folder, &[], &SAID);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    let expected = "\
error: the app says something else than what stands here:
- plugin.json/version
- chatgpt-app-submission.json/tools/gone
- chatgpt-app-submission.json/tools/forget/justifications
- chatgpt-app-submission.json/tools/forget/annotations/destructiveHint
- chatgpt-app-submission.json/test_cases
nothing is written; `--force` puts there what the app says, and keeps all else
";
    assert_eq!(err, expected);
    assert_eq!(read(&folder, "plugin.json"), json!({ "version": "9.9.9" }));

    let (code, _, err) = submission(&folder, &["--force"], &SAID);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    let forced = read(&folder, "chatgpt-app-submission.json");
    assert_eq!((&forced["app_info"]["subtitle"], forced["tools"].get("gone")), (&json!("Walks"), None));
    // Said about another hint, it is said anew.
    assert_eq!(forced["tools"]["forget"]["justifications"]["destructive_justification"], "Can delete, overwrite or send for good.");
    // A prompt that is still there keeps what was said about it.
    assert_eq!(forced["test_cases"][0]["expected_output"], "The list without the walk.");
    assert_eq!(read(&folder, "plugin.json")["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn files_that_cannot_be_used_are_said() {
    let folder = folder("unusable");
    fs::create_dir_all(folder.join("out")).unwrap();
    fs::write(folder.join("out/mcp.json"), "{").unwrap();
    let (code, _, err) = submission(&folder, &[], &SAID);
    assert!(code == Some(1) && err.contains("out/mcp.json is no JSON: ") && err.contains("; mend it, or delete it"), "{err}");
    fs::remove_dir_all(folder.join("out")).unwrap();
    fs::write(folder.join("out"), "").unwrap();
    let (code, _, err) = submission(&folder, &[], &SAID);
    assert!(code == Some(1) && err.contains("can't read out/plugin.json"), "{err}");
}
