//! Users who sign in: which tokens are taken, and what those hear who have none, in each kind of host. The tokens are signed by
//! another implementation than the one that verifies them.

#[path = "auth/heard.rs"]
mod heard;
#[path = "auth/issuer.rs"]
mod issuer;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chatui::{App, Auth, Context, Profile, Server, User, prompt, resource, tool};
use heard::{CHATGPT, CLAUDE, HOSTS, Heard, METADATA, PUBLIC, ask, call};
use http::{Request, StatusCode};
use issuer::{Issuer, Key, Mood, now};
use serde_json::{Value, json};
use std::time::Instant;

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

/// Greets whoever it is.
#[tool(read_only, auth(optional))]
fn greet(cx: &Context) -> String {
    format!("hello {}", cx.user().map_or("stranger", User::subject))
}

/// Says what this is.
#[tool(read_only, auth(none))]
fn about() -> &'static str {
    "a list"
}

/// Who is signed in.
#[tool(read_only)]
fn profile(user: &User) -> Profile {
    Profile::of(user)
}

/// The notes of whoever is signed in.
#[resource("notes://mine")]
fn notes(user: &User) -> String {
    format!("the notes of {}", user.subject())
}

/// The rules, for everybody.
#[resource("notes://rules", auth(none))]
fn rules() -> String {
    "be kind".into()
}

/// Sorts the list of whoever is signed in.
#[prompt(auth(scopes("todo:write")))]
fn sort(#[arg(complete = orders)] by: String, user: &User) -> String {
    format!("Sort the list of {} by {by}.", user.subject())
}

fn orders(typed: &str) -> Vec<String> {
    vec![format!("{typed}name")]
}

/// Says hello.
#[prompt(auth(none))]
fn hello() -> &'static str {
    "Say hello."
}

/// With tools that are open to anybody, and so with open lists.
fn open(auth: Auth) -> Server {
    App::new().public_url(PUBLIC).auth(auth.scopes(["todo:read"])).build().unwrap()
}

async fn get(server: &Server, path: &str) -> Heard {
    Heard::of(server.handle(Request::get(path).body(bytes::Bytes::new()).unwrap()).await).await
}

fn claims(issuer: &Issuer) -> Value {
    json!({ "iss": issuer.url(), "sub": "ada", "aud": format!("{PUBLIC}/mcp"), "exp": now() + 600, "scope": "todo:read", "email": "ada@example.com" })
}

fn header(alg: &str, kid: &str) -> Value {
    json!({ "alg": alg, "kid": kid, "typ": "at+jwt" })
}

/// An authorization server with an RSA key, and a good token.
async fn one() -> (Issuer, Key, String) {
    let key = Key::rsa(0);
    let issuer = Issuer::start(vec![key.jwk("1")]).await;
    let token = key.sign(&header("RS256", "1"), &claims(&issuer));
    (issuer, key, token)
}

#[tokio::test]
async fn tokens_of_each_algorithm_are_taken() {
    let keys = [("RS256", Key::rsa(0)), ("ES256", Key::p256()), ("EdDSA", Key::ed25519())];
    let encrypting = json!({ "kty": "RSA", "kid": "RS256", "use": "enc", "n": "AQ", "e": "AQ" });
    let published = keys.iter().map(|(name, key)| key.jwk(name)).chain([encrypting, json!({ "kty": "oct", "k": "AA" })]);
    let issuer = Issuer::start(published.collect()).await;
    let server = open(Auth::issuer(issuer.url()));
    for (name, key) in &keys {
        for header in [header(name, name), json!({ "alg": name })] {
            for host in HOSTS {
                let heard = call(&server, host, Some(&key.sign(&header, &claims(&issuer))), "show").await;
                assert_eq!((heard.status, heard.text()), (StatusCode::OK, "the list of ada"), "{header}: {}", heard.body);
            }
        }
    }
    assert_eq!(issuer.asked(), 1, "its keys are kept");
}

#[tokio::test]
async fn where_it_is_asked_for_a_token_says_what_it_is() {
    let (issuer, key, good) = one().await;
    let [as_told, strict] = [Auth::issuer(issuer.url()), Auth::issuer(issuer.url()).strict_typ()].map(open);
    for typ in [json!("JWT"), Value::Null] {
        let token = key.sign(&json!({ "alg": "RS256", "kid": "1", "typ": typ }), &claims(&issuer));
        assert_eq!(call(&as_told, CLAUDE, Some(&token), "show").await.status, StatusCode::OK, "{typ}");
        let heard = call(&strict, CLAUDE, Some(&token), "show").await;
        assert_eq!(heard.status, StatusCode::UNAUTHORIZED, "{typ}");
        assert!(Heard::asks(&heard.challenge)["error_description"].contains("does not say that it is an access token (`typ`)"));
    }
    assert_eq!(call(&strict, CLAUDE, Some(&good), "show").await.text(), "the list of ada");
}

#[tokio::test]
async fn what_is_no_token_is_refused_alike_in_every_host() {
    let (issuer, key, good) = one().await;
    let server = open(Auth::issuer(issuer.url()));
    let with = |change: &dyn Fn(&mut Value)| {
        let mut claims = claims(&issuer);
        change(&mut claims);
        key.sign(&header("RS256", "1"), &claims)
    };
    let jwk = key.jwk("1");
    let modulus = BASE64_URL_SAFE_NO_PAD.decode(jwk["n"].as_str().unwrap()).unwrap();
    let (head, tail) = good.rsplit_once('.').unwrap();
    let (begin, _) = head.split_once('.').unwrap();
    let other = BASE64_URL_SAFE_NO_PAD.encode(claims(&issuer).to_string().replace("\"ada\"", "\"bob\""));
    let rows = [
        ("malformed", "letters".to_owned(), "not a JWT"),
        ("cut short", good[..good.len() - 2].to_owned(), "signature does not fit"),
        ("without a signature", format!("{head}."), "signature does not fit"),
        ("of another's claims", format!("{begin}.{other}.{tail}"), "signature does not fit"),
        ("expired", with(&|claims| claims["exp"] = (now() - 60).into()), "expired"),
        ("not valid yet", with(&|claims| claims["nbf"] = (now() + 600).into()), "not valid yet"),
        ("without an end", with(&|claims| claims["exp"] = Value::Null), "when it ends"),
        ("of another issuer", with(&|claims| claims["iss"] = "https://evil.example".into()), "another authorization server"),
        ("for another server", with(&|claims| claims["aud"] = "https://todo.example.com".into()), "another server"),
        ("of nobody", with(&|claims| claims["sub"] = Value::Null), "whose it is"),
        ("by another key", Key::rsa(1).sign(&header("RS256", "1"), &claims(&issuer)), "signature does not fit"),
        ("by a key that is not there", Key::rsa(1).sign(&header("RS256", "2"), &claims(&issuer)), "does not have"),
        ("alg none", Key::Nothing.sign(&header("none", "1"), &claims(&issuer)), "not signed with"),
        ("HS256 with the public key", Key::Secret(modulus).sign(&header("HS256", "1"), &claims(&issuer)), "not signed with"),
        (
            "HS256 with the key as published",
            Key::Secret(jwk.to_string().into()).sign(&header("HS256", "1"), &claims(&issuer)),
            "not signed with",
        ),
        ("ES256 by an RSA key", key.sign(&header("ES256", "1"), &claims(&issuer)), "does not have"),
        ("an identity", key.sign(&json!({ "alg": "RS256", "kid": "1", "typ": "secevent+jwt" }), &claims(&issuer)), "another kind"),
        ("a header that demands more", key.sign(&json!({ "alg": "RS256", "crit": ["x"], "x": 1 }), &claims(&issuer)), "does not know"),
        ("with a letter too many", format!("{good} x"), "letters that no token has"),
    ];
    for (what, token, why) in &rows {
        for host in HOSTS {
            for (method, params) in [("tools/call", json!({ "name": "show", "arguments": 7 })), ("tools/list", json!({}))] {
                let heard = ask(&server, host, Some(token), method, params).await;
                assert_eq!(heard.status, StatusCode::UNAUTHORIZED, "{what}, {host}: {}", heard.body);
                let asks = Heard::asks(&heard.challenge);
                assert_eq!(asks["resource_metadata"], METADATA, "{what}");
                assert_eq!((asks["error"], asks["scope"]), ("invalid_token", "todo:read"), "{what}");
                assert!(asks["error_description"].contains(why), "{what}: {}", heard.challenge);
                assert_eq!((&heard.body["id"], &heard.body["error"]["code"]), (&json!(7), &json!(401)), "{what}");
                let said = heard.body.to_string() + &heard.challenge;
                assert!(token.len() < 8 || !said.contains(&**token), "{what}: the token is said again");
            }
        }
    }
    assert_eq!(issuer.asked(), 1, "names of keys that are not there lead to no more questions");
}

#[tokio::test]
async fn whoever_lacks_a_scope_is_told_which_before_arguments_are_read() {
    let (issuer, key, token) = one().await;
    let server = open(Auth::issuer(issuer.url()));
    for host in [CLAUDE, "somebody/1.0"] {
        let heard = call(&server, host, Some(&token), "add").await;
        assert_eq!(heard.status, StatusCode::FORBIDDEN);
        let asks = Heard::asks(&heard.challenge);
        assert_eq!((asks["error"], asks["scope"], asks["resource_metadata"]), ("insufficient_scope", "todo:write todo:read", METADATA));
        assert!(asks["error_description"].contains("the permission todo:write;"), "{}", heard.challenge);
    }
    let heard = call(&server, CHATGPT, Some(&token), "add").await;
    assert_eq!((heard.status, &heard.body["result"]["isError"]), (StatusCode::OK, &json!(true)));
    let asks = Heard::asks(heard.body["result"]["_meta"]["mcp/www_authenticate"][0].as_str().unwrap());
    assert_eq!((asks["error"], asks["scope"]), ("insufficient_scope", "todo:write todo:read"));

    let mut more = claims(&issuer);
    more["scope"] = "todo:write other".into();
    let writer = key.sign(&header("RS256", "1"), &more);
    let heard = call(&server, CLAUDE, Some(&writer), "add").await;
    assert!(heard.text().contains("`title` is missing"), "{}", heard.body);
    let heard = call(&server, CLAUDE, Some(&writer), "show").await;
    assert_eq!(heard.status, StatusCode::FORBIDDEN, "a tool that says nothing demands the app's scopes");
}

/// Before 2026-07-28 a client asks for what the challenge names and loses what it had; since then it adds up, and a challenge names
/// what is needed. What a token allows elsewhere is nobody's business.
#[tokio::test]
async fn whoever_asks_for_more_keeps_what_they_have() {
    let granted = |who: &str| if who == "reader" { vec!["todo:read", "other"] } else { vec!["other", "\" x"] };
    let verify = move |who: String| async move { Ok(Some(User::new(who.clone()).with_scopes(granted(&who)))) };
    let server = open(Auth::issuer("https://auth.example.com").verify_with(verify));
    for (who, legacy, modern) in [("reader", "todo:write todo:read", "todo:write"), ("other", "todo:write", "todo:write")] {
        let heard = call(&server, CLAUDE, Some(who), "add").await;
        assert_eq!(Heard::asks(&heard.challenge)["scope"], legacy, "{who}");
        let meta = json!({ "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {} });
        let params = json!({ "name": "add", "arguments": {}, "_meta": meta });
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params });
        let headers = [("content-type", "application/json"), ("mcp-protocol-version", "2026-07-28"), ("mcp-method", "tools/call")];
        let request = headers.into_iter().fold(Request::post("/mcp"), |request, (name, value)| request.header(name, value));
        let request = request.header("mcp-name", "add").header("authorization", format!("Bearer {who}"));
        let heard = Heard::of(server.handle(request.body(message.to_string().into()).unwrap()).await).await;
        assert_eq!((heard.status, Heard::asks(&heard.challenge)["scope"]), (StatusCode::FORBIDDEN, modern), "{who}");
    }
}

#[tokio::test]
async fn what_is_open_is_open_and_knows_who_comes() {
    let (issuer, key, token) = one().await;
    let server = open(Auth::issuer(issuer.url()));
    for host in HOSTS {
        let hello = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": { "name": "x", "version": "1" } });
        for (method, params) in [("initialize", hello), ("tools/list", json!({})), ("ping", json!({}))] {
            assert_eq!(ask(&server, host, None, method, params).await.status, StatusCode::OK, "{method}");
        }
        assert_eq!(call(&server, host, None, "about").await.text(), "a list");
        assert_eq!(call(&server, host, None, "greet").await.text(), "hello stranger");
        assert_eq!(call(&server, host, Some(&token), "greet").await.text(), "hello ada");
        let mut less = claims(&issuer);
        less["scope"] = "other".into();
        let less = key.sign(&header("RS256", "1"), &less);
        assert_eq!(call(&server, host, Some(&less), "greet").await.text(), "hello stranger", "without what the app asks for");
        assert_eq!(
            call(&server, host, Some("broken"), "about").await.status,
            StatusCode::UNAUTHORIZED,
            "a bad token is a mistake anywhere"
        );
    }
}

#[tokio::test]
async fn resources_are_asked_for_like_tools() {
    let (issuer, _, token) = one().await;
    let server = open(Auth::issuer(issuer.url()));
    let read = async |token, uri: &str| ask(&server, CHATGPT, token, "resources/read", json!({ "uri": uri })).await;
    assert_eq!(read(None, "notes://rules").await.body["result"]["contents"][0]["text"], "be kind");
    let heard = read(None, "notes://mine").await;
    assert_eq!((heard.status, Heard::asks(&heard.challenge)["scope"]), (StatusCode::UNAUTHORIZED, "todo:read"));
    assert_eq!(read(Some(&token), "notes://mine").await.body["result"]["contents"][0]["text"], "the notes of ada");
}

#[tokio::test]
async fn prompts_are_asked_for_like_tools() {
    let (issuer, key, token) = one().await;
    let server = open(Auth::issuer(issuer.url()));
    let writes = key.sign(&header("RS256", "1"), &{
        let mut claims = claims(&issuer);
        claims["scope"] = json!("todo:read todo:write");
        claims
    });
    let get = async |token, params: Value| ask(&server, CHATGPT, token, "prompts/get", params).await;
    assert_eq!(get(None, json!({ "name": "hello" })).await.body["result"]["messages"][0]["content"]["text"], "Say hello.");
    // Before the arguments are looked at: nobody learns from them what there is.
    let offered = json!({ "ref": { "type": "ref/prompt", "name": "sort" }, "argument": { "name": "by", "value": "sur" } });
    for (token, status) in [(None, StatusCode::UNAUTHORIZED), (Some(token.as_str()), StatusCode::FORBIDDEN)] {
        let refused = [
            get(token, json!({ "name": "sort", "arguments": { "wrong": "x" } })).await,
            ask(&server, CHATGPT, token, "completion/complete", offered.clone()).await,
        ];
        for heard in refused {
            assert_eq!(heard.status, status);
            assert!(Heard::asks(&heard.challenge)["scope"].contains("todo:write"), "{}", heard.challenge);
        }
    }
    let heard = get(Some(&writes), json!({ "name": "sort", "arguments": { "by": "name" } })).await;
    assert_eq!(heard.body["result"]["messages"][0]["content"]["text"], "Sort the list of ada by name.");
    let heard = ask(&server, CHATGPT, Some(&writes), "completion/complete", offered).await;
    assert_eq!(heard.body["result"]["completion"]["values"], json!(["surname"]));
}

#[tokio::test]
async fn keys_that_change_are_found_and_asked_for_once_in_a_while() {
    let (issuer, _, token) = one().await;
    let server = open(Auth::issuer(issuer.url()));
    // Many at once, at the start: one question.
    let all = (0..20).map(|_| call(&server, CLAUDE, Some(&token), "show"));
    for heard in futures(all).await {
        assert_eq!(heard.text(), "the list of ada");
    }
    assert_eq!(issuer.asked(), 1);
    // The next question is 30 s later at the earliest, so a new key shortly after is not known yet.
    let next = Key::rsa(1);
    issuer.publish(vec![next.jwk("2")]);
    let renewed = next.sign(&header("RS256", "2"), &claims(&issuer));
    assert_eq!(call(&server, CLAUDE, Some(&renewed), "show").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(issuer.asked(), 1);
}

/// Waits for all, polled together.
async fn futures<T>(all: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut all: Vec<_> = all.map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        let mut done = true;
        for (one, answer) in &mut all {
            if answer.is_none() {
                match one.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *answer = Some(value),
                    std::task::Poll::Pending => done = false,
                }
            }
        }
        if done { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    all.into_iter().filter_map(|(_, answer)| answer).collect()
}

#[tokio::test]
async fn while_nobody_knows_the_keys_it_is_nobodys_mistake() {
    for (mood, longest) in [(Mood::Down, 2), (Mood::Slow, 7), (Mood::Lies, 2)] {
        let (issuer, _, token) = one().await;
        let server = open(Auth::issuer(issuer.url()));
        issuer.feel(mood);
        let began = Instant::now();
        for host in HOSTS {
            let heard = call(&server, host, Some(&token), "show").await;
            assert_eq!((heard.status, heard.retry), (StatusCode::SERVICE_UNAVAILABLE, true), "{}", heard.body);
            assert_eq!(heard.challenge, "", "to sign in again would not help");
        }
        assert!(began.elapsed().as_secs() < longest, "the second and the third do not wait: {:?}", began.elapsed());
        assert_eq!(call(&server, CLAUDE, None, "about").await.text(), "a list", "what needs no token goes on");
    }
}

#[tokio::test]
async fn known_keys_are_good_while_the_server_is_down() {
    let (issuer, _, token) = one().await;
    let server = open(Auth::issuer(issuer.url()));
    assert_eq!(call(&server, CLAUDE, Some(&token), "show").await.text(), "the list of ada");
    issuer.feel(Mood::Down);
    assert_eq!(call(&server, CLAUDE, Some(&token), "show").await.text(), "the list of ada");
}

#[tokio::test]
async fn a_token_may_be_for_what_was_configured_elsewhere() {
    let (issuer, key, _) = one().await;
    let server = open(Auth::issuer(issuer.url()).audience("api://todo").jwks_url(format!("{}/keys", issuer.url())));
    let mut claims = claims(&issuer);
    for (aud, status) in [("api://todo", StatusCode::OK), ("https://todo.example.com/mcp", StatusCode::UNAUTHORIZED)] {
        claims["aud"] = aud.into();
        let token = key.sign(&header("RS256", "1"), &claims);
        assert_eq!(call(&server, CLAUDE, Some(&token), "show").await.status, status, "{aud}");
    }
}

#[tokio::test]
async fn other_tokens_are_verified_by_the_author() {
    let verify = |token: String| async move {
        match token.as_str() {
            "broken" => Err("the authorization server is away".into()),
            "ada" => Ok(Some(User::new("ada").with_scopes(["todo:read"]))),
            _ => Ok(None),
        }
    };
    let server = open(Auth::issuer("https://auth.example.com").verify_with(verify));
    assert_eq!(call(&server, CLAUDE, Some("ada"), "show").await.text(), "the list of ada");
    assert_eq!(call(&server, CLAUDE, Some("bob"), "show").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(call(&server, CLAUDE, Some("broken"), "show").await.status, StatusCode::SERVICE_UNAVAILABLE);
}

/// What an author's verification does to itself is nothing to others, and no token passes by it.
#[tokio::test]
async fn a_verification_that_panics_ends_its_own_request() {
    let verify = |token: String| async move {
        assert!(token != "bang", "a panic of the verification");
        Ok(Some(User::new(token).with_scopes(["todo:read"])))
    };
    let server = open(Auth::issuer("https://auth.example.com").verify_with(verify));
    let heard = call(&server, CLAUDE, Some("bang"), "show").await;
    assert_eq!((heard.status, heard.retry), (StatusCode::SERVICE_UNAVAILABLE, true), "{}", heard.body);
    assert_eq!(call(&server, CLAUDE, Some("ada"), "show").await.text(), "the list of ada");
}

#[tokio::test]
async fn the_metadata_stand_at_both_addresses() {
    let server = open(Auth::issuer("https://auth.example.com").documentation("https://todo.example.com/help"));
    for path in ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"] {
        let response =
            server.handle(Request::get(path).header("origin", "https://client.example").body(bytes::Bytes::new()).unwrap()).await;
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert_eq!(response.headers()["content-type"], "application/json");
        let heard = Heard::of(response).await;
        let expected = json!({
            "resource": "https://todo.example.com/mcp",
            "authorization_servers": ["https://auth.example.com"],
            "scopes_supported": ["todo:read", "todo:write"],
            "bearer_methods_supported": ["header"],
            "resource_name": "chatui-tests",
            "resource_documentation": "https://todo.example.com/help",
        });
        assert_eq!((heard.status, heard.body), (StatusCode::OK, expected), "{path}");
        let wrong = server.handle(Request::post(path).body(bytes::Bytes::new()).unwrap()).await;
        assert_eq!(wrong.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
    assert_eq!(get(&server, "/.well-known/oauth-protected-resource/other").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_list_says_what_each_tool_asks_for() {
    let server = open(Auth::issuer("https://auth.example.com"));
    let tools = ask(&server, CHATGPT, None, "tools/list", json!({})).await.body["result"]["tools"].take();
    let tool = |name: &str| tools.as_array().unwrap().iter().find(|tool| tool["name"] == name).unwrap().clone();
    let signed = |scopes: &[&str]| json!({ "type": "oauth2", "scopes": scopes });
    for (name, schemes) in [
        ("show", json!([signed(&["todo:read"])])),
        ("add", json!([signed(&["todo:write"])])),
        ("greet", json!([{ "type": "noauth" }, signed(&["todo:read"])])),
        ("about", json!([{ "type": "noauth" }])),
    ] {
        assert_eq!((&tool(name)["securitySchemes"], &tool(name)["_meta"]["securitySchemes"]), (&schemes, &schemes), "{name}");
    }
    let profile = tool("profile");
    assert_eq!(profile["_meta"]["openai/profile"], true);
    assert_eq!(profile["inputSchema"], json!({ "type": "object", "properties": {}, "additionalProperties": false }));
    let schema = &profile["outputSchema"];
    assert_eq!((&schema["required"], &schema["additionalProperties"]), (&json!(["id"]), &json!(false)));
    assert_eq!((&schema["properties"]["id"]["minLength"], &schema["properties"]["id"]["pattern"]), (&json!(1), &json!("\\S")));
    assert_eq!(schema["properties"].as_object().unwrap().len(), 4);
    assert!(tool("show")["_meta"].get("openai/profile").is_none());
}

#[tokio::test]
async fn the_profile_leaves_out_what_is_not_verified() {
    let ada = User::new("1").with_claim("email", "ada@example.com").with_claim("name", "Ada");
    assert_eq!(Profile::of(&ada).email.as_deref(), Some("ada@example.com"));
    for yes in [json!(true), json!("true")] {
        assert!(Profile::of(&ada.clone().with_claim("email_verified", yes)).email.is_some());
    }
    for no in [json!(false), json!("false"), json!(0), Value::Null] {
        let doubtful = Profile::of(&ada.clone().with_claim("email_verified", no.clone()));
        assert_eq!((doubtful.email, doubtful.name.as_deref(), doubtful.id.as_str()), (None, Some("Ada"), "1"), "{no}");
    }
}

#[tokio::test]
async fn a_client_in_a_page_may_look_for_the_metadata_with_headers_of_mcp() {
    let (issuer, ..) = one().await;
    let server = open(Auth::issuer(issuer.url()));
    for path in ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"] {
        let asks = http::Request::options(path)
            .header("origin", "https://client.example")
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "mcp-protocol-version");
        let response = server.handle(asks.body(Default::default()).unwrap()).await;
        let header = |name: &str| response.headers().get(name).map_or("", |value| value.to_str().unwrap());
        assert_eq!((response.status(), header("access-control-allow-origin")), (StatusCode::NO_CONTENT, "*"));
        assert!(header("access-control-allow-headers").contains("mcp-protocol-version"));
    }
}
