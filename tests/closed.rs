//! An app of which nothing is open: whoever has no token gets nothing of it, and is led to where there are some.

#[path = "auth/heard.rs"]
mod heard;

use chatui::{App, Auth, Server, User, tool, widget};
use heard::{CHATGPT, CLAUDE, HOSTS, Heard, METADATA, PUBLIC, ask, call};
use http::{Request, StatusCode};
use serde_json::json;

/// What is on the list.
#[tool(read_only)]
fn show(user: &User) -> String {
    format!("the list of {}", user.subject())
}

/// Puts something on the list.
#[tool(writes, auth(scopes("todo:write")))]
fn add(title: String, user: &User) -> String {
    format!("{title} for {}", user.subject())
}

/// One thing of the list.
#[widget(text = "{title}")]
struct Card {
    title: String,
}

/// Shows one thing of the list.
#[tool(read_only)]
fn show_one(title: String) -> Card {
    Card { title }
}

fn closed(auth: Auth) -> Server {
    App::new().public_url(PUBLIC).auth(auth.scopes(["todo:read"])).build().unwrap()
}

#[tokio::test]
async fn whoever_has_no_token_is_led_to_where_there_are_some() {
    let server = closed(Auth::issuer("https://auth.example.com"));
    for host in HOSTS {
        for method in ["initialize", "tools/list", "resources/list", "ping", "server/discover", "nothing/such"] {
            let heard = ask(&server, host, None, method, json!({})).await;
            assert_eq!((heard.status, heard.retry), (StatusCode::UNAUTHORIZED, false), "{host} {method}");
            let asks = Heard::asks(&heard.challenge);
            assert_eq!((asks["resource_metadata"], asks["scope"]), (METADATA, "todo:read"));
            assert_eq!(asks.get("error"), None, "a request without a token has made no error");
        }
        let heard = call(&server, host, None, "no_such_tool").await;
        assert_eq!(heard.status, StatusCode::UNAUTHORIZED, "which tools there are is nobody's business");
    }
    for host in [CLAUDE, "somebody/1.0"] {
        let heard = call(&server, host, None, "add").await;
        assert_eq!((heard.status, Heard::asks(&heard.challenge)["scope"]), (StatusCode::UNAUTHORIZED, "todo:write"));
    }
    let heard = call(&server, CHATGPT, None, "add").await;
    assert_eq!((heard.status, heard.challenge.as_str()), (StatusCode::OK, ""));
    assert_eq!((&heard.body["result"]["isError"], heard.text()), (&json!(true), "sign in to use this"));
    let asks = Heard::asks(heard.body["result"]["_meta"]["mcp/www_authenticate"][0].as_str().unwrap());
    assert_eq!((asks["resource_metadata"], asks["scope"], asks["error"]), (METADATA, "todo:write", "invalid_token"));
    assert!(!asks["error_description"].is_empty());
}

/// The pages for people are no way around the lists.
#[tokio::test]
async fn the_pages_for_people_name_nothing_of_it() {
    let server = closed(Auth::issuer("https://auth.example.com"));
    for path in ["/", "/mcp"] {
        let page = Heard::of(server.handle(Request::get(path).body(bytes::Bytes::new()).unwrap()).await).await;
        let text = page.body.as_str().unwrap();
        assert_eq!(page.status, StatusCode::OK);
        assert!(text.contains("is an MCP server") && text.contains("who signs in"), "{path}: {text}");
        for told in ["show", "on the list", "ui://", "tools\n"] {
            assert!(!text.contains(told), "{path}: {text}");
        }
    }
}

#[tokio::test]
async fn whom_somebody_in_front_has_verified_needs_no_token() {
    let server = closed(Auth::issuer("https://auth.example.com"));
    let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "show", "arguments": {} } });
    let mut request = Request::post("/mcp").header("content-type", "application/json").body(message.to_string().into()).unwrap();
    request.extensions_mut().insert(User::new("eve").with_scopes(["todo:read"]));
    assert_eq!(Heard::of(server.handle(request).await).await.text(), "the list of eve");
}

#[tokio::test]
async fn lists_behind_a_sign_in_are_kept_by_no_cache_for_others() {
    let server = closed(Auth::issuer("https://auth.example.com"));
    let ask = async |method: &str, uri: &str| {
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": { "uri": uri, "_meta": {
            "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {} } } });
        let request = Request::post("/mcp").header("content-type", "application/json").header("mcp-protocol-version", "2026-07-28");
        let mut request = request.header("mcp-method", method).header("mcp-name", uri).body(message.to_string().into()).unwrap();
        request.extensions_mut().insert(User::new("ada"));
        Heard::of(server.handle(request).await).await.body["result"].take()
    };
    let lists = ["server/discover", "tools/list", "resources/list", "resources/templates/list", "prompts/list"];
    for method in lists {
        assert_eq!(ask(method, "").await["cacheScope"], "private", "{method}");
    }
    let widget = ask("resources/list", "").await["resources"][0]["uri"].take();
    let page = ask("resources/read", widget.as_str().unwrap()).await;
    assert_eq!((&page["contents"][0]["uri"], &page["cacheScope"]), (&widget, &json!("private")), "its widgets are of the same kind");
}
