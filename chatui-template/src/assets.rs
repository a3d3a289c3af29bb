//! A folder whose files are served beside the document instead of being put into it.

use crate::{Files, Problem, files::check_path};

/// What stands in a document where the address of its assets belongs: that is known only when the server starts.
pub const ASSETS: &str = "https://assets.chatui.invalid";

/// What Cloudflare reads in such a folder instead of serving it.
const UNSERVED: [&str; 2] = ["/_headers", "/_redirects"];

/// What would be served in the place of the server itself: on Workers files go first, and a page also without its ending.
const RESERVED: [&str; 6] = ["/mcp", "/mcp.html", "/mcp/index.html", "/health", "/health.html", "/health/index.html"];

/// A file that is served beside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its path on the server, `/index.js`, without the version.
    pub path: String,
    /// Where it lies, relative to the crate.
    pub file: String,
}

/// The files of the folder.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    folder: String,
    /// Relative to the crate, sorted.
    pub(crate) files: Vec<String>,
    /// Changes whenever any of them does, so that no cache is stale.
    pub(crate) version: String,
    /// Whether Cloudflare is told to let other origins read them, as module scripts and fonts are.
    shared: bool,
    /// The file that says so.
    pub(crate) headers: Option<String>,
}

impl Assets {
    pub(crate) fn read(folder: &str, files: &dyn Files) -> Result<Self, Problem> {
        let wrong = |message: String| Problem::new("assets", message);
        let folder = folder.trim_end_matches('/');
        check_path(folder).map_err(|why| wrong(why.replace("template", "folder of the assets")))?;
        let mut all = below(folder, files);
        all.sort();
        if all.iter().any(|path| path.ends_with("/.assetsignore")) {
            return Err(wrong(format!(
                "`{folder}/.assetsignore` holds for Cloudflare alone; put what is not to be served outside of `{folder}`"
            )));
        }
        if let Some(path) = all.iter().find(|path| RESERVED.contains(&&path[folder.len()..])) {
            return Err(wrong(format!("`{path}` would be served in the place of an address of the server's own; give it another name")));
        }
        // A file that is hidden is not meant to be shown.
        all.retain(|path| !path[folder.len()..].contains("/.") || path[folder.len()..].starts_with("/.well-known/"));
        let (mut hash, mut shared) = (Fnv::default(), false);
        for path in &all {
            let bytes = files.read_bytes(path).map_err(|error| wrong(format!("can't read `{path}`: {error}")))?;
            hash.add(path.as_bytes());
            hash.add(&bytes);
            let headers = path.strip_prefix(folder) == Some("/_headers");
            shared |= headers && String::from_utf8_lossy(&bytes).to_ascii_lowercase().contains("access-control-allow-origin");
        }
        let headers = all.iter().find(|path| path.strip_prefix(folder) == Some("/_headers")).cloned();
        let served = |path: &String| !UNSERVED.iter().any(|name| path.strip_prefix(folder) == Some(name));
        all.retain(served);
        if all.is_empty() {
            return Err(wrong(format!(
                "there are no files in `{folder}`, which `assets` names; build what belongs there first, or remove the key"
            )));
        }
        Ok(Assets { folder: folder.into(), files: all, version: format!("{:016x}", hash.0), shared, headers })
    }

    /// Whether this is the path of an asset.
    pub(crate) fn holds(&self, path: &str) -> bool {
        !self.folder.is_empty() && path.strip_prefix(&self.folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The address of one of them.
    pub(crate) fn address(&self, path: &str) -> String {
        let rest = path.strip_prefix(&self.folder).unwrap_or(path);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
        let rest: String =
            rest.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
        format!("{ASSETS}{rest}?v={}", self.version)
    }

    /// All of them, for the server.
    pub(crate) fn served(self) -> Vec<Asset> {
        let path = |file: &String| file.strip_prefix(&self.folder).unwrap_or(file).to_owned();
        self.files.iter().map(|file| Asset { path: path(file), file: file.clone() }).collect()
    }

    /// What to do before an asset can be read from another origin.
    pub(crate) fn unshared(&self) -> Option<String> {
        let advice = format!("write `/*` and, indented below it, `Access-Control-Allow-Origin: *` into `{}/_headers`", self.folder);
        (!self.shared).then_some(advice)
    }
}

fn below(folder: &str, files: &dyn Files) -> Vec<String> {
    let mut all = files.list(folder);
    for folder in files.folders(folder) {
        all.extend(below(&folder, files));
    }
    all
}

/// FNV-1a, 64 bits: the same on every machine, and nobody has to be kept from finding a collision.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        // The length first, so that where one ends and the next begins counts too.
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
