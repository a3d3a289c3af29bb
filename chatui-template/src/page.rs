//! From the text of a template to the document that is served.

use crate::{
    Document, Files, Finding, Policy, Problem,
    assets::Assets,
    files::{check_path, explain},
    html::Html,
    inline::inline,
    origin::Origin,
    report::{File, Report},
    work::{LEADS, Work},
};

/// A template of the crate: an HTML file, or a folder with an `index.html`.
pub(crate) fn of_path(path: &str, files: &dyn Files, policy: &Policy<'_>) -> Result<Document, Vec<Problem>> {
    let one = |code, message| vec![Problem::new(code, message)];
    check_path(path).map_err(|message| one("path", message))?;
    let path = found(path, files);
    let html = files.read(&path).map_err(|error| {
        let (code, message) = explain(&path, &error, files);
        one(code, message)
    })?;
    let home = crate::address::folder(&path).to_owned();
    let assets = assets(files, policy)?;
    let work = Work { files, policy, report: Report::new(policy), home, read: vec![path.clone()], assets, inert: false };
    document(work, File { number: 0, text: html, name: path.clone() }, &format!("`{path}`"))
}

/// A template in the attribute itself.
pub(crate) fn of_text(html: &str, files: &dyn Files, policy: &Policy<'_>) -> Result<Document, Vec<Problem>> {
    let assets = assets(files, policy)?;
    let work = Work { files, policy, report: Report::new(policy), home: String::new(), read: Vec::new(), assets, inert: false };
    document(work, File { number: 0, text: html.into(), name: "html".into() }, "the template")
}

/// The same without making anything of it.
pub(crate) fn inspect(html: &str, policy: &Policy<'_>) -> (Vec<Problem>, Vec<Finding>) {
    let report = Report::new(policy);
    let mut work = Work { files: &Nowhere, policy, report, home: String::new(), read: Vec::new(), assets: Assets::default(), inert: false };
    match read(&mut work, File { number: 0, text: html.into(), name: "html".into() }, "the document") {
        Ok(_) => work.report.all(),
        Err(problems) => (problems, Vec::new()),
    }
}

/// No files at all.
struct Nowhere;

impl Files for Nowhere {
    fn read_bytes(&self, _path: &str) -> std::io::Result<Vec<u8>> {
        Err(std::io::ErrorKind::NotFound.into())
    }

    fn list(&self, _folder: &str) -> Vec<String> {
        Vec::new()
    }
}

fn assets(files: &dyn Files, policy: &Policy<'_>) -> Result<Assets, Vec<Problem>> {
    policy.assets.map_or_else(|| Ok(Assets::default()), |folder| Assets::read(folder, files).map_err(|problem| vec![problem]))
}

/// A build of Vite and the like is named by its folder.
fn found(path: &str, files: &dyn Files) -> String {
    let path = path.trim_end_matches('/');
    let index = if path == "." { "index.html".to_owned() } else { format!("{path}/index.html") };
    let page = [".html", ".htm"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
    if !page && files.read_bytes(&index).is_ok() { index } else { path.to_owned() }
}

fn document(mut work: Work<'_>, file: File, name: &str) -> Result<Document, Vec<Problem>> {
    let (text, bridge) = read(&mut work, file, name)?;
    let findings = work.report.end()?;
    let (before, after) = text.split_at_checked(bridge).unwrap_or(("", &text));
    Ok(Document {
        before: before.into(),
        after: after.into(),
        findings,
        // What says who may read them counts too.
        files: work.read.into_iter().chain(work.assets.headers.clone()).collect(),
        version: work.assets.version.clone(),
        assets: work.assets.served(),
    })
}

/// Says all that is to be said about a text, and makes the document of it; the place is that of the bridge.
fn read(work: &mut Work<'_>, mut file: File, name: &str) -> Result<(String, usize), Vec<Problem>> {
    if let Some(bare) = file.text.strip_prefix('\u{feff}') {
        file.text = bare.to_owned();
    }
    let html = Html::read(&file.text);
    whole(&file, &html, name)?;
    work.secrets(&file);
    let edits = inline(work, &file, &html);
    work.search_assets();
    for (at, what) in &html.unclosed {
        let message = format!("{what} is never closed, and swallows all behind it; close it");
        work.report.problem(file.whole(), *at, "unclosed", message);
    }
    charset(work, &file, &html);
    let bridge = edits.moved(html.bridge);
    let text = edits.apply(&file.text).unwrap_or_else(|| file.text.clone());
    size(work, &file, text.len());
    unused(work, &file, &text);
    Ok((text, bridge))
}

/// Whether it is a document at all; everything else said about what is none would be noise.
fn whole(file: &File, html: &Html, name: &str) -> Result<(), Vec<Problem>> {
    let wrong = |code, why: &str| Err(vec![Problem::new(code, format!("{name} {why}"))]);
    if file.text.trim().is_empty() {
        return wrong("empty", "is empty; write an HTML document into it");
    }
    // Without a doctype a browser draws in quirks mode, where sizes differ and hosts may refuse the document.
    if !html.doctype {
        return wrong("html", "does not start with `<!doctype html>`; a widget is a whole HTML5 document, put that line first");
    }
    if html.empty && html.unclosed.is_empty() {
        return wrong("empty", "has an empty body and no script, so it would draw nothing; write what it shows into its body");
    }
    Ok(())
}

fn charset(work: &mut Work<'_>, file: &File, html: &Html) {
    let metas = html.tags.iter().filter(|tag| tag.name == "meta");
    let declared = metas.filter_map(|tag| {
        let content = tag.word("content").filter(|_| tag.word("http-equiv").is_some_and(|equiv| equiv == "content-type"));
        let charset = content.and_then(|content| content.split_once("charset=").map(|(_, charset)| charset.to_owned()));
        Some((tag.range.start, tag.word("charset").or(charset)?))
    });
    let mut declared = declared.peekable();
    let first = file.text.find(|c: char| !c.is_ascii()).filter(|_| declared.peek().is_none());
    if let Some(at) = first {
        let message = "without a charset a host may read letters like this one wrongly; write `<meta charset=\"utf-8\">` into the head";
        work.report.finding(file.whole(), at, "charset", message);
    }
    if let Some((at, charset)) = declared.find(|(_, charset)| charset != "utf-8" && charset != "utf8") {
        let message = format!("the document is served as UTF-8, not as {charset}; write `<meta charset=\"utf-8\">`");
        work.report.finding(file.whole(), at, "charset", message);
    }
}

const LARGE: usize = 500_000;
const TOO_LARGE: usize = 2_000_000;

fn size(work: &mut Work<'_>, file: &File, size: usize) {
    let advice = "leave out what it can do without, or load it from an origin that csp(resource = …) names";
    let with = if work.read.len() > 1 { " with its files in it" } else { "" };
    if size > TOO_LARGE {
        let message = format!("the document has {} KB{with}, and hosts load it with every answer; {advice}", size / 1000);
        work.report.problem(file.whole(), 0, "too-large", message);
    } else if size > LARGE {
        let message = format!("the document has {} KB{with}, which is slow to load; {advice}", size / 1000);
        work.report.finding(file.whole(), 0, "size", message);
    }
}

/// Entries of the policy that nothing in the document, or beside it, names.
fn unused(work: &mut Work<'_>, file: &File, text: &str) {
    let mut all = text.to_ascii_lowercase();
    for asset in &work.assets.files {
        all.extend(work.files.read(asset).map(|text| text.to_ascii_lowercase()));
    }
    let policy = work.policy;
    for (key, entries) in
        [("connect", policy.connect), ("resource", policy.resource), ("frame", policy.frame), ("redirect", policy.redirect)]
    {
        for entry in entries {
            let Some(origin) = Origin::of(entry) else { continue };
            let host = origin.needle();
            // A host may be named in passing; an address that people are sent to is a whole one.
            let named = all.match_indices(host).any(|(at, _)| key != "redirect" || leads_to(&all[..at]));
            let led = key == "resource" && LEADS.iter().any(|(from, to)| to.ends_with(host) && all.contains(from));
            if !named && !led {
                let data = "keep it if the data or a file from elsewhere do";
                let message = format!("nothing in the template names `{host}`; {data}, else remove `{entry}` from csp({key} = …)");
                work.report.finding(file.whole(), 0, "csp-unused", message);
            }
        }
    }
}

/// Whether an address goes on behind this: `https://`, and what a wildcard stands for.
fn leads_to(before: &str) -> bool {
    before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '*')).ends_with("//")
}
