//! Every finding: what it is about, and what only looks like it.

mod files;

use chatui_template::{CODES, Finding, Level, Policy, prepare};
use files::{Memory, page};

const NONE: Policy<'_> =
    Policy { connect: &[], resource: &[], frame: &[], redirect: &[], permissions: &[], assets: None, fields: None, allow: &[] };

fn findings(body: &str, policy: &Policy<'_>) -> Vec<Finding> {
    let html = page(body);
    let files = [
        ("web/a.html", &*html),
        ("web/assets/logo.png", "png"),
        ("web/x.js", "eval(1)\nalert(1)"),
        ("web/ok.js", "ok()"),
        ("web/ok.css", "p {}"),
        ("web/font.css", "@font-face { src: url(a.woff2) } @font-face { src: url(b.woff2) }"),
    ];
    match prepare("web/a.html", &Memory(&files), policy) {
        Ok(document) => document.findings,
        Err(problems) => panic!("{body}: {problems:#?}"),
    }
}

#[test]
fn what_is_unwise_is_found_and_can_be_allowed() {
    let rows = [
        ("eval", "<script>eval('1')</script>"),
        ("eval", "<script>window.eval('1')</script>"),
        ("eval", "<script>(0, eval)('1')</script>"),
        ("eval", "<script>new Function('a', 'return a')</script>"),
        ("eval", "<script>Function('return this')()</script>"),
        ("eval", "<script>setTimeout('a()', 1)</script>"),
        ("eval", "<p onclick='eval(1)'>x"),
        ("import-bare", "<script>if (node) { fs = await import('node:fs') }</script>"),
        ("import-bare", "<script type=module>const { createRequire } = await import('module')</script>"),
        ("import-bare", "<script type=module>import.meta.url;import(\"_\").catch(()=>1);(async function*(){})().next()</script>"),
        ("fetch-data", "<script>fetch('data:application/wasm;base64,AAAA')</script>"),
        ("wasm", "<script>WebAssembly.instantiate(x)</script>"),
        ("worker", "<script>new Worker(URL.createObjectURL(b))</script>"),
        ("worker", "<script>navigator.serviceWorker.register(x)</script>"),
        ("font-data", "<style>@font-face { src: url(data:font/woff2;base64,AAAA) }</style>"),
        ("font-data", "<style>@font-face { src: url('data:application/x-font-ttf;base64,AAAA') }</style>"),
        ("font-data", "<style>@font-face { src: url(a.woff2), url(a.woff) } @font-face { src: url(data:font/woff2,A) }</style>"),
        ("font-data", "<link rel=stylesheet href=font.css>"),
        ("javascript-link", "<a href='javascript:void 0'>x</a>"),
        ("storage", "<script>localStorage.x = 1</script>"),
        ("storage", "<script>window.sessionStorage</script>"),
        ("storage", "<script>document.cookie = 'a=b'</script>"),
        ("storage", "<script>indexedDB.open('x', 1)</script>"),
        ("dialog", "<script>if (confirm('?')) { a() }</script>"),
        ("dialog", "<button onclick=\"alert('x')\">x</button>"),
        ("viewport-height", "<style>body { min-height: 100vh }</style>"),
        ("viewport-height", "<style>@media print { a { b { height: calc(100dvh - 1px) } } }</style>"),
        ("viewport-height", "<div style='height:100vh'>x</div>"),
        ("link", "<a href=about.html>x</a>"),
        ("link", "<a href=//example.com>x</a>"),
        ("link", "<script>location.href = 'https://example.com'</script>"),
        ("link", "<script>window.location = url</script>"),
        ("link", "<script>location.assign(url)</script>"),
        ("form", "<form action=/save><button>x</button></form>"),
        ("link", "<script>window.open(url)</script>"),
        ("color-scheme", "<style>:root { color-scheme: light dark }</style>"),
        ("color-scheme", "<style>a{} html, body { color-scheme: dark }</style>"),
        ("color-scheme", "<meta name=color-scheme content='light dark'>"),
        ("csp-meta", "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">"),
        ("handshake", "<script>send({ method: 'ui/initialize' })</script>"),
        ("asset", "<script>img.src = '/assets/logo.png'</script>"),
        ("asset", "<script type=module>new URL('./x.bin', import.meta.url)</script>"),
        ("onload", "<script src=ok.js onload='start()'></script>"),
        ("onload", "<link rel=stylesheet href=ok.css onload='start()'>"),
        ("charset", "<p>é"),
        ("charset", "<meta charset=latin1><p>é"),
        ("charset", "<meta http-equiv=content-type content='text/html; charset=koi8-r'>"),
    ];
    for (code, body) in rows {
        let found = findings(body, &NONE);
        assert_eq!(
            found.iter().map(|finding| (finding.code, finding.level)).collect::<Vec<_>>(),
            [(code, Level::Warning)],
            "{body}: {found:#?}"
        );
        assert!(found[0].message.starts_with("web/a.html:2:") || found[0].message.starts_with("web/font.css:1:"), "{}", found[0].message);
        assert_eq!(findings(body, &Policy { allow: &[code], ..NONE }), [], "{body}");
        assert!(CODES.contains(&code));
    }
}

#[test]
fn what_a_widget_has_to_ask_for() {
    let rows: &[(&str, &[&str], &str)] = &[
        ("navigator.geolocation.getCurrentPosition(f)", &["geolocation"], "permissions(geolocation)"),
        ("navigator?.clipboard?.writeText('x')", &["clipboardWrite"], "permissions(clipboard_write)"),
        ("navigator.clipboard.write(items)", &["clipboardWrite"], "permissions(clipboard_write)"),
        ("navigator.mediaDevices.getUserMedia({ video: { width: 1 }, audio: false })", &["camera"], "permissions(camera)"),
        ("navigator.mediaDevices.getUserMedia({ audio: true })", &["microphone"], "permissions(microphone)"),
        ("navigator.mediaDevices.getUserMedia({ audio, video })", &["camera", "microphone"], "permissions(camera, microphone)"),
        ("navigator.mediaDevices.getUserMedia(wanted)", &["microphone"], "permissions(camera, microphone)"),
    ];
    for (code, permissions, says) in rows {
        let body = format!("<script>{code}</script>");
        let found = findings(&body, &NONE);
        assert!(found.len() == 1 && found[0].code == "permission" && found[0].message.contains(says), "{code}: {found:#?}");
        assert_eq!(findings(&body, &Policy { permissions, ..NONE }), [], "{code}");
    }
    let half = "<script>navigator.mediaDevices.getUserMedia({ audio, video })</script>";
    let found = findings(half, &Policy { permissions: &["camera"], ..NONE });
    assert!(found[0].message.ends_with("`permissions(microphone)`"), "{found:#?}");
}

#[test]
fn what_only_looks_unwise_is_not_found() {
    let bodies = [
        "<script>// eval(1)\n'eval(1)'; medieval(1); obj.eval(1); /eval(1)/.test(x); `eval(1)`; x = { eval: 1 }</script>",
        "<script>x instanceof Function; y = typeof eval; setTimeout(f, 1); setTimeout(() => {}, 1)</script>",
        "<script>class A { alert(x) { } eval() { } }; function confirm(x) { }; ui.alert('x'); a.prompt?.('x')</script>",
        "<script>const s = { localStorage: 1 }; x.localStorage; cookie = 1; a.cookie</script>",
        "<script>`${a / b}` + \"alert('x')\"; a = b / c; 'alert(1)/'; if (x) /alert('1')/.test(y)</script>",
        "<style>/* height: 100vh */ a { max-height: 100vh; width: 100vw } b::after { content: 'height: 100vh' }</style>",
        "<style>:root[data-theme=dark] { color-scheme: dark } select { color-scheme: light } html { color-scheme: inherit }</style>",
        "<a href='#x'>x</a><a href=https://example.com onclick='go(event)'>x</a>",
        "<script>const confirm = async x => x; confirm(1)</script><style>:root:fullscreen body { height: 100vh }</style>",
        "<script>stream.write('x'); clipboard = a.geolocation; navigator.clipboard.readText()</script>",
        "<script>img.src = '/assets/other.png'; name = 'logo.png'</script>",
        "<meta charset=utf-8><p>é",
    ];
    for body in bodies {
        assert_eq!(findings(body, &NONE), [], "{body}");
    }
}

#[test]
fn a_machine_of_ones_own_may_not_be_released() {
    let policy = Policy { connect: &["http://localhost:3000", "wss://x.ngrok.io"], resource: &["https://*.trycloudflare.com"], ..NONE };
    let body =
        "<script>fetch('http://localhost:3000/x'); new WebSocket('wss://x.ngrok.io')</script><img src=https://a.trycloudflare.com/x.png>";
    let found = findings(body, &policy);
    assert_eq!(found.iter().filter(|finding| finding.code == "localhost" && finding.level == Level::Release).count(), 3, "{found:#?}");
    assert_eq!(findings(body, &Policy { allow: &["localhost"], ..policy }), []);
}

#[test]
fn an_address_of_ones_own_machine_may_not_be_released_whatever_opens_it() {
    let rows = [
        ("<a href='http://localhost:5173/x'>x</a>", "3:10: the link to `http://localhost:5173` works only"),
        ("<map><area href='https://shy-owl.ngrok-free.app/x'></map>", "the link to `https://shy-owl.ngrok-free.app` works only"),
        ("<script>\nchatui.open('http://localhost:5173/x')</script>", "4:13: the address `http://localhost:5173` works only"),
        ("<script>chatui.open('http://localhost')</script>", "the address `http://localhost`"),
        ("<script>go(1, \"https://localhost/\", 2)</script>", "the address `https://localhost`"),
        ("<script>const home = 'https://a.trycloudflare.com'</script>", "the address `https://a.trycloudflare.com`"),
        ("<script>chatui.open(`http://127.0.0.1:${port}/x`)</script>", "the address `http://127.0.0.1`"),
        ("<script>chatui.open('http://localhost' + path)</script>", "the address `http://localhost`"),
        ("<script>chatui.open('ws:\\/\\/localhost:1')</script>", "the address `ws://localhost:1`"),
        ("<button onclick='chatui.open(&quot;http://[::1]:80/&quot;)'>x</button>", "the address `http://[::1]`"),
    ];
    for (body, says) in rows {
        let found = findings(&format!("\n{body}"), &NONE);
        let [finding] = found.as_slice() else { panic!("{body}: {found:#?}") };
        assert!(finding.code == "localhost" && finding.level == Level::Release && finding.message.contains(says), "{body}: {finding:#?}");
        assert_eq!(findings(body, &Policy { allow: &["localhost"], ..NONE }), [], "{body}");
    }
    let policy = Policy { connect: &["http://localhost:3000"], ..NONE };
    let found = findings("<script>fetch('http://localhost:3000/x')</script>", &policy);
    assert_eq!(found.len(), 1, "an address is spoken of once: {found:#?}");
}

#[test]
fn a_script_may_ask_whether_it_is_being_developed() {
    let bodies = [
        "<script>// http://localhost:5173\n/* 'http://localhost:1' */ a(/http:..localhost/)</script>",
        "<script>if (location.hostname === 'localhost' || location.hostname == '127.0.0.1') debug()</script>",
        "<script>a = location.origin === 'http://localhost:5173'; b = 'http://localhost:5173' != origin</script>",
        "<script>switch (origin) { case 'http://localhost:5173': debug() }</script>",
        "<script>a = location.href.startsWith('http://localhost:5173')</script>",
        "<script>a = ['http://localhost:5173', 'http://127.0.0.1:1'].includes(location.origin)</script>",
        "<script>new URL(path, 'http://localhost'); base = here && location.href || 'http://localhost'</script>",
        "<script>say('open http://localhost:5173 to try it'); say(`http://${host}`, `http://local${x}`)</script>",
        "<a href='https://example.com/?to=http://localhost'>x</a><a href='https://gitpod.io/docs'>x</a><p>http://localhost:1",
        "<!-- http://localhost:5173 --><style>/* url(http://localhost:5173) */</style>",
        "<script type=application/json>{\"at\": \"http://localhost:5173\"}</script>",
    ];
    for body in bodies {
        assert_eq!(findings(body, &NONE), [], "{body}");
    }
}

#[test]
fn an_entry_of_the_policy_that_nothing_names() {
    let policy = Policy {
        connect: &["https://api.example.com"],
        resource: &["https://*.example.org"],
        redirect: &["https://shop.example.net"],
        ..NONE
    };
    let used = "<script>api('api.example.com', 'x.example.org/', 'https://shop.example.net/x')</script>";
    assert_eq!(findings(used, &policy), []);
    let unused = "<p>shop.example.net";
    let messages: Vec<String> = findings(unused, &policy).into_iter().map(|finding| finding.message).collect();
    assert_eq!(messages.len(), 3, "{messages:#?}");
    assert_eq!(
        messages[0],
        "web/a.html:1:1: nothing in the template names `api.example.com`; keep it if the data or a file from elsewhere do, else remove `https://api.example.com` from csp(connect = …)"
    );
    let fonts = Policy { resource: &["https://fonts.googleapis.com", "https://fonts.gstatic.com"], ..NONE };
    assert_eq!(findings("<link rel=stylesheet href='https://fonts.googleapis.com/css2?family=Inter'>", &fonts), []);
    assert_eq!(findings("<p>x", &fonts).len(), 2);
}

#[test]
fn findings_come_in_order_each_once() {
    let found = findings("<script>alert(1)\nalert(2)</script><script src=x.js></script>", &NONE);
    let messages: Vec<&str> = found.iter().map(|finding| &*finding.message).collect();
    assert_eq!(messages.len(), 3, "{messages:#?}");
    assert!(messages[0].starts_with("web/a.html:2:9: `alert`") && messages[0].ends_with("(1 more like it)"), "{}", messages[0]);
    assert!(messages[1].starts_with("web/x.js:1:1: `eval`"), "{}", messages[1]);
    assert!(messages[2].starts_with("web/x.js:2:1: `alert`"), "{}", messages[2]);
}

#[test]
fn a_large_document_is_found() {
    let found = findings(&"x".repeat(500_001), &NONE);
    assert_eq!(found.len(), 1);
    assert!(found[0].code == "size" && found[0].message.contains("500 KB"), "{found:?}");
}
