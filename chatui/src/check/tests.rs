//! Every rule has a server that breaks it, and there is one that breaks none.

use super::{
    Client, Report,
    ask::Answer,
    cases::{CASES, guarded, page, put},
    fake::{Fake, good},
    rule,
};
use crate::ink::Ink;
use bytes::Bytes;
use http::{HeaderValue, Request};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

fn codes(fake: Fake, host: Option<Client>) -> BTreeSet<&'static str> {
    Report::of(&fake.facts(), host).broken.iter().map(|(rule, _)| rule.code).collect()
}

#[test]
fn a_good_server_breaks_nothing() {
    let facts = good().facts();
    let report = Report::of(&facts, None);
    assert!(report.broken.is_empty(), "{}", report.text(&Ink::NONE));
    assert!(facts.is_modern() && facts.shakes() && facts.calls.len() == 2 && facts.widgets.len() == 1, "everything was seen");
    assert_eq!(report.text(&Ink::NONE), "no errors, no warnings: 2 tools, 1 widget at https://weather.example.com/mcp\n");
}

#[test]
fn signing_in_may_be_in_order() {
    let mut fake = good();
    fake.twist = |method, _, answer| guarded(method, answer, |_, _| {});
    let facts = fake.facts();
    let report = Report::of(&facts, None);
    let text = report.text(&Ink::NONE);
    assert!(report.broken.is_empty(), "{text}");
    let way =
        "its metadata at https://weather.example.com/.well-known/oauth-protected-resource/mcp name `https://id.example.com` as who gives";
    assert!(
        text.starts_with("nothing behind the sign-in was looked at: ") && text.contains(way) && text.contains("--token-env NAME"),
        "{text}"
    );
    assert!(
        text.ends_with("no errors, no warnings: nothing was seen but the way to sign in at https://weather.example.com/mcp\n"),
        "{text}"
    );
    assert!(report.json()["unseen"].as_str().unwrap().contains(way));
}

#[test]
fn who_is_signed_in_sees_all_of_it_and_how_others_are_led_there() {
    fn for_ada(method: &str, request: &Request<Bytes>, answer: &mut Answer) {
        let signed = request.headers().get("authorization").is_some_and(|token| token == "Bearer letmein-please");
        assert!(!signed || request.uri().path() == "/mcp", "{} is told nothing", request.uri());
        if !signed {
            guarded(method, answer, |_, _| {});
        }
    }
    let signed = |twist| {
        let mut fake = good();
        fake.wanted.token = Some(HeaderValue::from_static("Bearer letmein-please"));
        fake.twist = twist;
        fake
    };
    let facts = signed(for_ada).facts();
    let report = Report::of(&facts, None);
    assert!(report.broken.is_empty() && report.unseen.is_none(), "{}", report.text(&Ink::NONE));
    assert_eq!((report.tools, report.widgets), (2, 1));
    let lost = signed(|method, request, answer| {
        for_ada(method, request, answer);
        answer.headers.remove("www-authenticate");
    });
    assert_eq!(codes(lost, None), BTreeSet::from(["C060"]));
    let refused = signed(|method, _, answer| guarded(method, answer, |_, _| {})).facts();
    assert!(Report::of(&refused, None).unseen.unwrap().starts_with("the token was not accepted: `initialize` was answered with 401"));
}

#[test]
fn a_server_that_wants_to_be_asked_less_often_is_waited_for() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let mut fake = good();
    fake.twist = |_, _, answer| {
        if ASKED.fetch_add(1, Ordering::Relaxed).is_multiple_of(3) {
            *answer = page(429, "slow down");
            put(answer, "retry-after", "1");
        }
    };
    assert_eq!(codes(fake, None), BTreeSet::new());
    assert!(ASKED.load(Ordering::Relaxed) > 40);
    let mut fake = good();
    fake.twist = |method, _, answer| {
        if method == "tools/list" {
            *answer = page(429, "slow down");
            put(answer, "retry-after", "50");
        }
    };
    let facts = fake.facts();
    let report = Report::of(&facts, None);
    let [(rule, findings)] = report.broken.as_slice() else { panic!("{}", report.text(&Ink::NONE)) };
    let says = "it was cut off: POST tools/list (2025-11-25) was answered with 429, to be asked again in 50 s, after 50 s of waiting";
    assert_eq!((rule.code, findings[0].says.as_str()), ("C011", says));
}

#[test]
fn a_proof_of_the_domain_may_be_in_order() {
    let mut fake = good();
    fake.twist = |method, _, answer| {
        if method.ends_with("openai-apps-challenge") {
            *answer = page(200, "f3A9-token\n");
            put(answer, "content-type", "text/plain; charset=utf-8");
        }
    };
    assert_eq!(codes(fake, None), BTreeSet::new());
}

#[test]
fn each_rule_is_broken_by_a_server() {
    let mut unseen = Vec::new();
    for (number, (code, spoil)) in CASES.iter().enumerate() {
        let mut fake = good();
        spoil(&mut fake);
        let found = codes(fake, None);
        if !found.contains(code) {
            unseen.push(format!("case {number} does not break {code}, but {found:?}"));
        }
    }
    assert!(unseen.is_empty(), "{unseen:#?}");
    // The first is a start that fails, which no server can show: `tests/check.rs` does.
    let broken: BTreeSet<&str> = CASES.iter().map(|(code, _)| *code).chain(["C001"]).collect();
    let lacking: Vec<&str> = rule::all().map(|rule| rule.code).filter(|code| !broken.contains(code)).collect();
    assert!(lacking.is_empty(), "no case breaks {lacking:?}");
}

#[test]
fn a_host_hears_of_what_concerns_it() {
    let broken = || {
        let mut fake = good();
        fake.tools[0]["annotations"] = Value::Null;
        fake.contents["_meta"]["ui"]["csp"]["frameDomains"] = json!(["https://www.example.com"]);
        fake.contents["_meta"]["openai/widgetCSP"]["frame_domains"] = json!(["https://www.example.com"]);
        fake.resources[0]["_meta"] = fake.contents["_meta"].clone();
        fake
    };
    assert_eq!(codes(broken(), Some(Client::ChatGpt)), BTreeSet::from(["C100"]));
    assert_eq!(codes(broken(), Some(Client::Claude)), BTreeSet::from(["C174"]));
    assert_eq!(codes(broken(), None), BTreeSet::from(["C100", "C174"]));
}

#[test]
fn nothing_that_a_server_says_is_too_strange() {
    let strange = [json!(null), json!(3), json!("x"), json!([]), json!({}), json!([[], {}, null, "é"]), json!({ "x": { "$ref": "#/x" } })];
    let places: [fn(&mut Fake) -> &mut Value; 12] = [
        |fake| &mut fake.hello,
        |fake| &mut fake.discovered,
        |fake| &mut fake.tools,
        |fake| &mut fake.tools[0],
        |fake| &mut fake.tools[0]["name"],
        |fake| &mut fake.tools[0]["inputSchema"],
        |fake| &mut fake.tools[0]["inputSchema"]["properties"],
        |fake| &mut fake.tools[0]["_meta"],
        |fake| &mut fake.resources,
        |fake| &mut fake.contents,
        |fake| &mut fake.contents["_meta"]["ui"]["csp"],
        |fake| &mut fake.call,
    ];
    for (number, place) in places.iter().enumerate() {
        for value in &strange {
            let mut fake = good();
            *place(&mut fake) = value.clone();
            assert!(Report::of(&fake.facts(), None).text(&Ink::NONE).ends_with('\n'), "place {number}: {value}");
        }
    }
}

#[test]
fn the_table_of_rules_is_in_order() {
    let codes: Vec<&str> = rule::all().map(|rule| rule.code).collect();
    assert!(codes.is_sorted() && codes.iter().collect::<BTreeSet<_>>().len() == codes.len(), "{codes:?}");
    let document = super::rules();
    let sources = document.rsplit_once("\n## ").unwrap().1;
    for rule in rule::all() {
        let known = |source: &str| source.contains('#') || sources.contains(source);
        assert!(rule.source.split(", ").all(known), "{}: {}", rule.code, rule.source);
        assert!(!rule.title.starts_with(char::is_lowercase), "{}", rule.code);
        assert!(!rule.fix.ends_with('.') && rule.why.ends_with('.') && !rule.hosts.is_empty(), "{}", rule.code);
    }
}

#[test]
fn a_report_says_where_and_what_to_do() {
    let mut fake = good();
    fake.tools[0]["annotations"]["readOnlyHint"] = Value::Null;
    let facts = fake.facts();
    let report = Report::of(&facts, None);
    let text = report.text(&Ink::NONE);
    assert!(text.starts_with("error C100 expected: A tool says"), "{text}");
    assert!(
        text.contains("\n  tool `forecast`, annotations: it lacks readOnlyHint\n    why: ChatGPT") && text.contains("\n    do:  set "),
        "{text}"
    );
    assert!(text.ends_with("1 error, no warnings: 2 tools, 1 widget at https://weather.example.com/mcp\n"), "{text}");
    let json = report.json();
    let finding = &json["findings"][0];
    assert_eq!((&finding["code"], &finding["level"], &finding["path"]), (&json!("C100"), &json!("error"), &json!("annotations")));
    assert_eq!((&json["errors"], &json["host"], &finding["file"]), (&json!(1), &json!("all"), &Value::Null));
}
