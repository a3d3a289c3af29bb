//! Whatever somebody writes: no panic, and no change where nothing is named.

mod files;

use chatui_template::{Policy, check_origin, find_secret, is_local, prepare_html};
use files::Memory;
use proptest::{collection::vec, prelude::*, sample::select};

const FILES: Memory<'_> = Memory(&[
    ("a.js", "let a = `${1}`; // é"),
    ("b.js", "x = '<!-- <script> </script>'; y = /<!--/ // </SCRIPT\n<!-- z"),
    ("a.css", "@import 'b.css'; p { background: url(a.svg) }"),
    ("b.css", "@media x { p { color: red"),
    ("a.svg", "<svg/>"),
]);

/// Pieces that a document may be made of, whole and broken. None is taken out: what stood around it would be one piece.
const PIECES: &[&str] = &[
    "<script>",
    "</script>",
    "<script src=a.js>",
    "<script type=module src='a.js'>",
    "<style>",
    "</style>",
    "<link rel=stylesheet href=a.css>",
    "<img src=a.svg>",
    "<img srcset='a.svg 1x, a.svg 2x'>",
    "<p style=\"background:url(a.svg)\">",
    "<!--",
    "-->",
    "<head>",
    "</head>",
    "<body>",
    "</body>",
    "<title>",
    "</title>",
    "<a href=javascript:1>",
    "<svg>",
    "</svg>",
    "<title/>",
    "<template>",
    "</template>",
    "<use href=#a />",
    "'",
    "\"",
    "`",
    "${",
    "}",
    "{",
    "(",
    ")",
    "/",
    "\\",
    "*/",
    "/*",
    "//",
    "\n",
    "\r\n",
    "\0",
    "é",
    "𝒳",
    "&quot;",
    "&#x41",
    "=",
    ">",
    "<",
    "url(",
    "@import 'a.css'",
    "@font-face{src:url(",
    "data:font/woff2,",
    "https://x.example/",
    "fetch('",
    "import('",
    "import a from 'b'",
    "eval(",
    "sk-proj-",
    "://a:bc3d@x.dev",
    "-----BEGIN PRIVATE KEY-----",
    "eyJhbGciOiJIUzI1NiJ9.",
    "100vh",
    "color-scheme:",
    "srcset=",
    " ",
];

fn document() -> impl Strategy<Value = String> {
    vec(prop_oneof![4 => select(PIECES).prop_map(str::to_owned), 1 => ".{0,6}"], 0..40)
        .prop_map(|pieces| format!("<!doctype html>{}", pieces.concat()))
}

/// Whole pieces, of which any document may be made.
const WHOLE: &[&str] = &[
    "<script src=a.js></script>",
    "<script type=module src='/a.js?v=1'></script>",
    "<script defer src=a.js></script>",
    "<script async src=a.js></script>",
    "<script src=b.js></script>",
    "<script>let a = `${'</p>'}` // é\n</script>",
    "<script><!--\na()\n--></script>",
    "<style>p { color: red }</style>",
    "<style>@import 'a.css' print;</style>",
    "<link rel=stylesheet href=a.css media=print>",
    "<link rel=icon href=x.ico>",
    "<img src=a.svg>",
    "<img alt='a>b' srcset='a.svg 1x,a.svg 2x'>",
    "<p style='background:url(a.svg)'>",
    "<div style=\"background:url('a.svg')\" class=x>",
    "<link rel=stylesheet href=a.css media=print onload=\"this.media='all'\">",
    "<link rel=preload as=style href=a.css onload=\"this.rel='stylesheet'\">",
    "<style>@font-face { src: url(a.woff2), local('A'), url(a.woff) }</style>",
    "<base href=/>",
    "<template><img src=no.svg><script defer src=a.js></script></template>",
    "<svg><title/><script href='a.js'/><style/></svg>",
    "<!-- <img src=no.svg> -->",
    "<title><img src=no.svg></title>",
    "<head>",
    "</head>",
    "<body>",
    "</body>",
    "</html>",
    "<p>text &amp; \r\n é</p>",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_a_second_time_changes_nothing(html in document()) {
        if let Ok(document) = prepare_html(&html, &FILES, &Policy::default()) {
            let once = document.before + &document.after;
            // A font is left out unread.
            if document.files.is_empty() && !html.contains("@font-face") {
                prop_assert_eq!(&once, &html);
            }
            let again = prepare_html(&once, &FILES, &Policy::default());
            prop_assert!(again.is_ok(), "{} became {}: {:?}", html, once, again);
            prop_assert_eq!(again.map(|again| again.before + &again.after), Ok(once));
        }
    }

    #[test]
    fn what_is_whole_becomes_one_document(pieces in vec(select(WHOLE), 1..15)) {
        let html = format!("<!doctype html>x{}", pieces.concat());
        let document = prepare_html(&html, &FILES, &Policy::default()).unwrap_or_else(|problems| panic!("{html}: {problems:?}"));
        let once = document.before.clone() + &document.after;
        let again = prepare_html(&once, &FILES, &Policy::default()).unwrap_or_else(|problems| panic!("{once}: {problems:?}"));
        prop_assert_eq!(again.files, Vec::<String>::new());
        prop_assert_eq!((again.before, again.after), (document.before, document.after));
    }

    #[test]
    fn a_text_without_tags_stays_as_it_is(text in "[^<\u{feff}]{0,200}") {
        let html = format!("<!doctype html><p>x{text}");
        let document = prepare_html(&html, &FILES, &Policy::default()).unwrap_or_else(|problems| panic!("{problems:?}"));
        prop_assert_eq!(document.before + &document.after, html);
    }

    #[test]
    fn no_text_is_too_odd(text in ".{0,80}") {
        _ = (find_secret(&text), is_local(&text), check_origin(&text), find_secret(&format!("x://{text}@{text}")));
    }
}
