//! Every refusal: its code, its place and what it says.

mod files;

use chatui_template::{Policy, prepare, prepare_html};
use files::{Memory, refused};

const NONE: Policy<'_> =
    Policy { connect: &[], resource: &[], frame: &[], redirect: &[], permissions: &[], assets: None, fields: None, allow: &[] };

/// The only problem of a body must be this one.
fn check(body: &str, code: &str, says: &str, files: &[(&str, &str)]) {
    let problems = refused(body, files, &NONE);
    let [problem] = problems.as_slice() else { panic!("{body}: {problems:#?}") };
    assert_eq!(problem.code, code, "{body}: {problem}");
    assert!(problem.to_string().contains(says), "{body}: {problem}");
}

#[test]
fn what_comes_from_an_origin_that_is_not_allowed() {
    let cdn = "add csp(resource = \"https://cdn.example.com\")";
    let bodies = [
        "<script src='https://cdn.example.com/a.js'></script>",
        "<script type=module src='https://cdn.example.com/a.js'></script>",
        "<script src='HTTPS://CDN.example.com:443/a.js?b=1&amp;c'></script>",
        "<link rel=stylesheet href=https://cdn.example.com/a.css>",
        "<link rel='preload' as=style href=https://cdn.example.com/a.css>",
        "<link rel='modulepreload' href=https://cdn.example.com/a.js>",
        "<img src=https://cdn.example.com/a.png>",
        "<img srcset='data:,x 1x, https://cdn.example.com/a.png 2x'>",
        "<picture><source srcset='https://cdn.example.com/a.png'></picture>",
        "<video src=https://cdn.example.com/a.mp4></video>",
        "<video poster=https://cdn.example.com/a.png></video>",
        "<audio><source src=https://cdn.example.com/a.mp3></audio>",
        "<svg><image href='https://cdn.example.com/a.png'/></svg>",
        "<svg><image xlink:href='https://cdn.example.com/a.png'/></svg>",
        "<style>p { background: url(https://cdn.example.com/a.png) }</style>",
        "<style>p { background: image-set('https://cdn.example.com/a.png' 1x) }</style>",
        "<style>@import 'https://cdn.example.com/a.css';</style>",
        "<style>@import url('https://cdn.example.com/a.css') print;</style>",
        "<style>@font-face { src: url(\"https://cdn.example.com/a.woff2\") }</style>",
        "<p style='background: url(&quot;https://cdn.example.com/a.png&quot;)'>x",
        "<script>import('https://cdn.example.com/a.js')</script>",
        "<script type=module>import a from 'https://cdn.example.com/a.js'</script>",
        "<script type=module>import 'https://cdn.example.com/a.js'</script>",
        "<script type=module>import a, { b as c } from 'https://cdn.example.com/a.js'</script>",
        "<script type=module>import * as a from 'https://cdn.example.com/a.js'</script>",
        "<script type=module>export * from 'https://cdn.example.com/a.js'</script>",
        "<script type=module>export { a } from 'https://cdn.example.com/a.js'</script>",
        "<script type=importmap>{\"imports\": {\"a\": \"https://cdn.example.com/a.js\"}}</script>",
    ];
    for body in bodies {
        check(body, "origin", cdn, &[]);
    }
    let api = "add csp(connect = \"https://api.example.com\")";
    let bodies = [
        "<script>fetch('https://api.example.com/x')</script>",
        "<script>window.fetch(`https://api.example.com/${x}`)</script>",
        "<script>fetch('https://api.example.com' + path)</script>",
        "<script>const API = 'https://api.example.com'; fetch(API + '/x')</script>",
        "<script>new EventSource('https://api.example.com/x')</script>",
        "<script>navigator.sendBeacon('https://api.example.com/x')</script>",
        "<script>r.open('GET', 'https://api.example.com/x')</script>",
        "<p onclick='fetch(&#39;https://api.example.com/x&#39;)'>x",
    ];
    for body in bodies {
        check(body, "origin", api, &[]);
    }
    check("<script>new WebSocket('wss://rt.example.com')</script>", "origin", "csp(connect = \"wss://rt.example.com\")", &[]);
    check("<iframe src=https://maps.example.com/x></iframe>", "origin", "csp(frame = \"https://maps.example.com\")", &[]);
}

#[test]
fn an_address_that_no_host_loads() {
    let rows = [
        ("<script src=//cdn.example.com/a.js></script>", "scheme", "write `https://cdn.example.com/a.js`"),
        ("<img src=http://cdn.example.com/a.png>", "scheme", "write `https://cdn.example.com`"),
        ("<script>new WebSocket('ws://rt.example.com')</script>", "scheme", "write `wss://rt.example.com`"),
        ("<script src='data:text/javascript,1'></script>", "scheme", "write it into the document"),
        ("<img src=file:///a.png>", "scheme", "`file:`"),
        ("<script>fetch('/api')</script>", "relative-fetch", "use chatui.call"),
        ("<script>a({ fetch }); b(fetch); if (fetch) { x = { fetch: fetch } } fetch('/api')</script>", "relative-fetch", "use chatui.call"),
        ("<script>(() => { return { fetch } })(); window.fetch === fetch; fetch('/api')</script>", "relative-fetch", "use chatui.call"),
        ("<script>const fetch = 1; window.fetch('/api')</script>", "relative-fetch", "use chatui.call"),
        ("<script>fetch('data.json')</script>", "relative-fetch", "use chatui.call"),
        ("<script>fetch(`/api/${x}`)</script>", "relative-fetch", "use chatui.call"),
        ("<script>new WebSocket('/live')</script>", "relative-fetch", "absolute address"),
        ("<script>r.open('get', 'data.json')</script>", "relative-fetch", "use chatui.call"),
        ("<object data=a.swf></object>", "object", "`<object>`"),
        ("<embed src=https://example.com/a.pdf>", "object", "`<embed>`"),
        ("<iframe src=b.html></iframe>", "frame", "write its content into the template"),
        ("<svg><use href='icons.svg#a'/></svg>", "use", "`<symbol>`"),
        ("<base href='https://example.com/'>", "base", "remove it"),
        ("<base href='/app/'>", "base", "remove it"),
        ("<meta http-equiv=Refresh content='5'>", "refresh", "remove it"),
    ];
    for (body, code, says) in rows {
        check(body, code, says, &[]);
    }
}

#[test]
fn what_can_not_be_put_into_the_document() {
    let files = [
        ("web/app.js", "import './part.js'"),
        ("web/lazy.js", "const x = () => import(`./part.js`)"),
        ("web/node.js", "import fs from 'node:fs'"),
        ("web/bare.js", "import { h } from 'preact'"),
        ("web/a.css", "@import 'b.css';"),
        ("web/b.css", "@import 'a.css';"),
    ];
    let rows = [
        ("<script src=ap.js></script>", "file", "3:13: there is no file `web/ap.js`; did you mean `web/app.js`?"),
        ("<img src=zzzzzzzz.png>", "file", "there is no file `web/zzzzzzzz.png`; create it"),
        ("<link rel=stylesheet href=c/x.css>", "file", "there is no file `web/c/x.css`"),
        ("<script src=main.ts></script>", "source", "browsers don't read `main.ts`; compile it first"),
        ("<link rel=stylesheet href=a.scss>", "source", "browsers don't read `a.scss`; compile it to CSS"),
        ("<script>import { a } from './a.js'; a()</script>", "import", "write `<script type=\"module\" …>`"),
        ("<script>a(); export {};</script>", "import", "an `export` stands only in a module"),
        ("<script>export default a</script>", "import", "an `export` stands only in a module"),
        ("<style>\n@import 'c.css';</style>", "file", "web/a.html:4:9: there is no file `web/c.css`"),
        ("<template></template><img src=c.png>", "file", "there is no file `web/c.png`"),
        ("<template shadowrootmode=open><img src=c.png></template>", "file", "there is no file `web/c.png`"),
        ("<template><img src=https://a.example/a.png></template>", "origin", "csp(resource"),
        ("<img src=../../a.png>", "path", "leaves the crate"),
        ("<script type=module src=app.js></script>", "import", "web/app.js:1:8: the import of `./part.js` can't be resolved"),
        ("<script type=module src=app.js></script>", "import", "npx esbuild web/app.js --bundle"),
        ("<script src=lazy.js></script>", "import", "inlineDynamicImports"),
        ("<script type=module src=bare.js></script>", "import", "`preact`"),
        ("<script type=module src=node.js></script>", "scheme", "`node:`"),
        ("<script>import('/x.js').catch(() => 1)</script>", "import", "`/x.js`"),
        ("<link rel=stylesheet href=a.css>", "import", "web/b.css:1:9: `web/a.css` imports itself"),
    ];
    for (body, code, says) in rows {
        let body = format!("\n{body}");
        check(&body, code, says, &files);
    }
}

#[test]
fn an_equals_sign_that_is_a_name() {
    check("<img alt src='a.png' ='b'>", "attribute", "a `=` stands where the name of an attribute is expected", &[("web/a.png", "")]);
}

/// A browser reads tags in it; a tokenizer that takes all for text would not see where it ends.
#[test]
fn tags_in_the_text_of_a_drawing() {
    let rows = [
        "<script>if (a<b) b()</script>",
        "<style>/* <p> */</style>",
        "<title>a<b</title>",
        "<script src=a.js></p></script>",
        "<script>//<![CDATA[\n//]]><!--</script>",
        "<script><![CDATA['</script>']]></script>",
    ];
    for script in rows {
        check(&format!("<svg>{script}</svg>"), "drawing", "` is read for tags and comments, and here one begins", &[]);
    }
    let fine = ["<script>if (a < b) b()</script>", "<script>//<![CDATA[\nif (a<b) b('<p>')\n//]]></script>"];
    for script in fine {
        prepare_html(&format!("<!doctype html><p>Hi<svg>{script}</svg>"), &Memory(&[]), &NONE).unwrap();
    }
}

#[test]
fn what_is_no_document() {
    let rows = [
        ("", "empty", "the template is empty"),
        ("<p>Hi", "html", "the template does not start with `<!doctype html>`"),
        ("<!doctype html><title>x</title><body>\n</body>", "empty", "would draw nothing"),
        ("<!doctype html><p>Hi<script>1", "unclosed", "html:1:21: `<script>` is never closed"),
        ("<!doctype html><p>Hi<style>a{}", "unclosed", "`<style>` is never closed"),
        ("<!doctype html><p>Hi<svg></svg><title/>", "unclosed", "html:1:32: `<title>` is never closed"),
        ("<!doctype html><p>Hi<svg><foreignObject><style/></svg>", "unclosed", "`<style>` is never closed"),
        ("<!doctype html><p>Hi<svg><g>", "unclosed", "html:1:21: `<svg>` is never closed"),
        ("<!doctype html><p>Hi<template><svg></svg>", "unclosed", "html:1:21: `<template>` is never closed"),
        ("<!doctype html><p>Hi<!-- a", "unclosed", "html:1:21: the comment `<!--` is never closed"),
        ("<!doctype html><p>Hi<!doctype html", "unclosed", "html:1:21: a doctype is never closed"),
        ("<!doctype html><p>Hi<!doctype", "unclosed", "html:1:21: a doctype is never closed"),
        ("<!doctype html><p>Hi<!", "unclosed", "html:1:21: a comment is never closed"),
        ("<!doctype html><p>Hi<!-", "unclosed", "html:1:21: a comment is never closed"),
        ("<!doctype html><p>Hi<?", "unclosed", "html:1:21: a comment is never closed"),
        ("<!doctype html><p>Hi<![CDATA[", "unclosed", "html:1:21: a comment is never closed"),
        ("<!doctype html><p>Hi<p class='a", "unclosed", "a tag is never closed"),
        ("<!doctype html><p>Hi<script><!-- <script> </script>", "unclosed", "`<script>` is never closed"),
    ];
    for (html, code, says) in rows {
        let problems = prepare_html(html, &Memory(&[]), &NONE).unwrap_err();
        let [problem] = problems.as_slice() else { panic!("{html}: {problems:#?}") };
        assert_eq!(problem.code, code, "{html}: {problem}");
        assert!(problem.to_string().contains(says), "{html}: {problem}");
    }
    let large = format!("<!doctype html><p>{}", "x".repeat(2_000_001));
    let problems = prepare_html(&large, &Memory(&[]), &NONE).unwrap_err();
    assert!(problems[0].to_string().contains("2000 KB"), "{}", problems[0]);
}

#[test]
fn a_template_that_is_not_there() {
    let files = Memory(&[("web/dist/index.html", "<!doctype html><p>Hi"), ("widgets/card.html", ""), ("empty/readme.md", "")]);
    let rows = [
        ("widgets/cart.html", "there is no file `widgets/cart.html`; did you mean `widgets/card.html`?"),
        ("card.html", "did you mean `widgets/card.html`?"),
        ("", "is empty"),
        ("../a.html", "leaves the crate"),
        ("a\\b.html", "backslash"),
        ("empty", "there is no file `empty`"),
        ("widgets/card.html", "`widgets/card.html` is empty"),
    ];
    for (path, says) in rows {
        let problems = prepare(path, &files, &NONE).unwrap_err();
        assert!(problems.len() == 1 && problems[0].to_string().contains(says), "{path}: {problems:?}");
    }
    assert_eq!(prepare("web/dist", &files, &NONE).unwrap().files, ["web/dist/index.html"]);
    assert_eq!(prepare("web/dist/", &files, &NONE).unwrap().files, ["web/dist/index.html"]);
}

#[test]
fn all_mistakes_are_said_in_order_and_each_once() {
    let body = "<img src=https://a.example/1.png>\n<img src=https://a.example/2.png>\n<script src=x.js></script>\n<img src=//b.example/c>";
    let files = [("web/x.js", "é; fetch('/api')\nfetch('https://c.example/')")];
    let problems: Vec<String> = refused(body, &files, &NONE).iter().map(ToString::to_string).collect();
    let starts = ["web/a.html:2:10: the image of", "web/a.html:5:10: `//b.ex", "web/x.js:1:10: `/api`", "web/x.js:2:7: fetching from"];
    assert_eq!(problems.len(), starts.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem}");
    }
}

#[test]
fn what_the_policy_allows_is_let_through() {
    let policy = Policy {
        connect: &["https://api.example.com", "wss://rt.example.com:8443"],
        resource: &["https://*.example.com"],
        frame: &["https://maps.example.org"],
        ..NONE
    };
    let body = "<script src='https://cdn.example.com/a.js'></script><img src=https://a.b.example.com/a.png>
        <script type=module>import a from 'https://esm.example.com/a'</script>
        <script>fetch('https://api.example.com/'); new WebSocket('wss://rt.example.com:8443/')</script>
        <iframe src=https://maps.example.org></iframe>";
    assert_eq!(refused(body, &[], &policy), []);
    let other = "<img src=https://example.com/a><script>new WebSocket('wss://rt.example.com/')</script><iframe src=https://x.maps.example.org></iframe>";
    assert_eq!(refused(other, &[], &policy).len(), 3);
}

#[test]
fn what_only_looks_like_loading_is_no_problem() {
    let bodies = [
        "<script>// fetch('/api')\n'fetch(\"/api\")'; api.fetch('/x'); /fetch('\\/api')/; `fetch('/api')`</script>",
        "<script>fetch(url); fetch(base + '/x'); fetch(`${base}/x`); fetch('https://' + host); fetch(`https://${host}/x`)</script>",
        "<script>indexedDB2.open('name', 1); dialog.open('GET'); new URL('x', 'y')</script>",
        "<script>class A { fetch('x') {} }; import.meta; const imports = { import: 1 }; from = 'x'</script>",
        "<script type=text/template><img src=https://x.example/a.png></script>",
        "<script type=application/json>{\"a\": \"fetch('/api')\"}</script>",
        "<!-- <script src=https://x.example/a.js></script> --><textarea><img src=x.png></textarea>",
        "<style>/* url(https://x.example) */ @namespace url(http://www.w3.org/1999/xhtml); p { fill: url(#a); content: 'url(x.png)' }</style>",
        "<img src='data:image/png;base64,AAAA'><img src=''><svg><use href='#a'/></svg><iframe srcdoc='<p>x'></iframe>",
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'></svg>",
        "<script>const API = 'https://x.example'; { const API = 1; fetch(API) }</script>",
        "<link rel=preconnect href=https://x.example><link rel=canonical href=https://x.example>",
        "<script>const fetch = wrap(x); fetch('/api')</script>",
        "<script>async function load({ fetch }) { return fetch('/api') }</script>",
        "<script>const load = (url, { get: fetch } = {}) => fetch('/api'); class A { go(a, fetch = b) { fetch('/x') } }</script>",
        "<script>const { a: { fetch } } = api; fetch('/api')</script>",
        "<script>const load = fetch => fetch('/api')</script>",
        "<script type=importmap>{\"imports\": {\"a\": \"data:,\"}}</script><script type=module>import b, { fetch } from 'a'; fetch('/api')</script>",
        "<script type=importmap>{\"imports\": {\"a\": \"data:,\"}}</script><script type=module>import { get as fetch } from 'a'; fetch('/api')</script>",
        "<script>export_ = 1; a.import('x'); exporter * from</script>",
    ];
    for body in bodies {
        assert_eq!(refused(body, &[], &NONE), [], "{body}");
    }
}

#[test]
fn a_secret_is_refused_wherever_it_stands_and_never_printed() {
    let key = ["ghp_", "k3Jd9fQ2mZx7Lr5TbW8yVn4Hs6Pc1Ga0EuXo"].concat();
    let files = [
        ("web/x.js", &*format!("// {key}")),
        ("web/x.css", &*format!("/* {key} */")),
        ("web/x.svg", &*format!("<svg><!-- {key} --></svg>")),
    ];
    let rows = [
        (format!("<!-- {key} -->"), "web/a.html:2:6: "),
        (format!("<script>token = '{key}'</script>"), "web/a.html:2:18: "),
        ("<script src=x.js></script>".into(), "web/x.js:1:4: "),
        ("<link rel=stylesheet href=x.css>".into(), "web/x.css:1:4: "),
        ("<img src=x.svg>".into(), "web/x.svg:1:11: "),
    ];
    for (body, place) in rows {
        let problems = refused(&body, &files, &NONE);
        let [problem] = problems.as_slice() else { panic!("{body}: {problems:#?}") };
        let problem = problem.to_string();
        assert!(
            problem.starts_with(place) && problem.contains("`ghp_…` looks like a GitHub token") && !problem.contains(&key),
            "{problem}"
        );
        assert_eq!(refused(&body, &files, &Policy { allow: &["secret"], ..NONE }), []);
    }
}

#[test]
fn a_stylesheet_that_loads_from_elsewhere_wants_both_origins() {
    let body = "<link rel=stylesheet href='https://fonts.googleapis.com/css2?family=Inter'>";
    let both = "csp(resource = [\"https://fonts.googleapis.com\", \"https://fonts.gstatic.com\"])";
    let said = |resource: &[&str]| {
        let problems = refused(body, &[], &Policy { resource, ..NONE });
        problems.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(said(&[])[0].contains(both));
    assert!(said(&["https://fonts.googleapis.com"])[0].contains(both));
    assert_eq!(said(&["https://fonts.googleapis.com", "https://fonts.gstatic.com"]), [""; 0]);
}

#[test]
fn words_that_only_look_like_those_of_modules_are_left_alone() {
    for script in
        ["const a = { import: 1, export: 2 }; a.import(a.export)", "import('x').catch(b)", "class A { export() {} }", "a = b.export\n(c)"]
    {
        let problems = refused(&format!("<script>{script}</script>"), &[], &NONE);
        assert_eq!(problems, [], "{script}");
    }
}
