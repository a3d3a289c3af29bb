// Pages of other origins in a real browser, which call the server itself: the official client on this machine, and a page of a
// stranger, who points a name of his own at this machine too.

import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { door, serverUrl } from '../server-url.mjs';
import { launch } from './host.mjs';

const url = serverUrl();
const limit = { timeout: 120_000 };
const STRANGER = 'evil.example';

const SCRIPT = `
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
window.call = async (url, mode, name) => {
  const client = new Client({ name: 'a page', version: '1' }, { versionNegotiation: { mode } });
  // A header that no page may send unasked, beside those of MCP.
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { authorization: 'Bearer none' } } }));
  const { tools } = await client.listTools();
  return { tools: tools.length, ...(await client.callTool({ name, arguments: {} })) };
};`;

let browser, pages;
before(async () => {
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  const { outputFiles } = await build({ stdin: { contents: SCRIPT, resolveDir }, bundle: true, format: 'esm', platform: 'browser', write: false });
  pages = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('content-type', isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(isScript ? outputFiles[0].text : '<!doctype html><title>A page</title><script type="module" src="/page.js"></script>');
  });
  pages.listen(0, '127.0.0.1');
  await once(pages, 'listening');
  // What the browser itself does about pages that reach for this machine is not relied on.
  browser = await launch(`--host-resolver-rules=MAP ${STRANGER} 127.0.0.1`, '--disable-features=LocalNetworkAccessChecks');
});
after(async () => {
  await browser?.close();
  pages?.close();
});

/** A page of this host, with the client in it. */
async function open(t, host) {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`http://${host}:${pages.address().port}/`);
  await page.waitForFunction(() => window.call);
  return page;
}

for (const [name, mode] of [['2026-07-28', { pin: '2026-07-28' }], ['initialize', 'legacy']]) {
  test(`a client in a page of this machine calls tools: ${name}`, limit, async (t) => {
    const page = await open(t, 'localhost');
    const result = await page.evaluate((it) => window.call(...it), [url, mode, 'show_dashboard']);
    assert.ok(result.tools > 1, JSON.stringify(result));
    assert.match(result.content[0].text, /^Seattle weather/);
  });
}

test('a page of a stranger reads nothing', limit, async (t) => {
  const page = await open(t, STRANGER);
  const answers = [];
  page.on('response', (response) => response.url() === url && answers.push(response.status()));
  const call = page.evaluate((it) => window.call(...it), [url, 'legacy', 'show_dashboard']);
  await assert.rejects(call, /Failed to fetch/);
  // Neither does what needs no preflight, and would be read as JSON by a server that does not look.
  const simple = page.evaluate((url) => fetch(url, { method: 'POST', mode: 'no-cors', body: '{}' }).then(({ type }) => type), url);
  assert.equal(await simple, 'opaque');
  await page.waitForTimeout(200);
  assert.ok(answers.length > 0 && answers.every((status) => status === 403), answers.join());
});

// Where a platform routes by the name, nobody comes under another.
if (door() === 'native') {
  test('a name that a stranger points at this machine is refused', limit, async (t) => {
    const page = await browser.newPage();
    t.after(() => page.close());
    // His page comes from elsewhere, and then the name has another address: the server's is the page's own origin now.
    await page.route('**/his', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>His</title>' }));
    await page.goto(`http://${STRANGER}:${new URL(url).port}/his`);
    const call = (body) => fetch('/mcp', { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(({ status }) => status);
    assert.equal(await page.evaluate(call, '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'), 403);
  });
}
