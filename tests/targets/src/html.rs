//! A template, and behind bytes 31 the files that it may name: `a.js`, `a.css`, `b.css`, `a.svg`.

use crate::time::bounded;
use chatui_template::{Document, Files, Policy, Problem, prepare_html};
use html5ever::{ParseOpts, parse_document, tendril::TendrilSink, tree_builder::TreeBuilderOpts};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::io;

const NAMES: [&str; 4] = ["a.js", "a.css", "b.css", "a.svg"];

/// What they hold unless the input says otherwise.
const PLAIN: [&str; 4] = ["let a = `${1}`; // é", "@import 'b.css'; p { background: url(a.svg) }", "p { color: red }", "<svg/>"];

struct Memory<'a>([&'a [u8]; 4]);

impl Files for Memory<'_> {
    fn read_bytes(&self, path: &str) -> io::Result<Vec<u8>> {
        let found = NAMES.iter().position(|name| *name == path);
        found.map(|at| self.0[at].to_vec()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn list(&self, folder: &str) -> Vec<String> {
        NAMES.iter().filter(|_| folder.is_empty()).map(|name| (*name).to_owned()).collect()
    }
}

/// No panic and no long wait. What is accepted is one document: nothing is put into it a second time, and a browser finds the
/// same elements and texts in it as before, so that no file ended the element which it was put into.
pub fn run(data: &[u8]) {
    let mut pieces = data.split(|byte| *byte == 31);
    let Ok(html) = std::str::from_utf8(pieces.next().unwrap_or_default()) else { return };
    let files = Memory(PLAIN.map(|plain| pieces.next().unwrap_or(plain.as_bytes())));
    let html = format!("<!doctype html>{html}");
    for policy in [Policy::default(), OPEN] {
        match prepared(&html, &files, &policy) {
            Ok(document) => accepted(&html, &files, &policy, document),
            Err(problems) => refused(&problems),
        }
    }
}

const OPEN: Policy<'static> = Policy {
    resource: &["https://x.example"],
    connect: &["https://x.example"],
    frame: &[],
    redirect: &[],
    permissions: &[],
    assets: None,
    fields: Some(&["city", "high"]),
    allow: &[],
};

/// Only that it does not take long, for a document and for the script and the style sheet that it may name.
pub fn takes_its_time(html: &str, code: &str) {
    _ = prepared(&format!("<!doctype html>{html}"), &Memory([code.as_bytes(), code.as_bytes(), b"", b""]), &OPEN);
}

fn prepared(html: &str, files: &Memory<'_>, policy: &Policy<'_>) -> Result<Document, Vec<Problem>> {
    bounded("html", html.len(), || prepare_html(html, files, policy))
}

fn refused(problems: &[Problem]) {
    assert!(!problems.is_empty());
    for problem in problems {
        let message = problem.to_string();
        assert!(!message.is_empty() && !message.ends_with('.'), "{message}");
    }
}

fn accepted(html: &str, files: &Memory<'_>, policy: &Policy<'_>, document: Document) {
    let once = document.before + &document.after;
    match prepare_html(&once, files, policy) {
        // What an import asks for stands in another place then, and reads otherwise where it is never closed.
        Ok(_) if html.contains("@import") || files.0[1..].iter().any(|sheet| sheet.windows(7).any(|word| word == b"@import")) => {}
        Ok(again) => assert_eq!(again.before + &again.after, once, "of {html:?}"),
        // What is written otherwise inside of a string may look like an address or a secret; the document is whole.
        Err(problems) => {
            let whole = |problem: &Problem| !["unclosed", "html", "empty", "file"].contains(&problem.code);
            assert!(problems.iter().all(whole), "{html:?} became {once:?}: {problems:?}");
        }
    }
    let (before, after) = (seen(html), seen(&once));
    let lower = html.to_ascii_lowercase();
    if ["<svg", "<math"].iter().any(|drawing| lower.contains(drawing)) {
        // A tag in a style sheet of a drawing is one, and may go with what takes the text's place; but none comes.
        let mut known = before.iter();
        let elements = after.iter().filter(|part| part.starts_with('<') && !part.starts_with("<!"));
        elements.for_each(|part| assert!(known.any(|known| known == part), "{part} in what {html:?} became: {once:?}"));
    } else {
        assert_eq!(before, after, "{html:?} became {once:?}");
    }
}

/// What a browser finds: every element and text in order, but scripts, styles and links, which take each other's places, and
/// `<base>`, which means nothing to what stands in the document itself.
fn seen(html: &str) -> Vec<String> {
    let options =
        ParseOpts { tree_builder: TreeBuilderOpts { scripting_enabled: true, ..TreeBuilderOpts::default() }, ..ParseOpts::default() };
    let dom = parse_document(RcDom::default(), options).one(html);
    let mut all = Vec::new();
    let mut open = vec![dom.document.clone()];
    while let Some(node) = open.pop() {
        see(&node, &mut all);
        open.extend(node.children.borrow().iter().rev().filter(|child| !moves(child)).cloned());
        if let NodeData::Element { template_contents, .. } = &node.data {
            open.extend(template_contents.borrow().clone());
        }
    }
    all
}

fn see(node: &Handle, all: &mut Vec<String>) {
    match &node.data {
        // Without their elements, but with what stands in them in a drawing.
        NodeData::Element { name, .. } if ["link", "base"].contains(&&*name.local) => {}
        NodeData::Element { name, .. } => all.push(format!("<{}>", name.local)),
        // It stands where an element stood behind a text.
        NodeData::Comment { contents } if contents.is_empty() => {}
        NodeData::Comment { contents } => all.push(format!("<!--{contents}-->")),
        NodeData::Text { contents } => {
            // A script between two texts may be gone.
            let text: String = contents.borrow().split_ascii_whitespace().collect();
            match all.last_mut() {
                Some(last) if !last.starts_with('<') => last.push_str(&text),
                _ if !text.is_empty() => all.push(format!("\u{2063}{text}")),
                _ => {}
            }
        }
        _ => {}
    }
}

fn moves(node: &Handle) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if ["script", "style"].contains(&&*name.local))
}
