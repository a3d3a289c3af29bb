// The page is for the person at this machine, and for nobody else.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { limit, openPage, sharedDev, widget } from './page.mjs';

const dev = sharedDev(['--public-url', 'https://lab.example.com']);

const PATHS = [['GET', '/'], ['GET', '/dev/main.js'], ['GET', '/dev/host.css'], ['GET', '/dev/events'], ['POST', '/dev/documents']];

/** The status and the text of an answer; of a stream only its beginning. */
function ask(port, method, path, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = request({ port, path, method, headers }, (response) => {
      response.once('data', (text) => (resolve({ status: response.statusCode, headers: response.headers, text: String(text) }), response.destroy()));
      response.once('end', () => resolve({ status: response.statusCode, headers: response.headers, text: '' }));
    });
    sent.on('error', reject).end(body);
  });
}
const own = () => `127.0.0.1:${dev.port}`;
const DOCUMENT = JSON.stringify({ html: '<!doctype html>', csp: {} });

test('this machine is answered', limit, async () => {
  for (const host of [own(), `localhost:${dev.port}`, `[::1]:${dev.port}`]) {
    for (const [method, path] of PATHS) {
      const { status } = await ask(dev.port, method, path, { host, origin: `http://${host}` }, method === 'POST' ? DOCUMENT : undefined);
      assert.equal(status, 200, `${method} ${path} of ${host}`);
    }
  }
});

for (const [what, headers] of [
  ['another name (DNS rebinding)', () => ({ host: `evil.example:${dev.port}` })],
  ['a page of another origin', () => ({ host: own(), origin: 'https://evil.example' })],
  ['a page of another port', () => ({ host: own(), origin: 'http://127.0.0.1:1' })],
  ['a widget', () => ({ host: own(), origin: 'null' })],
  ['the tunnel', () => ({ host: 'lab.example.com' })],
  ['a tunnel that says it is this machine', () => ({ host: own(), 'x-forwarded-for': '1.2.3.4' })],
]) {
  test(`the page is not for ${what}`, limit, async () => {
    for (const [method, path] of PATHS) {
      const { status, text } = await ask(dev.port, method, path, headers(), method === 'POST' ? DOCUMENT : undefined);
      assert.equal(status, 403, `${method} ${path}`);
      assert.doesNotMatch(text, /<script/);
    }
  });
}

test('the tunnel has the endpoint', limit, async () => {
  const headers = { host: 'lab.example.com', 'content-type': 'application/json' };
  assert.equal((await ask(dev.port, 'POST', '/mcp', headers, '{"jsonrpc":"2.0","id":1,"method":"tools/list"}')).status, 200);
});

test('the sandbox shows what it was given, to this machine', limit, async () => {
  const { text } = await ask(dev.port, 'POST', '/dev/documents', { host: own() }, DOCUMENT);
  const { port, pathname } = new URL(text);
  assert.match(pathname, /^\/[0-9a-f]{32}$/);
  const { status, headers } = await ask(port, 'GET', pathname, { host: `127.0.0.1:${port}` });
  assert.equal(status, 200);
  assert.match(headers['content-security-policy'], /; sandbox allow-scripts$/);
  assert.equal((await ask(port, 'GET', pathname, { host: `evil.example:${port}` })).status, 403);
  assert.equal((await ask(port, 'GET', '/', { host: `127.0.0.1:${port}` })).status, 404);
  const wrong = JSON.stringify({ html: '', csp: { connectDomains: ["https://a.example; script-src 'unsafe-eval'"] } });
  assert.equal((await ask(dev.port, 'POST', '/dev/documents', { host: own() }, wrong)).status, 400);
});

test('the page loads nothing from elsewhere, and no page may frame it', limit, async (t) => {
  const page = await openPage(t, dev);
  const elsewhere = [];
  page.on('request', (each) => !/^(data:|http:\/\/127\.0\.0\.1:)/.test(each.url()) && elsewhere.push(each.url()));
  const { status, headers } = await ask(dev.port, 'GET', '/', { host: own() });
  assert.equal(status, 200);
  assert.match(headers['content-security-policy'], /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/);
  await page.reload();
  await page.locator('[data-tool=lab]').click();
  assert.deepEqual(elsewhere, []);
});

test('names, descriptions, arguments and answers are text', limit, async (t) => {
  const text = '</script><script>window.hostile = 1</script><img src=x onerror="window.hostile = 1">';
  const page = await openPage(t, dev, { tool: 'markup', args: { text } });
  await page.getByRole('button', { name: 'Run' }).click();
  await widget(page).getByText(text).waitFor();
  assert.equal(await page.locator('#tools [data-tool=markup] .title').innerText(), '<img src=x onerror="window.hostile = 1">');
  for (const frame of page.frames()) assert.equal(await frame.evaluate(() => window.hostile), undefined, frame.url());
});
