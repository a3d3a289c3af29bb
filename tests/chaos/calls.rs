//! Calls of every kind, and what is the right answer to each.

use crate::client::{Client, Reply, post};
use serde_json::Value;
use std::{
    io,
    time::{Duration, Instant},
};

/// How a call goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Well.
    Echo,
    /// The tool panics.
    Panics,
    /// The tool says no.
    Fails,
    /// The tool takes longer than it may.
    Late,
    /// The client goes away before the tool has answered.
    Cancelled,
    /// The answer is a stream.
    Speaks,
    /// There is no such tool.
    Unknown,
    /// It is not even JSON.
    Broken,
}

/// Of each as many as there are entries: mostly well.
const MIX: [Kind; 16] = [
    Kind::Echo,
    Kind::Panics,
    Kind::Echo,
    Kind::Fails,
    Kind::Speaks,
    Kind::Echo,
    Kind::Cancelled,
    Kind::Echo,
    Kind::Late,
    Kind::Echo,
    Kind::Fails,
    Kind::Unknown,
    Kind::Speaks,
    Kind::Echo,
    Kind::Broken,
    Kind::Panics,
];

impl Kind {
    /// That of the nth call.
    pub fn of(n: u64) -> Self {
        MIX[usize::try_from(n).unwrap_or(0) % MIX.len()]
    }

    fn tool(self) -> &'static str {
        match self {
            Kind::Echo | Kind::Broken => "echo",
            Kind::Panics => "panics",
            Kind::Fails => "fails",
            Kind::Late => "late",
            Kind::Cancelled => "endless",
            Kind::Speaks => "speaks",
            Kind::Unknown => "nobody",
        }
    }

    /// The number is also the id, so that no answer can be taken for another's.
    fn request(self, n: u64) -> String {
        let tool = self.tool();
        let meta = if self == Kind::Speaks { r#","_meta":{"progressToken":1}"# } else { "" };
        let end = if self == Kind::Broken { "" } else { "}" };
        post(&format!(
            r#"{{"jsonrpc":"2.0","id":{n},"method":"tools/call","params":{{"name":"{tool}","arguments":{{"n":{n}}}{meta}}}{end}"#
        ))
    }

    fn is_right(self, n: u64, reply: &Reply) -> bool {
        let events: Vec<&str> = reply.body.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
        let (said, last) = match events.split_last() {
            Some((last, said)) if reply.is_stream => (said.len(), *last),
            _ => (0, reply.body.as_str()),
        };
        let Ok(answer) = serde_json::from_str::<Value>(last) else { return false };
        let (result, code) = (&answer["result"], answer["error"]["code"].as_i64());
        let text = result["content"][0]["text"].as_str().unwrap_or_default();
        let failed = reply.status == 200 && answer["id"] == n && result["isError"] == true;
        let well = reply.status == 200 && answer["id"] == n && result["isError"] == false && result["structuredContent"]["n"] == n;
        match self {
            Kind::Echo => well && !reply.is_stream,
            Kind::Speaks => well && said == 3,
            Kind::Panics => failed && text.starts_with("internal error "),
            Kind::Fails => failed && text == format!("not {n} today"),
            Kind::Late => failed && text.starts_with("it took longer than 20 ms"),
            Kind::Unknown => reply.status == 200 && answer["id"] == n && code == Some(-32602),
            Kind::Broken => reply.status == 400 && code == Some(-32700),
            Kind::Cancelled => false,
        }
    }
}

/// What came of some calls.
#[derive(Debug, Default)]
pub struct Tally {
    /// How many had the right answer, or none because they went away.
    pub right: u64,
    /// The first of the others, in words.
    pub wrong: Vec<String>,
    /// How long those took that are to go well.
    pub times: Vec<Duration>,
}

impl Tally {
    /// Adds what another counted.
    pub fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.wrong.extend(other.wrong);
        self.times.extend(other.times);
    }

    fn note(&mut self, what: &str, outcome: io::Result<bool>) {
        match outcome {
            Ok(true) => self.right += 1,
            Ok(false) => self.wrong.push(format!("{what}: the answer is wrong")),
            Err(error) => self.wrong.push(format!("{what}: {error}")),
        }
    }

    /// Makes the nth call.
    pub async fn call(&mut self, client: &mut Client, n: u64) {
        let kind = Kind::of(n);
        let start = Instant::now();
        let outcome = match kind {
            Kind::Cancelled => cancel(client, n).await,
            _ => client.ask(&kind.request(n)).await.map(|reply| kind.is_right(n, &reply)),
        };
        if kind == Kind::Echo {
            self.times.push(start.elapsed());
        }
        self.note(&format!("{kind:?} {n}"), outcome);
    }

    /// Asks whether the server is well.
    pub async fn health(&mut self, client: &mut Client) {
        let start = Instant::now();
        let outcome = client.ask(crate::client::HEALTH).await.map(|reply| reply.status == 200 && reply.body == "ok\n");
        self.times.push(start.elapsed());
        self.note("health", outcome);
    }

    /// Holds a thread of the server's for a second.
    pub async fn block(&mut self, client: &mut Client, n: u64) {
        let request =
            post(&format!(r#"{{"jsonrpc":"2.0","id":{n},"method":"tools/call","params":{{"name":"blocks","arguments":{{"n":{n}}}}}}}"#));
        let outcome = client.ask(&request).await.map(|reply| Kind::Echo.is_right(n, &reply));
        self.note(&format!("blocks {n}"), outcome);
    }
}

/// Goes away while the tool works: on a connection of its own, since that is how one goes away.
async fn cancel(client: &Client, n: u64) -> io::Result<bool> {
    let mut other = client.another();
    other.send(&Kind::Cancelled.request(n)).await?;
    tokio::time::sleep(Duration::from_millis(n % 7)).await;
    Ok(true)
}
