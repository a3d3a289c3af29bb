//! What was seen of a server. Nothing here trusts what a server says to be what it should be.

pub(super) use super::talk::Exchange;
use super::{
    ask::Asker,
    talk::{CHATGPT_AGENT, CLAUDE_AGENT, Progress, Talk, capabilities, newest, shaken},
};
use crate::{revision::Era, server::Server, site::ENDPOINT, widget::MIME};
use base64::{Engine, prelude::BASE64_STANDARD};
use chatui_template::is_local;
use http::{HeaderValue, Method, Uri};
use serde_json::{Value, json};

/// A tool as it is listed.
pub(super) struct ToolFact {
    pub(super) value: Value,
    pub(super) name: String,
    pub(super) file: Option<&'static str>,
}

/// The keys that link a tool to its widget.
pub(super) const LINKS: [&str; 3] = ["ui.resourceUri", "ui/resourceUri", "openai/outputTemplate"];

impl ToolFact {
    /// The link under each of [`LINKS`]; null where there is none.
    pub(super) fn links(&self) -> [&Value; 3] {
        let meta = &self.value["_meta"];
        [&meta["ui"]["resourceUri"], &meta[LINKS[1]], &meta[LINKS[2]]]
    }

    pub(super) fn widget(&self) -> Option<&str> {
        self.links().into_iter().find_map(Value::as_str)
    }

    pub(super) fn hint(&self, name: &str) -> Option<bool> {
        self.value["annotations"][name].as_bool()
    }

    pub(super) fn reads(&self) -> bool {
        self.hint("readOnlyHint") == Some(true) && self.hint("destructiveHint") != Some(true)
    }

    /// The names of the arguments that a call needs.
    pub(super) fn required(&self) -> impl Iterator<Item = &str> {
        self.value["inputSchema"]["required"].as_array().into_iter().flatten().filter_map(Value::as_str)
    }
}

/// A widget: what a tool links to, or what is listed as one.
#[derive(Default)]
pub(super) struct WidgetFact {
    pub(super) uri: String,
    pub(super) linked: bool,
    /// Its entry of `resources/list`; null where it is not listed.
    pub(super) listed: Value,
    /// What ChatGPT reads, null where there is nothing.
    pub(super) contents: Value,
    /// What Claude reads.
    pub(super) for_claude: Value,
    /// Why there is nothing.
    pub(super) refused: String,
    pub(super) html: String,
    pub(super) file: Option<&'static str>,
    /// Of ours: what its template is known for.
    pub(super) own: Option<Vec<String>>,
}

/// A call of a tool.
pub(super) struct CallFact {
    pub(super) tool: usize,
    pub(super) exchange: Exchange,
    /// The argument that was left out, where the call was to be refused.
    pub(super) without: Option<String>,
}

/// What is to be asked.
#[derive(Default, Clone)]
pub(super) struct Wanted {
    /// Whether tools may be called that only read.
    pub(super) calls: bool,
    /// Whether hosts are to reach it as it is now.
    pub(super) public: bool,
    /// Whether it is asked by a call, without a network in between.
    pub(super) inside: bool,
    /// The `Authorization` of whoever is signed in.
    pub(super) token: Option<HeaderValue>,
}

#[derive(Default)]
pub(super) struct Facts {
    /// The endpoint.
    pub(super) url: String,
    /// Whether it was asked by a call, without a network in between.
    pub(super) inside: bool,
    /// The address under which the world reaches it, be it by a tunnel; none where it is this machine's.
    pub(super) public: Option<String>,
    /// Whether hosts are to reach it as it is now.
    pub(super) wants_public: bool,
    /// What keeps the app of this binary from starting.
    pub(super) mistakes: Vec<String>,
    pub(super) exchanges: Vec<Exchange>,
    /// Why it was not asked to the end; what is missing then says nothing.
    pub(super) cut_off: Option<String>,
    /// The result of the handshake, or of discovery where there is no handshake.
    pub(super) hello: Value,
    /// The result of `server/discover`; null where there is none.
    pub(super) discovered: Value,
    pub(super) tools: Vec<ToolFact>,
    /// The tools when they were listed again.
    pub(super) again: Option<Vec<Value>>,
    pub(super) resources: Vec<Value>,
    pub(super) widgets: Vec<WidgetFact>,
    pub(super) calls: Vec<CallFact>,
    /// What the binary that checks lists itself, where it is to be the same.
    pub(super) ours: Option<Vec<Value>>,
}

impl Facts {
    /// The first answer to a question.
    pub(super) fn answer(&self, what: &str) -> Option<&Exchange> {
        self.exchanges.iter().find(|exchange| exchange.what == what && exchange.failure.is_none())
    }

    pub(super) fn answers<'a>(&'a self, what: &'a str) -> impl Iterator<Item = &'a Exchange> {
        self.exchanges.iter().filter(move |exchange| exchange.what == what && exchange.failure.is_none())
    }

    /// Whether the server speaks 2026-07-28.
    pub(super) fn is_modern(&self) -> bool {
        let versions = self.discovered["supportedVersions"].as_array();
        versions.is_some_and(|versions| versions.iter().any(|version| version == newest()))
    }

    /// Whether it opens with a handshake too.
    pub(super) fn shakes(&self) -> bool {
        self.hello["protocolVersion"].is_string()
    }

    /// The places of what the binary itself has.
    fn place(&mut self, server: &Server) {
        for tool in &mut self.tools {
            tool.file = server.table.tool(&tool.name).map(|entry| entry.tool.place);
        }
        for widget in &mut self.widgets {
            if let Some(page) = server.table.page(&widget.uri) {
                widget.file = Some(page.widget().place);
                // An older deployment has an older document.
                let same = page.uri() == widget.uri;
                widget.own = same.then(|| page.findings().collect());
            }
        }
    }
}

/// Asks a server all that the rules want to know. `ours`: the app of this binary, whose places are known.
pub(super) async fn gather(asker: Asker, urls: Vec<String>, wanted: &Wanted, ours: Option<&Server>, progress: Progress<'_>) -> Facts {
    let mut talk = Talk::new(asker, String::new(), progress);
    talk.token = wanted.token.clone();
    let mut facts = Facts { wants_public: wanted.public, inside: wanted.inside, ..Facts::default() };
    ask_all(&mut talk, urls, wanted, &mut facts).await;
    facts.exchanges = talk.exchanges;
    facts.cut_off = talk.cut_off;
    if let Some(server) =
        ours.filter(|server| wanted.public || facts.inside || facts.hello["serverInfo"]["name"] == server.table.package.name)
    {
        facts.place(server);
    }
    facts
}

async fn ask_all(talk: &mut Talk<'_>, urls: Vec<String>, wanted: &Wanted, facts: &mut Facts) {
    let hello = greet(talk, urls).await;
    facts.url = talk.url.clone();
    let host = super::reach::host(&facts.url);
    let local = host.is_empty() || super::reach::is_private(&host);
    facts.public = Some(facts.url.clone()).filter(|_| !local);
    if hello.failure.is_some() || hello.status == 401 || (300..400).contains(&hello.status) {
        if hello.failure.is_none() {
            super::probe::elsewhere(talk, &hello, true, wanted.inside).await;
        }
        return;
    }
    let closed = match talk.token.take() {
        // How it leads to where there are tokens, only who has none is told.
        Some(token) => {
            let unsigned = talk.ask("unsigned", "initialize", introduction(shaken()), Era::Legacy).await;
            talk.token = Some(token);
            unsigned.status == 401
        }
        None => false,
    };
    let discovered = talk.ask("discover", "server/discover", json!({}), Era::Modern).await;
    facts.discovered = discovered.result().clone();
    let era = if hello.result().is_object() { Era::Legacy } else { Era::Modern };
    facts.hello = hello.result().clone();
    if era == Era::Legacy {
        talk.agreed(&hello);
        let initialized = |request: &mut http::Request<Value>| {
            if let Value::Object(message) = request.body_mut() {
                message.remove("id");
            }
        };
        talk.ask_otherwise("initialized", "notifications/initialized", json!({}), Era::Legacy, initialized).await;
    } else {
        facts.hello = facts.discovered.clone();
    }
    if facts.hello.is_object() {
        listings(talk, facts, era).await;
        widgets(talk, facts, era).await;
        super::probe::all(talk, facts, era).await;
        if wanted.calls {
            super::probe::calls(talk, facts, era).await;
        }
    }
    let signs_in = closed || facts.tools.iter().any(super::auth::signs_in);
    super::probe::elsewhere(talk, &hello, signs_in, wanted.inside).await;
    talk.leave().await;
}

/// What a client says of itself in the handshake.
pub(super) fn introduction(revision: &str) -> Value {
    let client = json!({ "name": "openai-mcp", "version": "1.0.0" });
    json!({ "protocolVersion": revision, "capabilities": capabilities(), "clientInfo": client })
}

/// The handshake, at the first address that answers it.
async fn greet(talk: &mut Talk<'_>, urls: Vec<String>) -> Exchange {
    let params = introduction(shaken());
    let mut first = None;
    for url in urls {
        talk.url = url;
        let hello = talk.ask("initialize", "initialize", params.clone(), Era::Legacy).await;
        // Another address may have it, and what this one said is then nobody's concern.
        if !matches!(hello.status, 404 | 405) {
            first = Some((talk.url.clone(), hello));
            break;
        }
        first.get_or_insert((talk.url.clone(), hello));
    }
    let (url, hello) = first.expect("an address has at least one form");
    talk.url = url;
    talk.exchanges = vec![hello.clone()];
    hello
}

/// More pages than that are a circle.
const PAGES: usize = 50;

pub(super) async fn list(talk: &mut Talk<'_>, method: &'static str, key: &str, era: Era) -> Vec<Value> {
    let mut all = Vec::new();
    let mut params = json!({});
    for _ in 0..PAGES {
        let page = talk.ask(method, method, params.clone(), era).await;
        let result = &page.message["result"];
        all.extend(result[key].as_array().into_iter().flatten().cloned());
        match result["nextCursor"].clone() {
            cursor @ Value::String(_) if params["cursor"] != cursor => params = json!({ "cursor": cursor }),
            _ => break,
        }
    }
    all
}

async fn listings(talk: &mut Talk<'_>, facts: &mut Facts, era: Era) {
    let tools = list(talk, "tools/list", "tools", era).await;
    facts.tools = tools
        .into_iter()
        .map(|value| ToolFact { name: value["name"].as_str().unwrap_or_default().to_owned(), value, file: None })
        .collect();
    facts.resources = list(talk, "resources/list", "resources", era).await;
    facts.again = Some(list(talk, "tools/list", "tools", era).await).filter(|again| !again.is_empty());
}

/// More widgets than that look like the ones before.
const WIDGETS: usize = 100;

async fn widgets(talk: &mut Talk<'_>, facts: &mut Facts, era: Era) {
    let linked: Vec<String> = facts.tools.iter().filter_map(|tool| tool.widget().map(str::to_owned)).collect();
    let is_widget = |entry: &&Value| {
        let mime = entry["mimeType"].as_str().unwrap_or_default();
        entry["uri"].as_str().is_some_and(|uri| uri.starts_with("ui://")) || mime == MIME || mime == "text/html+skybridge"
    };
    let listed = facts.resources.iter().filter(is_widget).filter_map(|entry| entry["uri"].as_str().map(str::to_owned));
    let mut uris: Vec<String> = Vec::new();
    for uri in linked.iter().cloned().chain(listed) {
        if !uris.contains(&uri) {
            uris.push(uri);
        }
    }
    for uri in uris.into_iter().take(WIDGETS) {
        let listed = facts.resources.iter().find(|entry| entry["uri"] == uri.as_str()).cloned().unwrap_or_default();
        let linked = linked.contains(&uri);
        talk.agent = CLAUDE_AGENT;
        let claude = talk.ask("resources/read", "resources/read", json!({ "uri": uri }), era).await;
        talk.agent = CHATGPT_AGENT;
        let read = talk.ask("resources/read", "resources/read", json!({ "uri": uri }), era).await;
        let contents = |exchange: &Exchange| {
            let all = exchange.result()["contents"].as_array();
            let same = all.and_then(|all| all.iter().find(|item| item["uri"] == uri.as_str()));
            same.or_else(|| all?.first()).cloned().unwrap_or_default()
        };
        let (contents, for_claude) = (contents(&read), contents(&claude));
        let html = document(&contents);
        facts.widgets.push(WidgetFact { linked, listed, html, refused: read.shown(), contents, for_claude, uri, ..WidgetFact::default() });
    }
}

/// The text of a document, which may be sent as bytes.
fn document(contents: &Value) -> String {
    let bytes = || BASE64_STANDARD.decode(contents["blob"].as_str()?).ok();
    match contents["text"].as_str() {
        Some(text) => text.to_owned(),
        None => String::from_utf8_lossy(&bytes().unwrap_or_default()).into_owned(),
    }
}

/// The addresses under which a server may have been meant: with and without the customary path.
///
/// # Errors
///
/// Why it is no address, in a sentence.
pub(super) fn addresses(said: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("`{}` is no address of a server; write it like `https://weather.example.com/mcp`", shown(said));
    let url = match said.contains("://") {
        true => said.to_owned(),
        false if is_local(&format!("http://{said}")) => format!("http://{said}"),
        false => format!("https://{said}"),
    };
    let url = url.split('#').next().unwrap_or_default();
    let uri: Uri = url.parse().map_err(|_| wrong())?;
    if !matches!(uri.scheme_str(), Some("http" | "https")) || uri.host().is_none_or(str::is_empty) {
        return Err(wrong());
    }
    let root = uri.path().trim_end_matches('/').is_empty() && uri.query().is_none();
    let bare = url.trim_end_matches('/');
    Ok(match root {
        true => vec![format!("{bare}{ENDPOINT}"), format!("{bare}/")],
        false if uri.query().is_some() || bare.ends_with(ENDPOINT) => vec![url.to_owned()],
        false => vec![url.to_owned(), format!("{bare}{ENDPOINT}")],
    })
}

/// A URL as it may be read by others too: without a password, and without a query, in which there may be a key.
pub(super) fn shown(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let (scheme, rest) = url.find("://").map_or(("", url), |at| url.split_at(at + 3));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}{host}{path}")
}

/// `https://host:port` of a URL.
pub(super) fn origin(url: &str) -> String {
    let uri = url.parse::<Uri>().unwrap_or_default();
    let authority = uri.authority().map(ToString::to_string).unwrap_or_default();
    format!("{}://{authority}", uri.scheme_str().unwrap_or("https"))
}

/// A GET of an address of the same server.
pub(super) async fn get(talk: &mut Talk<'_>, what: &'static str, url: &str) -> Exchange {
    talk.open(what, Method::GET, Some(url), &[("accept", "*/*")]).await
}

#[cfg(test)]
mod tests {
    use super::{addresses, shown};

    #[test]
    fn what_is_secret_in_an_address_is_not_shown() {
        for (url, safe) in [
            ("https://a.example/mcp", "https://a.example/mcp"),
            ("https://ada:secret@a.example:8443/mcp?key=secret#secret", "https://a.example:8443/mcp"),
            ("http://a.example?to=https://ada@b.example/", "http://a.example"),
            ("ada:secret@a.example/@b", "a.example/@b"),
            ("/login?token=secret", "/login"),
        ] {
            assert_eq!(shown(url), safe);
        }
        assert!(!addresses("ftp://ada:secret@a.example").unwrap_err().contains("secret"));
    }

    #[test]
    fn an_address_may_be_said_in_several_ways() {
        let of = |said| addresses(said).unwrap();
        assert_eq!(of("weather.example.com"), ["https://weather.example.com/mcp", "https://weather.example.com/"]);
        assert_eq!(of("localhost:8080/"), ["http://localhost:8080/mcp", "http://localhost:8080/"]);
        assert_eq!(of("http://127.0.0.1:1/mcp"), ["http://127.0.0.1:1/mcp"]);
        assert_eq!(of("https://a.example/api"), ["https://a.example/api", "https://a.example/api/mcp"]);
        assert_eq!(of("https://a.example/x?key=1"), ["https://a.example/x?key=1"]);
        for wrong in ["", "ftp://a.example", "https://", "a b"] {
            assert!(addresses(wrong).unwrap_err().contains("write it like"), "{wrong}");
        }
    }
}
