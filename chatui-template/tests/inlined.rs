//! What a document looks like with its files in it.

mod files;

use chatui_template::{Policy, prepare};
use files::Memory;

const FILES: &[(&str, &str)] = &[
    ("web/app.js", "let a = '</script>';\n"),
    ("web/hide.js", "const x = '<!--<script>'; a</script/.test(b)\n<!-- old\n"),
    ("web/b c.js", "b()"),
    ("web/mod.js", "const m = 1;"),
    ("web/tags.js", "a<b"),
    (
        "web/css/a.css",
        "@import url(\"b.css\") screen;\n@import 'l.css' layer(base) supports(display: grid);\np { background: url(../img/p.png) }",
    ),
    ("web/css/b.css", "b { background: url( 'x.svg' ) } i { content: '</style>'"),
    ("web/css/l.css", "l { }"),
    ("web/css/x.svg", "<svg/>"),
    ("web/css/r.css", "@import 'l.css'; @import url(https://x.example/r.css);"),
    ("web/img/p.png", "p"),
    ("web/img/q.png", "q"),
];

/// The body of a document after it was prepared.
fn body(before: &str) -> String {
    let html = format!("<!doctype html><head></head>{before}");
    let all: Vec<(&str, &str)> = [("web/a.html", &*html)].into_iter().chain(FILES.iter().copied()).collect();
    let policy = Policy { resource: &["https://x.example"], allow: &["csp-unused"], ..Policy::default() };
    let document = prepare("web/a.html", &Memory(&all), &policy).unwrap_or_else(|problems| panic!("{before}: {problems:#?}"));
    assert_eq!(document.before, "<!doctype html><head>");
    let once = document.before.clone() + &document.after;
    let all: Vec<(&str, &str)> = [("web/a.html", &*once)].into_iter().chain(FILES.iter().copied()).collect();
    let again = prepare("web/a.html", &Memory(&all), &policy).unwrap_or_else(|problems| panic!("{once}: {problems:#?}"));
    assert_eq!(again.before + &again.after, once, "a second time changes nothing");
    assert_eq!(again.files, ["web/a.html"]);
    document.after.strip_prefix("</head>").unwrap().to_owned()
}

/// A deferred script behind something else that waits for the whole document.
fn turn(attrs: &str, code: &str) -> String {
    format!(
        "<script type=\"module\">{{let s=document.createElement(\"script\");{attrs}s.text=\"{code}\";document.body.append(s)}}</script>"
    )
}

#[test]
fn files_stand_where_they_were_named() {
    let p = "data:image/png;base64,cA==";
    let q = "data:image/png;base64,cQ==";
    let l = "@layer base{@supports (display: grid){l { }}}";
    let b = "b { background: url(data:image/svg+xml;base64,PHN2Zy8+) } i { content: '<\\/style>'}";
    let rows = [
        // Scripts.
        ("<script src=app.js></script>x", "<script>let a = '<\\/script>';\n</script>x"),
        (
            "<SCRIPT SRC='./app.js?v=1#x' integrity=sha crossorigin id=\"a\">old</SCRIPT >x",
            "<script id=\"a\">let a = '<\\/script>';\n</script>x",
        ),
        ("<script src=/b%20c.js></script><p>", "<script>b()</script><p>"),
        ("<script src=/b%20c.js id=b style='background:url(img/p.png)'></script><p>", "<script id=b>b()</script><p>"),
        ("<script src='b&#32;c.js'></script><p>", "<script>b()</script><p>"),
        ("<script type=module crossorigin src=mod.js></script><p>", "<script type=module>const m = 1;</script><p>"),
        ("<script src=hide.js></script><p>", "<script>const x = '\\x3c!--<script>'; a< /script/.test(b)\n//-- old\n</script><p>"),
        // In a drawing it would be read for tags; behind what ends one, and in HTML inside of one, not.
        ("<svg><script src=tags.js></script></svg>x", "<svg><script>//<![CDATA[\na<b\n//]]></script></svg>x"),
        ("<svg><g><div></div><script src=tags.js></script>x", "<svg><g><div></div><script>a<b</script>x"),
        ("<svg></p><script src=tags.js></script>x", "<svg></p><script>a<b</script>x"),
        ("<math><mi><script src=tags.js></script></mi></math>x", "<math><mi><script>a<b</script></mi></math>x"),
        ("<svg><ms><script src=tags.js></script></ms></svg>x", "<svg><ms><script>//<![CDATA[\na<b\n//]]></script></ms></svg>x"),
        (
            "<math><title>y</title><script src=tags.js></script></math>x",
            "<math><title>y</title><script>//<![CDATA[\na<b\n//]]></script></math>x",
        ),
        (
            "<math><annotation-xml encoding=text/html><script src=tags.js></script></annotation-xml></math>x",
            "<math><annotation-xml encoding=text/html><script>a<b</script></annotation-xml></math>x",
        ),
        (
            "<math><annotation-xml><script src=tags.js></script></annotation-xml></math>x",
            "<math><annotation-xml><script>//<![CDATA[\na<b\n//]]></script></annotation-xml></math>x",
        ),
        // What waits for the document stands at its end.
        (
            "<body><script defer src='b c.js'></script><script async src=mod.js></script><p>x</p></body></html>",
            "<body><p>x</p><script>b()</script><script>const m = 1;</script></body></html>",
        ),
        ("<script defer src='b c.js'></script><p>x", "<p>x<script>b()</script>"),
        ("<script nomodule src=old.js></script><p>x", "<p>x"),
        // Among modules and what comes from elsewhere it keeps its turn.
        (
            "<script type=module src=mod.js></script><script defer id=d src='b c.js'></script>x",
            &format!("<script type=module>const m = 1;</script>{}x", turn("s.setAttribute(\"id\",\"d\");", "b()")),
        ),
        (
            "<script defer src=https://x.example/a.js></script><script defer src=app.js></script>x",
            &format!("<script defer src=https://x.example/a.js></script>{}x", turn("", "let a = '\\x3c/script>';\\n")),
        ),
        ("<script type=module>1</script><script async src='b c.js'></script>x", "<script type=module>1</script>x<script>b()</script>"),
        (
            "<script type=module async>1</script><script defer src='b c.js'></script>x",
            "<script type=module async>1</script>x<script>b()</script>",
        ),
        // Styles.
        ("<link rel=stylesheet href=css/l.css media=print onload=\"this.media='all'\">x", "<style>l { }</style>x"),
        ("<link rel=stylesheet href=css/l.css media=print onload=\"if(media!='all')media='all'\">x", "<style>l { }</style>x"),
        (
            "<link rel=stylesheet href=css/l.css media=print onload=\"this.onload=null;this.media='screen'\">x",
            "<style media=\"screen\">l { }</style>x",
        ),
        (
            "<link rel=preload as=style href=css/l.css onload=\"this.rel='stylesheet'\"><noscript><link rel=stylesheet href=css/l.css></noscript>x",
            "<style>l { }</style><noscript><link rel=stylesheet href=css/l.css></noscript>x",
        ),
        ("<link rel=stylesheet href=css/l.css media=print integrity=x>x", "<style media=print>l { }</style>x"),
        ("<link href='/css/a.css' rel='StyleSheet'>x", &format!("<style>@media screen{{{b}}}\n{l}\np {{ background: url({p}) }}</style>x")),
        ("<style>@import 'css/l.css' layer;</style>x", "<style>@layer{l { }}</style>x"),
        ("<link rel=stylesheet href=css/r.css>x", "<style>@import url(https://x.example/r.css);l { } </style>x"),
        ("<p style='color: red; background: url(\"img/p.png\")'>x", &format!("<p style=\"color: red; background: url({p})\">x")),
        (
            "<style>p{background:image-set(\"img/p.png\" 1x, \"img/q.png\" type(\"image/png\"))}</style>x",
            &format!("<style>p{{background:image-set(url({p}) 1x, url({q}) type(\"image/png\"))}}</style>x"),
        ),
        // Fonts.
        (
            "<style>@font-face { src: url(a.eot); src: local('A'), url(a.woff2) format('woff2'), url(a.ttf) format('truetype') }</style>x",
            "<style>@font-face { ; src: local('A') }</style>x",
        ),
        (
            "<style>@font-face { src: url(a.woff), url(a.ttf), url(https://x.example/a.woff2) format('woff2'), url(b.svg#a) }</style>x",
            "<style>@font-face { src: url(https://x.example/a.woff2) format('woff2') }</style>x",
        ),
        ("<style>@font-face{font-family:a;src:url(a.woff2)}</style>x", "<style>@font-face{font-family:a;}</style>x"),
        // Images.
        ("<img alt=x src=img/p.png>", &format!("<img alt=x src=\"{p}\">")),
        (
            "<img src='img/p.png' crossorigin=anonymous srcset='img/p.png 1x,img/q.png 2x'>",
            &format!("<img src=\"{p}\" srcset=\"{p} 1x, {q} 2x\">"),
        ),
        ("<img srcset='img/p.png, https://x.example/q.png 2x'>", &format!("<img srcset=\"{p}, https://x.example/q.png 2x\">")),
        (
            "<video poster=img/p.png></video><svg><image xlink:href=\"img/q.png\"/></svg>",
            &format!("<video poster=\"{p}\"></video><svg><image xlink:href=\"{q}\"/></svg>"),
        ),
        (
            "<template><img src=img/p.png><script defer src='b c.js'></script></template>x",
            &format!("<template><img src=\"{p}\"><script defer>b()</script></template>x"),
        ),
        // What a frame has no use for.
        ("<base href=\"/\"><base href='./' target=_blank>x", "<base target=_blank>x"),
        ("<link rel=icon href=a.ico><link rel=manifest href=m.json><link rel=modulepreload href=mod.js>x", "x"),
        // Without a space between attributes.
        ("<base href=''target=_blank>x", "<base target=_blank>x"),
        ("<img crossorigin=''src=img/p.png>", &format!("<img src=\"{p}\">")),
        ("<script src='b c.js'id=b></script>x", "<script id=b>b()</script>x"),
        // A text does not go on with what follows.
        ("<<base href=/>?a&am<link rel=icon href=a.ico>p;", "<<!---->?a&am<!---->p;"),
    ];
    for (before, after) in rows {
        assert_eq!(body(before), after, "{before}");
    }
}

#[test]
fn what_names_no_file_stays_byte_for_byte() {
    let bodies = [
        "<p>\r\n\tHi &amp; bye\u{0} é <br/ ><P CLASS=a  id='b' >",
        "<script>\r\nlet a = '<!-- x';\n</script><style>p{background:url( data:image/png;base64,AA== )}</style>",
        "<img src='{{photo}}' srcset='{{a}} 1x, {{ b | c, d }} 2x'><template><img src='photo.png'><link rel=stylesheet href=no.css></template>",
        "<template><svg><script href='${x}.js'></script></svg></template><iframe src='<%= url %>'></iframe><svg><use href='{{icon}}'/></svg>",
        "<svg><title/><style/><script/><g><text>x</text></g></svg><p style='color: red'>x</p><math><title/></math>",
        "<img src=data:,x srcset='data:,x 1x , data:,y 2x'><a href=b.html>b</a>",
        "<style>@import url(https://x.example/a.css);p{}</style><link rel=stylesheet href=https://x.example/b.css>x",
    ];
    for before in bodies {
        assert_eq!(body(before), before);
    }
}

#[test]
fn what_a_finding_depends_on_is_read() {
    let html = "<!doctype html><script>a.src = 'img/p.png'; b.src = 'img/no.png'</script>";
    let all: Vec<(&str, &str)> = [("web/a.html", html)].into_iter().chain(FILES.iter().copied()).collect();
    let document = prepare("web/a.html", &Memory(&all), &Policy::default()).unwrap();
    assert_eq!((document.files, document.findings.len()), (vec!["web/a.html".to_owned(), "web/img/p.png".to_owned()], 1));
}

#[test]
fn every_file_is_named_once_and_the_template_first() {
    let html = "<!doctype html><link rel=stylesheet href=css/a.css><script src=app.js></script><img src=img/p.png>";
    let all: Vec<(&str, &str)> = [("web/a.html", html)].into_iter().chain(FILES.iter().copied()).collect();
    let document = prepare("web/a.html", &Memory(&all), &Policy::default()).unwrap();
    let files = ["web/a.html", "web/css/a.css", "web/css/b.css", "web/css/x.svg", "web/css/l.css", "web/img/p.png", "web/app.js"];
    assert_eq!(document.files, files);
}
