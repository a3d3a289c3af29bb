// Who is measured: how each is installed and started, and of which version it is. All paths are below the repository.

import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { LISTED } from './requests.mjs';

const PEERS = 'benches/peers';
const python = `${process.env.CHATUI_TOOLS}/python/bin/python`;
const binary = (name) => `${process.env.CARGO_TARGET_DIR ?? 'target'}/release/${name}`;

// `command(port, constant)`: the second is a file with the bytes that a floor answers with.
const FLOOR = { name: 'floor', door: 'native', floor: true, command: (port, constant) => [binary('bench-floor'), port, constant] };
const CHATUI = { name: 'chatui', door: 'native', command: (port) => [binary('bench-server'), 'serve', '--port', port] };
const RMCP = { name: 'rmcp', door: 'native', command: (port) => [binary('bench-rmcp'), port] };
const SCRIPTS = [
  { name: 'TypeScript SDK', door: 'native', command: (port) => [process.execPath, `${PEERS}/typescript.mjs`, port] },
  { name: 'Python `mcp`', door: 'native', command: (port) => [python, `${PEERS}/python_mcp.py`, port] },
  { name: 'FastMCP', door: 'native', command: (port) => [python, `${PEERS}/python_fastmcp.py`, port] },
];
const WORKERS = [
  { name: 'floor', door: 'workerd', floor: true, source: `${PEERS}/floor-worker` },
  { name: 'chatui', door: 'workerd', source: 'benches/server' },
  { name: 'agents', door: 'workerd', source: `${PEERS}/agents` },
];
/** For the long answers alone, so that the memory of the other stays that of one small tool. */
export const CHATUI_LONG = { ...CHATUI, command: (port) => [...CHATUI.command(port), '--tools', String(LISTED)] };

/** Those that need only cargo. */
export function installQuick() {
  // One by one: built together, the dependencies of each get the features that the others want.
  for (const name of ['bench-floor', 'bench-server', 'bench-rmcp']) run('cargo', ['build', '--quiet', '--release', '-p', name]);
  return [FLOOR, CHATUI, RMCP];
}

export function install(work) {
  const rust = installQuick();
  // Not `npm ci`, which refuses a lock file that lacks workerd for another platform.
  run('npm', ['install', '--prefix', PEERS, '--no-save', '--ignore-scripts', '--loglevel=error']);
  const workerd = createRequire(`${process.cwd()}/tests/`)('workerd').default;
  return [...rust, ...SCRIPTS, ...WORKERS.map((worker) => prepare(worker, workerd, work))];
}

/** As its user would build it, and served by workerd alone: the proxy of `wrangler dev` is not in the way. */
function prepare(worker, workerd, work) {
  const said = execFileSync('tests/worker/build', [worker.source], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const directory = `${work}/${worker.name}-worker`;
  cpSync(`target/worker/upload/${worker.source.split('/').at(-1)}`, directory, { recursive: true });
  const wasm = execFileSync('find', [directory, '-name', '*.wasm', '-printf', '%f\n'], { encoding: 'utf8' }).split('\n').filter(Boolean);
  const modules = ['(name = "index.js", esModule = embed "index.js")', ...wasm.map((file) => `(name = "./${file}", wasm = embed "${file}")`)];
  writeFileSync(`${directory}/config.capnp`, `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [${modules.join(', ')}],
    compatibilityDate = "2026-11-01",
    bindings = [${worker.floor ? '(name = "ANSWER", text = embed "constant")' : ''}],
  ))],
  sockets = [(name = "http", http = (), service = "main")],
);
`);
  const command = (port, constant) => {
    if (worker.floor) copyFileSync(constant, `${directory}/constant`);
    return [workerd, 'serve', `${directory}/config.capnp`, `--socket-addr=http=127.0.0.1:${port}`];
  };
  return { ...worker, command, upload: /: (\d+ KB)/.exec(said)[1], runtime: workerd };
}

/** What the table of versions shows, by the names of the peers. */
export function versions(peers) {
  const crate = (name) => new RegExp(`name = "${name}"\nversion = "(.*)"`).exec(readFileSync('Cargo.lock', 'utf8'))[1];
  const node = (name) => `\`${name}\` ${JSON.parse(readFileSync(`${PEERS}/node_modules/${name}/package.json`)).version}`;
  const wheel = (name) => says(python, ['-c', `from importlib.metadata import version; print(version('${name}'))`]);
  const workerd = peers.find((peer) => peer.runtime);
  return {
    floor: `axum ${crate('axum')}`,
    chatui: `chatui ${crate('chatui')}, ${/^rustc \S+/.exec(says('rustc', ['--version']))}`,
    rmcp: `rmcp ${crate('rmcp')}`,
    'TypeScript SDK': `${node('@modelcontextprotocol/server')}, ${node('@modelcontextprotocol/node')}, node ${process.version.slice(1)}`,
    'Python `mcp`': `\`mcp\` ${wheel('mcp')}, uvicorn ${wheel('uvicorn')}, ${says(python, ['--version'])}`,
    FastMCP: `\`fastmcp\` ${wheel('fastmcp')}, uvicorn ${wheel('uvicorn')}, ${says(python, ['--version'])}`,
    agents: `${node('agents')}, ${node('@modelcontextprotocol/server')}`,
    workerd: says(workerd.runtime, ['--version']),
  };
}

const says = (program, args) => execFileSync(program, args, { encoding: 'utf8' }).trim();
const run = (program, args) => execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
