//! What a server takes, sends and waits for, at most.

use crate::{Error, paging::Paging};
use std::{ops::RangeInclusive, time::Duration};

/// The levels of JSON that serde_json reads.
const READABLE: usize = 128;

/// What a server takes, sends and waits for, at most. Given by [`App::limits`](crate::App::limits); an app that says nothing has
/// the defaults.
///
/// | limit | default | who goes beyond it |
/// |---|---|---|
/// | [`body`](Self::body) | 4 MiB | gets 413 |
/// | [`depth`](Self::depth) | 128 levels | gets a tool error that says so |
/// | [`arguments`](Self::arguments) | 1 MiB | gets a tool error that says so |
/// | [`answer`](Self::answer) | 4 MiB | the model reads that it is to ask for less; for a resource it is an error of the protocol |
/// | [`timeout`](Self::timeout) | 55 s | the call is ended, and the model reads why |
/// | [`user_timeout`](Self::user_timeout) | 1 h | has to make the call again from its start |
/// | [`calls`](Self::calls) | 512 | waits in the queue |
/// | [`queue`](Self::queue) | 512 | gets 503 with `Retry-After` |
/// | [`queue_timeout`](Self::queue_timeout) | 10 s | gets 503 with `Retry-After` |
/// | [`streams`](Self::streams) | 256 | is answered whole: nothing is told of the progress |
/// | [`subscriptions`](Self::subscriptions) | 1,024 | gets 503 with `Retry-After` |
/// | [`page`](Self::page) | off | reads the next page |
/// | [`rate`](Self::rate) | off | gets 429 with `Retry-After` |
/// | [`connections`](Self::connections) | 4,096 | waits until another connection ends |
/// | [`headers`](Self::headers) | 100 | gets 431 |
/// | [`header_size`](Self::header_size) | 64 KiB | gets 431 |
/// | [`header_timeout`](Self::header_timeout) | 10 s | is disconnected |
/// | [`body_timeout`](Self::body_timeout) | 30 s | gets 408 |
/// | [`idle_timeout`](Self::idle_timeout) | 75 s | is disconnected |
/// | [`write_timeout`](Self::write_timeout) | 30 s | is disconnected, and its call is dropped |
/// | [`shutdown`](Self::shutdown) | 30 s | is cut off |
///
/// `/health`, the pages for people and the files of widgets are never queued and never counted.
///
/// The first six and `page` are the road's own and hold through every door: on a socket, over stdio, on a Worker. The others are about
/// connections, and about one process that serves all: they hold for the native server, `calls` and `subscriptions` over stdio too.
/// A batch, which revision 2025-03-26 of MCP has, holds at most 100 messages; they are answered one after another. In front of a Worker Cloudflare does
/// that, and its rate limiting knows all of the isolates, where one isolate knows itself alone. [`Server::handle`] used
/// directly has no clock, so that there is no `timeout`.
///
/// [`Server::handle`]: crate::Server::handle
///
/// ```
/// use chatui::{App, Limits};
/// use std::time::Duration;
///
/// let limits = Limits::default().body(64 * 1024).calls(50).rate(60, Duration::from_secs(60));
/// let app = App::new().limits(limits);
/// ```
///
/// A limit that would let nothing through does not start:
///
/// ```standalone_crate
/// # use chatui::{App, Limits, tool};
/// # /// Says hello.
/// # #[tool(read_only)]
/// # fn hello() -> String { "hello".into() }
/// let mistakes = App::new().limits(Limits::default().calls(0)).build().err().unwrap();
/// assert!(mistakes.iter().eq(["the limit `calls` is 0; give it 1 to 1000000"]));
/// ```
#[derive(Debug, Clone, Copy)]
#[cfg_attr(target_family = "wasm", allow(dead_code, reason = "connections are the platform's"))]
pub struct Limits {
    pub(crate) body: usize,
    pub(crate) depth: usize,
    pub(crate) arguments: usize,
    pub(crate) answer: usize,
    /// In milliseconds, as a tool has its own.
    pub(crate) timeout_ms: Option<u64>,
    pub(crate) user_timeout: Duration,
    pub(crate) calls: usize,
    pub(crate) queue: usize,
    pub(crate) queue_timeout: Duration,
    pub(crate) streams: usize,
    pub(crate) subscriptions: usize,
    pub(crate) page: Option<Paging>,
    pub(crate) rate: Option<(u32, Duration)>,
    pub(crate) connections: usize,
    pub(crate) headers: usize,
    pub(crate) header_size: usize,
    pub(crate) header_timeout: Duration,
    pub(crate) body_timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) write_timeout: Duration,
    pub(crate) shutdown: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body: 4 << 20,
            depth: READABLE,
            arguments: 1 << 20,
            answer: 4 << 20,
            // ChatGPT, Claude and Codex were seen to give up after 60 s; what ends before says why.
            timeout_ms: Some(55_000),
            user_timeout: Duration::from_secs(3600),
            calls: 512,
            queue: 512,
            queue_timeout: Duration::from_secs(10),
            streams: 256,
            subscriptions: 1024,
            page: None,
            rate: None,
            connections: 4096,
            headers: 100,
            header_size: 64 << 10,
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            // Load balancers keep a connection for 60 s, and are to be the ones that close it.
            idle_timeout: Duration::from_secs(75),
            write_timeout: Duration::from_secs(30),
            shutdown: Duration::from_secs(30),
        }
    }
}

impl Limits {
    /// The largest request that is read, in bytes.
    pub fn body(mut self, bytes: usize) -> Self {
        self.body = bytes;
        self
    }

    /// How deep the arguments of a call may be nested, they themselves being the first level. More than 128 can't be read.
    pub fn depth(mut self, levels: usize) -> Self {
        self.depth = levels;
        self
    }

    /// The largest arguments that a tool is called with, in bytes of JSON.
    pub fn arguments(mut self, bytes: usize) -> Self {
        self.arguments = bytes;
        self
    }

    /// The largest result of a call or of reading a resource that is sent, in bytes of JSON, with everything in it. Claude reads
    /// 150,000 characters of a result, Claude Code 25,000 tokens; this is the end of what is sent at all.
    pub fn answer(mut self, bytes: usize) -> Self {
        self.answer = bytes;
        self
    }

    /// How long a tool may take that has no `timeout` of its own, and a resource. `None`: as long as it likes.
    ///
    /// What is too late is dropped at its next `.await`. A `blocking` tool can't be stopped: it keeps its thread, and its
    /// result is thrown away.
    pub fn timeout(mut self, time: impl Into<Option<Duration>>) -> Self {
        self.timeout_ms = time.into().map(|time| time.as_millis().try_into().unwrap_or(u64::MAX));
        self
    }

    /// How long the answers to a question are taken that a tool has asked ([`Context::ask`](crate::Context::ask)), from when it was
    /// asked: what a client carries until then expires, by the clock of the machine. Over stdio, where a call of an older revision
    /// waits itself, there is no such end.
    pub fn user_timeout(mut self, time: Duration) -> Self {
        self.user_timeout = time;
        self
    }

    /// How many requests to the MCP endpoint are answered at the same time.
    pub fn calls(mut self, count: usize) -> Self {
        self.calls = count;
        self
    }

    /// How many requests wait while [`calls`](Self::calls) others are being answered. 0: none.
    pub fn queue(mut self, count: usize) -> Self {
        self.queue = count;
        self
    }

    /// How long each of them waits.
    pub fn queue_timeout(mut self, time: Duration) -> Self {
        self.queue_timeout = time;
        self
    }

    /// How many calls at once are followed by a stream of events. 0: none.
    pub fn streams(mut self, count: usize) -> Self {
        self.streams = count;
        self
    }

    /// How many clients at once listen to what a [`Handle`](crate::Handle) announces. They take none of the places of
    /// [`calls`](Self::calls), and no time is set for how long they listen. 0: none.
    pub fn subscriptions(mut self, count: usize) -> Self {
        self.subscriptions = count;
        self
    }

    /// How many entries of `tools/list`, `resources/list`, `resources/templates/list` and `prompts/list` go on one page. By default
    /// there is one page with all of them, which every client reads; some never ask for a second.
    pub fn page(mut self, entries: usize) -> Self {
        self.page = Some(Paging::of(entries));
        self
    }

    /// How many requests one subject may send within a time: all of them at once, or spread over it. Off unless it is given.
    ///
    /// A subject is the one that the token names where the app has auth, and else the address that the request comes from, of
    /// IPv6 the network (its first 64 bits). A hosted client calls for all of its users from few addresses. 32,768 subjects are
    /// remembered; beyond that, who has been quiet for longest starts anew.
    pub fn rate(mut self, requests: u32, per: Duration) -> Self {
        self.rate = Some((requests, per));
        self
    }

    /// How many connections are open at once. What they send and is not answered yet is in memory: [`body`](Self::body) for
    /// each, at worst.
    pub fn connections(mut self, count: usize) -> Self {
        self.connections = count;
        self
    }

    /// How many headers a request has.
    pub fn headers(mut self, count: usize) -> Self {
        self.headers = count;
        self
    }

    /// How large they and the request's first line are together, in bytes.
    pub fn header_size(mut self, bytes: usize) -> Self {
        self.header_size = bytes;
        self
    }

    /// How long they take to arrive, from their first byte; and how long a new connection may say nothing.
    pub fn header_timeout(mut self, time: Duration) -> Self {
        self.header_timeout = time;
        self
    }

    /// How long a body takes to arrive.
    pub fn body_timeout(mut self, time: Duration) -> Self {
        self.body_timeout = time;
        self
    }

    /// How long a connection is kept after an answer.
    pub fn idle_timeout(mut self, time: Duration) -> Self {
        self.idle_timeout = time;
        self
    }

    /// How long a reader takes nothing of what is there for it.
    pub fn write_timeout(mut self, time: Duration) -> Self {
        self.write_timeout = time;
        self
    }

    /// How long running calls have to end after the process was asked to stop. Meanwhile nobody can connect, idle connections are
    /// closed, and a request on another one gets 503.
    pub fn shutdown(mut self, time: Duration) -> Self {
        self.shutdown = time;
        self
    }

    /// What can't be meant: a sentence each.
    pub(crate) fn wrong(&self) -> Vec<String> {
        const COUNT: RangeInclusive<usize> = 1..=1_000_000;
        const BYTES: RangeInclusive<usize> = 1..=1 << 30;
        let numbers = [
            ("body", self.body, BYTES),
            ("depth", self.depth, 1..=READABLE),
            ("arguments", self.arguments, BYTES),
            ("answer", self.answer, BYTES),
            ("calls", self.calls, COUNT),
            ("queue", self.queue, 0..=1_000_000),
            ("streams", self.streams, 0..=1_000_000),
            ("subscriptions", self.subscriptions, 0..=1_000_000),
            ("page", self.page.map_or(1, |paging| paging.size), COUNT),
            ("rate", self.rate.map_or(1, |(requests, _)| requests as usize), COUNT),
            ("connections", self.connections, COUNT),
            ("headers", self.headers, 1..=10_000),
            ("header_size", self.header_size, 1..=1 << 20),
        ];
        let times = [
            ("timeout", self.timeout_ms.map(Duration::from_millis)),
            ("user_timeout", Some(self.user_timeout)),
            ("queue_timeout", Some(self.queue_timeout)),
            ("rate", self.rate.map(|(_, per)| per)),
            ("header_timeout", Some(self.header_timeout)),
            ("body_timeout", Some(self.body_timeout)),
            ("idle_timeout", Some(self.idle_timeout)),
            ("write_timeout", Some(self.write_timeout)),
            ("shutdown", Some(self.shutdown)),
        ];
        let numbers = numbers.into_iter().filter(|(_, given, range)| !range.contains(given));
        let numbers =
            numbers.map(|(name, given, range)| format!("the limit `{name}` is {given}; give it {} to {}", range.start(), range.end()));
        let day = Duration::from_secs(86_400);
        let times = times.into_iter().filter_map(|(name, given)| Some((name, given?)));
        let times = times
            .filter(|(_, given)| given.as_millis() == 0 || *given > day)
            .map(|(name, given)| format!("the limit `{name}` is {given:?}; give it 1 ms to a day"));
        numbers.chain(times).collect()
    }

    /// Whether a tool is called with these arguments.
    pub(crate) fn take(&self, arguments: &str) -> Result<(), Error> {
        if arguments.len() > self.arguments {
            return Err(Error::tell(over("arguments have", arguments.len(), "takes", self.arguments, "send")));
        }
        if is_deeper(arguments.as_bytes(), self.depth) {
            return Err(Error::tell(format!("wrong arguments: they are nested deeper than {} levels; send flatter ones", self.depth)));
        }
        Ok(())
    }

    /// What is said instead of an answer of this size, if it is not sent.
    pub(crate) fn hold(&self, answer: usize) -> Option<String> {
        (answer > self.answer).then(|| over("answer has", answer, "sends", self.answer, "ask for"))
    }

    /// The same before it is written, of so many bytes that it will have in any case.
    pub(crate) fn hold_back(&self, least: usize) -> Option<String> {
        (least > self.answer).then(|| over("answer has at least", least, "sends", self.answer, "ask for"))
    }
}

fn over(what: &str, bytes: usize, does: &str, most: usize, to_do: &str) -> String {
    format!("the {what} {bytes} bytes and this server {does} at most {most}; {to_do} less")
}

/// Whether JSON is nested deeper than so many levels.
fn is_deeper(json: &[u8], levels: usize) -> bool {
    let opens = |byte: &u8| matches!(byte, b'[' | b'{');
    // Nearly all has fewer brackets than it may have levels, and they are counted faster than strings are told apart.
    if json.iter().filter(|byte| opens(byte)).count() <= levels {
        return false;
    }
    let (mut depth, mut within, mut escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = within,
            b'"' => within = !within,
            _ if within => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > levels {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Limits, READABLE, is_deeper};
    use std::time::Duration;

    #[test]
    fn the_defaults_are_right() {
        assert_eq!(Limits::default().wrong(), [""; 0]);
        assert_eq!(Limits::default().timeout(None).queue(0).streams(0).wrong(), [""; 0]);
    }

    #[test]
    fn what_cannot_be_meant_is_said_all_at_once() {
        let limits = Limits::default().body(0).depth(129).idle_timeout(Duration::ZERO).shutdown(Duration::MAX).rate(0, Duration::ZERO);
        assert_eq!(
            limits.wrong(),
            [
                "the limit `body` is 0; give it 1 to 1073741824",
                "the limit `depth` is 129; give it 1 to 128",
                "the limit `rate` is 0; give it 1 to 1000000",
                "the limit `rate` is 0ns; give it 1 ms to a day",
                "the limit `idle_timeout` is 0ns; give it 1 ms to a day",
                "the limit `shutdown` is 18446744073709551615.999999999s; give it 1 ms to a day",
            ]
        );
    }

    #[test]
    fn brackets_in_strings_are_no_levels() {
        assert!(is_deeper(b"[[[]]]", 2));
        assert!(!is_deeper(b"[[[]]]", 3));
        assert!(!is_deeper(br#"[["[[[[\"[[[["],["\\"],[[]]]"#, 3));
        assert!(is_deeper(br#"[["\\",[["]]"]]]"#, 3));
        assert!(!is_deeper("{}".repeat(1000).as_bytes(), 1));
    }

    /// What is not refused for its depth can be read.
    #[test]
    fn the_deepest_that_is_taken_is_the_deepest_that_is_read() {
        // The arguments themselves are a level that serde_json does not see with the value of one of them.
        let value = |levels: usize| format!("{}{}", "[".repeat(levels - 1), "]".repeat(levels - 1));
        let arguments = |levels: usize| format!("{{\"a\":{}}}", value(levels));
        assert!(Limits::default().take(&arguments(READABLE)).is_ok());
        assert!(serde_json::from_str::<serde_json::Value>(&value(READABLE)).is_ok());
        assert!(Limits::default().take(&arguments(READABLE + 1)).is_err());
        assert!(serde_json::from_str::<serde_json::Value>(&value(READABLE + 1)).is_err());
    }
}
