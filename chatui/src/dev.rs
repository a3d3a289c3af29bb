//! `dev`: the server, and beside it a page that calls its tools and shows its widgets as hosts do.
//!
//! The page is a client like any other: it sends MCP to [`ENDPOINT`]. What else it needs of the server is below `/dev`, and is
//! for this machine alone.

mod clients;
mod documents;
mod files;
mod gate;
mod key;
mod live;
mod templates;

use crate::{
    Error, http as road,
    limits::Limits,
    native::{self, Gate},
    server::Server,
    site::ENDPOINT,
    user::User,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use clients::Clients;
use documents::{Documents, Wanted};
use live::Live;
use serde_json::json;
use std::{future::Future, io::IsTerminal, sync::Arc, time::Duration};
use templates::Templates;
use tokio::net::TcpListener;

/// How often the templates are looked at while a page is open: what is saved is to be seen at once, and a glance costs
/// some microseconds.
const GLANCE: Duration = Duration::from_millis(50);

/// Every which glance is thorough.
const THOROUGH: u64 = 5;

/// The largest document that is shown, in bytes.
const DOCUMENT_LIMIT: usize = 16 * 1024 * 1024;

struct Dev {
    server: Server,
    gate: Arc<Gate>,
    templates: Templates,
    documents: Documents,
    live: Live,
    clients: Clients,
    /// Tells this process from the one before it on the same port.
    instance: String,
    /// What the page knows that was opened by the address in the terminal.
    key: String,
    /// Who calls from that page.
    user: Option<User>,
}

/// Serves the app and the page until `stop`.
///
/// # Errors
///
/// A release build that is told no folder of templates, and a machine on which nothing more can be listened to.
pub(crate) async fn serve(
    listener: TcpListener,
    server: Server,
    user: &str,
    root: Option<String>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let templates = Templates::new(server.clone(), root)?;
    // Another port is another origin: there, a widget reaches nothing but itself.
    let sandbox = TcpListener::bind(("127.0.0.1", 0)).await?;
    let documents = Documents::new(sandbox.local_addr()?);
    let gate = Gate::new(&server.table.limits, server.table.handle.as_ref());
    let user = server.table.guard.as_ref().and_then(|_| User::local(user));
    let dev = Arc::new(Dev {
        server,
        gate: gate.clone(),
        templates,
        documents,
        live: Live::default(),
        clients: Clients::default(),
        instance: random(),
        key: key::kept().unwrap_or_else(random),
        user,
    });
    say(&dev, &listener.local_addr()?.to_string());
    // Both end with the process: neither has anything that would have to be finished.
    tokio::spawn(watch(dev.clone()));
    tokio::spawn(native::serve_router(
        sandbox,
        documents::router(dev.clone()),
        Gate::new(&Limits::default(), None),
        std::future::pending(),
    ));
    let stopped = {
        let dev = dev.clone();
        async move {
            stop.await;
            // A stream of events has no end of its own, and would keep the server from its.
            dev.live.end();
        }
    };
    native::serve_router(listener, router(dev), gate, stopped).await;
    Ok(())
}

/// 128 bits that nobody can guess, as a path that no foreign page can name.
fn random() -> String {
    use std::hash::{BuildHasher, RandomState};
    let half = || RandomState::new().hash_one(0);
    format!("{:016x}{:016x}", half(), half())
}

/// Where the page is, and what to do with a public address.
fn say(Dev { server, user, key, .. }: &Dev, address: &str) {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let bold = |text: &str| if colour { format!("\x1b[1;36m{text}\x1b[0m") } else { text.to_owned() };
    // Where everybody may do the same, there is nothing to know.
    let key = if user.is_some() || server.rate.is_some() { format!("#key={key}") } else { String::new() };
    eprintln!("see and try its tools on {}", bold(&format!("http://{address}/{key}")));
    if server.table.guard.is_some() {
        let who = user.as_ref().map_or("nobody, as `--user` says".to_owned(), |user| match user.scopes().collect::<Vec<_>>().join(" ") {
            all if all.is_empty() => format!("`{}`, with all scopes; `--user` names another", user.subject()),
            some => format!("`{}`, with {some}; `--user` names another", user.subject()),
        });
        eprintln!("who calls from there is {who}");
    }
    let Some(public) = server.table.site.public.as_ref().filter(|public| !public.is_local()) else { return };
    let endpoint = format!("{}{ENDPOINT}", public.text);
    eprintln!("\nto add it to ChatGPT, in developer mode: Settings → Apps & Connectors → Create");
    eprintln!("  MCP server URL  {}", bold(&endpoint));
    eprintln!("  Authentication  {}", if server.table.guard.is_some() { "OAuth" } else { "No authentication" });
    eprintln!("to add it to Claude: Settings → Connectors → Add custom connector");
    eprintln!("  URL             {}", bold(&endpoint));
    eprintln!("then the tunnel has to lead to http://{address}; who arrives by it is told here and on the page");
}

/// Looks at the templates as long as somebody looks at the page.
async fn watch(dev: Arc<Dev>) {
    let mut known = dev.templates.version(true);
    for glance in 0_u64.. {
        dev.live.watched().await;
        let version = dev.templates.version(glance.is_multiple_of(THOROUGH));
        if version != known {
            known = version;
            dev.live.tell("templates", &json!({ "problems": dev.templates.problems() }));
            if let Some(handle) = &dev.server.table.handle {
                // Tools name the widgets by the hash of what is in them.
                handle.tools_changed();
                handle.resources_changed();
            }
        }
        tokio::time::sleep(GLANCE).await;
    }
}

fn router(dev: Arc<Dev>) -> Router {
    let files = files::ALL.iter().fold(Router::new(), |router, file| router.route(file.path, get(|| async { file.response() })));
    files
        .route("/dev/events", get(events))
        .route("/dev/user", get(user))
        .route("/dev/documents", post(publish))
        .route_layer(middleware::from_fn_with_state(dev.clone(), gate::here_alone))
        .fallback(door)
        .with_state(dev)
}

/// The way that every client takes, with an eye on who comes.
async fn door(State(dev): State<Arc<Dev>>, request: Request) -> Response {
    let page = road::page_of(&dev.server, &request);
    let mut request = match native::whole(request, &dev.gate).await {
        Ok(request) => request,
        Err(refusal) => return road::shared(refusal, page).map(Body::new),
    };
    // Of all who come, whoever reads the terminal alone knows this; others need a token.
    let of_page = key::is_told(request.headers(), &dev.key);
    if let Some(user) = dev.user.as_ref().filter(|_| of_page) {
        request.extensions_mut().insert(user.clone());
    }
    let visit = clients::visit(&request);
    let mut server = dev.templates.current();
    if of_page {
        // Who sits here may ask as often as they like.
        server.rate = None;
    }
    let response = native::answer(&server, &dev.gate, request).await.map(Body::new);
    if let Some(visit) = visit.filter(|_| response.status().is_success()) {
        clients::note(&dev, visit);
    }
    response
}

async fn events(State(dev): State<Arc<Dev>>) -> impl IntoResponse {
    let (package, title) = (dev.server.table.package, dev.server.table.sign.title.as_deref());
    let public = dev.server.table.site.public.as_ref().filter(|public| !public.is_local());
    dev.live.join(
        "hello",
        &json!({
            "instance": dev.instance,
            "name": title.unwrap_or(package.name),
            "version": package.version,
            "authentication": if dev.server.table.guard.is_some() { "OAuth" } else { "No authentication" },
            "endpoint": public.map(|public| format!("{}{ENDPOINT}", public.text)),
            "problems": dev.templates.problems(),
            "clients": dev.clients.all(),
        }),
    )
}

/// Who calls from the page that asks: what it shows of that.
async fn user(State(dev): State<Arc<Dev>>, headers: HeaderMap) -> impl IntoResponse {
    let user = dev.user.as_ref().filter(|_| key::is_told(&headers, &dev.key));
    let scopes = |user: &User| user.scopes().map(str::to_owned).collect::<Vec<_>>();
    let said = json!({
        "asked": dev.server.table.guard.is_some(),
        "sits": dev.user.is_some(),
        "name": user.map(User::subject),
        "scopes": user.map(scopes),
    });
    ([(header::CONTENT_TYPE, "application/json")], said.to_string())
}

/// Puts a document where the page can show it, under the policy of its widget.
async fn publish(State(dev): State<Arc<Dev>>, request: Request) -> Response {
    let Ok(body) = to_bytes(request.into_body(), DOCUMENT_LIMIT).await else {
        return (StatusCode::PAYLOAD_TOO_LARGE, format!("the document is over {DOCUMENT_LIMIT} bytes")).into_response();
    };
    match serde_json::from_slice::<Wanted>(&body).map_err(|error| error.to_string()).and_then(|wanted| dev.documents.keep(wanted)) {
        Ok(url) => url.into_response(),
        Err(why) => (StatusCode::BAD_REQUEST, why).into_response(),
    }
}
