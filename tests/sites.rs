//! What the widgets of one app say to each host: the origins that they may reach, and the domain that they are drawn under.

use chatui::{App, tool, widget};
use http::Request;
use serde_json::{Value, json};

/// A card without a template.
#[widget(text = "{city}", csp(connect = "https://api.example.com"))]
struct Card {
    city: String,
}

/// Shows a card.
#[tool(read_only)]
fn card(city: String) -> Card {
    Card { city }
}

const PUBLIC: &str = "https://weather.example.com";
const DRAWN: &str = "https://widgets.example.com";

fn app() -> App {
    App::new().public_url(PUBLIC).widget_domain(DRAWN)
}

/// Asks as a host that calls itself so, in either era.
async fn ask(app: App, method: &str, mut params: Value, modern: bool, agent: Option<&str>, client: Option<&str>) -> Value {
    let mut request = Request::post("/mcp").header("content-type", "application/json").header("mcp-method", method);
    if modern {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        if let Some(client) = client {
            params["_meta"]["io.modelcontextprotocol/clientInfo"] = json!({ "name": client, "version": "1" });
        }
        request = request.header("mcp-protocol-version", "2026-07-28");
        if let Some(uri) = params["uri"].as_str() {
            request = request.header("mcp-name", uri);
        }
    }
    if let Some(agent) = agent {
        request = request.header("user-agent", agent);
    }
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let response = app.build().unwrap().handle(request.body(message.to_string().into()).unwrap()).await;
    let answer: Value = serde_json::from_slice(&response.into_body().bytes().await).unwrap();
    assert!(answer["error"].is_null(), "{answer}");
    answer["result"].clone()
}

async fn list(app: App, modern: bool, agent: Option<&str>, client: Option<&str>) -> Value {
    ask(app, "resources/list", json!({}), modern, agent, client).await
}

#[tokio::test]
async fn only_chatgpt_and_claude_are_told_a_domain_and_each_its_own() {
    let claude = "d208cb265453748b1894d11a738de7f0.claudemcpcontent.com";
    let rows = [
        (Some("openai-mcp/1.0.0"), None, Some(DRAWN)),
        (None, Some("openai-mcp"), Some(DRAWN)),
        (Some("Claude-User"), None, Some(claude)),
        (None, Some("claude-ai"), Some(claude)),
        (None, Some("codex-mcp-client"), None),
        (None, Some("ms-copilot"), None),
        (None, Some("Visual Studio Code"), None),
        (None, Some("cursor-vscode"), None),
        (None, Some("Slackbot MCP Client"), None),
        (None, Some("mcp"), None),
        (None, Some("goose-desktop"), None),
        (Some("Mozilla/5.0"), None, None),
    ];
    for (agent, client, domain) in rows {
        let who = format!("{agent:?} {client:?}");
        let listed = list(app(), true, agent, client).await;
        let uri = listed["resources"][0]["uri"].clone();
        let read = ask(app(), "resources/read", json!({ "uri": uri }), true, agent, client).await;
        let meta = &read["contents"][0]["_meta"];
        assert_eq!(*meta, listed["resources"][0]["_meta"], "{who}: the same on both");
        assert_eq!(meta["ui"]["domain"].as_str(), domain, "{who}");
        assert_eq!(meta["openai/widgetDomain"].as_str(), domain.filter(|domain| *domain == DRAWN), "{who}");
        for result in [listed, read] {
            assert_eq!(result["cacheScope"], "private", "{who}: another host is told something else");
        }
    }
}

#[tokio::test]
async fn claude_is_told_no_domain_that_is_not_its_own() {
    for public in [None, Some("http://localhost:8080")] {
        let app = public.into_iter().fold(App::new().widget_domain(DRAWN), App::public_url);
        let listed = list(app, true, Some("Claude-User/1.0"), Some("claude-ai")).await;
        let meta = &listed["resources"][0]["_meta"];
        assert!(meta["ui"]["domain"].is_null() && meta["openai/widgetDomain"].is_null(), "{meta}");
    }
}

#[tokio::test]
async fn a_session_of_the_older_revisions_is_known_by_its_user_agent() {
    let listed = list(app(), false, Some("openai-mcp/1.0.0 (ChatGPT)"), None).await;
    assert_eq!(listed["resources"][0]["_meta"]["ui"]["domain"], DRAWN);
    assert!(list(app(), false, None, None).await["resources"][0]["_meta"]["ui"]["domain"].is_null());
}

#[tokio::test]
async fn without_a_domain_every_host_is_told_the_same() {
    let mut told = Vec::new();
    for client in ["openai-mcp", "claude-ai", "goose-desktop"] {
        told.push(list(App::new(), true, None, Some(client)).await);
    }
    assert_eq!(told[0]["cacheScope"], "public");
    assert!(told[0]["resources"][0]["_meta"]["ui"]["domain"].is_null());
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]));
}

#[tokio::test]
async fn a_widget_may_reach_the_app_itself_in_both_dialects() {
    let app = app().assets_url("https://cdn.example.com/");
    let listed = list(app, true, None, None).await;
    let meta = &listed["resources"][0]["_meta"];
    let own = ["https://cdn.example.com", PUBLIC];
    assert_eq!(meta["ui"]["csp"]["resourceDomains"], json!(own));
    assert_eq!(meta["ui"]["csp"]["connectDomains"], json!(["https://api.example.com", own[0], own[1]]));
    assert_eq!(meta["openai/widgetCSP"]["resource_domains"], meta["ui"]["csp"]["resourceDomains"]);
    assert_eq!(meta["openai/widgetCSP"]["connect_domains"], meta["ui"]["csp"]["connectDomains"]);
}

#[tokio::test]
async fn another_policy_is_another_address() {
    let uri = |listed: Value| listed["resources"][0]["uri"].as_str().unwrap().to_owned();
    let plain = uri(list(App::new(), true, None, None).await);
    let drawn = uri(list(App::new().widget_domain(DRAWN), true, None, Some("openai-mcp")).await);
    assert_ne!(plain, drawn);
    assert_eq!(drawn, uri(list(App::new().widget_domain(DRAWN), true, None, None).await), "tools name one address for all hosts");
    assert_ne!(plain, uri(list(App::new().public_url(PUBLIC), true, None, None).await));
}

#[tokio::test]
async fn what_is_drawn_is_not_said_on_the_tool() {
    let listed = ask(app(), "tools/list", json!({}), true, Some("openai-mcp/1"), None).await;
    let meta = listed["tools"][0]["_meta"].as_object().unwrap();
    let ui: Vec<_> = meta["ui"].as_object().unwrap().keys().collect();
    assert_eq!(ui, ["resourceUri", "visibility"]);
    for key in meta.keys() {
        assert!(!key.starts_with("openai/widget") || key == "openai/widgetAccessible", "{key}");
    }
    assert_eq!(listed["cacheScope"], "public", "tools are the same for all");
}

#[tokio::test]
async fn a_widget_without_a_template_carries_its_schema() {
    let uri = list(App::new(), true, None, None).await["resources"][0]["uri"].clone();
    let read = ask(App::new(), "resources/read", json!({ "uri": uri }), true, None, None).await;
    let html = read["contents"][0]["text"].as_str().unwrap();
    assert!(html.starts_with("<!doctype html>"), "{html}");
    assert!(html.contains("<title>Card</title>"), "{html}");
    let schema = html.split("id=\"schema\">").nth(1).unwrap().split("</script>").next().unwrap();
    let schema: Value = serde_json::from_str(schema).unwrap();
    assert_eq!(schema["properties"]["city"]["type"], "string");
}

#[test]
fn addresses_that_can_not_be_used_are_said_together() {
    let error =
        App::new().public_url("weather").widget_domain("http://w.example").assets_url("https://a.example/files").build().err().unwrap();
    let all: Vec<_> = error.iter().collect();
    assert_eq!(all.len(), 3, "{error}");
}
