//! What the web may do with a server: which pages call it, what browsers are told, and what its own pages are made of.

use chatui::{App, Body, Context, Server, tool, widget};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use serde_json::{Value, json};

/// </title></script><script>alert(1)</script>
#[widget(text = "{city}", title = "</title><script>alert(1)</script>")]
struct Hostile {
    /// </script><script>alert(1)</script><!--<script>
    city: String,
}

/// A card like the other.
#[widget(text = "{city}", title = "Plain")]
struct Plain {
    /// Nothing special.
    city: String,
}

/// </pre><script>alert(1)</script> "quoted" & <img src=x onerror=alert(1)>
#[tool(read_only, title = "<img src=x onerror=alert(1)>")]
fn hostile(city: String) -> Hostile {
    Hostile { city }
}

/// Shows a card.
#[tool(read_only)]
fn plain(city: String) -> Plain {
    Plain { city }
}

/// Works in steps.
#[tool(read_only)]
async fn steps(cx: &Context) -> String {
    cx.progress(1, 1, "working").await;
    std::future::ready(()).await;
    "worked".into()
}

const INSPECTOR: &str = "https://inspector.example";
const PUBLIC: &str = "https://weather.example.com";

fn server() -> Server {
    App::new().public_url(PUBLIC).allow_origin(INSPECTOR).build().unwrap()
}

async fn send(method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path).header("host", "weather.example.com");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    server().handle(request.body(body.to_owned().into()).unwrap()).await
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

const JSON: (&str, &str) = ("content-type", "application/json");
const BOTH: (&str, &str) = ("accept", "application/json, text/event-stream");

#[tokio::test]
async fn a_preflight_allows_what_mcp_sends() {
    let asks = [("access-control-request-method", "POST"), ("access-control-request-headers", "authorization, mcp-param-city")];
    for origin in [INSPECTOR, PUBLIC] {
        for path in ["/mcp", "/.well-known/oauth-protected-resource"] {
            let response = send(Method::OPTIONS, path, &[&[("origin", origin)], &asks[..]].concat(), "").await;
            let headers = response.headers();
            assert_eq!(response.status(), StatusCode::NO_CONTENT, "{origin}");
            assert_eq!(header(headers, "access-control-allow-origin"), origin);
            assert_eq!(header(headers, "access-control-max-age"), "7200");
            assert_eq!(header(headers, "vary"), "origin");
            let allowed: Vec<&str> = header(headers, "access-control-allow-headers").split(", ").collect();
            for name in [
                "accept",
                "authorization",
                "content-type",
                "last-event-id",
                "mcp-method",
                "mcp-name",
                "mcp-protocol-version",
                "mcp-session-id",
                "*",
            ] {
                assert!(allowed.contains(&name), "{name} in {allowed:?}");
            }
            assert!(header(headers, "access-control-allow-methods").split(", ").any(|method| method == "POST"));
            assert!(response.into_body().bytes().await.is_empty());
        }
    }
}

#[tokio::test]
async fn a_foreign_page_is_let_in_nowhere() {
    for origin in ["https://evil.example", "null", "http://weather.example.com", "http://localhost:6274"] {
        for (method, path) in [(Method::OPTIONS, "/mcp"), (Method::POST, "/mcp"), (Method::GET, "/"), (Method::GET, "/mcp")] {
            let response = send(method.clone(), path, &[("origin", origin), JSON], "{}").await;
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{method} {path} of {origin}");
            assert!(!response.headers().keys().any(|name| name.as_str().starts_with("access-control-")), "{method} {path} of {origin}");
        }
    }
}

#[tokio::test]
async fn every_answer_can_be_read_by_the_page_that_asked() {
    let call = |tool: &str, meta: Value| {
        let params = json!({ "name": tool, "arguments": {}, "_meta": meta });
        json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params }).to_string()
    };
    let rows = [
        (Method::POST, "/mcp", JSON, call("steps", json!({})), 200),
        (Method::POST, "/mcp", JSON, call("steps", json!({ "progressToken": 1 })), 200),
        (Method::POST, "/mcp", JSON, json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string(), 202),
        (Method::POST, "/mcp", JSON, "{".into(), 400),
        (Method::POST, "/mcp", ("content-type", "text/plain"), "{}".into(), 415),
        (Method::GET, "/mcp", BOTH, String::new(), 405),
        (Method::DELETE, "/mcp", JSON, String::new(), 405),
        (Method::GET, "/", JSON, String::new(), 200),
        (Method::GET, "/nowhere", JSON, String::new(), 404),
    ];
    for (method, path, first, body, status) in rows {
        let response = send(method.clone(), path, &[first, BOTH, ("origin", INSPECTOR)], &body).await;
        let headers = response.headers();
        let what = format!("{method} {path} {body}");
        assert_eq!(response.status(), status, "{what}");
        assert_eq!(header(headers, "access-control-allow-origin"), INSPECTOR, "{what}");
        assert_eq!(header(headers, "access-control-expose-headers"), "www-authenticate, retry-after", "{what}");
        assert_eq!(header(headers, "vary"), "origin", "{what}");
        // No cookie is ever sent along, so that nobody's session can be ridden.
        assert_eq!(header(headers, "access-control-allow-credentials"), "", "{what}");
        let response = send(method, path, &[first, BOTH], &body).await;
        assert_eq!(header(response.headers(), "access-control-allow-origin"), "", "{what}: who is no page is not told");
    }
}

#[test]
fn origins_are_looked_at_at_start() {
    let why = |origin: &str| App::new().allow_origin(origin).build().err().map(|mistakes| mistakes.to_string());
    for origin in [INSPECTOR, "https://inspector.example:8443", "http://localhost:6274", "https://Inspector.example/"] {
        assert_eq!(why(origin), None, "{origin}");
    }
    assert!(why("*").unwrap().contains("whatever page a person opens could then use this server as they can; name each origin"));
    for origin in
        ["http://inspector.example", "inspector.example", "null", "", "https://a.example/path", "https://*.example", "https://a@b"]
    {
        assert!(why(origin).unwrap().contains(&format!("`{origin}`")), "{origin}");
    }
    // All at once.
    let both = App::new().allow_origin("*").allow_origin("null").public_url("weather").build().err().unwrap();
    assert_eq!(both.iter().count(), 3, "{both}");
}

/// What reaches a browser as something to show, and never runs.
#[tokio::test]
async fn what_is_shown_runs_nothing_and_is_framed_by_nobody() {
    for (method, path, status) in [
        (Method::GET, "/", 200),
        (Method::GET, "/mcp", 200),
        (Method::GET, "/health", 200),
        (Method::DELETE, "/mcp", 405),
        (Method::POST, "/mcp", 415),
        (Method::GET, "/nowhere", 404),
        (Method::GET, "/a.png?v=1", 404),
    ] {
        let response = send(method, path, &[], "").await;
        let headers = response.headers();
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(header(headers, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(headers, "referrer-policy"), "no-referrer", "{path}");
        assert_eq!(
            header(headers, "content-security-policy"),
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_a_request_says_comes_back_as_plain_text_alone() {
    let script = "%3Cscript%3Ealert(1)%3C/script%3E";
    for (path, headers) in [
        (&*format!("/{script}"), &[][..]),
        (&*format!("/{script}?v=<script>"), &[]),
        ("/mcp", &[("origin", "https://<script>alert(1)</script>")]),
        ("/mcp", &[("accept", "<script>alert(1)</script>")]),
    ] {
        // Where the address has letters that no address has, it does not get this far.
        let Ok(uri) = path.parse::<http::Uri>() else { continue };
        let response = send(Method::GET, &uri.to_string(), headers, "").await;
        assert_eq!(header(response.headers(), "content-type"), "text/plain; charset=utf-8", "{path}");
        assert_eq!(header(response.headers(), "x-content-type-options"), "nosniff", "{path}");
    }
    // In JSON it is told, as JSON.
    let call = json!({ "jsonrpc": "2.0", "id": "<script>", "method": "<script>", "params": { "name": "<script>" } }).to_string();
    let response = send(Method::POST, "/mcp", &[JSON], &call).await;
    assert_eq!(header(response.headers(), "content-type"), "application/json");
}

#[tokio::test]
async fn names_and_descriptions_are_text_on_the_page() {
    let html = send(Method::GET, "/", &[], "").await.into_body().bytes().await;
    let html = String::from_utf8(html.to_vec()).unwrap();
    assert!(html.contains("&lt;/pre>&lt;script>alert(1)&lt;/script> &quot;quoted&quot; &amp; &lt;img"), "{html}");
    for tag in ["<script", "<img", "</pre>&lt;", "onerror=alert(1)>\n</"] {
        assert!(!html.contains(tag), "{tag} in {html}");
    }
}

#[tokio::test]
async fn a_description_can_not_leave_the_data_of_a_card() {
    let ask = async |method: &str, params: Value| {
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string();
        let answer = send(Method::POST, "/mcp", &[JSON], &message).await.into_body().bytes().await;
        serde_json::from_slice::<Value>(&answer).unwrap()["result"].clone()
    };
    let listed = ask("resources/list", json!({})).await;
    let mut documents = Vec::new();
    for resource in listed["resources"].as_array().unwrap() {
        let read = ask("resources/read", json!({ "uri": resource["uri"] })).await;
        documents.push(read["contents"][0]["text"].as_str().unwrap().to_owned());
    }
    let [hostile, plain] = documents.as_slice() else { panic!("{}", documents.len()) };
    for tag in ["<script", "</script", "<title", "</title", "<!--", "<meta", "<style"] {
        assert_eq!(hostile.matches(tag).count(), plain.matches(tag).count(), "{tag}");
    }
    assert!(hostile.contains("&lt;/title>&lt;script>alert(1)&lt;/script></title>"));
    assert!(hostile.contains("\\u003c/script>\\u003cscript>alert(1)\\u003c/script>"));
}
