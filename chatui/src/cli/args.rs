//! What the command line says.

use chatui_template::nearest;
use lexopt::{Arg, Parser, ValueExt};
use std::ffi::{OsStr, OsString};

/// Named after the program, so that every line can be typed.
pub(super) fn help() -> String {
    let program = std::env::args().next().unwrap_or_default();
    let program = std::path::Path::new(&program).file_stem().map_or("app".into(), |stem| stem.to_string_lossy().into_owned());
    HELP.replace("PROGRAM", &program)
}

const HELP: &str = "\
Serves this crate's tools, widgets and resources over MCP.

Usage: PROGRAM [COMMAND] [OPTIONS]

Commands:
  serve             listen for MCP clients (the default)
  dev               the same, with templates read from the disk at every request
  list              show the tools, widgets and resources
  call NAME [JSON]  call a tool and show its answer
  help              show this

Options:
  --host HOST       where serve and dev listen [default: 127.0.0.1]
  --port PORT       on which port; 0 takes a free one [default: 8080]
  --public-url URL  the address under which the world reaches it, if there is one [default: PUBLIC_URL]
  --templates DIR   where dev finds the templates [default: the folder of Cargo.toml, in a debug build]
  --stdio           serve standard input and output instead of a port
  --json            list and call answer in JSON
  --version         show the name and the version
  --help            show this

Examples:
  PROGRAM serve --port 3000
  PROGRAM serve --public-url https://weather.example.com
  PROGRAM call greet '{\"name\": \"Ada\"}'
  PROGRAM list --json

The log goes to standard error; RUST_LOG says how much: error, warn, info, debug, trace, off.
Exit codes: 0 done, 1 failed (also a call whose tool failed), 2 the command line can't be understood.
";

#[derive(Debug, PartialEq)]
pub(super) enum Command {
    Serve(Listen),
    Stdio,
    Dev(Listen),
    List { json: bool },
    Call { name: String, arguments: String, json: bool },
    Help,
    Version,
}

#[derive(Debug, PartialEq)]
pub(super) struct Listen {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) public_url: Option<String>,
    pub(super) templates: Option<String>,
}

#[derive(Default)]
struct Options {
    host: Option<String>,
    port: Option<u16>,
    public_url: Option<String>,
    templates: Option<String>,
    stdio: bool,
    json: bool,
}

const COMMANDS: [&str; 5] = ["serve", "dev", "list", "call", "help"];
const OPTIONS: [&str; 8] = ["--host", "--port", "--public-url", "--templates", "--stdio", "--json", "--version", "--help"];

pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut words = Vec::new();
    let mut options = Options::default();
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next().map_err(say)? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('V') | Arg::Long("version") => return Ok(Command::Version),
            Arg::Long("host") => options.host = Some(parser.value().and_then(|value| value.string()).map_err(say)?),
            Arg::Long("port") => options.port = Some(port(&parser.value().map_err(say)?)?),
            Arg::Long("public-url") => options.public_url = Some(parser.value().and_then(|value| value.string()).map_err(say)?),
            Arg::Long("templates") => options.templates = Some(parser.value().and_then(|value| value.string()).map_err(say)?),
            Arg::Long("stdio") => options.stdio = true,
            Arg::Long("json") => options.json = true,
            Arg::Value(word) => words.push(word.string().map_err(say)?),
            Arg::Long(other) => return Err(unknown("option", &format!("--{other}"), &OPTIONS)),
            other => return Err(say(other.unexpected())),
        }
    }
    let mut words = words.into_iter();
    let command = words.next().unwrap_or_else(|| "serve".into());
    let parsed = command_of(&command, &mut words, options)?;
    words.next().map_or(Ok(parsed), |word| Err(format!("`{word}` is one word too many for `{command}`")))
}

fn command_of(command: &str, words: &mut impl Iterator<Item = String>, options: Options) -> Result<Command, String> {
    let Options { host, port, public_url, templates, stdio, json } = options;
    let listens = matches!(command, "serve" | "dev");
    if !COMMANDS.contains(&command) {
        return Err(unknown("command", command, &COMMANDS));
    }
    if templates.is_some() && command != "dev" {
        return Err(format!("only `dev` reads templates; leave out `--templates`, or write `dev`, not `{command}`"));
    }
    let somewhere = host.is_some() || port.is_some() || public_url.is_some();
    if !listens && somewhere {
        return Err(format!("`{command}` does not listen; leave out `--host`, `--port` and `--public-url`"));
    }
    if stdio && command != "serve" {
        return Err(format!(
            "only `serve` talks over standard input and output; leave out `--stdio`, or write `serve --stdio`, not `{command}`"
        ));
    }
    if stdio && somewhere {
        return Err("`--stdio` listens on no port; leave out `--host`, `--port` and `--public-url`".into());
    }
    if json && !matches!(command, "list" | "call") {
        return Err(format!("`{command}` prints nothing as JSON; leave out `--json`"));
    }
    let listen = || Listen { host: host.unwrap_or_else(|| "127.0.0.1".into()), port: port.unwrap_or(8080), public_url, templates };
    Ok(match command {
        "serve" if stdio => Command::Stdio,
        "serve" => Command::Serve(listen()),
        "dev" => Command::Dev(listen()),
        "list" => Command::List { json },
        "call" => {
            let name = words.next().ok_or("`call` wants the name of a tool; `list` shows them")?;
            Command::Call { name, arguments: words.next().unwrap_or_else(|| "{}".into()), json }
        }
        _ => Command::Help,
    })
}

fn unknown(kind: &str, word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("unknown {kind} `{word}`; did you mean `{near}`?"),
        None => format!("unknown {kind} `{word}`; there are {}", known.join(", ")),
    }
}

fn port(value: &OsStr) -> Result<u16, String> {
    let value = value.to_string_lossy();
    value.parse().map_err(|_| format!("`--port {value}` is no port; give a number from 0 to 65535"))
}

fn say(error: lexopt::Error) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::{Command, Listen, parse};

    fn read(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(Into::into))
    }

    #[test]
    fn serves_by_default_and_only_here() {
        assert_eq!(read(""), Ok(Command::Serve(Listen { host: "127.0.0.1".into(), port: 8080, public_url: None, templates: None })));
        assert_eq!(read("--port 0"), Ok(Command::Serve(Listen { host: "127.0.0.1".into(), port: 0, public_url: None, templates: None })));
        assert_eq!(read("dev --port=9"), Ok(Command::Dev(Listen { host: "127.0.0.1".into(), port: 9, public_url: None, templates: None })));
        assert_eq!(read("serve --stdio"), Ok(Command::Stdio));
    }

    #[test]
    fn calls_without_arguments_too() {
        let call = Command::Call { name: "hello".into(), arguments: "{}".into(), json: true };
        assert_eq!(read("call hello --json"), Ok(call));
    }

    #[test]
    fn says_what_it_does_not_understand() {
        assert_eq!(read("sevre").unwrap_err(), "unknown command `sevre`; did you mean `serve`?");
        assert!(read("call").unwrap_err().contains("name of a tool"));
        assert!(read("list --port 1").unwrap_err().contains("does not listen"));
        assert!(read("serve --port many").unwrap_err().contains("many"));
        assert!(read("list all").unwrap_err().contains("`all`"));
        assert_eq!(read("serve --prot 1").unwrap_err(), "unknown option `--prot`; did you mean `--port`?");
        assert!(read("dev --stdio").unwrap_err().contains("only `serve`"));
    }
}
