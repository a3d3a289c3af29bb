// What happens while the page is open: templates are saved, the server is built anew, clients come by the tunnel.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { test } from 'node:test';
import { fact, limit, openPage, ownDev, pressed, shows, until, widget } from './page.mjs';

const LAB = { tool: 'lab', args: { title: 'Hello' } };

/** Saves a template with something else in it. */
function edit(dev, name, from, to) {
  const file = dev.template(name);
  const text = readFileSync(file, 'utf8');
  assert.ok(text.includes(from), `${name} holds ${from}`);
  writeFileSync(file, text.replace(from, to));
}

/** When the next frame of the widget is the one that is seen, by the clock of this machine. */
const shown = (page) =>
  page.evaluate(() => {
    const before = document.querySelector('#frame iframe');
    window.shown = new Promise((resolve) => {
      const look = () => {
        const now = document.querySelector('#frame iframe:not(.coming)');
        if (now && now !== before) resolve(Date.now());
      };
      new MutationObserver(look).observe(document.getElementById('frame'), { subtree: true, childList: true, attributes: true });
    });
  });

const calls = (page) => {
  const seen = [];
  page.on('request', (each) => each.url().endsWith('/mcp') && seen.push(each.postDataJSON().method));
  return () => seen.filter((method) => method === 'tools/call').length;
};

test('a saved template is seen at once, with the last answer', limit, async (t) => {
  const dev = await ownDev(t);
  const page = await openPage(t, dev, { ...LAB, host: 'chatgpt' });
  await page.getByRole('heading', { name: 'Lab of widgets', level: 1 }).waitFor();
  await fact(page, 'status', 'ready');
  await pressed(page, 'Keep');
  const called = calls(page);
  const times = [];
  for (let round = 1; round <= 5; round += 1) {
    await shown(page);
    const began = Date.now();
    edit(dev, 'lab.html', '<menu id="menu">', `<p class="new">saved ${round}</p><menu id="menu">`);
    times.push((await page.evaluate(() => window.shown)) - began);
    await widget(page).getByText(`saved ${round}`, { exact: true }).waitFor();
    await fact(page, 'title', 'Hello');
  }
  await fact(page, 'state', '{"kept":1,"closed":true}');
  assert.equal(called(), 0, 'the tool is not called again');
  assert.equal(await page.locator('#frame iframe').count(), 1);
  t.diagnostic(`from saving to seeing: ${times.join(', ')} ms`);
  // On a machine at rest it is 0.2 s; that a busy one is slower breaks nothing.
  assert.ok(Math.min(...times) < 4_000, `${times}`);
});

test('a broken template is said, and forgotten when it is mended', limit, async (t) => {
  const dev = await ownDev(t);
  const page = await openPage(t, dev, LAB);
  await fact(page, 'status', 'ready');
  const good = readFileSync(dev.template('lab.html'), 'utf8');
  edit(dev, 'lab.html', '</body>', '<script src="https://cdn.example.com/x.js"></script></body>');
  const problem = page.locator('#problems [data-of=template]');
  await shows(problem, /lab\.html:\d+:\d+: the script of `https:\/\/cdn\.example\.com` is not allowed; put the file beside the template, or add csp\(resource = /);
  writeFileSync(dev.template('lab.html'), good.replace('</body>', '<script>console.log(chatui.data?.titel)</script></body>'));
  await shows(problem, /lab\.html:\d+:\d+: the widget has no field `titel`; did you mean `title`\?/);
  writeFileSync(dev.template('lab.html'), good.replace('<h1', '<h1 lang="en"'));
  await problem.waitFor({ state: 'detached' });
  await fact(page, 'title', 'Hello');
});

test('a server that is built anew finds its page as it was', limit, async (t) => {
  const dev = await ownDev(t);
  const page = await openPage(t, dev, { ...LAB, theme: 'dark' });
  await fact(page, 'status', 'ready');
  await page.locator('[data-tool=order]').click();
  await page.getByLabel('name', { exact: true }).fill('Half-written');
  await page.locator('[data-tool=lab]').click();
  await page.getByLabel('title').fill('Not sent yet');
  const called = calls(page);
  assert.equal(await dev.stop(), 0, 'an open page does not keep the server from its end');
  await shows(page.locator('#connection'), 'the server is away');
  edit(dev, 'lab.html', '<menu id="menu">', '<p>the next build</p><menu id="menu">');
  const began = performance.now();
  await dev.start();
  await widget(page).getByText('the next build').waitFor();
  t.diagnostic(`from the start of the server to the page: ${Math.round(performance.now() - began)} ms`);
  await shows(page.locator('#connection'), 'connected');
  await fact(page, 'title', 'Hello');
  assert.equal(called(), 0);
  assert.equal(await page.getByLabel('title').inputValue(), 'Not sent yet');
  await shows(page.locator('#answer-body'), 'Hello: 3 rows');
  assert.equal(await pressed(page, 'Add'), '{"sum":5}', 'the widget speaks to the new server');
  await page.locator('[data-tool=order]').click();
  assert.equal(await page.getByLabel('name', { exact: true }).inputValue(), 'Half-written');
});

/** A request as a tunnel passes it on. */
function byTunnel(dev, message, headers = {}) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, ...message });
  const said = { host: 'lab.example.com', 'user-agent': 'openai-mcp/1.0.0 (ChatGPT)', 'x-forwarded-for': '1.2.3.4' };
  const all = { ...said, 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers };
  return new Promise((resolve, reject) => {
    const sent = request({ port: dev.port, path: '/mcp', method: 'POST', headers: all }, (response) => {
      let text = '';
      response.on('data', (part) => (text += part)).on('end', () => resolve({ status: response.statusCode, text }));
    });
    sent.on('error', reject).end(body);
  });
}

test('who comes by the tunnel is told, here and there', limit, async (t) => {
  const dev = await ownDev(t, ['--public-url', 'https://lab.example.com']);
  await until(() => dev.log.includes('Authentication')).catch(() => {});
  assert.match(dev.log, /MCP server URL {2}https:\/\/lab\.example\.com\/mcp\n {2}Authentication {2}No authentication/);
  const page = await openPage(t, dev, LAB);
  await shows(page.locator('#connect'), 'Settings → Apps & Connectors → Create');
  await shows(page.locator('#connect code'), 'https://lab.example.com/mcp');
  await shows(page.locator('#clients'), 'No client has come yet.');
  const { text } = await byTunnel(dev, { method: 'tools/list' });
  const { tools } = JSON.parse(text).result;
  const { resourceUri: uri } = tools.find(({ name }) => name === 'lab')._meta.ui;
  await byTunnel(dev, { method: 'resources/read', params: { uri } });
  const words = `read ${tools.length} tools and 1 widget`;
  await shows(page.locator('#clients li'), `openai-mcp 1.0.0${words}`);
  await until(() => dev.log.includes(`openai-mcp ${words}\n`));
  await byTunnel(dev, { method: 'tools/call', params: { name: 'greet', arguments: { name: 'Ada' } } });
  await shows(page.locator('#clients li'), `${words}, called greet`);
  await until(() => dev.log.includes('openai-mcp called greet\n'));
  assert.equal((await byTunnel(dev, { method: 'tools/list' }, { host: 'other.example.com', 'user-agent': 'other' })).status, 403);
  await shows(page.locator('#clients li'), 'openai-mcp');
  assert.equal(await page.locator('#clients li').count(), 1, 'neither the page nor who was refused is a client');
});
