//! Requests as hosts send them, and what comes back.

use chatui::Server;
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::HashMap;

pub(crate) const PUBLIC: &str = "https://todo.example.com";
pub(crate) const METADATA: &str = "https://todo.example.com/.well-known/oauth-protected-resource/mcp";
pub(crate) const CHATGPT: &str = "openai-mcp/1.0.0 (ChatGPT)";
pub(crate) const CLAUDE: &str = "Claude-User/1.0";
pub(crate) const HOSTS: [&str; 3] = [CHATGPT, CLAUDE, "somebody/1.0"];

pub(crate) struct Heard {
    pub(crate) status: StatusCode,
    pub(crate) challenge: String,
    pub(crate) retry: bool,
    pub(crate) body: Value,
}

impl Heard {
    pub(crate) async fn of(response: Response<chatui::Body>) -> Self {
        let header = |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (status, challenge, retry) =
            (response.status(), header("www-authenticate").unwrap_or_default(), header("retry-after").is_some());
        let bytes = response.into_body().bytes().await;
        let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        Heard { status, challenge, retry, body }
    }

    pub(crate) fn text(&self) -> &str {
        self.body["result"]["content"][0]["text"].as_str().unwrap_or_default()
    }

    /// What is asked for, by the parts of the challenge.
    pub(crate) fn asks(challenge: &str) -> HashMap<&str, &str> {
        let parts = challenge.strip_prefix("Bearer ").unwrap_or_else(|| panic!("no challenge: {challenge}"));
        parts.split("\", ").map(|part| part.trim_end_matches('"').split_once("=\"").unwrap()).collect()
    }
}

pub(crate) async fn ask(server: &Server, host: &str, token: Option<&str>, method: &str, params: Value) -> Heard {
    let mut request = Request::post("/mcp").header("content-type", "application/json").header("user-agent", host);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let message = json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params });
    Heard::of(server.handle(request.body(message.to_string().into()).unwrap()).await).await
}

pub(crate) async fn call(server: &Server, host: &str, token: Option<&str>, tool: &str) -> Heard {
    ask(server, host, token, "tools/call", json!({ "name": tool, "arguments": {} })).await
}
