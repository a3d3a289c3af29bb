//! What `--help` says.

/// Named after the program, so that every line can be typed.
pub(super) fn text() -> String {
    let program = std::env::args().next().unwrap_or_default();
    let program = std::path::Path::new(&program).file_stem().map_or("app".into(), |stem| stem.to_string_lossy().into_owned());
    HELP.replace("PROGRAM", &program)
}

const HELP: &str = "\
Serves this crate's tools, widgets, resources and prompts over MCP.

Usage: PROGRAM [COMMAND] [OPTIONS]

Commands:
  serve             listen for MCP clients (the default of a release build)
  dev               the same, with a page that runs the tools and shows the widgets as hosts do, and with templates read from
                    the disk (the default of a debug build, unless --host or --stdio make it `serve`)
  list              show the tools, widgets, resources and prompts
  call NAME [JSON]  call a tool and show its answer
  prompt NAME [KEY=TEXT …]
                    show what a prompt says
  check [URL]       find what ChatGPT, Claude and other clients would refuse: in this crate, or in the server at URL
  types             write the widgets' data and tools as TypeScript, and say which files have changed
  contract          say what has changed for hosts since chatui.lock.json was written, and what that means
  submission        write what a submission to ChatGPT is made of, and say what is left to fill in
  help              show this

Options:
  --host HOST       where serve listens [default: 127.0.0.1], dev is for this machine alone; for check: chatgpt, claude or all
                    [default: all]
  --port PORT       on which port; 0 takes a free one [default: 8080]
  --public-url URL  the address under which the world reaches it, if there is one [default: PUBLIC_URL]
  --templates DIR   where dev finds the templates [default: the folder of Cargo.toml, in a debug build]
  --out DIR         where types and submission write; the folder is made if there is none
  --answer JSON     what call answers where the tool asks its user: an object with the fields of the forms; without it, a terminal
                    is asked
  --public          check this crate's server at its public URL, for ChatGPT: what matters before you paste the URL there
  --call            check calls tools too, those that only read
  --token-env NAME  the variable of the environment that holds an access token, for check of a server that asks to sign in
  --rules           check shows its rules, in Markdown
  --update          contract writes the file anew
  --file FILE       the file of contract [default: chatui.lock.json in the folder of Cargo.toml, else here]
  --force           submission replaces what was changed by hand in the files that are there
  --user NAME       who calls by call, on the page of dev and over --stdio, where tools ask users to sign in: this one needs
                    no token; 'NAME SCOPE …' has these scopes alone, '' is nobody [default: local, with all scopes]
  --stdio           serve standard input and output instead of a port
  --json            list, call, prompt, check, types, contract and submission answer in JSON
  --version         show the name and the version
  --help            show this

Examples:
  PROGRAM dev
  PROGRAM dev --public-url https://the-address-of-your-tunnel.example
  PROGRAM serve --port 3000
  PROGRAM serve --public-url https://weather.example.com
  PROGRAM call greet '{\"name\": \"Ada\"}'
  PROGRAM list --json
  PROGRAM check --host chatgpt
  PROGRAM check https://weather.example.com/mcp
  PROGRAM check https://notes.example.com/mcp --token-env NOTES_TOKEN
  PROGRAM types --out widgets/types

The log goes to standard error; RUST_LOG says how much: error, warn, info, debug, trace, off.
Exit codes: 0 done, 1 failed (also a call whose tool failed, a check that found an error, and a contract that has changed),
2 the command line can't be understood.
";
