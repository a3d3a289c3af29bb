// The Worker of tests/edge in workerd, its log, and somebody who calls its tools.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const port = Number(process.env.EDGE_PORT || 8787);
const url = `http://127.0.0.1:${port}/mcp`;

/** Starts the Worker. Not by asking: what its first requests do is what some tests are about. */
export async function serve(port, ...options) {
  const serve = fileURLToPath(new URL('serve', import.meta.url));
  const folder = fileURLToPath(new URL('../edge', import.meta.url));
  const child = spawn(serve, [folder, `${port}`, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const worker = { log: '', stop: () => child.kill() };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (worker.log += text));
  await logged(/Ready on/, worker, 60_000);
  return worker;
}

/** Resolves when a Worker's log says so. */
export async function logged(what, worker, patience = 10_000) {
  for (let waited = 0; waited < patience; waited += 50) {
    if (what.test(worker.log)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`the log never said ${what}:\n${worker.log.slice(-2000)}`);
}

export const post = (body, headers = {}, options = {}) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body, ...options });

export const message = (name, args, id = 1, meta) =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args, ...(meta && { _meta: meta }) } });

export async function call(name, args = {}, id = 1) {
  const response = await post(message(name, args, id));
  assert.equal(response.status, 200, await response.clone().text());
  const answer = await response.json();
  assert.equal(answer.id, id, 'an answer of its own');
  return answer.result;
}

export const text = async (name, args, id) => (await call(name, args, id)).content[0].text;
