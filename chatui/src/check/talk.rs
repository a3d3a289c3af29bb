//! A conversation with one server: the requests of both eras, and what came back on each.

use super::{
    ask::{self, Asker, Failure},
    facts::shown,
};
use crate::{
    revision::{self, Era},
    secrets,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use serde_json::{Value, json};
use std::time::Duration;

/// In the `User-Agent` of every request: servers see that it is not the host itself.
pub(crate) const MARK: &str = "(chatui check)";

/// How ChatGPT and Claude call themselves, with [`MARK`]; servers tell them apart by it, where one key has two forms.
pub(crate) const CHATGPT_AGENT: &str = "openai-mcp/1.0.0 (chatui check)";
pub(crate) const CLAUDE_AGENT: &str = "Claude-User (chatui check)";

/// One request and its answer.
#[derive(Debug, Clone)]
pub(super) struct Exchange {
    /// Which question it was; rules look for it by this.
    pub(super) what: &'static str,
    /// The same for people: `POST /mcp tools/list (2025-11-25)`.
    pub(super) asked: String,
    /// The id that was sent; null where there was none.
    pub(super) id: Value,
    /// Whether the token went along.
    pub(super) signed: bool,
    /// 0 where nothing came back.
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
    /// The JSON-RPC answer; null where there is none.
    pub(super) message: Value,
    pub(super) took: Duration,
    pub(super) failure: Option<Failure>,
}

impl Exchange {
    pub(super) fn result(&self) -> &Value {
        &self.message["result"]
    }

    pub(super) fn error_code(&self) -> Option<i64> {
        self.message["error"]["code"].as_i64()
    }

    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(super) fn streams(&self) -> bool {
        ask::is_stream(&self.headers)
    }

    pub(super) fn is_modern(&self) -> bool {
        self.asked.contains(newest())
    }

    /// The answer in a few words: `404, "Not found"`.
    pub(super) fn shown(&self) -> String {
        let says = match (&self.failure, self.error_code()) {
            (Some(failure), _) => return failure.says.clone(),
            (None, Some(code)) => format!("{code}, {}", self.message["error"]["message"].as_str().unwrap_or_default()),
            (None, None) => self.body.split_whitespace().collect::<Vec<_>>().join(" "),
        };
        let short: String = says.chars().take(100).collect();
        let more = if short.len() < says.len() { "…" } else { "" };
        if short.is_empty() { self.status.to_string() } else { format!("{}, \"{short}{more}\"", self.status) }
    }
}

/// The revision without a handshake.
pub(super) fn newest() -> &'static str {
    revision::names(Era::Modern).next().unwrap_or_default()
}

/// The newest revision with a handshake.
pub(super) fn shaken() -> &'static str {
    revision::names(Era::Legacy).next().unwrap_or_default()
}

/// Tells somebody who waits what is being asked.
pub(super) type Progress<'a> = &'a (dyn Fn(&str) + Sync);

pub(super) struct Talk<'a> {
    asker: Asker,
    pub(super) url: String,
    pub(super) agent: &'static str,
    /// The `Authorization` of what is sent to the endpoint, and to nobody else.
    pub(super) token: Option<HeaderValue>,
    session: Option<String>,
    version: Option<String>,
    next: u64,
    pub(super) exchanges: Vec<Exchange>,
    /// How long it may still be waited for a server that is asked too often.
    patience: Duration,
    /// Why nothing is asked any more.
    pub(super) cut_off: Option<String>,
    progress: Progress<'a>,
}

/// Whoever checks waits so long in all for a server that wants to be asked less often.
const PATIENCE: Duration = Duration::from_secs(60);

impl<'a> Talk<'a> {
    pub(super) fn new(asker: Asker, url: String, progress: Progress<'a>) -> Self {
        let (exchanges, patience) = (Vec::new(), PATIENCE);
        let (token, session, version, cut_off) = (None, None, None, None);
        Talk { asker, url, agent: CHATGPT_AGENT, token, session, version, next: 0, exchanges, patience, cut_off, progress }
    }

    /// What the handshake agreed on goes along from here.
    pub(super) fn agreed(&mut self, hello: &Exchange) {
        self.version = hello.result()["protocolVersion"].as_str().map(str::to_owned);
        self.session = Some(hello.header("mcp-session-id").to_owned()).filter(|session| !session.is_empty());
    }

    pub(super) async fn ask(&mut self, what: &'static str, method: &str, params: Value, era: Era) -> Exchange {
        let (request, asked) = self.request(method, params, era);
        self.post_message(what, asked, request).await
    }

    /// A request that is not quite as it should be.
    pub(super) async fn ask_otherwise(
        &mut self,
        what: &'static str,
        method: &str,
        params: Value,
        era: Era,
        change: impl FnOnce(&mut Request<Value>),
    ) -> Exchange {
        let (mut request, asked) = self.request(method, params, era);
        change(&mut request);
        self.post_message(what, format!("{asked}, {}", what.trim_start_matches("modern ")), request).await
    }

    /// A request, and what it is called.
    fn request(&mut self, method: &str, params: Value, era: Era) -> (Request<Value>, String) {
        self.next += 1;
        // A string: servers that take ids for numbers answer under another.
        let id = Value::from(format!("check-{}", self.next));
        let mut request = Request::new(json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let revision = match era {
            Era::Legacy => self.legacy(&mut request),
            Era::Modern => modern(&mut request, method),
        };
        let params = &request.body()["params"];
        let of = params["uri"].as_str().or_else(|| params["name"].as_str()).map_or(String::new(), |of| format!(" `{of}`"));
        let asked = format!("POST {method}{of} ({revision})");
        (request, asked)
    }

    async fn post_message(&mut self, what: &'static str, asked: String, request: Request<Value>) -> Exchange {
        let id = request.body()["id"].clone();
        let request = request.map(|body| Bytes::from(body.to_string()));
        self.send(what, asked, id, Method::POST, request).await
    }

    fn legacy(&self, request: &mut Request<Value>) -> String {
        for (name, value) in [("mcp-session-id", &self.session), ("mcp-protocol-version", &self.version)] {
            if let Some(value) = value {
                put(request.headers_mut(), name, value);
            }
        }
        self.version.clone().unwrap_or_else(|| shaken().to_owned())
    }

    /// Ends the sessions that were opened, as a client does that leaves.
    pub(super) async fn leave(&mut self) {
        let mut sessions: Vec<String> = Vec::new();
        for exchange in &self.exchanges {
            let session = exchange.header("mcp-session-id").to_owned();
            if !session.is_empty() && !sessions.contains(&session) {
                sessions.push(session);
            }
        }
        for session in sessions {
            self.open("leave", Method::DELETE, None, &[("mcp-session-id", &session)]).await;
        }
    }

    /// A body that need not be a message.
    pub(super) async fn post(&mut self, what: &'static str, about: &str, body: &'static str) -> Exchange {
        let mut request = Request::new(Value::Null);
        self.legacy(&mut request);
        let request = request.map(|_| Bytes::from_static(body.as_bytes()));
        self.send(what, format!("POST {about}"), Value::Null, Method::POST, request).await
    }

    /// A request without a body, to the endpoint or elsewhere.
    pub(super) async fn open(&mut self, what: &'static str, method: Method, url: Option<&str>, headers: &[(&str, &str)]) -> Exchange {
        let mut request = Request::new(Bytes::new());
        for (name, value) in headers {
            put(request.headers_mut(), name, value);
        }
        let asked = format!("{method} {}", shown(url.unwrap_or(&self.url)));
        *request.uri_mut() = url.unwrap_or_default().parse().unwrap_or_default();
        self.send(what, asked, Value::Null, method, request).await
    }

    async fn send(&mut self, what: &'static str, asked: String, id: Value, method: Method, mut request: Request<Bytes>) -> Exchange {
        (self.progress)(&asked);
        *request.method_mut() = method;
        if request.uri().authority().is_none() {
            *request.uri_mut() = self.url.parse().unwrap_or_default();
            if let Some(token) = &self.token {
                request.headers_mut().insert(header::AUTHORIZATION, token.clone());
            }
        }
        let headers = request.headers_mut();
        if !headers.contains_key("user-agent") {
            put(headers, "user-agent", self.agent);
        }
        if !request.body().is_empty() {
            put(request.headers_mut(), "content-type", "application/json");
            put(request.headers_mut(), "accept", "application/json, text/event-stream");
        }
        let signed = request.headers().contains_key(header::AUTHORIZATION);
        let exchange = match self.answer(request, &asked).await {
            Ok(ask::Answer { status, headers, body, took }) => {
                // A server may repeat what it was sent.
                let body = secrets::hidden(body);
                let message = ask::message(&body, ask::is_stream(&headers)).unwrap_or_default();
                Exchange { what, asked, id, signed, status, headers, body, message, took, failure: None }
            }
            Err(failure) => Exchange {
                what,
                asked,
                id,
                signed,
                status: 0,
                headers: HeaderMap::new(),
                body: String::new(),
                message: Value::Null,
                took: Duration::ZERO,
                failure: Some(failure),
            },
        };
        // What was not asked has told nothing of the server.
        if self.cut_off.is_none() {
            self.exchanges.push(exchange.clone());
        }
        exchange
    }

    /// The answer, after as many waits as the server asks for (429, RFC 6585) and the patience lasts.
    async fn answer(&mut self, request: Request<Bytes>, asked: &str) -> Result<ask::Answer, Failure> {
        loop {
            if let Some(says) = &self.cut_off {
                return Err(Failure { tls: false, says: says.clone() });
            }
            let answer = (self.asker)(request.clone()).await?;
            if answer.status != 429 {
                return Ok(answer);
            }
            let wait = answer.headers.get(header::RETRY_AFTER).and_then(|wait| wait.to_str().ok()?.trim().parse().ok());
            let wait = Duration::from_secs(wait.unwrap_or(1).max(1));
            match self.patience.checked_sub(wait) {
                Some(rest) => {
                    self.patience = rest;
                    (self.progress)(&format!("{asked}, again in {} s, as it was told", wait.as_secs()));
                    tokio::time::sleep(wait).await;
                }
                None => {
                    let (wait, waited) = (wait.as_secs(), (PATIENCE - self.patience).as_secs());
                    self.cut_off =
                        Some(format!("{asked} was answered with 429, to be asked again in {wait} s, after {waited} s of waiting"));
                }
            }
        }
    }
}

/// The envelope and the standard headers (MCP 2026-07-28).
fn modern(request: &mut Request<Value>, method: &str) -> String {
    let body = request.body_mut();
    body["params"]["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": newest(),
        "io.modelcontextprotocol/clientInfo": { "name": "chatui-check", "version": env!("CARGO_PKG_VERSION") },
        "io.modelcontextprotocol/clientCapabilities": capabilities(),
    });
    let name = body["params"]["name"].as_str().or_else(|| body["params"]["uri"].as_str()).map(encoded);
    let headers = request.headers_mut();
    put(headers, "mcp-protocol-version", newest());
    put(headers, "mcp-method", method);
    if let Some(name) = name {
        put(headers, "mcp-name", &name);
    }
    newest().to_owned()
}

/// What a host that draws widgets can do.
pub(super) fn capabilities() -> Value {
    json!({ "extensions": { "io.modelcontextprotocol/ui": { "mimeTypes": ["text/html;profile=mcp-app"] } } })
}

/// What is not plain ASCII travels in base64.
fn encoded(name: &str) -> String {
    let plain = name.bytes().all(|byte| matches!(byte, b' '..=b'~')) && name.trim() == name && !name.starts_with("=?base64?");
    if plain { name.to_owned() } else { format!("=?base64?{}?=", BASE64_STANDARD.encode(name)) }
}

/// What a server gave may be no header; then it is not sent back.
pub(super) fn put(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}
