//! What the command line says.

#[cfg(feature = "dev")]
use crate::site::is_loopback;
use chatui_template::nearest;
use lexopt::{Arg, Parser, ValueExt};
use serde_json::{Map, Value};
use std::{collections::BTreeMap, ffi::OsString};

#[derive(Debug, PartialEq)]
pub(super) enum Command {
    Serve(Listen),
    Stdio {
        user: String,
    },
    #[cfg(feature = "dev")]
    Dev(Listen),
    List {
        json: bool,
    },
    Call {
        name: String,
        arguments: String,
        answer: Option<String>,
        user: String,
        json: bool,
    },
    Prompt {
        name: String,
        arguments: Map<String, Value>,
        json: bool,
    },
    Types {
        out: String,
        json: bool,
    },
    Check(Check),
    Contract {
        update: bool,
        file: Option<String>,
        json: bool,
    },
    Submission {
        out: String,
        public_url: Option<String>,
        force: bool,
        json: bool,
    },
    Help,
    Version,
}

/// What `check` is to do.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Check {
    pub(super) url: Option<String>,
    /// `chatgpt`, `claude` or `all`.
    pub(super) host: Option<String>,
    pub(super) public: bool,
    pub(super) public_url: Option<String>,
    pub(super) calls: bool,
    /// The variable of the environment that holds an access token.
    pub(super) token_env: Option<String>,
    pub(super) rules: bool,
    pub(super) json: bool,
}

#[derive(Debug, PartialEq)]
pub(super) struct Listen {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) public_url: Option<String>,
    pub(super) templates: Option<String>,
    /// Who sits at this machine.
    pub(super) user: String,
}

/// An option, and where it means something.
struct Knows {
    name: &'static str,
    has_value: bool,
    commands: &'static [&'static str],
    /// What the others say of it; `COMMAND` is their name.
    refusal: &'static str,
}

const COMMANDS: [&str; 10] = ["serve", "dev", "list", "call", "prompt", "check", "types", "contract", "submission", "help"];

const fn value(name: &'static str, commands: &'static [&'static str], refusal: &'static str) -> Knows {
    Knows { name, has_value: true, commands, refusal }
}

const fn flag(name: &'static str, commands: &'static [&'static str], refusal: &'static str) -> Knows {
    Knows { name, has_value: false, commands, refusal }
}

const LISTENS: &str = "`COMMAND` does not listen; leave out `--host`, `--port` and `--public-url`";
const SITS: &str = "only `call`, `dev` and `serve --stdio` are used by who sits here; leave out `--user`";
const CHECKS: &str =
    "only `check` knows `--public`, `--call`, `--token-env` and `--rules`; leave them out, or write `check`, not `COMMAND`";
const HAS_A_FILE: &str = "only `contract` has a file; leave out `--update` and `--file`, or write `contract`, not `COMMAND`";
const NOT_CHECK: &str =
    "`check` listens and writes nowhere; leave out `--port`, `--templates`, `--out`, `--stdio`, `--file`, `--update` and `--force`";

const OPTIONS: [Knows; 16] = [
    value("host", &["serve", "dev", "check"], LISTENS),
    value("port", &["serve", "dev"], LISTENS),
    value("public-url", &["serve", "dev", "check", "submission"], LISTENS),
    value("templates", &["dev"], "only `dev` reads templates; leave out `--templates`, or write `dev`, not `COMMAND`"),
    value("user", &["serve", "dev", "call"], SITS),
    value(
        "out",
        &["types", "submission"],
        "only `types` and `submission` write to a folder; leave out `--out`, or write one of them, not `COMMAND`",
    ),
    value("answer", &["call"], "only `call` is asked anything; leave out `--answer`, or write `call`, not `COMMAND`"),
    flag("public", &["check"], CHECKS),
    flag("call", &["check"], CHECKS),
    value("token-env", &["check"], CHECKS),
    flag("rules", &["check"], CHECKS),
    value("file", &["contract"], HAS_A_FILE),
    flag("update", &["contract"], HAS_A_FILE),
    flag("force", &["submission"], "only `submission` replaces files; leave out `--force`, or write `submission`, not `COMMAND`"),
    flag(
        "stdio",
        &["serve"],
        "only `serve` talks over standard input and output; leave out `--stdio`, or write `serve --stdio`, not `COMMAND`",
    ),
    flag(
        "json",
        &["list", "call", "prompt", "check", "types", "contract", "submission"],
        "`COMMAND` prints nothing as JSON; leave out `--json`",
    ),
];

/// What was given of [`OPTIONS`]; of a flag the value is empty.
#[derive(Default)]
struct Given(BTreeMap<&'static str, String>);

impl Given {
    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    /// Who sits at this machine; nobody, where an empty name is said.
    fn user(&mut self) -> String {
        self.take("user").unwrap_or_else(|| "local".into())
    }

    fn listen(&mut self) -> Result<Listen, String> {
        let port = self
            .take("port")
            .map_or(Ok(8080), |port| port.parse().map_err(|_| format!("`--port {port}` is no port; give a number from 0 to 65535")))?;
        let host = self.take("host").unwrap_or_else(|| "127.0.0.1".into());
        Ok(Listen { host, port, public_url: self.take("public-url"), templates: self.take("templates"), user: self.user() })
    }
}

pub(super) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut words = Vec::new();
    let mut given = Given::default();
    let mut parser = Parser::from_args(args);
    while let Some(arg) = parser.next().map_err(say)? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('V') | Arg::Long("version") => return Ok(Command::Version),
            Arg::Long(name) => {
                let option = OPTIONS.iter().find(|option| option.name == name).ok_or_else(|| unknown_option(name))?;
                let value = if option.has_value { parser.value().and_then(|value| value.string()).map_err(say)? } else { String::new() };
                given.0.insert(option.name, value);
            }
            Arg::Value(word) => words.push(word.string().map_err(say)?),
            other => return Err(say(other.unexpected())),
        }
    }
    let mut words = words.into_iter();
    let command = words.next().unwrap_or_else(|| default_of(&given).into());
    if !COMMANDS.contains(&&*command) {
        return Err(unknown("command", &command, &COMMANDS));
    }
    if let Some(stray) = OPTIONS.iter().find(|option| given.has(option.name) && !option.commands.contains(&&*command)) {
        return Err(if command == "check" { NOT_CHECK.into() } else { stray.refusal.replace("COMMAND", &command) });
    }
    let parsed = command_of(&command, &mut words, given)?;
    words.next().map_or(Ok(parsed), |word| Err(format!("`{word}` is one word too many for `{command}`")))
}

fn unknown_option(name: &str) -> String {
    let known: Vec<String> = OPTIONS.iter().map(|option| option.name).chain(["version", "help"]).map(|name| format!("--{name}")).collect();
    unknown("option", &format!("--{name}"), &known.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Whoever builds for others wants the server, and whoever is building wants to see. What only one of them can do, it is
/// asked to do.
fn default_of(given: &Given) -> &'static str {
    #[cfg(feature = "dev")]
    if cfg!(debug_assertions) && !given.has("stdio") && given.0.get("host").is_none_or(|host| is_loopback(host)) {
        return "dev";
    }
    #[cfg(not(feature = "dev"))]
    let _ = given;
    "serve"
}

fn command_of(command: &str, words: &mut impl Iterator<Item = String>, mut given: Given) -> Result<Command, String> {
    let json = given.has("json");
    Ok(match command {
        "serve" if given.has("stdio") => {
            if ["host", "port", "public-url"].iter().any(|name| given.has(name)) {
                return Err("`--stdio` listens on no port; leave out `--host`, `--port` and `--public-url`".into());
            }
            Command::Stdio { user: given.user() }
        }
        "serve" if given.has("user") => return Err(SITS.into()),
        "serve" => Command::Serve(given.listen()?),
        #[cfg(feature = "dev")]
        "dev" => match given.listen()? {
            Listen { host, .. } if !is_loopback(&host) => {
                return Err(format!(
                    "`dev` is for this machine alone and does not listen on `{host}`; leave out `--host`, or write `serve`; \
                     for others, point a tunnel at it and say `--public-url`"
                ));
            }
            listen => Command::Dev(listen),
        },
        #[cfg(not(feature = "dev"))]
        "dev" => {
            return Err("this program was built without the page of `dev`; give the dependency `chatui` in Cargo.toml its \
                        feature `dev` (it is a default one), or write `serve`"
                .into());
        }
        "list" => Command::List { json },
        "call" => {
            let name = words.next().ok_or("`call` wants the name of a tool; `list` shows them")?;
            let arguments = words.next().unwrap_or_else(|| "{}".into());
            Command::Call { name, arguments, answer: given.take("answer"), user: given.user(), json }
        }
        "prompt" => {
            let name = words.next().ok_or("`prompt` wants the name of a prompt; `list` shows them")?;
            let argument = |pair: String| match pair.split_once('=') {
                Some((key, text)) => Ok((key.to_owned(), text.into())),
                None => Err(format!("`{pair}` is no argument of a prompt; write it like `city=Paris`")),
            };
            Command::Prompt { name, arguments: words.map(argument).collect::<Result<_, _>>()?, json }
        }
        "check" => Command::Check(check(words.next(), given)?),
        "types" => {
            let out = given.take("out").filter(|out| !out.is_empty());
            Command::Types { out: out.ok_or("`types` wants a folder to write to; say it with `--out widgets/types`")?, json }
        }
        "contract" => Command::Contract { update: given.has("update"), file: given.take("file").filter(|file| !file.is_empty()), json },
        "submission" => {
            let out = given.take("out").filter(|out| !out.is_empty());
            let out = out.ok_or("`submission` wants a folder to write to; say it with `--out submission`")?;
            Command::Submission { out, public_url: given.take("public-url"), force: given.has("force"), json }
        }
        _ => Command::Help,
    })
}

fn check(url: Option<String>, mut given: Given) -> Result<Check, String> {
    let host = given.take("host");
    if let Some(host) = host.as_deref().filter(|host| !["chatgpt", "claude", "all"].contains(host)) {
        return Err(format!("`check` knows no host `{host}`; there are chatgpt, claude and all"));
    }
    if let Some(word) = url.as_deref().filter(|url| !is_address(url)) {
        return Err(format!(
            "`{word}` is no address; give `check` that of a server, like `https://weather.example.com/mcp`, or none, and it checks this crate"
        ));
    }
    let public_url = given.take("public-url");
    if url.is_some() && (given.has("public") || public_url.is_some()) {
        return Err("`--public` checks this crate's own server; leave it and `--public-url` out, or the URL".into());
    }
    let token_env = given.take("token-env");
    if token_env.is_some() && url.is_none() && !given.has("public") {
        return Err(
            "what this crate keeps behind its sign-in is checked without a token; leave out `--token-env`, or give `check` a URL".into()
        );
    }
    let [public, calls, rules, json] = ["public", "call", "rules", "json"].map(|name| given.has(name));
    Ok(Check { url, host, public, public_url, calls, token_env, rules, json })
}

/// A word alone is rather a slip than the name of a machine, which can be written as `http://name/`.
fn is_address(word: &str) -> bool {
    word == "localhost" || word.contains(['.', ':', '/'])
}

fn unknown(kind: &str, word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("unknown {kind} `{word}`; did you mean `{near}`?"),
        None => format!("unknown {kind} `{word}`; there are {}", known.join(", ")),
    }
}

fn say(error: lexopt::Error) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::{Check, Command, Listen, parse};

    fn read(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(Into::into))
    }

    fn listen(host: &str, port: u16) -> Listen {
        Listen { host: host.into(), port, public_url: None, templates: None, user: "local".into() }
    }

    #[test]
    fn serves_only_here() {
        assert_eq!(read("serve"), Ok(Command::Serve(listen("127.0.0.1", 8080))));
        assert_eq!(read("serve --port 0"), Ok(Command::Serve(listen("127.0.0.1", 0))));
        assert_eq!(read("serve --host 0.0.0.0"), Ok(Command::Serve(listen("0.0.0.0", 8080))));
        assert_eq!(read("serve --stdio --user ada"), Ok(Command::Stdio { user: "ada".into() }));
        for wrong in ["serve --user ada", "list --user ada"] {
            assert!(read(wrong).unwrap_err().ends_with("leave out `--user`"), "{wrong}");
        }
        assert_eq!(read("serve --stdio"), Ok(Command::Stdio { user: "local".into() }));
    }

    // The tests of a release build, `cargo test --release`, see the other half.
    #[cfg(feature = "dev")]
    #[test]
    fn a_debug_build_shows_the_page_without_being_asked() {
        let (here, port) = (|| listen("127.0.0.1", 8080), || listen("127.0.0.1", 0));
        let (without_words, on_a_port) = (read("").unwrap(), read("--port 0").unwrap());
        if cfg!(debug_assertions) {
            assert_eq!((without_words, on_a_port), (Command::Dev(here()), Command::Dev(port())));
        } else {
            assert_eq!((without_words, on_a_port), (Command::Serve(here()), Command::Serve(port())));
        }
        assert_eq!(read("--host 0.0.0.0"), Ok(Command::Serve(listen("0.0.0.0", 8080))));
        assert_eq!(read("--stdio"), Ok(Command::Stdio { user: "local".into() }));
    }

    #[cfg(feature = "dev")]
    #[test]
    fn dev_is_for_this_machine_alone() {
        assert_eq!(read("dev --port=9"), Ok(Command::Dev(listen("127.0.0.1", 9))));
        for host in ["localhost", "::1"] {
            assert_eq!(read(&format!("dev --host {host}")), Ok(Command::Dev(listen(host, 8080))));
        }
        for host in ["0.0.0.0", "::", "192.168.0.7", "example.com"] {
            let refusal = read(&format!("dev --host {host}")).unwrap_err();
            assert!(refusal.contains("for this machine alone") && refusal.contains(host), "{refusal}");
        }
    }

    #[cfg(not(feature = "dev"))]
    #[test]
    fn without_the_page_dev_says_where_it_is() {
        assert!(matches!(read(""), Ok(Command::Serve(_))));
        assert!(read("dev").unwrap_err().contains("its feature `dev`"));
    }

    #[test]
    fn calls_without_arguments_too() {
        let call = |answer: Option<&str>| {
            let (name, arguments, user) = ("hello".into(), "{}".into(), "local".into());
            Ok(Command::Call { name, arguments, answer: answer.map(Into::into), user, json: true })
        };
        assert_eq!(read("call hello --json"), call(None));
        assert_eq!(read("call hello --answer {} --json"), call(Some("{}")));
    }

    #[test]
    fn prompts_are_filled_in_with_texts() {
        let arguments = [("city".to_owned(), "Paris".into()), ("sum".to_owned(), "1=1".into())].into_iter().collect();
        assert_eq!(read("prompt day city=Paris sum=1=1"), Ok(Command::Prompt { name: "day".into(), arguments, json: false }));
        assert!(read("prompt").unwrap_err().contains("name of a prompt"));
        assert!(read("prompt day Paris").unwrap_err().contains("`city=Paris`"));
    }

    #[test]
    fn writes_types_where_it_is_told() {
        assert_eq!(read("types --out a/b"), Ok(Command::Types { out: "a/b".into(), json: false }));
        assert!(read("types").unwrap_err().contains("`--out widgets/types`"));
        assert!(read("types --out=").unwrap_err().contains("`--out widgets/types`"));
        assert!(read("list --out a").unwrap_err().contains("only `types` and `submission`"));
    }

    #[test]
    fn compares_contracts_and_prepares_submissions() {
        assert_eq!(read("contract"), Ok(Command::Contract { update: false, file: None, json: false }));
        let file = Some("a.json".into());
        assert_eq!(read("contract --update --file a.json --json"), Ok(Command::Contract { update: true, file, json: true }));
        let (out, public_url) = ("a".into(), Some("https://a.example".into()));
        let submission = Command::Submission { out, public_url, force: true, json: false };
        assert_eq!(read("submission --out a --force --public-url https://a.example"), Ok(submission));
        assert!(read("submission").unwrap_err().contains("`--out submission`"));
        assert!(read("list --update").unwrap_err().contains("only `contract`"));
        assert!(read("types --out a --force").unwrap_err().contains("only `submission`"));
        assert!(read("contract --public-url https://a.example").unwrap_err().contains("does not listen"));
    }

    #[test]
    fn checks_this_crate_or_a_server() {
        let of = |line: &str| match read(line) {
            Ok(Command::Check(check)) => check,
            other => panic!("{line}: {other:?}"),
        };
        assert_eq!(of("check"), Check::default());
        assert_eq!(of("check a.example --json"), Check { url: Some("a.example".into()), json: true, ..Check::default() });
        assert_eq!(of("check --public --host claude"), Check { public: true, host: Some("claude".into()), ..Check::default() });
        for address in ["localhost", "localhost:8080", "http://intranet/mcp", "[::1]:8080"] {
            assert_eq!(of(&format!("check {address}")).url.as_deref(), Some(address));
        }
        assert!(read("check forecast").unwrap_err().starts_with("`forecast` is no address; "));
        assert!(read("check --host bing").unwrap_err().contains("chatgpt, claude and all"));
        assert!(read("check a.example --public").unwrap_err().contains("or the URL"));
        assert!(read("check --port 1").unwrap_err().contains("`--port`"));
        assert!(read("list --call").unwrap_err().contains("only `check`"));
        let token_env = Some("TOKEN".into());
        assert_eq!(of("check a.example --token-env TOKEN"), Check { url: Some("a.example".into()), token_env, ..Check::default() });
        assert!(read("check --token-env TOKEN").unwrap_err().contains("give `check` a URL"));
        assert!(read("call a --token-env TOKEN").unwrap_err().contains("only `check`"));
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
