//! Questions that a well-meant client would not ask: what a server does about mistakes, and what stands beside its endpoint.

use super::{
    facts::{CallFact, Exchange, Facts, get, introduction, origin},
    talk::{Talk, put},
};
use crate::revision::Era;
use http::{Method, Uri};
use serde_json::{Map, Value, json};

/// What no server has.
const NOBODY: &str = "chatui_check_no_such_thing";

/// A page that no server has a reason to let in. `.example` is nobody's (RFC 2606).
pub(super) const FOREIGN: &str = "https://elsewhere.example";

/// Whatever the era: names that nobody has, and what each era has of its own. Nothing here changes anything.
pub(super) async fn all(talk: &mut Talk<'_>, facts: &mut Facts, era: Era) {
    talk.ask("unknown tool", "tools/call", json!({ "name": NOBODY, "arguments": {} }), era).await;
    if facts.hello["capabilities"]["resources"].is_object() {
        talk.ask("unknown resource", "resources/read", json!({ "uri": "ui://chatui-check/no-such-thing.html" }), era).await;
        talk.ask("resources/templates/list", "resources/templates/list", json!({}), era).await;
    }
    if facts.hello["capabilities"]["prompts"].is_object() {
        talk.ask("prompts/list", "prompts/list", json!({}), era).await;
    }
    let in_pages = |exchange: &Exchange| exchange.what == "tools/list" && exchange.result()["nextCursor"].is_string();
    if talk.exchanges.iter().any(in_pages) {
        talk.ask("unknown cursor", "tools/list", json!({ "cursor": NOBODY }), era).await;
    }
    talk.post("not json", "a body that is no JSON", "{ no json").await;
    if era == Era::Legacy {
        legacy(talk).await;
    }
    if facts.is_modern() {
        modern(talk, facts).await;
    }
}

async fn legacy(talk: &mut Talk<'_>) {
    talk.ask("ping", "ping", json!({}), Era::Legacy).await;
    talk.ask("unknown method", &format!("{NOBODY}/list"), json!({}), Era::Legacy).await;
    talk.ask_otherwise("unknown revision", "ping", json!({}), Era::Legacy, |request| {
        put(request.headers_mut(), "mcp-protocol-version", "1999-12-31");
    })
    .await;
    let alone = |request: &mut http::Request<Value>| request.headers_mut().clear();
    talk.ask_otherwise("older client", "initialize", introduction("2025-03-26"), Era::Legacy, alone).await;
}

async fn modern(talk: &mut Talk<'_>, facts: &Facts) {
    talk.ask("modern list", "tools/list", json!({}), Era::Modern).await;
    if let Some(widget) = facts.widgets.first() {
        talk.ask("modern list", "resources/list", json!({}), Era::Modern).await;
        talk.ask("modern list", "resources/read", json!({ "uri": widget.uri }), Era::Modern).await;
    }
    talk.ask("modern unknown method", &format!("{NOBODY}/list"), json!({}), Era::Modern).await;
    talk.ask_otherwise("modern other header", "tools/list", json!({}), Era::Modern, |request| {
        put(request.headers_mut(), "mcp-method", "resources/list");
    })
    .await;
    talk.ask_otherwise("modern other revision", "tools/list", json!({}), Era::Modern, |request| {
        put(request.headers_mut(), "mcp-protocol-version", "2999-12-31");
        request.body_mut()["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = "2999-12-31".into();
    })
    .await;
    talk.ask_otherwise("modern no capabilities", "tools/list", json!({}), Era::Modern, |request| {
        if let Value::Object(meta) = &mut request.body_mut()["params"]["_meta"] {
            meta.remove("io.modelcontextprotocol/clientCapabilities");
        }
    })
    .await;
}

/// What HTTP has beside the messages. `signs_in`: some tool says that its user has to. `inside`: nobody else can be asked.
pub(super) async fn elsewhere(talk: &mut Talk<'_>, hello: &Exchange, signs_in: bool, inside: bool) {
    let origin = origin(&talk.url);
    if hello.result().is_object() {
        talk.open("get", Method::GET, None, &[("accept", "text/event-stream")]).await;
        let asks = [
            ("origin", FOREIGN),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization, content-type, mcp-method, mcp-name, mcp-protocol-version"),
        ];
        talk.open("preflight", Method::OPTIONS, None, &asks).await;
        let era = if hello.is_modern() { Era::Modern } else { Era::Legacy };
        talk.ask_otherwise("foreign origin", "tools/list", json!({}), era, |request| put(request.headers_mut(), "origin", FOREIGN)).await;
        get(talk, "challenge", &format!("{origin}/.well-known/openai-apps-challenge")).await;
    }
    if (300..400).contains(&hello.status) {
        return;
    }
    let path = talk.url.parse::<Uri>().map(|uri| uri.path().trim_end_matches('/').to_owned()).unwrap_or_default();
    if hello.status == 401 || signs_in {
        let mut metadata = Vec::new();
        if !path.is_empty() {
            metadata.push(get(talk, "metadata by path", &format!("{origin}/.well-known/oauth-protected-resource{path}")).await);
        }
        metadata.push(get(talk, "metadata", &format!("{origin}/.well-known/oauth-protected-resource")).await);
        let issuer = metadata.iter().find_map(|answer| answer.message["authorization_servers"][0].as_str());
        if let Some(issuer) = issuer.filter(|_| !inside) {
            issuer_metadata(talk, issuer).await;
        }
    }
}

/// RFC 8414 inserts the path, OpenID Connect appends.
async fn issuer_metadata(talk: &mut Talk<'_>, issuer: &str) {
    let (origin, bare) = (origin(issuer), issuer.trim_end_matches('/'));
    let path = bare.strip_prefix(&origin).unwrap_or_default();
    for url in [
        format!("{origin}/.well-known/oauth-authorization-server{path}"),
        format!("{origin}/.well-known/openid-configuration{path}"),
        format!("{bare}/.well-known/openid-configuration"),
    ] {
        if get(talk, "authorization server", &url).await.message["issuer"].is_string() {
            return;
        }
    }
}

/// Calls beyond these show nothing new.
const CALLS: usize = 20;

/// Calls tools that only read: those that need nothing with nothing, one that needs something without it.
pub(super) async fn calls(talk: &mut Talk<'_>, facts: &mut Facts, era: Era) {
    let reads = |(at, tool): (usize, &super::facts::ToolFact)| tool.reads().then_some(at);
    let (bare, needing): (Vec<usize>, Vec<usize>) =
        facts.tools.iter().enumerate().filter_map(reads).partition(|at| facts.tools[*at].required().next().is_none());
    for tool in bare.into_iter().take(CALLS) {
        let params = json!({ "name": facts.tools[tool].name, "arguments": {} });
        let exchange = talk.ask("call", "tools/call", params, era).await;
        facts.calls.push(CallFact { tool, exchange, without: None });
    }
    for tool in needing.into_iter().take(1) {
        let without = facts.tools[tool].required().next().map(str::to_owned);
        let params = json!({ "name": facts.tools[tool].name, "arguments": Map::new() });
        let exchange = talk.ask("call without", "tools/call", params, era).await;
        facts.calls.push(CallFact { tool, exchange, without });
    }
}
