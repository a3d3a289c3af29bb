//! Who comes to the MCP endpoint, and what they read: how a person sees that ChatGPT has arrived.

use super::Dev;
use crate::{check::MARK, site::ENDPOINT};
use axum::http::{Method, Request, header};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// A client asks several things in a row; what they come to is said once it is quiet.
const QUIET: Duration = Duration::from_millis(400);

/// So many clients are told apart. Names come from outside, and could be endless.
const KNOWN: usize = 32;

/// So much of a name is shown.
const NAME: usize = 48;

#[derive(Default)]
pub(super) struct Clients(Mutex<Known>);

#[derive(Default)]
struct Known {
    all: Vec<Client>,
    /// Before 2026-07-28 a client says its name once, and from then on only its program's.
    names: BTreeMap<String, Who>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Who {
    name: String,
    version: String,
}

struct Client {
    who: Who,
    ever: Done,
    /// Since something was said about it.
    lately: Done,
    visits: u64,
}

#[derive(Default, Clone)]
struct Done {
    tools: Option<usize>,
    widgets: BTreeSet<String>,
    calls: usize,
    /// The tool that was called last.
    called: Option<String>,
}

/// A client as the page shows it.
#[derive(Serialize)]
pub(super) struct Shown {
    name: String,
    version: String,
    did: String,
}

impl Clients {
    /// All that have come, the latest first.
    pub(super) fn all(&self) -> Vec<Shown> {
        let shown = |Client { who: Who { name, version }, ever, .. }: &Client| Shown {
            name: name.clone(),
            version: version.clone(),
            did: ever.in_words(),
        };
        self.known().all.iter().rev().map(shown).collect()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One request, as far as it says something of its sender.
pub(super) struct Visit {
    agent: String,
    messages: Vec<Heard>,
}

/// What of a message is looked at.
#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow, default)]
    params: Params<'a>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Params<'a> {
    #[serde(borrow)]
    name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    uri: Option<Cow<'a, str>>,
    #[serde(borrow)]
    client_info: Option<Info<'a>>,
    #[serde(borrow, rename = "_meta")]
    meta: Option<Meta<'a>>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow, rename = "io.modelcontextprotocol/clientInfo")]
    client_info: Option<Info<'a>>,
}

#[derive(Deserialize)]
struct Info<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    version: Cow<'a, str>,
}

struct Heard {
    who: Option<Who>,
    what: What,
}

enum What {
    ListedTools,
    Read(String),
    Called(String),
    Else,
}

/// What a request says of its sender; None where it is the page itself, which the person sees anyway, or nothing for MCP.
pub(super) fn visit(request: &Request<Bytes>) -> Option<Visit> {
    let named = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    if request.uri().path() != ENDPOINT || request.method() != Method::POST || named("sec-fetch-site") == Some("same-origin") {
        return None;
    }
    let one = serde_json::from_slice::<Message<'_>>(request.body()).map(|message| vec![message]);
    // Only 2025-03-26 has several at once.
    let messages = one.or_else(|_| serde_json::from_slice::<Vec<Message<'_>>>(request.body())).ok()?;
    let agent = named(header::USER_AGENT.as_str()).unwrap_or_default().to_owned();
    Some(Visit { agent, messages: messages.into_iter().map(heard).collect() })
}

fn heard(Message { method, params }: Message<'_>) -> Heard {
    let Params { name, uri, client_info, meta } = params;
    let info = client_info.or(meta.and_then(|meta| meta.client_info));
    let what = match (&*method, name, uri) {
        ("tools/list", ..) => What::ListedTools,
        ("tools/call", Some(name), _) => What::Called(printable(&name)),
        ("resources/read", _, Some(uri)) => What::Read(uri.into_owned()),
        _ => What::Else,
    };
    Heard { who: info.map(|Info { name, version }| Who { name: printable(&name), version: printable(&version) }), what }
}

/// It goes to a terminal, where some characters are orders.
fn printable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(NAME).collect()
}

/// `check` gives itself out for the hosts that it checks for; nobody shall think that they have come.
fn check() -> Who {
    Who { name: "chatui check".into(), version: env!("CARGO_PKG_VERSION").into() }
}

/// By the first word of its `User-Agent`.
fn by_agent(agent: &str) -> Who {
    let product = agent.split_whitespace().next().unwrap_or("a client without a name");
    let (name, version) = product.split_once('/').unwrap_or((product, ""));
    Who { name: printable(name), version: printable(version) }
}

/// Notes what a client has done, and says so, here and on the page.
pub(super) fn note(dev: &Arc<Dev>, Visit { agent, messages }: Visit) {
    let table = &dev.server.table;
    for Heard { who, what } in messages {
        let done = match what {
            What::ListedTools => Done { tools: Some(table.tools().len()), ..Done::default() },
            What::Called(name) => Done { calls: 1, called: Some(name), ..Done::default() },
            What::Read(uri) => {
                Done { widgets: table.page(&uri).map(|page| page.name().to_owned()).into_iter().collect(), ..Done::default() }
            }
            What::Else => Done::default(),
        };
        let (who, visits) = dev.clients.known().add(&agent, who, done);
        let later = dev.clone();
        tokio::spawn(async move {
            tokio::time::sleep(QUIET).await;
            let news = later.clients.known().news(&who, visits);
            if let Some(news) = news {
                eprintln!("{} {news}", who.name);
            }
        });
    }
    dev.live.tell("clients", &dev.clients.all());
}

impl Known {
    /// Who it was, and how often it has come.
    fn add(&mut self, agent: &str, who: Option<Who>, done: Done) -> (Who, u64) {
        let who = if agent.ends_with(MARK) { Some(check()) } else { who };
        if let Some(who) = &who
            && self.names.len() < KNOWN
        {
            self.names.insert(agent.to_owned(), who.clone());
        }
        let who = who.or_else(|| self.names.get(agent).cloned()).unwrap_or_else(|| by_agent(agent));
        let known = self.all.iter().position(|client| client.who == who).map(|at| self.all.remove(at));
        let mut client = known.unwrap_or_else(|| Client { who: who.clone(), ever: Done::default(), lately: Done::default(), visits: 0 });
        client.ever.add(done.clone());
        client.lately.add(done);
        client.visits += 1;
        let visits = client.visits;
        self.all.push(client);
        if self.all.len() > KNOWN {
            self.all.remove(0);
        }
        (who, visits)
    }

    /// What it has done lately, unless it has come again meanwhile.
    fn news(&mut self, who: &Who, visits: u64) -> Option<String> {
        let client = self.all.iter_mut().find(|client| client.who == *who && client.visits == visits)?;
        Some(std::mem::take(&mut client.lately).in_words())
    }
}

impl Done {
    fn add(&mut self, more: Done) {
        self.tools = more.tools.or(self.tools);
        self.widgets.extend(more.widgets);
        self.calls += more.calls;
        self.called = more.called.or(self.called.take());
    }

    fn in_words(&self) -> String {
        let several = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let tools = self.tools.map(|count| several(count, "tool"));
        let widgets = (!self.widgets.is_empty()).then(|| several(self.widgets.len(), "widget"));
        let read: Vec<String> = tools.into_iter().chain(widgets).collect();
        let read = (!read.is_empty()).then(|| format!("read {}", read.join(" and ")));
        let called = self.called.as_ref().map(|last| match self.calls {
            1 => format!("called {last}"),
            count => format!("called tools {count} times, {last} last"),
        });
        let all: Vec<String> = read.into_iter().chain(called).collect();
        if all.is_empty() { "has connected".into() } else { all.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::{Clients, Done, Known, Visit, Who, by_agent, check, visit};
    use crate::check::{CHATGPT_AGENT, CLAUDE_AGENT};
    use axum::http::Request;

    fn request(agent: &str, body: &str) -> Option<Visit> {
        visit(&Request::post("/mcp").header("user-agent", agent).body(body.to_owned().into()).unwrap())
    }

    fn who(name: &str, version: &str) -> Who {
        Who { name: name.into(), version: version.into() }
    }

    fn read(widgets: &[&str]) -> Done {
        Done { tools: Some(3), widgets: widgets.iter().map(|name| (*name).to_owned()).collect(), ..Done::default() }
    }

    #[test]
    fn a_client_is_known_by_what_it_calls_itself() {
        let body = r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/clientInfo":{"name":"openai-mcp","version":"1.0.0"}}}}"#;
        let Visit { messages, .. } = request("Python/3", body).unwrap();
        assert_eq!(messages[0].who, Some(who("openai-mcp", "1.0.0")));
        assert_eq!(by_agent("openai-mcp/1.0.0 (ChatGPT)"), who("openai-mcp", "1.0.0"));
        assert_eq!(by_agent("").name, "a client without a name");
    }

    #[test]
    fn before_2026_07_28_the_name_is_said_once() {
        let hello = r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"clientInfo":{"name":"claude-ai","version":"0.1.0"}}}"#;
        let said = request("Claude-User", hello).unwrap().messages.remove(0).who;
        let mut known = Known::default();
        known.add("Claude-User", said, Done::default());
        assert_eq!(known.add("Claude-User", None, read(&[])).0, who("claude-ai", "0.1.0"));
        assert_eq!(known.all.len(), 1);
    }

    #[test]
    fn a_check_is_no_arrival_of_the_hosts_that_it_plays() {
        let mut known = Known::default();
        let hello = Some(who("openai-mcp", "1.0.0"));
        for agent in [CHATGPT_AGENT, CLAUDE_AGENT] {
            assert_eq!(known.add(agent, hello.clone(), Done::default()).0, check());
            assert_eq!(known.add(agent, None, read(&[])).0, check());
        }
        assert_eq!(known.all.len(), 1);
    }

    #[test]
    fn what_it_did_is_said_once_it_is_quiet() {
        let mut known = Known::default();
        let (first, visits) = known.add("openai-mcp/1.0.0", None, read(&[]));
        let (_, later) = known.add("openai-mcp/1.0.0", None, read(&["dashboard", "dashboard"]));
        assert_eq!(known.news(&first, visits), None);
        assert_eq!(known.news(&first, later).unwrap(), "read 3 tools and 1 widget");
        let call = |name: &str| Done { calls: 1, called: Some(name.into()), ..Done::default() };
        let (_, visits) = known.add("openai-mcp/1.0.0", None, call("show"));
        assert_eq!(known.news(&first, visits).unwrap(), "called show");
        let (_, visits) = known.add("openai-mcp/1.0.0", None, call("list"));
        assert_eq!(known.news(&first, visits).unwrap(), "called list");
        let all = Clients(known.into()).all();
        assert_eq!(all[0].did, "read 3 tools and 1 widget, called tools 2 times, list last");
    }

    #[test]
    fn no_name_gives_orders_to_the_terminal_and_none_is_endless() {
        let name = format!("\\u001b[2J{}", "x".repeat(500));
        let body = format!(r#"{{"method":"initialize","params":{{"clientInfo":{{"name":"{name}"}}}}}}"#);
        let said = request("", &body).unwrap().messages.remove(0).who.unwrap();
        assert!(said.name.starts_with("[2Jxx") && said.name.len() == super::NAME, "{said:?}");
        let mut known = Known::default();
        for at in 0..100 {
            known.add(&format!("client-{at}"), None, Done::default());
        }
        assert_eq!((known.all.len(), known.all.last().map(|client| client.who.name.as_str())), (super::KNOWN, Some("client-99")));
    }

    #[test]
    fn the_page_itself_is_no_arrival() {
        let body = r#"{"method":"tools/list"}"#;
        assert!(request("curl/8", body).is_some());
        let own = Request::post("/mcp").header("sec-fetch-site", "same-origin").body(body.to_owned().into()).unwrap();
        assert!(visit(&own).is_none());
        assert!(visit(&Request::get("/mcp").body(Default::default()).unwrap()).is_none());
    }
}
