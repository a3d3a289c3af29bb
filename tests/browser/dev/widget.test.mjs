// Widgets on the page: the sandbox that they are in, the hosts that it plays, and what they ask of them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentSecurityPolicy } from '../csp.mjs';
import { fact, limit, openPage, playHost, press, pressed, sharedDev, shows, until, widget } from './page.mjs';

const dev = sharedDev();
const LAB = { tool: 'lab', args: { title: 'Hello' } };
const openLab = async (t, query = {}, options) => {
  const page = await openPage(t, dev, { ...LAB, ...query }, options);
  await fact(page, 'status', 'ready');
  return page;
};
const tell = async (params) => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  assert.equal((await fetch(`${dev.url}/mcp`, { method: 'POST', headers, body })).status, 200);
};
const thread = (page, kind) => page.locator(`#thread [data-kind=${kind}]`);
const logged = (page, from, name) => page.locator(`#log [data-from=${from}][data-name="${name}"]`);

test('a widget is in an origin of its own, under the policy of the specification', limit, async (t) => {
  const answers = [];
  const page = await openPage(t, dev, {}, { expected: /ERR_FAILED/ });
  page.on('response', (response) => response.frame() !== page.mainFrame() && answers.push(response));
  await page.goto(`${dev.url}/?tool=gallery&args={"pictures":1}`);
  await widget(page).locator('img').first().waitFor();
  await until(() => answers.length);
  const [url, policy] = [answers[0].url(), await answers[0].headerValue('content-security-policy')];
  const csp = { connectDomains: [dev.url], resourceDomains: [dev.url], frameDomains: [] };
  const expected = `${contentSecurityPolicy(csp)}; sandbox allow-scripts`;
  const sorted = (text) => text.split('; ').sort();
  assert.deepEqual(sorted(policy), sorted(expected));
  assert.notEqual(new URL(url).origin, dev.url);
  assert.equal(await page.locator('#frame iframe').getAttribute('sandbox'), 'allow-scripts');
  const frame = page.frames().find((each) => each.url() === url);
  assert.equal(await frame.evaluate(() => self.origin), 'null');
  const tried = (code) => frame.evaluate(code).then(() => 'reached', () => 'refused');
  assert.equal(await tried('parent.document.title'), 'refused');
  assert.equal(await tried('localStorage.length'), 'refused');
  // The policy lets it through to the server of its files, which refuses pages without an origin.
  assert.equal(await tried(`fetch('${dev.url}/mcp', { method: 'POST', body: '{}' })`), 'refused');
  assert.equal(await tried(`fetch('${dev.url}/dev/documents', { method: 'POST', body: '{}' })`), 'refused');
});

const VIOLATIONS = [
  ['fetch https://api.example.com/x', 'fetching from `https://api.example.com` is not allowed; let a tool fetch it and use `chatui.call`, or add csp(connect = "https://api.example.com")'],
  ['image https://cdn.example.com/a.png', 'the image of `https://cdn.example.com` is not allowed; put the file beside the template, or add csp(resource = "https://cdn.example.com")'],
  ['eval', 'the script makes code of text (`eval`, `new Function`), which hosts forbid'],
  ['image /a.png', '`/a.png` leads nowhere, a widget has no server of its own'],
];
for (const [address, words] of VIOLATIONS) {
  test(`what a host forbids is said, with what to do: ${address}`, limit, async (t) => {
    const page = await openPage(t, dev, { tool: 'reach', args: { address } });
    await shows(page.locator('#problems li'), words);
    await shows(widget(page).locator('#answer'), 'failed');
    assert.equal(await page.locator('#problems li').count(), 1);
  });
}

test('what breaks in a script is said', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'broken', args: {} });
  await shows(page.locator('#problems li'), /the script failed: .*missing is not defined \(line \d+ of the document\)/);
});

test('a size that is watched and changed by the same script is no failure', limit, async (t) => {
  const page = await openLab(t);
  const notice = await page.frames().at(-1).evaluate(
    () =>
      new Promise((resolve) => {
        addEventListener('error', ({ message }) => resolve(message), { once: true });
        const watched = document.body.appendChild(document.createElement('div'));
        new ResizeObserver(() => watched.style.height = `${watched.offsetHeight + 1}px`).observe(watched);
      }),
  );
  assert.match(notice, /^ResizeObserver loop /);
  await page.frames().at(-1).evaluate(() => setTimeout(() => window.missing.size));
  await shows(page.locator('#problems li'), /the script failed: .*undefined/);
  assert.equal(await page.locator('#problems li').count(), 1, 'what came before is not told');
});

const ALL = 'openLinks serverResources serverTools updateModelContext';
const HOSTS = {
  chatgpt: ['connected chatgpt', `logging message ${ALL}`, 'there', 'inline of inline,fullscreen,pip'],
  openai: ['connected without a name', 'message openLinks serverTools updateModelContext', 'there', 'inline of undefined'],
  claude: ['connected Claude', `downloadFile logging message ${ALL}`, 'none', 'inline of inline,fullscreen'],
  vscode: ['connected Visual Studio Code', `downloadFile logging ${ALL}`, 'none', 'inline of inline'],
  bare: ['connected bare host', 'none', 'none', 'undefined of undefined'],
};
for (const [host, [name, capabilities, chatgpt, display]] of Object.entries(HOSTS)) {
  test(`it is what a widget meets in each host: ${host}`, limit, async (t) => {
    const requests = [];
    const page = await openPage(t, dev);
    page.on('request', (request) => request.url().endsWith('/mcp') && requests.push(request));
    await playHost(page, host);
    await page.locator('[data-tool=lab]').click();
    await page.getByLabel('title').fill('Hello');
    await page.keyboard.press('Enter');
    const facts = { status: 'ready', secret: 'for your eyes only', host: name, capabilities, chatgpt, display };
    for (const [key, value] of Object.entries(facts)) await fact(page, key, value);
    const said = ({ params }) => params?.clientInfo ?? params?._meta?.['io.modelcontextprotocol/clientInfo'];
    const clients = requests.map((request) => said(request.postDataJSON()));
    const names = { chatgpt: 'openai-mcp', openai: 'openai-mcp', claude: 'claude-ai', vscode: 'Visual Studio Code', bare: 'bare-host' };
    assert.ok(clients.some((client) => client?.name === names[host]), `the server sees ${names[host]}`);
  });
}

test('window.openai has the answer late, and all that ChatGPT says of the place', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'held', args: { name: 'late' }, host: 'openai' });
  const globals = (key) => page.frames().at(-1).evaluate((key) => window.openai[key], key);
  await fact(page, 'status', 'loading');
  assert.deepEqual([await globals('toolInput'), await globals('toolOutput')], [{ name: 'late' }, null]);
  await tell({ name: 'release', arguments: { name: 'late' } });
  await fact(page, 'status', 'ready');
  await fact(page, 'heard', 'loading, ready');
  assert.deepEqual(await globals('toolOutput'), { title: 'At last', total: 1 });
  assert.equal((await globals('toolResponseMetadata'))['chatui/uiOnly'].secret, 'for your eyes only', 'of the result its metadata alone');
  assert.deepEqual(await globals('userAgent'), { device: { type: 'desktop' }, capabilities: { hover: true, touch: false } });
  assert.equal(await logged(page, 'host', 'openai:set_globals').count(), 1);

  await playHost(page, 'chatgpt');
  await fact(page, 'host', 'connected chatgpt');
  await fact(page, 'status', 'ready');
  const { status, mcp_tool_result: whole } = await globals('toolResponseMetadata');
  assert.deepEqual([status, whole.structuredContent.title], ['completed', 'At last'], 'the envelope of today');
});

test('window.openai does what it is asked', limit, async (t) => {
  const page = await openLab(t, { host: 'openai' });
  assert.equal(await pressed(page, 'Add'), '{"sum":5}');
  assert.equal(await pressed(page, 'Fail'), 'failed: no rows today');
  await pressed(page, 'Say');
  await shows(thread(page, 'message'), 'What is in row 2?');
  await pressed(page, 'Open');
  await shows(thread(page, 'link'), 'https://example.com/docs');
  await pressed(page, 'Tell data');
  await shows(thread(page, 'state'), '"chosen": 2');
  assert.equal(await pressed(page, 'Fullscreen'), '"fullscreen"');
  await page.getByRole('button', { name: 'Back to the chat' }).click();
  await fact(page, 'display', 'inline of undefined');
  await pressed(page, 'Keep');
  await fact(page, 'state', '{"kept":1}');
  await playHost(page, 'chatgpt');
  await fact(page, 'host', 'connected chatgpt');
  await fact(page, 'state', '{"kept":1}');
  await press(page, 'Close');
  await page.locator('#frame iframe').waitFor({ state: 'detached' });
  await thread(page, 'close').getByRole('button', { name: 'Show it again' }).click();
  await fact(page, 'title', 'Hello');
});

test('the place changes while the widget is open', limit, async (t) => {
  const page = await openLab(t);
  const frame = page.locator('#frame iframe:not(.coming)');
  // While another host takes over, there is none for a moment.
  const isWide = (width) => until(async () => (await frame.boundingBox())?.width === width);
  const choose = (name) => page.locator('#place').getByText(name, { exact: true }).click();
  await choose('Dark');
  await fact(page, 'theme', 'dark');
  const variable = (name) => widget(page).locator('html').evaluate((html, name) => html.style.getPropertyValue(name), name);
  assert.deepEqual([await variable('--color-text-primary'), await variable('--font-text-md-size')], ['#f3f3f3', '1rem']);
  await page.getByRole('combobox', { name: 'Locale' }).selectOption('ar-EG');
  await until(async () => (await widget(page).locator('html').getAttribute('dir')) === 'rtl');
  await page.getByLabel('Safe area').check();
  await fact(page, 'insets', '47 0 34 0');
  for (const [name, width] of [['Phone', 390], ['Tablet', 768], ['Desktop', 768]]) {
    await choose(name);
    assert.equal((await frame.boundingBox()).width, width, name);
  }
  await choose('PiP');
  await fact(page, 'display', 'pip of inline,fullscreen,pip');
  assert.deepEqual(await frame.evaluate(({ clientWidth, clientHeight }) => [clientWidth, clientHeight]), [358, 238]);
  await choose('Fullscreen');
  await fact(page, 'display', 'fullscreen of inline,fullscreen,pip');
  assert.equal((await frame.boundingBox()).width, 1440);
  await choose('Phone');
  await isWide(390);
  await choose('Inline');
  await fact(page, 'display', 'inline of inline,fullscreen,pip');
  assert.ok(await logged(page, 'host', 'ui/notifications/host-context-changed').count() >= 8);
  assert.match(await page.locator('#frame iframe').getAttribute('title'), /^The widget of Lab$/);
  await playHost(page, 'vscode');
  await page.locator('[name=mode][value=fullscreen]:disabled').waitFor({ state: 'attached' });
  await isWide(390);
  await choose('Desktop');
  await isWide(494);
});

test('each host writes the variables in its way', limit, async (t) => {
  const page = await openLab(t, { host: 'claude', theme: 'dark' });
  const style = () => widget(page).locator('html').evaluate((html) => [html.style.getPropertyValue('--color-text-primary'), getComputedStyle(document.body).color]);
  assert.deepEqual(await style(), ['light-dark(#0d0d0d, #f3f3f3)', 'rgb(243, 243, 243)']);
});

test('nothing that a widget asks for is swallowed', limit, async (t) => {
  const page = await openLab(t, { host: 'claude' });
  await pressed(page, 'Say');
  await shows(thread(page, 'message'), 'What is in row 2?');
  await pressed(page, 'Open');
  assert.equal(await thread(page, 'link').getByRole('link').getAttribute('href'), 'https://example.com/docs');
  await pressed(page, 'Download text');
  const save = thread(page, 'download').getByRole('link', { name: 'Save rows.csv' });
  const [saved] = await Promise.all([page.waitForEvent('download'), save.click()]);
  assert.equal(saved.suggestedFilename(), 'rows.csv');
  assert.equal(await pressed(page, 'Tell'), 'true');
  await shows(thread(page, 'context'), 'row 2 is chosen');
  await pressed(page, 'Log');
  await shows(thread(page, 'log'), '{"row":2}');
  assert.equal(await pressed(page, 'Read'), '"The note of the lab."');
  assert.equal(await pressed(page, 'Fullscreen'), '"fullscreen"');
  await page.getByRole('button', { name: 'Back to the chat' }).click();
  await shows(thread(page, 'display'), 'The widget asks for fullscreen, and gets it');
  assert.equal(await pressed(page, 'Pip'), '"inline"');
  await press(page, 'Close');
  await shows(thread(page, 'ignored'), 'The widget asks to be closed; Claude ignores that');
});

test('what a host can not do, it refuses, as the host does', limit, async (t) => {
  const page = await openLab(t, { host: 'vscode' });
  assert.equal(await pressed(page, 'Say'), 'failed: the host refuses ui/message');
  await playHost(page, 'bare');
  await fact(page, 'host', 'connected bare host');
  assert.match(await pressed(page, 'Add'), /^failed: /);
  await shows(logged(page, 'host', 'tools/call error'), 'Bare host does not declare `serverTools`');
  await press(page, 'Download');
  await shows(thread(page, 'ignored'), 'The widget saves rows.json by itself, which the sandbox swallows');
  await playHost(page, 'chatgpt');
  await fact(page, 'host', 'connected chatgpt');
  assert.equal(await pressed(page, 'Download'), 'failed: the host refuses ui/download-file');
});

test('a widget calls no tool that is for the model alone', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'reach', args: { address: 'eval' } });
  await press(page, "Call what is the model's");
  await shows(widget(page).locator('#answer'), 'the tool secret_add is for the model alone');
});

test('every message is kept, both ways, and opens', limit, async (t) => {
  const page = await openLab(t);
  for (const [from, name] of [
    ['widget', 'ui/initialize'],
    ['host', 'ui/initialize result'],
    ['widget', 'ui/notifications/initialized'],
    ['host', 'ui/notifications/tool-input'],
    ['host', 'ui/notifications/tool-result'],
    ['widget', 'ui/notifications/size-changed'],
  ]) await logged(page, from, name).first().waitFor();
  await pressed(page, 'Add');
  const answer = logged(page, 'host', 'tools/call result');
  await answer.locator('summary').click();
  assert.deepEqual(JSON.parse(await answer.locator('pre').innerText()).result.structuredContent, { sum: 5 });
  const count = Number(await page.locator('#count').innerText());
  assert.equal(await page.locator('#log > li').count(), count);
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await page.locator('#log > li').count(), 0);
});

test('the newest message is seen, unless somebody reads another, and after a full screen too', limit, async (t) => {
  const page = await openLab(t);
  const list = page.locator('#log');
  const atEnd = () => list.evaluate((list) => list.scrollHeight > list.clientHeight && list.scrollHeight - list.scrollTop - list.clientHeight < 2);
  const messages = async () => {
    for (let round = 0; round < 3; round += 1) await pressed(page, 'Add');
  };
  await messages();
  await until(atEnd);
  await pressed(page, 'Fullscreen');
  await messages();
  await page.getByRole('button', { name: 'Back to the chat' }).click();
  await until(atEnd);
  await messages();
  await until(atEnd);
  await list.evaluate((list) => (list.scrollTop = 0));
  await page.waitForTimeout(100);
  await messages();
  assert.equal(await list.evaluate((list) => list.scrollTop), 0, 'somebody reads');
});

test('an error of the tool is the widget’s too, and a stopped call is cancelled', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'fail', args: { why: 'no rows on Sundays' } });
  await fact(page, 'error', 'no rows on Sundays');
  const slow = await openPage(t, dev, { tool: 'held', args: { name: 'for ever' } });
  await fact(slow, 'status', 'loading');
  await slow.getByRole('button', { name: 'Stop' }).click();
  await fact(slow, 'status', 'cancelled');
  await fact(slow, 'error', 'the person pressed stop');
});
