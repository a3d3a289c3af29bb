//! What is right while developing and must not be shipped: builds without debug assertions refuse it.

use chatui_tests::process::root;
use std::{path::PathBuf, process::Command, time::SystemTime};

/// The library that this test is linked with, or one just like it.
fn library() -> PathBuf {
    let deps = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let files = deps.read_dir().unwrap().map(|file| file.unwrap());
    let built = files.filter(|file| {
        let name = file.file_name().into_string().unwrap();
        name.starts_with("libchatui-") && name.ends_with(".rlib")
    });
    built.max_by_key(|file| file.metadata().and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH)).unwrap().path()
}

/// Compiles `shipped/local.rs` and gives what the compiler says.
fn compile(debug_assertions: bool) -> (bool, String) {
    let library = library();
    let out = std::env::temp_dir().join(format!("chatui-shipped-{}-{debug_assertions}", std::process::id()));
    let output = Command::new("rustc")
        .args(["--edition", "2024", "--crate-type", "lib", "--crate-name", "local", "--emit", "metadata", "--color", "never"])
        .args(["-C", if debug_assertions { "debug-assertions=on" } else { "debug-assertions=off" }])
        .arg("--extern")
        .arg(format!("chatui={}", library.display()))
        .arg("-L")
        .arg(format!("dependency={}", library.parent().unwrap().display()))
        .arg("-o")
        .arg(&out)
        .arg("shipped/local.rs")
        .current_dir(root().join("tests"))
        .env("CARGO_MANIFEST_DIR", root().join("tests"))
        .env("CARGO_PKG_NAME", "local")
        .env("CARGO_PKG_VERSION", "0.1.0")
        .output()
        .unwrap();
    let _ = std::fs::remove_file(out);
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn an_address_of_this_machine_is_refused_in_what_is_shipped() {
    let (compiled, said) = compile(true);
    assert!(compiled, "{said}");
    let (compiled, said) = compile(false);
    assert!(!compiled);
    let errors: Vec<&str> = said.lines().filter(|line| line.starts_with("error: ")).collect();
    let wanted = [
        "html:1:48: the script of `http://localhost:5173` works only",
        "`http://localhost:5173` is this machine",
        "`https://early-bird.ngrok-free.app` is this machine",
        "html:1:45: the link to `http://localhost:5174` works only",
        "html:2:29: the address `https://late-owl.ngrok-free.app` works only",
    ];
    for wanted in wanted {
        assert!(errors.iter().any(|error| error.contains(wanted)), "{wanted}\n{said}");
    }
    assert!(said.contains("local.rs:5:") && !said.contains("local.rs:15:"), "{said}");
    // No more than these, and rustc's last line.
    assert_eq!(errors.iter().filter(|error| !error.contains("aborting")).count(), wanted.len(), "{said}");
}
