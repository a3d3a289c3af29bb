//! Examples as processes, started as a user starts them.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Stdio},
};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Builds an example's native server and says where it is.
///
/// # Panics
///
/// If it does not build.
pub fn build(example: &str) -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let build = Command::new(cargo)
        .args(["build", "--quiet", "--message-format=json", "--package", example, "--bin", example])
        .current_dir(root())
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo starts");
    assert!(build.status.success(), "{example} builds");
    let messages = String::from_utf8(build.stdout).expect("cargo speaks UTF-8");
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let binary = messages.filter_map(|message| Some(message["executable"].as_str()?.into())).next_back();
    binary.expect("cargo names the binary")
}

/// A server that ends with the test.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Kept open: a server that can't write its log would end.
    _log: BufReader<ChildStderr>,
    /// The address of its MCP endpoint.
    pub url: String,
}

impl Server {
    /// Starts a binary with these arguments on a free port.
    ///
    /// # Panics
    ///
    /// If it does not say within its first line where it listens.
    pub fn start(binary: &Path, args: &[&str]) -> Self {
        let mut child = Command::new(binary).args(args).args(["--port", "0"]).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut log = BufReader::new(child.stderr.take().expect("stderr is piped"));
        let mut line = String::new();
        log.read_line(&mut line).expect("the server says where it listens");
        let url = line.split_whitespace().map(|word| word.trim_end_matches(',')).find(|word| word.starts_with("http://"));
        let url = url.unwrap_or_else(|| panic!("no address in {line:?}")).to_owned();
        Server { child, _log: log, url }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for its end and gives its exit code, if it had one.
    ///
    /// # Panics
    ///
    /// If the platform loses the process.
    pub fn wait(mut self) -> Option<i32> {
        self.child.wait().expect("the process is ours").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
