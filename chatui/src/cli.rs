//! The command line. It is the user's binary, because only that has the tools.

mod answers;
mod args;
mod call;
#[cfg(feature = "dev")]
mod contract;
mod help;
mod list;
mod names;
mod prompt;
mod shape;
#[cfg(feature = "dev")]
mod submission;
mod types;
mod typescript;

use crate::{
    Error,
    app::{App, Door, STATE_SECRET},
    events::Events,
    log::{self, Screen},
    mcp::Scene,
    mistakes::Mistakes,
    native::{self, Gate, Stop},
    rpc, secrets,
    server::Server,
    site::{Addresses, ENDPOINT},
    stdio,
    user::User,
    widget::Page,
};
use args::{Check, Command, Listen};
use serde::Serialize;
use serde_json::{Value, json};
use std::{
    ffi::OsString,
    io::Write,
    path::Path,
    process::{ExitCode, Termination},
    sync::Arc,
};
use tokio::{net::TcpListener, runtime};
use tracing::level_filters::LevelFilter;

/// How `main` ended; what [`main`](crate::main) returns.
#[derive(Debug)]
pub struct Exit(u8);

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.0)
    }
}

/// 0: done. 1: it failed. 2: the command line can't be understood.
const DONE: u8 = 0;
const FAILED: u8 = 1;
const USAGE: u8 = 2;

pub(crate) fn main() -> Exit {
    main_with(std::env::args_os().skip(1))
}

/// The same for a program that has arguments of its own, and has taken them out.
pub fn main_with(args: impl IntoIterator<Item = OsString>) -> Exit {
    let command = match args::parse(args) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("error: {problem}\n\nTry `--help`.");
            return Exit(USAGE);
        }
    };
    if let Command::Help = command {
        print(&help::text());
        return Exit(DONE);
    }
    let said = std::env::var("RUST_LOG").ok().filter(|level| !level.is_empty());
    let level = said.as_deref().map_or(Ok(LevelFilter::INFO), str::parse);
    let level = level.unwrap_or_else(|_| {
        eprintln!("{}", log::UNKNOWN_LEVEL);
        LevelFilter::INFO
    });
    let _ = tracing_subscriber::fmt().with_max_level(level).with_writer(|| Screen).with_ansi(false).try_init();
    log::hide_panics();
    match run(command) {
        Ok(code) => Exit(code),
        Err(error) => {
            eprintln!("{}", secrets::hidden(format!("error: {error}")));
            Exit(FAILED)
        }
    }
}

fn run(mut command: Command) -> Result<u8, Error> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    let code = runtime.block_on(async {
        let free = free_port(&mut command).await?;
        let door = Door {
            said: said(&command),
            state_secret: std::env::var(STATE_SECRET).ok(),
            // What only looks at the app or calls it from here ends with its process.
            is_development: cfg!(debug_assertions) || !matches!(command, Command::Serve(_) | Command::Stdio { .. }),
            nothing: std::marker::PhantomData,
        };
        let linked = App::linked(&door).await.map(|server| Server { platform: &native::TOKIO, ..server }).map_err(|error| {
            match error.is::<Mistakes>() {
                true => error,
                false => Error::tell(format!("the app can't start: {error}")),
            }
        });
        if let Command::Check(wanted) = command {
            return check(wanted, linked).await;
        }
        let mut server = linked?;
        // What is done here is done by who sits here.
        match &command {
            Command::Serve(_) => {}
            #[cfg(feature = "dev")]
            Command::Dev(_) => {}
            Command::Call { user, .. } | Command::Stdio { user } => server = server.with_user_at_the_door(User::local(user)),
            _ => server = server.with_user_at_the_door(User::local("local")),
        }
        match command {
            Command::Serve(listen) => {
                admit(&mut server, &listen);
                let (listener, stop) = open(&server, &listen, free, "").await?;
                let gate = Gate::new(&server.table.limits, server.table.handle.as_ref());
                native::serve(listener, server, gate, stop.asked()).await;
                Ok(DONE)
            }
            #[cfg(feature = "dev")]
            Command::Dev(listen) => {
                admit(&mut server, &listen);
                let (listener, stop) = open(&server, &listen, free, ", with templates from the disk").await?;
                crate::dev::serve(listener, server, &listen.user, listen.templates, stop.asked()).await.map(|()| DONE)
            }
            Command::Stdio { .. } => {
                warn(&server);
                stdio::serve(server).await.map(|()| DONE)
            }
            Command::List { json } => list(&server, json).await,
            Command::Version => {
                let package = server.table.package;
                print(&format!("{} {}\n", package.name, package.version));
                Ok(DONE)
            }
            Command::Call { name, arguments, answer, json, .. } => {
                call::run(&server, &name, &arguments, answers::Person::of(answer.as_deref())?, json).await
            }
            Command::Prompt { name, arguments, json } => prompt::run(&server, &name, arguments, json).await,
            Command::Types { out, json } => types(&server, &out, json),
            #[cfg(feature = "dev")]
            Command::Contract { update, file, json } => contract::run(&server, update, file, json),
            #[cfg(feature = "dev")]
            Command::Submission { out, force, json, .. } => submission::run(&server, &out, force, json),
            #[cfg(not(feature = "dev"))]
            Command::Contract { .. } | Command::Submission { .. } => Err(Error::tell(NOT_HERE)),
            Command::Check(_) | Command::Help => Ok(DONE),
        }
    });
    // A thread that a `blocking` tool holds can't be stopped; nobody waits for it any more.
    runtime.shutdown_background();
    code
}

/// What a command says that was left out of this binary.
#[cfg(not(feature = "dev"))]
const NOT_HERE: &str = "this command is part of chatui's feature `dev`, which is switched off; add it to chatui's `features` in Cargo.toml";

/// What the command line and the environment say about addresses; the nearer goes first.
fn said(command: &Command) -> Addresses {
    let (public, here) = match command {
        Command::Serve(listen) => (listen.public_url.clone(), Some(here(listen))),
        #[cfg(feature = "dev")]
        Command::Dev(listen) => (listen.public_url.clone(), Some(here(listen))),
        Command::Check(check) => (check.public_url.clone(), None),
        Command::Submission { public_url, .. } => (public_url.clone(), None),
        _ => (None, None),
    };
    Addresses { public, here, ..Addresses::default() }.or(Addresses::of_env(|name| std::env::var(name).ok()))
}

/// The address under which this machine reaches the server.
fn here(Listen { host, port, .. }: &Listen) -> String {
    match host.as_str() {
        "0.0.0.0" | "::" => format!("http://127.0.0.1:{port}"),
        address if address.contains(':') && !address.starts_with('[') => format!("http://[{address}]:{port}"),
        host => format!("http://{host}:{port}"),
    }
}

/// A listening server answers to known names only.
fn admit(server: &mut Server, listen: &Listen) {
    let names = Arc::make_mut(&mut server.names);
    names.strict = true;
    // A name that was given is one that is used; an address of all interfaces is not.
    names.listening = Some(listen.host.to_ascii_lowercase()).filter(|host| !matches!(host.as_str(), "0.0.0.0" | "::"));
}

/// Takes a free port where one is asked for, before the app is made: it says its address, in the policies of its widgets for example.
async fn free_port(command: &mut Command) -> Result<Option<TcpListener>, Error> {
    let listen = match command {
        Command::Serve(listen) => listen,
        #[cfg(feature = "dev")]
        Command::Dev(listen) => listen,
        _ => return Ok(None),
    };
    if listen.port != 0 {
        return Ok(None);
    }
    let listener = bind(listen).await?;
    listen.port = listener.local_addr()?.port();
    Ok(Some(listener))
}

async fn bind(Listen { host, port, .. }: &Listen) -> Result<TcpListener, Error> {
    native::listen(host, *port).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            Error::tell(format!("{host}:{port} is in use; end the other process, or say `--port` and another number"))
        }
        _ => Error::tell(format!("can't listen on {host}:{port}: {error}")),
    })
}

/// Listens, where it does not yet, and says where.
async fn open(server: &Server, listen: &Listen, free: Option<TcpListener>, how: &str) -> Result<(TcpListener, Stop), Error> {
    let listener = match free {
        Some(listener) => listener,
        None => bind(listen).await?,
    };
    warn(server);
    let stop = Stop::listen()?;
    let package = server.table.package;
    let address = listener.local_addr()?;
    eprintln!("{} {} listens on http://{address}{}{how}", package.name, package.version, ENDPOINT);
    Ok((listener, stop))
}

/// Says what is unwise about the templates.
fn warn(server: &Server) {
    for finding in server.table.pages().iter().flat_map(Page::findings) {
        tracing::warn!("{finding}");
    }
}

/// Sends one message down the road that every door uses.
async fn ask(server: &Server, method: &str, params: impl Serialize) -> Result<Value, Error> {
    ask_with(server, method, params, None).await
}

/// The same, heard while it is being answered.
async fn ask_with(server: &Server, method: &str, params: impl Serialize, events: Option<&Events>) -> Result<Value, Error> {
    // As text: what the user typed goes down the road as it was typed.
    let params = serde_json::to_string(&params)?;
    let message = format!(r#"{{"jsonrpc":"2.0","id":0,"method":"{method}","params":{params}}}"#);
    let answer = rpc::answer(Scene::of(server, None, events), message.as_bytes(), None).await;
    let lacks = answer.challenge.is_some();
    let mut answer: Value = serde_json::from_slice(&answer.body.unwrap_or_default())?;
    match answer["error"]["message"].as_str() {
        Some(message) if lacks => Err(Error::tell(format!("{message}; here `--user` says who calls, and with which scopes"))),
        Some(message) => Err(Error::tell(message)),
        None => Ok(answer["result"].take()),
    }
}

async fn list(server: &Server, json: bool) -> Result<u8, Error> {
    if !json {
        print(&list::text(server));
        return Ok(DONE);
    }
    let mut all = serde_json::Map::new();
    for (method, key) in [
        ("tools/list", "tools"),
        ("resources/list", "resources"),
        ("resources/templates/list", "resourceTemplates"),
        ("prompts/list", "prompts"),
    ] {
        all.insert(key.to_owned(), entries(server, method, key).await?);
    }
    // What no host is told.
    all.insert("widgets".to_owned(), list::widgets(server));
    Ok(pretty(&Value::Object(all)))
}

/// All pages of a list.
async fn entries(server: &Server, method: &str, key: &str) -> Result<Value, Error> {
    let (mut all, mut params) = (Vec::new(), json!({}));
    loop {
        let mut page = ask(server, method, params).await?;
        all.extend(page[key].as_array_mut().map(std::mem::take).unwrap_or_default());
        match page["nextCursor"].take() {
            Value::Null => return Ok(all.into()),
            cursor => params = json!({ "cursor": cursor }),
        }
    }
}

#[cfg(feature = "dev")]
async fn check(wanted: Check, app: Result<Server, Error>) -> Result<u8, Error> {
    use crate::{
        check::{Client, Subject},
        ink::Ink,
    };
    let Check { url, host, public, calls, token_env, rules, json, .. } = wanted;
    if rules {
        print(&crate::check::rules());
        return Ok(DONE);
    }
    let token = token_env.map(|name| token(&name)).transpose()?;
    let host = match host.as_deref() {
        Some("chatgpt") => Some(Client::ChatGpt),
        Some("claude") => Some(Client::Claude),
        // ChatGPT is where the address goes.
        None if public => Some(Client::ChatGpt),
        _ => None,
    };
    let report = crate::check::check(&Subject { url, public, calls, host, token }, app).await?;
    // A server may repeat the token that it was sent.
    print(&secrets::hidden(if json { format!("{:#}\n", report.json()) } else { report.text(&Ink::of(&std::io::stdout())) }));
    Ok(if report.has_errors() { FAILED } else { DONE })
}

/// The `Authorization` that a variable of the environment stands for; from here on the token is in nothing that is printed.
///
/// # Errors
///
/// It holds no token.
#[cfg(feature = "dev")]
fn token(name: &str) -> Result<http::HeaderValue, Error> {
    let wrong = |why: &str| Error::tell(format!("the access token of `--token-env`, the variable `{name}`, {why}"));
    let token = std::env::var(name).map_err(|_| wrong("is not set; export it before"))?;
    let token = token.trim();
    secrets::register(token).map_err(|why| wrong(&why))?;
    if token.contains(char::is_whitespace) {
        return Err(wrong("has a space in it; give the token alone, without `Bearer`"));
    }
    let mut header = http::HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| wrong("has letters that no token has"))?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(not(feature = "dev"))]
async fn check(_: Check, _: Result<Server, Error>) -> Result<u8, Error> {
    Err(Error::tell(NOT_HERE))
}

fn types(server: &Server, out: &str, json: bool) -> Result<u8, Error> {
    let written = types::write(&server.table, Path::new(out))?;
    if json {
        return Ok(pretty(&json!(written)));
    }
    for path in &written {
        print(&format!("{path}\n"));
    }
    if written.is_empty() {
        eprintln!("{out} holds the types as they are");
    }
    Ok(DONE)
}

fn pretty(value: &Value) -> u8 {
    print(&format!("{value:#}\n"));
    DONE
}

/// A reader that has seen enough, such as `head`, is no error; a full disk is one.
fn print(text: &str) {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            eprintln!("error: can't print the answer: {error}");
            std::process::exit(FAILED.into());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Listen, here};

    #[test]
    fn a_server_names_itself_as_a_url_does() {
        let listen = |host: &str| Listen { host: host.into(), port: 80, public_url: None, templates: None, user: String::new() };
        for (host, url) in [("localhost", "http://localhost:80"), ("::1", "http://[::1]:80"), ("0.0.0.0", "http://127.0.0.1:80")] {
            assert_eq!(here(&listen(host)), url);
        }
    }
}
