//! What the preparation of one template knows: the files, the policy, and what was said so far.

use crate::{
    Files, Policy,
    address::{Address, has_hole, resolve},
    assets::Assets,
    files, local, media,
    origin::Origin,
    report::{File, Part, Report},
    secret,
};
use crate::{Level, shortened};

/// Hosts whose stylesheets load from another one.
pub(crate) const LEADS: [(&str, &str); 2] = [("fonts.googleapis.com", "fonts.gstatic.com"), ("use.typekit.net", "p.typekit.net")];

/// The preparation of one template.
pub(crate) struct Work<'w> {
    pub(crate) files: &'w dyn Files,
    pub(crate) policy: &'w Policy<'w>,
    pub(crate) report: Report<'w>,
    /// The folder of the template, where `/assets/x.js` starts.
    pub(crate) home: String,
    /// Every file read, in that order.
    pub(crate) read: Vec<String>,
    pub(crate) assets: Assets,
    /// In a `<template>`: what its copies are to load may be filled in before, so that a file need not be there.
    pub(crate) inert: bool,
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Script,
    Import,
    Style,
    Image,
    Media,
    Font,
    Preload,
    Frame,
    Fetch,
    Socket,
}

impl Use {
    /// The key of `csp(…)`.
    fn key(self) -> &'static str {
        match self {
            Use::Fetch | Use::Socket => "connect",
            Use::Frame => "frame",
            _ => "resource",
        }
    }

    fn origins<'p>(self, policy: &Policy<'p>) -> &'p [&'p str] {
        match self.key() {
            "connect" => policy.connect,
            "frame" => policy.frame,
            _ => policy.resource,
        }
    }

    /// "… `https://x` is not allowed".
    fn words(self) -> &'static str {
        match self {
            Use::Script => "the script of",
            Use::Import => "the import from",
            Use::Style => "the stylesheet of",
            Use::Image => "the image of",
            Use::Media => "the media file of",
            Use::Font => "the font of",
            Use::Preload => "the preloaded file of",
            Use::Frame => "the frame of",
            Use::Fetch => "fetching from",
            Use::Socket => "the socket to",
        }
    }

    /// What is better than to allow it: nobody else's server can change that, or be away.
    fn instead(self) -> &'static str {
        match self {
            Use::Script | Use::Style | Use::Image | Use::Media => "put the file beside the template, or ",
            Use::Import => "bundle it into one file, or ",
            Use::Font => "use `font-family: var(--font-sans)`, or ",
            Use::Fetch => "let a tool fetch it and use `chatui.call`, or ",
            Use::Preload | Use::Frame | Use::Socket => "",
        }
    }
}

impl Work<'_> {
    /// The path of the file that an address names. Everything else that it may be is checked here.
    pub(crate) fn refer(&mut self, part: Part<'_>, at: usize, address: &str, folder: &str, purpose: Use) -> Option<String> {
        match Address::of(address) {
            // The policy lets images and media be data, and nothing that is run or styles.
            Address::Data(_) if matches!(purpose, Use::Script | Use::Import | Use::Style) => {
                let message = "hosts take neither scripts nor styles from a `data:` address; write it into the document itself";
                self.report.problem(part, at, "scheme", message);
                None
            }
            Address::Data(_) if purpose == Use::Fetch => {
                let message = "hosts let nothing be fetched from a `data:` address; write what it holds into the script itself";
                self.report.finding(part, at, "fetch-data", message);
                None
            }
            Address::Inside | Address::Data(_) | Address::Code => None,
            Address::Remote(origin) => {
                self.remote(part, at, &origin, purpose);
                None
            }
            Address::NoScheme(rest) => {
                let wrong = format!("`//{}` has no scheme, and the sandbox of a host need not have https", shortened(&rest));
                self.report.problem(part, at, "scheme", format!("{wrong}; write `https://{}`", shortened(&rest)));
                None
            }
            Address::Other(scheme) => {
                self.report.problem(part, at, "scheme", format!("hosts load nothing from `{scheme}:`; write an address with https"));
                None
            }
            // The place of something that is filled in when it is drawn.
            Address::Local(path) if has_hole(&path) => None,
            Address::Local(path) => self.local(part, at, &path, folder, purpose),
        }
    }

    fn remote(&mut self, part: Part<'_>, at: usize, origin: &Origin, purpose: Use) {
        let text = origin.to_string();
        let (words, key) = (purpose.words(), purpose.key());
        let beyond = LEADS.iter().find(|(of, _)| purpose == Use::Style && text.strip_prefix("https://") == Some(of));
        let beyond = beyond.map(|(_, to)| format!("https://{to}"));
        if matches!(origin.scheme(), "http" | "ws") && !origin.is_loopback() {
            let secure = text.replacen("://", "s://", 1);
            self.report.problem(part, at, "scheme", format!("{words} `{text}` comes without TLS, which hosts refuse; write `{secure}`"));
        } else if !purpose.origins(self.policy).iter().any(|entry| origin.is_allowed_by(entry)) {
            let entries = beyond.map_or_else(|| format!("\"{text}\""), |beyond| format!("[\"{text}\", \"{beyond}\"]"));
            let advice = format!("{}add csp({key} = {entries})", purpose.instead());
            self.report.problem(part, at, "origin", format!("{words} `{text}` is not allowed; {advice}"));
        } else if let Some(beyond) = beyond.filter(|beyond| !self.policy.resource.contains(&beyond.as_str())) {
            let message = format!(
                "what `{text}` gives loads from `{beyond}`, which is not allowed; add that too: csp({key} = [\"{text}\", \"{beyond}\"])"
            );
            self.report.problem(part, at, "origin", message);
        } else {
            self.only_here(part, at, origin, words);
        }
    }

    /// An address that nobody else reaches, which may not be released. `words`: what is said to lead there.
    pub(crate) fn only_here(&mut self, part: Part<'_>, at: usize, origin: &Origin, words: &str) {
        let text = origin.to_string();
        if local::is_local(&text) {
            let message = format!(
                "{words} `{text}` works only while you develop; name the host that users reach before you release, or say `allow = \"localhost\"`"
            );
            self.report.finding_of(part, at, "localhost", Level::Release, message);
        }
    }

    fn local(&mut self, part: Part<'_>, at: usize, path: &str, folder: &str, purpose: Use) -> Option<String> {
        let shown = shortened(path);
        let refused = match purpose {
            Use::Fetch | Use::Socket => Some((
                "relative-fetch",
                format!("`{shown}` leads nowhere, a widget has no server of its own; use chatui.call or an absolute address"),
            )),
            Use::Frame => {
                Some(("frame", format!("the page `{shown}` can't be put into the document; write its content into the template")))
            }
            _ => None,
        };
        if let Some((code, message)) = refused {
            self.report.problem(part, at, code, message);
            return None;
        }
        if let Some(message) = source(path, purpose) {
            self.report.problem(part, at, "source", message);
            return None;
        }
        let resolved = resolve(folder, &self.home, path);
        if resolved.is_none() {
            let message = format!("`{shown}` leaves the crate; put the file below its Cargo.toml, so that it is published too");
            self.report.problem(part, at, "path", message);
        }
        resolved
    }

    /// The address of a file that is served beside the document; `None` for one that is put into it. `shared`: whether a
    /// browser asks the server's leave to read it.
    pub(crate) fn beside(&mut self, part: Part<'_>, at: usize, path: &str, shared: bool) -> Option<String> {
        if !self.assets.holds(path) {
            return None;
        }
        if !self.assets.files.iter().any(|known| known == path) {
            self.missing(part, at, path, &std::io::ErrorKind::NotFound.into());
        } else if let Some(advice) = self.assets.unshared().filter(|_| shared) {
            let message = format!(
                "browsers read `{}` only with the leave of its server, which Cloudflare does not give by itself; {advice}",
                shortened(path)
            );
            self.report.finding(part, at, "assets-cors", message);
        }
        Some(self.assets.address(path))
    }

    /// The text of a file to be put into the document, searched for secrets.
    pub(crate) fn text(&mut self, part: Part<'_>, at: usize, path: &str) -> Option<File> {
        match self.files.read(path) {
            Ok(text) => Some(self.file(path, text)),
            Err(error) => {
                self.missing(part, at, path, &error);
                None
            }
        }
    }

    /// A file as a `data:` address.
    pub(crate) fn data(&mut self, part: Part<'_>, at: usize, path: &str) -> Option<String> {
        match self.files.read_bytes(path) {
            Ok(bytes) => {
                // Only some images are text, and have something to hide.
                match std::str::from_utf8(&bytes) {
                    Ok(text) => _ = self.file(path, text.to_owned()),
                    Err(_) => _ = self.number(path),
                }
                Some(media::data(path, &bytes))
            }
            Err(error) => {
                self.missing(part, at, path, &error);
                None
            }
        }
    }

    /// Whether there is a file. It counts as read, so that all is looked at anew once it changes or goes.
    pub(crate) fn is_there(&mut self, path: &str) -> bool {
        let there = self.files.read_bytes(path).is_ok();
        if there {
            self.number(path);
        }
        there
    }

    /// Takes note of a file and looks for secrets in it.
    pub(crate) fn file(&mut self, path: &str, text: String) -> File {
        let file = File { number: self.number(path), name: path.into(), text };
        self.secrets(&file);
        file
    }

    pub(crate) fn secrets(&mut self, file: &File) {
        let part = file.whole();
        for found in secret::all(part.text) {
            let start: String = part.text[found.at..].chars().take(4).collect();
            let message = format!(
                "`{start}…` looks like {}, and anybody can read a widget; take it out and let a tool use it, or say that it is none: `allow = \"secret\"`",
                found.kind
            );
            self.report.unless_allowed(part, found.at, "secret", message);
        }
    }

    /// Looks for secrets in what is served beside the document, as far as it is text.
    pub(crate) fn search_assets(&mut self) {
        let texts = self.assets.files.iter().filter_map(|path| Some((path.clone(), self.files.read(path).ok()?)));
        let texts: Vec<(String, String)> = texts.collect();
        for (at, (name, text)) in texts.into_iter().enumerate() {
            // Behind all that was put into it.
            self.secrets(&File { number: self.read.len() + 1 + at, name, text });
        }
    }

    fn number(&mut self, path: &str) -> usize {
        let known = self.read.iter().position(|read| read == path).unwrap_or_else(|| {
            self.read.push(path.into());
            self.read.len() - 1
        });
        // The template is 0, also where it is no file.
        known + 1
    }

    fn missing(&mut self, part: Part<'_>, at: usize, path: &str, error: &std::io::Error) {
        if !self.inert {
            let (code, message) = files::explain_named(path, error, self.files, &part.file.name);
            self.report.problem(part, at, code, message);
        }
    }
}

/// What to do with a file that browsers don't read before it is compiled.
fn source(path: &str, purpose: Use) -> Option<String> {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let shown = shortened(path);
    match purpose {
        Use::Script | Use::Import if matches!(&*ending, "ts" | "mts" | "cts" | "tsx" | "jsx" | "vue" | "svelte") => Some(format!(
            "browsers don't read `{shown}`; compile it first, for instance `npx esbuild {shown} --bundle --format=esm --outfile=bundle.js`, and name the outcome"
        )),
        Use::Style if matches!(&*ending, "scss" | "sass" | "less" | "styl") => {
            Some(format!("browsers don't read `{shown}`; compile it to CSS first, and name the outcome"))
        }
        _ => None,
    }
}
