// State that lasts: the to-do list, natively in a file and in workerd's D1, is there again when its server is. And both
// say the same on the way. `cargo build -p todo` and `tests/worker/build examples/todo` come first.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.mjs';

const repo = fileURLToPath(new URL('..', import.meta.url));
const binary = resolve(repo, process.env.CARGO_TARGET_DIR || 'target', 'debug/todo');

/** How each door is started on a port, the first time and the next. */
const DOORS = {
  native: (port, { folder }) => [binary, ['serve', '--port', port], { TODO_DB: join(folder, 'todo.db') }],
  workerd: (port, { again }) => [join(repo, 'tests/worker/serve'), [join(repo, 'examples/todo'), port], { KEEP: again ? '1' : '' }],
};

const CALLS = [
  ['show_todos'],
  ['add_todo', { title: ' Milk ' }],
  ['add_todo', { title: '\u{1f95a} <b>Eggs</b> \'); DROP TABLE todos; --' }],
  ['add_todo', { title: 'Bread' }],
  ['add_todo', { title: ' ' }],
  ['add_todo', { title: '' }],
  ['add_todo', { title: 'm'.repeat(201) }],
  ['complete_todo', { id: 2 }],
  ['complete_todo', { id: 1, done: true }],
  ['complete_todo', { id: 1, done: false }],
  ['complete_todo', { id: 7 }],
  ['complete_todo', { id: 4294967295 }],
  ['complete_todo', { id: -1 }],
  ['delete_todo', { id: 3 }],
  ['delete_todo', { id: 3 }],
  ['show_todos'],
];
const CALLS_AFTER = [['show_todos'], ['add_todo', { title: 'Never 3 again' }], ['refresh_todos']];

const answers = {};
for (const door of Object.keys(DOORS)) {
  test(`what was written is there after a restart: ${door}`, { timeout: 120_000 }, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'chatui-todo-'));
    t.after(() => rm(folder, { recursive: true }));
    const port = `${await freePort()}`;
    const before = await served(door, port, { folder }, CALLS);
    const after = await served(door, port, { folder, again: true }, CALLS_AFTER);
    assert.deepEqual(after[0], before.at(-1));
    assert.match(after[0].content[0].text, /^1 to do, 1 done\n1\. \[ \] Milk\n2\. \[x\] /);
    assert.equal(after[1].structuredContent.id, 4, 'the number of a deleted to-do is not used again');
    answers[door] = [...before, ...after].map(timeless);
  });
}

test('both doors say the same', () => assert.deepEqual(answers.workerd, answers.native));

/** Starts a server, calls its tools, ends it. */
async function served(door, port, options, calls) {
  const [command, args, env] = DOORS[door](port, options);
  const server = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(server, 'exit');
  let log = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (log += text));
  try {
    while (!/listens on|Ready on/.test(log)) {
      assert.equal(server.exitCode, null, log);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const results = [];
    for (const [name, args] of calls) results.push(await call(`http://127.0.0.1:${port}/mcp`, name, args));
    return results;
  } finally {
    server.kill();
    await ended;
  }
}

async function call(url, name, args = {}) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { result, error } = await response.json();
  assert.ok(result, JSON.stringify(error));
  return result;
}

/** An answer without the only thing in it that differs from one time to the next. */
function timeless(answer) {
  return JSON.parse(JSON.stringify(answer).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'then'));
}
