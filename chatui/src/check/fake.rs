//! A server that is made up, in perfect order until a test breaks it.

use super::{
    ask::{Answer, Asker, Failure},
    facts::{Facts, Wanted, gather},
    talk::{newest, shaken},
};
use crate::task::task;
use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

pub(super) const URL: &str = "https://weather.example.com/mcp";
pub(super) const WIDGET: &str = "ui://weather/forecast-3fa9c1d2.html";

/// A document that does what hosts want of one.
pub(super) const HTML: &str =
    "<!doctype html><html><head><meta charset=\"utf-8\"><title>Forecast</title></head><body><h1>Forecast</h1><script>
const say = (method, params) => parent.postMessage({ jsonrpc: '2.0', id: 1, method, params }, '*');
say('ui/initialize', { appInfo: { name: 'forecast', version: '1' }, appCapabilities: {} });
say('ui/notifications/initialized', {});
say('ui/notifications/size-changed', { height: 100 });
if (globalThis.openai) document.querySelector('h1').textContent = openai.toolOutput.city;
</script></body></html>";

/// What it says, as JSON; a test changes a part of it.
pub(super) struct Fake {
    pub(super) url: &'static str,
    pub(super) wanted: Wanted,
    pub(super) hello: Value,
    pub(super) discovered: Value,
    pub(super) tools: Value,
    pub(super) resources: Value,
    pub(super) contents: Value,
    /// The result of each call.
    pub(super) call: Value,
    /// The last word about an answer, by the method of the message or of HTTP.
    pub(super) twist: fn(&str, &Request<Bytes>, &mut Answer),
    pub(super) failure: Option<Failure>,
    /// What the binary that checks has.
    pub(super) ours: Option<Value>,
}

pub(super) fn good() -> Fake {
    let csp = json!({ "connectDomains": [], "resourceDomains": [] });
    let meta = json!({
        "ui": { "csp": csp, "prefersBorder": true, "domain": "https://weather.example.com" },
        "openai/widgetCSP": { "connect_domains": [], "resource_domains": [] },
        "openai/widgetDescription": "Shows a forecast.",
    });
    let capabilities = json!({ "tools": {}, "resources": {}, "prompts": {}, "extensions": { "io.modelcontextprotocol/ui": {} } });
    let info = json!({ "name": "weather", "version": "1.0.0" });
    Fake {
        url: URL,
        wanted: Wanted { calls: true, ..Wanted::default() },
        hello: json!({ "protocolVersion": shaken(), "capabilities": capabilities, "serverInfo": info }),
        discovered: json!({
            "supportedVersions": [newest()],
            "capabilities": capabilities,
            "_meta": { "io.modelcontextprotocol/serverInfo": info },
        }),
        tools: json!([tool("forecast", json!({ "city": { "type": "string", "description": "A city" } })), tool("overview", json!({}))]),
        resources: json!([{ "uri": WIDGET, "name": "forecast", "mimeType": "text/html;profile=mcp-app", "_meta": meta }]),
        contents: json!({ "uri": WIDGET, "mimeType": "text/html;profile=mcp-app", "text": HTML, "_meta": meta }),
        call: json!({ "content": [{ "type": "text", "text": "Paris: 18 °C" }], "structuredContent": { "city": "Paris" } }),
        twist: |_, _, _| {},
        failure: None,
        ours: None,
    }
}

/// A tool with a widget that takes these arguments, all of them.
fn tool(name: &str, arguments: Value) -> Value {
    let required: Vec<&String> = arguments.as_object().into_iter().flatten().map(|(name, _)| name).collect();
    json!({
        "name": name,
        "title": "Weather",
        "description": "Use this when the user asks for the weather of a place.",
        "inputSchema": { "type": "object", "properties": arguments, "required": required, "additionalProperties": false },
        "outputSchema": { "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] },
        "annotations": { "readOnlyHint": true, "destructiveHint": false, "openWorldHint": true },
        "_meta": {
            "ui": { "resourceUri": WIDGET, "visibility": ["model", "app"] },
            "ui/resourceUri": WIDGET,
            "openai/outputTemplate": WIDGET,
        },
    })
}

impl Fake {
    /// What a check sees of it.
    pub(super) fn facts(self) -> Facts {
        let (url, wanted, ours) = (self.url.to_owned(), self.wanted.clone(), self.ours.clone());
        let fake = Arc::new(self);
        let asker: Asker = Arc::new(move |request| {
            let fake = fake.clone();
            task(async move { fake.answer(&request) })
        });
        // A wait costs nobody time.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let mut facts = runtime.block_on(gather(asker, vec![url], &wanted, None, &|_| {}));
        facts.ours = ours.map(|ours| ours.as_array().cloned().unwrap_or_default());
        facts
    }

    fn answer(&self, request: &Request<Bytes>) -> Result<Answer, Failure> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        let mut answer = Answer { status: 200, headers: HeaderMap::new(), body: String::new(), took: Duration::from_millis(5) };
        let message: Option<Value> = serde_json::from_slice(request.body()).ok();
        answer.headers.insert("content-type", http::HeaderValue::from_static("application/json"));
        let method = match (request.method(), &message) {
            (&Method::POST, Some(message)) => message["method"].as_str().unwrap_or_default().to_owned(),
            (&Method::POST, None) => "not json".to_owned(),
            (_, _) => request.uri().path().to_owned(),
        };
        match (request.method(), message) {
            (&Method::POST, _) if request.headers().contains_key("origin") => answer.status = 403,
            (&Method::POST, Some(message)) => self.message(&method, request, &message, &mut answer),
            (&Method::POST, None) => fail(&Value::Null, 400, -32700, &mut answer),
            (&Method::GET, _) if method != "/mcp" => answer.status = 404,
            _ => answer.status = 405,
        }
        (self.twist)(&method, request, &mut answer);
        Ok(answer)
    }

    fn message(&self, method: &str, request: &Request<Bytes>, message: &Value, answer: &mut Answer) {
        let id = &message["id"];
        if id.is_null() {
            answer.status = 202;
            return;
        }
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        let claim = &message["params"]["_meta"];
        let version = claim["io.modelcontextprotocol/protocolVersion"].as_str();
        let refusal = match version {
            Some(_) if claim["io.modelcontextprotocol/clientCapabilities"].is_null() => Some(-32602),
            Some(_) if header("mcp-method") != Some(method) => Some(-32020),
            Some(version) if version != newest() => Some(-32022),
            None if header("mcp-protocol-version").is_some_and(|version| version < "2024") => Some(-32600),
            _ => None,
        };
        if let Some(code) = refusal {
            return fail(id, 400, code, answer);
        }
        match self.result(method, message, header("user-agent").is_some_and(|agent| agent.starts_with("Claude"))) {
            Ok(mut result) => {
                if version.is_some() && result.is_object() {
                    result["resultType"] = "complete".into();
                    result["ttlMs"] = 0.into();
                    result["cacheScope"] = "private".into();
                }
                answer.body = json!({ "jsonrpc": "2.0", "id": id, "result": result }).to_string();
            }
            Err(-32601) => fail(id, if version.is_some() { 404 } else { 200 }, -32601, answer),
            Err(code) => fail(id, 200, code, answer),
        }
    }

    fn result(&self, method: &str, message: &Value, claude: bool) -> Result<Value, i32> {
        let params = &message["params"];
        let known = |name: &Value| self.tools.as_array().into_iter().flatten().find(|tool| tool["name"] == *name);
        Ok(match method {
            "initialize" => self.hello.clone(),
            "server/discover" if self.discovered.is_null() => return Err(-32601),
            "server/discover" => self.discovered.clone(),
            "ping" => json!({}),
            "tools/list" => json!({ "tools": self.tools }),
            "resources/list" => json!({ "resources": self.resources }),
            "resources/templates/list" => json!({ "resourceTemplates": [] }),
            "prompts/list" => json!({ "prompts": [{ "name": "day", "arguments": [{ "name": "city" }] }, { "name": "hello" }] }),
            "resources/read" => {
                let linked = known(&"forecast".into()).is_some_and(|tool| tool["_meta"].to_string().contains(&params["uri"].to_string()));
                if !linked {
                    return Err(-32602);
                }
                let mut contents = self.contents.clone();
                // ChatGPT's domain is fatal in Claude.
                if claude && contents["_meta"]["ui"]["domain"] == "https://weather.example.com" {
                    contents["_meta"]["ui"]["domain"] = Value::Null;
                }
                json!({ "contents": [contents] })
            }
            "tools/call" => match known(&params["name"]) {
                None => return Err(-32602),
                Some(tool) if tool["inputSchema"]["required"].as_array().is_some_and(|all| !all.is_empty()) => {
                    json!({ "isError": true, "content": [{ "type": "text", "text": "`city` is missing" }] })
                }
                Some(_) => self.call.clone(),
            },
            _ => return Err(-32601),
        })
    }
}

fn fail(id: &Value, status: u16, code: i32, answer: &mut Answer) {
    answer.status = status;
    answer.body = json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": "no" } }).to_string();
}
