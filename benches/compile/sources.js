// The same tools for chatui and for rmcp, fifty in a module.
const PER_MODULE = 50;

/** The files of a crate, by path. */
exports.sources = (kind, count, repo) => {
  const write = { chatui, rmcp }[kind];
  const modules = Array.from({ length: Math.ceil(count / PER_MODULE) }, (_, module) => {
    const first = module * PER_MODULE;
    return Array.from({ length: Math.min(PER_MODULE, count - first) }, (_, at) => first + at);
  });
  const files = write.root(modules.length, repo);
  const name = `${kind}-${count}`;
  files['Cargo.toml'] = `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2024"\n\n[dependencies]\n${files['Cargo.toml']}`;
  modules.forEach((numbers, module) => {
    files[`src/tools_${module}.rs`] = write.module(module, numbers);
  });
  return files;
};

// Two parameters or three; every other tool answers with structured data.
const odd = (number) => number % 2 === 1;
const params = (number) => [
  ['query', 'String', 'What is looked for.'],
  ['count', 'u32', 'How many are wanted.'],
  ...(odd(number) ? [] : [['language', 'Option<String>', 'The language of the answer.']]),
];
const about = (number) => `/// Use this when the user looks for something in collection ${number}.`;
const answer = (number) => (odd(number) ? 'Json<Found>' : 'String');

function body(number) {
  const text = [
    '    let found = format!(',
    number === 0 ? '        "{query}", // edited' : '        "{query}",',
    '    );',
  ].join('\n');
  return odd(number)
    ? `${text}\n    Json(Found { found, count })`
    : `${text}\n    format!("{found} {count} {}", language.unwrap_or_default())`;
}

const chatui = {
  root: (modules, repo) => ({
    'Cargo.toml': `chatui = { path = ${JSON.stringify(`${repo}/chatui`)} }\n`,
    'src/main.rs': `${mods(modules)}\nfn main() -> chatui::Exit {\n    chatui::main()\n}\n`,
  }),
  module: (_, numbers) => `use chatui::{Json, data, tool};

#[data]
pub struct Found {
    found: String,
    count: u32,
}
${numbers.map((number) => `
${about(number)}
#[tool(read_only)]
fn tool_${number}(
${params(number).map(([name, type, about]) => `    /// ${about}\n    ${name}: ${type},`).join('\n')}
) -> ${answer(number)} {
${body(number)}
}
`).join('')}`,
};

const rmcp = {
  root: (modules) => ({
    'Cargo.toml': [
      'axum = { version = "0.8", default-features = false, features = ["http1", "tokio"] }',
      'rmcp = { version = "3.11", features = ["transport-streamable-http-server"] }',
      'serde = { version = "1", features = ["derive"] }',
      'tokio = { version = "1", features = ["macros", "net", "rt-multi-thread"] }\n',
    ].join('\n'),
    'src/main.rs': `${mods(modules)}
use rmcp::{
    ServerHandler,
    handler::server::router::tool::ToolRouter,
    tool_handler,
    transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService, session::never::NeverSessionManager},
};
use std::sync::Arc;

pub struct Server {
    tool_router: ToolRouter<Self>,
}

#[tool_handler(router = self.tool_router)]
impl ServerHandler for Server {}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tool_router = ${Array.from({ length: modules }, (_, module) => `Server::tools_${module}()`).join(' + ')};
    let server = Arc::new(Server { tool_router });
    let config = StreamableHttpServerConfig::default().with_legacy_session_mode(false).with_json_response(true);
    let service = StreamableHttpService::new(move || Ok(server.clone()), Arc::new(NeverSessionManager::default()), config);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 8080)).await?;
    Ok(axum::serve(listener, axum::Router::new().nest_service("/mcp", service)).await?)
}
`,
  }),
  module: (module, numbers) => `use crate::Server;
use rmcp::{
    Json,
    handler::server::wrapper::Parameters,
    schemars::{self, JsonSchema},
    tool, tool_router,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, JsonSchema)]
pub struct Found {
    found: String,
    count: u32,
}
${numbers.map((number) => `
#[derive(Deserialize, JsonSchema)]
struct Arguments${number} {
${params(number).map(([name, type, about]) => `    /// ${about}\n    ${name}: ${type},`).join('\n')}
}
`).join('')}
#[tool_router(router = tools_${module}, vis = "pub")]
impl Server {
${numbers.map((number) => `    ${about(number)}
    #[tool(annotations(read_only_hint = true))]
    fn tool_${number}(
        &self,
        Parameters(Arguments${number} { ${params(number).map(([name]) => name).join(', ')} }): Parameters<Arguments${number}>,
    ) -> ${answer(number)} {
    ${body(number).split('\n').join('\n    ')}
    }
`).join('\n')}}
`,
};

const mods = (modules) => Array.from({ length: modules }, (_, module) => `mod tools_${module};\n`).join('');
