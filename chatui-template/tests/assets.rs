//! Files that are served beside the document.

mod files;

use chatui_template::{ASSETS, Document, Files, Policy, Problem, prepare};
use files::Memory;

const PAGE: &str = r#"<!doctype html><head>
<script type="module" crossorigin src="/assets/index.js"></script>
<link rel="stylesheet" crossorigin href="/assets/index.css">
<style>p { background: url("assets/a b.png") } @font-face { font-family: a; src: url(assets/a.woff2) }</style>
</head><body><img src="assets/a%20b.png" srcset="assets/deep/c.png 2x" alt=""><img src="here.png" alt=""></body>"#;

const FILES: &[(&str, &str)] = &[
    ("web/dist/index.html", PAGE),
    ("web/dist/here.png", "h"),
    ("web/dist/assets/index.js", "import('./chunk.js')"),
    ("web/dist/assets/chunk.js", ""),
    ("web/dist/assets/index.css", "p {}"),
    ("web/dist/assets/a b.png", "p"),
    ("web/dist/assets/a.woff2", "w"),
    ("web/dist/assets/deep/c.png", "c"),
];

fn prepared(files: &[(&str, &str)], assets: &str) -> Result<Document, Vec<Problem>> {
    prepare("web/dist", &Memory(files), &Policy { assets: Some(assets), ..Policy::default() })
}

#[test]
fn what_the_folder_holds_becomes_an_address_and_the_rest_is_put_in() {
    let document = prepared(FILES, "web/dist/assets").unwrap();
    let html = document.before + &document.after;
    let version = html.split("?v=").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(version.len(), 16);
    for address in ["index.js", "index.css", "a%20b.png", "a.woff2", "deep/c.png"] {
        assert!(html.contains(&format!("{ASSETS}/{address}?v={version}")), "{address}: {html}");
    }
    assert!(html.contains("src=\"data:image/png;base64,aA==\""), "{html}");
    assert!(!html.contains("\"/assets") && !html.contains("\"assets/"), "{html}");
    assert_eq!(document.files, ["web/dist/index.html", "web/dist/here.png"]);
    assert_eq!(document.assets.len(), 6);
}

#[test]
fn any_change_in_the_folder_is_another_address() {
    let mut changed = FILES.to_vec();
    changed[3].1 = "changed";
    let [before, after] = [FILES, &changed].map(|files| prepared(files, "web/dist/assets").unwrap().after);
    assert_ne!(before, after);
}

#[test]
fn what_other_origins_may_not_read_is_found() {
    let codes = |files: &[(&str, &str)]| {
        let findings = prepared(files, "web/dist/assets").unwrap().findings;
        findings.iter().map(|finding| (finding.code, finding.message.contains("`web/dist/assets/_headers`"))).collect::<Vec<_>>()
    };
    assert_eq!(codes(FILES), [("assets-cors", true); 3]);
    let headers = [FILES, &[("web/dist/assets/_headers", "/*\n  Access-Control-Allow-Origin: *\n")]].concat();
    assert_eq!(codes(&headers), []);
    assert_eq!(prepared(&headers, "web/dist/assets").unwrap().assets.len(), 6, "it is not served itself");
}

#[test]
fn an_origin_that_only_an_asset_names_is_used() {
    let policy = |connect| Policy { assets: Some("web/dist/assets"), connect, allow: &["assets-cors"], ..Policy::default() };
    let files = [FILES, &[("web/dist/assets/api.js", "fetch('https://api.example.com/x')")]].concat();
    let codes = |connect| prepare("web/dist", &Memory(&files), &policy(connect)).unwrap().findings.len();
    assert_eq!(codes(&["https://api.example.com"]), 0);
    assert_eq!(codes(&["https://api.example.org"]), 1);
}

#[test]
fn a_key_in_what_is_served_beside_it_is_refused_too() {
    let key = "const key = '".to_owned() + "AKIA" + "Q7ZK2MWX4T9RB6VD'";
    let two = [("web/dist/assets/deep/a.js", &*format!("\n{key}")), ("web/dist/assets/z.txt", &*key)];
    let files = [FILES, &two].concat();
    let problems = prepared(&files, "web/dist/assets").unwrap_err();
    let said: Vec<String> = problems.iter().map(|problem| format!("{} {problem}", problem.code)).collect();
    let [first, second] = said.as_slice() else { panic!("{said:#?}") };
    assert!(
        first.starts_with("secret web/dist/assets/deep/a.js:2:14: `AKIA…` looks like an AWS access key, and anybody can read"),
        "{first}"
    );
    assert!(second.starts_with("secret web/dist/assets/z.txt:1:14: `AKIA…`"), "{second}");
    let allowed = Policy { assets: Some("web/dist/assets"), allow: &["secret"], ..Policy::default() };
    assert!(prepare("web/dist", &Memory(&files), &allowed).is_ok());
}

/// The same files, one of them no text.
struct Binary<'a>(Memory<'a>);

impl Files for Binary<'_> {
    fn read_bytes(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let mut bytes = self.0.read_bytes(path)?;
        if path.ends_with(".woff2") {
            bytes.push(0xff);
        }
        Ok(bytes)
    }

    fn list(&self, folder: &str) -> Vec<String> {
        self.0.list(folder)
    }

    fn folders(&self, folder: &str) -> Vec<String> {
        self.0.folders(folder)
    }
}

#[test]
fn what_is_no_text_holds_no_key() {
    let mut files = FILES.to_vec();
    let key = "AKIA".to_owned() + "Q7ZK2MWX4T9RB6VD";
    files[6].1 = &key;
    let policy = Policy { assets: Some("web/dist/assets"), ..Policy::default() };
    assert_eq!(prepare("web/dist", &Memory(&files), &policy).unwrap_err().len(), 1);
    assert!(prepare("web/dist", &Binary(Memory(&files)), &policy).is_ok());
}

#[test]
fn what_is_not_there_is_refused() {
    let problem = |files: &[(&str, &str)], assets: &str| prepared(files, assets).unwrap_err()[0].to_string();
    assert!(problem(FILES, "web/asets").contains("no files in `web/asets`"));
    assert!(problem(FILES, "../assets").contains("leaves the crate"));
    for taken in ["mcp.html", "mcp", "health/index.html"] {
        let path = format!("web/dist/assets/{taken}");
        let said = problem(&[FILES, &[(path.as_str(), "")]].concat(), "web/dist/assets");
        assert!(said.contains(&path) && said.contains("another name"), "{said}");
    }
    assert!(prepared(&[FILES, &[("web/dist/assets/mcp/icon.svg", "")]].concat(), "web/dist/assets").is_ok());
    let missing: Vec<_> = FILES.iter().copied().filter(|(path, _)| !path.ends_with("index.js")).collect();
    assert!(problem(&missing, "web/dist/assets").contains("there is no file `web/dist/assets/index.js`"));
}
