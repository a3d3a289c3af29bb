// A Worker that was there before chatui, in real workerd: its own routes and events go on, and a tool uses what they use.
// tests/worker/build tests/routes comes first.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const port = Number(process.env.ROUTES_PORT || 8799);
const site = `http://127.0.0.1:${port}`;
const limit = { timeout: 120_000 };
let worker;
let log = '';

before(async () => {
  const serve = fileURLToPath(new URL('serve', import.meta.url));
  const folder = fileURLToPath(new URL('../routes', import.meta.url));
  worker = spawn(serve, [folder, `${port}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [worker.stdout, worker.stderr]) stream.on('data', (text) => (log += text));
  await until(() => /Ready on/.test(log), 60_000);
});
after(() => worker?.kill());

async function until(holds, patience = 15_000) {
  for (let waited = 0; waited < patience; waited += 100) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`never: ${holds}\n${log.slice(-2000)}`);
}

async function visits() {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'visits', arguments: {} } });
  const response = await fetch(`${site}/mcp`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  assert.equal(response.status, 200);
  const { result } = await response.json();
  assert.equal(result.isError, false, result.content[0].text);
  return result.content[0].text;
}

test('the routes that were there answer as ever, beside the endpoint', limit, async () => {
  const page = await fetch(site);
  assert.equal(page.status, 200);
  assert.equal(await page.text(), 'Welcome!');
  assert.equal((await fetch(`${site}/nowhere`)).status, 404);
  assert.match(await (await fetch(`${site}/mcp`)).text(), /^routes .* is an MCP server/);
});

test('a tool asks the Durable Object that the queue writes to', limit, async () => {
  await fetch(site);
  await until(async () => (await visits()) === '2 visits today');
});

test('the cron trigger runs', limit, async () => {
  assert.equal(await visits(), '2 visits today');
  const ran = await fetch(`${site}/cdn-cgi/handler/scheduled`);
  assert.equal(ran.status, 200, await ran.text());
  assert.equal(await visits(), '0 visits today');
});
