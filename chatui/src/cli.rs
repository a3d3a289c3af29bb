//! The command line. It is the user's binary, because only that has the tools.

mod args;
mod list;

use crate::{
    Error,
    app::{App, Door},
    dev::Dev,
    hosts::Hosts,
    mcp::Scene,
    mistakes::Mistakes,
    native::{self, Stop},
    rpc,
    server::Server,
    stdio,
};
use args::{Command, Listen};
use serde::Serialize;
use serde_json::{Value, json, value::RawValue};
use std::{
    io::Write,
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
    let command = match args::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(problem) => {
            eprintln!("error: {problem}\n\nTry `--help`.");
            return Exit(USAGE);
        }
    };
    if let Command::Help = command {
        print(&args::help());
        return Exit(DONE);
    }
    let said = std::env::var("RUST_LOG").ok().filter(|level| !level.is_empty());
    let level = said.as_deref().map_or(Ok(LevelFilter::INFO), str::parse);
    let level = level.unwrap_or_else(|_| {
        eprintln!("RUST_LOG is not understood; write one of error, warn, info, debug, trace, off");
        LevelFilter::INFO
    });
    // Standard output may be carrying the protocol.
    let _ = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).with_ansi(false).try_init();
    match run(command) {
        Ok(code) => Exit(code),
        Err(error) => {
            eprintln!("error: {error}");
            Exit(FAILED)
        }
    }
}

fn run(command: Command) -> Result<u8, Error> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    let code = runtime.block_on(async {
        let door = Door { nothing: std::marker::PhantomData };
        let mut server = App::linked(&door).await.map_err(|error| match error.is::<Mistakes>() {
            true => error,
            false => Error::tell(format!("the app can't start: {error}")),
        })?;
        server.platform = &native::TOKIO;
        match command {
            Command::Serve(listen) => {
                admit(&mut server, &listen)?;
                let current = server.clone();
                listening(&server, &listen, "", Arc::new(move || current.clone())).await
            }
            Command::Dev(listen) => {
                admit(&mut server, &listen)?;
                let dev = Dev::new(server.clone(), listen.templates.clone())?;
                listening(&server, &listen, ", with templates from the disk", Arc::new(move || dev.current())).await
            }
            Command::Stdio => stdio::serve(server).await.map(|()| DONE),
            Command::List { json } => list(&server, json).await,
            Command::Version => {
                let package = server.table.package;
                print(&format!("{} {}\n", package.name, package.version));
                Ok(DONE)
            }
            Command::Call { name, arguments, json } => call(&server, &name, &arguments, json).await,
            Command::Help => Ok(DONE),
        }
    });
    // A thread that a `blocking` tool holds can't be stopped; nobody waits for it any more.
    runtime.shutdown_background();
    code
}

/// Under which names a listening server is reached. What is said nearer to the start goes before what the code says.
fn admit(server: &mut Server, listen: &Listen) -> Result<(), Error> {
    let said = listen.public_url.clone().or_else(|| std::env::var("PUBLIC_URL").ok().filter(|url| !url.is_empty()));
    let mut hosts = match said {
        Some(url) => Hosts::new(Some(&url)).map_err(Error::tell)?,
        None => server.hosts.as_ref().clone(),
    };
    hosts.strict = true;
    // A name that was given is one that is used; an address of all interfaces is not.
    hosts.listening = Some(listen.host.to_ascii_lowercase()).filter(|host| !matches!(host.as_str(), "0.0.0.0" | "::"));
    server.hosts = Arc::new(hosts);
    Ok(())
}

async fn listening(server: &Server, listen: &Listen, how: &str, current: native::Current) -> Result<u8, Error> {
    let Listen { host, port, .. } = listen;
    let listener = TcpListener::bind((host.as_str(), *port)).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            Error::tell(format!("{host}:{port} is in use; end the other process, or say `--port` and another number"))
        }
        _ => Error::tell(format!("can't listen on {host}:{port}: {error}")),
    })?;
    let stop = Stop::listen()?;
    let package = server.table.package;
    let address = listener.local_addr()?;
    eprintln!("{} {} listens on http://{address}{}{how}", package.name, package.version, crate::http::ENDPOINT);
    native::serve(listener, current, stop).await?;
    Ok(DONE)
}

/// Sends one message down the road that every door uses.
async fn ask(server: &Server, method: &str, params: impl Serialize) -> Result<Value, Error> {
    // As text: what the user typed goes down the road as it was typed.
    let params = serde_json::to_string(&params)?;
    let message = format!(r#"{{"jsonrpc":"2.0","id":0,"method":"{method}","params":{params}}}"#);
    let scene = Scene { table: &server.table, platform: server.platform, events: None };
    let answer = rpc::answer(scene, message.as_bytes(), None).await;
    let mut answer: Value = serde_json::from_slice(&answer.body.unwrap_or_default())?;
    match answer["error"]["message"].as_str() {
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
    for (method, key) in [("tools/list", "tools"), ("resources/list", "resources"), ("resources/templates/list", "resourceTemplates")] {
        all.insert(key.to_owned(), ask(server, method, json!({})).await?[key].take());
    }
    Ok(pretty(&Value::Object(all)))
}

async fn call(server: &Server, name: &str, arguments: &str, json: bool) -> Result<u8, Error> {
    let arguments: &RawValue = serde_json::from_str(arguments)
        .map_err(|error| Error::tell(format!("the arguments are not JSON: {error}; write them like '{{\"city\": \"Paris\"}}'")))?;
    #[derive(Serialize)]
    struct Params<'a> {
        name: &'a str,
        arguments: &'a RawValue,
    }
    let result = ask(server, "tools/call", Params { name, arguments }).await?;
    let failed = result["isError"] == true;
    if json {
        pretty(&result);
    } else {
        for block in result["content"].as_array().into_iter().flatten() {
            let kind = block["type"].as_str().unwrap_or_default();
            let words = block["text"].as_str().or_else(|| block["uri"].as_str()).map(str::to_owned);
            print(&format!("{}\n", words.unwrap_or_else(|| format!("({kind}; `--json` shows it)"))));
        }
    }
    Ok(if failed { FAILED } else { DONE })
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
