//! Examples as processes, started as a user starts them.

use std::{
    io::{BufRead, BufReader, Read},
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
    built(example, &["--bin", example])
}

/// The same for one of the small apps beside the tests.
///
/// # Panics
///
/// If it does not build.
pub fn build_beside(app: &str) -> PathBuf {
    built(app, &[])
}

fn built(name: &str, more: &[&str]) -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let build = Command::new(cargo)
        .args(["build", "--quiet", "--message-format=json"])
        // With the features that `cargo test --workspace` has: for one package alone, or without what examples may use, there would
        // be others, and all would be compiled once more.
        .args(["--workspace", "--examples"])
        .args(more)
        .current_dir(root())
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo starts");
    assert!(build.status.success(), "{name} builds");
    let messages = String::from_utf8(build.stdout).expect("cargo speaks UTF-8");
    let mut messages = messages.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let binary = messages.find_map(|message| (message["target"]["name"] == name).then_some(message["executable"].as_str()?.into()));
    binary.expect("cargo names the binary")
}

/// A server that ends with the test.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Kept open: a server that can't write its log would end.
    log: BufReader<ChildStderr>,
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
        Server::spawn(Command::new(binary).args(args))
    }

    /// The same for a command that has more to it, such as an environment.
    ///
    /// # Panics
    ///
    /// If it does not say within its first line where it listens.
    pub fn spawn(command: &mut Command) -> Self {
        let mut child = command.args(["--port", "0"]).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut log = BufReader::new(child.stderr.take().expect("stderr is piped"));
        let mut line = String::new();
        log.read_line(&mut line).expect("the server says where it listens");
        let url = line.split_whitespace().map(|word| word.trim_end_matches(',')).find(|word| word.starts_with("http://"));
        let url = url.unwrap_or_else(|| panic!("no address in {line:?}")).to_owned();
        Server { child, log, url }
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it, and gives what it has said since it told where it listens.
    ///
    /// # Panics
    ///
    /// If that is no text.
    pub fn stop(mut self) -> String {
        let _ = self.child.kill();
        let mut log = String::new();
        self.log.read_to_string(&mut log).expect("a log is text");
        log
    }

    /// Asks it to stop, as a supervisor does.
    ///
    /// # Panics
    ///
    /// If it can't be asked.
    #[cfg(unix)]
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.id().to_string()]).status().expect("kill starts");
        assert!(asked.success());
    }

    /// The same as [`wait`](Self::wait), with what it has written to its log.
    ///
    /// # Panics
    ///
    /// If the platform loses the process.
    pub fn wait_with_log(mut self) -> (Option<i32>, String) {
        let mut log = String::new();
        self.log.read_to_string(&mut log).expect("the log is text");
        (self.wait(), log)
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
