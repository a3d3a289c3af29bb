//! Inputs that are one piece over and over: where time that grows with the square of the size shows first. The targets bound it.

use fuzz_targets::{html, pattern};

const LARGE: usize = 64 * 1024;

/// Pieces that open what the next one closes, begin what never ends, or are looked for backwards.
const PIECES: &[&str] = &[
    "<svg>",
    "<svg></math>",
    "<template><p></template>",
    "<template>",
    "</p>",
    "<p a=1 ",
    "<script>",
    "<script></script>",
    "<script src=a.js></script>",
    "<script defer src=a.js></script>",
    "<link rel=stylesheet href=a.css>",
    "<style>a{b:url(a.svg)}</style>",
    "<img srcset='a.svg 1x, a.svg 2x'>",
    "<!--",
    "<!---->",
    "<",
    "\"",
    "&quot;",
    "https://a:b@",
    "sk-proj-",
    "eyJhbGciOiJIUzI1NiJ9.",
    "-----BEGIN PRIVATE KEY-----",
    "://",
    "\r\n",
    "é",
];

/// The same inside of a script and of a style sheet.
const CODE: &[&str] = &[
    "{",
    "(",
    "}",
    "`${",
    "`",
    "/",
    "/*",
    "*/",
    "//",
    "'",
    "\\",
    "import(",
    "import a from 'b';",
    "fetch('",
    "eval(",
    "a.b.",
    "a:b;",
    "@media x{",
    "@import 'b.css';",
    "url(",
    "url(a.svg) ",
    "@font-face{src:url(a),",
    "<!--",
    "<\\/script",
    "</",
    "a=/[/]/;",
    "=/[",
    "\n",
    "localStorage.",
    "fetch(AAA);",
    "AAA=1;",
    "[fetch,",
    "fetch([fetch,",
    "export{",
    "</script<!--<script",
];

#[test]
fn documents() {
    for piece in PIECES {
        html::takes_its_time(&format!("x{}", piece.repeat(LARGE / piece.len())), "");
    }
    let attributes: String = (0..LARGE / 7).map(|n| format!(" a{n}=x")).collect();
    html::takes_its_time(&format!("x<p{attributes}>"), "");
}

#[test]
fn scripts_and_sheets() {
    for piece in CODE {
        let all = piece.repeat(LARGE / piece.len());
        for (before, after) in [
            ("<script>", "</script>"),
            ("<script type=module>", "</script>"),
            ("<style>", "</style>"),
            ("<p style=\"", "\">"),
            ("<p onclick=\"", "\">"),
        ] {
            html::takes_its_time(&format!("x{before}{all}{after}"), "");
        }
        html::takes_its_time("x<script src=a.js></script><link rel=stylesheet href=a.css>", &all);
    }
}

#[test]
fn patterns() {
    for pattern in ["^(a+)+$", "(a*)*b", "(a|a)*b", "(?:a?){100}b", "[a-z]{0,100}b", r"(\b|a)*b", "((((a*)*)*)*)*b"] {
        pattern::takes_its_time(pattern, &"a".repeat(20_000));
    }
}
