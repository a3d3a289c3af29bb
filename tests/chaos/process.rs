//! The server as a process, and what can be seen of it.

use crate::client::{Client, post};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A server, until this is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens, as `host:port`.
    pub address: String,
}

/// What is inside of it, and how large it is.
#[derive(Debug, Clone, Copy)]
pub struct Inside {
    /// Tasks of its runtime; one of them serves whoever asks.
    pub tasks: u64,
    /// Calls in the middle of their work.
    pub open: u64,
    /// Resident memory in KB; 0 where the platform does not tell.
    pub resident: u64,
}

impl Server {
    /// Starts it; in a hurry it waits a second for what it else waits longer for.
    ///
    /// # Panics
    ///
    /// If it does not start.
    pub fn start(binary: &Path, hurry: bool) -> Self {
        let mut command = Command::new(binary);
        command.args(["serve", "--port", "0"]).env("RUST_BACKTRACE", "0").env("RUST_LOG", "warn").stderr(Stdio::piped());
        if hurry {
            command.env("CHAOS_HURRY", "1");
        }
        let mut child = command.spawn().unwrap_or_else(|error| panic!("{} starts: {error}", binary.display()));
        let mut log = BufReader::new(child.stderr.take().expect("stderr is piped")).lines();
        let first = log.next().expect("it says where it listens").expect("its log is text");
        let address =
            first.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_else(|| panic!("no address in {first:?}"));
        let address = address.to_owned();
        // A panic is a line, and a server that can't write its log stands still.
        thread::spawn(move || log.for_each(drop));
        Server { child, address }
    }

    /// What is inside.
    ///
    /// # Panics
    ///
    /// If it does not say.
    pub async fn inside(&self) -> Inside {
        let message = r#"{"jsonrpc":"2.0","id":0,"method":"tools/call","params":{"name":"inside"}}"#;
        let reply = Client::new(&self.address).ask(&post(message)).await.expect("it answers");
        let answer: Value = serde_json::from_str(&reply.body).expect("it answers in JSON");
        let number = |key: &str| answer["result"]["structuredContent"][key].as_u64().unwrap_or_else(|| panic!("{answer}"));
        Inside { tasks: number("tasks"), open: number("open"), resident: self.resident() }
    }

    /// The same once nothing is left of what was there; or when that can't be hoped for any more.
    ///
    /// # Panics
    ///
    /// If it does not say.
    pub async fn settled(&self, tasks: u64) -> Inside {
        let start = Instant::now();
        loop {
            let inside = self.inside().await;
            if (inside.tasks <= tasks && inside.open == 0) || start.elapsed() > Duration::from_secs(20) {
                return inside;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    fn resident(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    }

    /// Asks it to stop, and gives its exit code.
    ///
    /// # Panics
    ///
    /// If it can't be asked.
    pub fn stop(mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill starts");
        assert!(asked.success());
        self.child.wait().expect("the process is ours").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
