// ChatGPT's `window.openai`, alone and in the order in which it was seen to arrive: there is no second host here to copy,
// only the globals that its documentation names.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serverUrl } from '../server-url.mjs';
import { launch } from './host.mjs';

const limit = { timeout: 60_000 };
const data = { measure: 'high', year: 2015, value: 17.4, usual: 16.5 };
const uiOnly = { 'chatui/uiOnly': { years: [] } };
let browser;
let html;

before(async () => {
  browser = await launch();
  const { resources } = await ask('resources/list', {});
  const { uri } = resources.find(({ name }) => name === 'enhanced_example');
  html = (await ask('resources/read', { uri })).contents[0].text;
});
after(() => browser?.close());

async function ask(method, params) {
  const response = await fetch(serverUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return (await response.json()).result;
}

/** Only the bridge, in a page with these globals: what the template draws is other tests' business. */
async function open(t, globals) {
  const page = await browser.newPage();
  t.after(() => page.close());
  const bridge = html.slice(html.indexOf('<script>') + 8, html.indexOf('</script>'));
  await page.addInitScript((openai) => {
    window.openai = openai && {
      ...openai,
      callTool: async (name, args) => ({ structuredContent: { name, ...args }, _meta: {} }),
      sendFollowUpMessage: async (message) => (window.sent = message),
    };
    window.told = [];
  }, globals);
  await page.route('http://widget.test/', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><body>' }));
  await page.goto('http://widget.test/');
  await page.evaluate(bridge);
  await page.evaluate(() => chatui.on('data', (data) => told.push(data)));
  return {
    get: () => page.evaluate(() => ({ data: chatui.data, status: chatui.status, error: chatui.error, input: chatui.input, told })),
    globals: (globals) =>
      page.evaluate((globals) => {
        Object.assign(window.openai, globals);
        dispatchEvent(new CustomEvent('openai:set_globals', { detail: { globals } }));
      }, globals),
    theme: () => page.evaluate(() => [document.documentElement.dataset.theme, document.documentElement.style.colorScheme]),
    run: (f) => page.evaluate(f),
  };
}

test('what is there already is read at once', limit, async (t) => {
  const widget = await open(t, { theme: 'dark', toolInput: { year: 2015 }, toolOutput: data, toolResponseMetadata: uiOnly });
  const now = await widget.get();
  assert.deepEqual([now.data, now.status, now.input], [{ ...data, years: [] }, 'ready', { year: 2015 }]);
  assert.deepEqual(await widget.theme(), ['dark', 'dark']);
});

test('what comes later is told once, whole, in both shapes of the metadata', limit, async (t) => {
  const widget = await open(t, { theme: 'light', toolInput: null, toolOutput: null });
  assert.equal((await widget.get()).status, 'loading');
  await widget.globals({ toolOutput: data, toolResponseMetadata: uiOnly });
  const whole = { structuredContent: data, content: [{ type: 'text', text: 'words' }], isError: false, _meta: uiOnly };
  await widget.globals({ toolResponseMetadata: { status: 'done', mcp_tool_result: whole } });
  await widget.globals({ theme: 'dark' });
  const now = await widget.get();
  assert.deepEqual(now.told, [{ ...data, years: [] }]);
  assert.deepEqual(await widget.theme(), ['dark', 'dark']);
});

test('an error is shown, and a later answer clears it', limit, async (t) => {
  const widget = await open(t, { theme: 'light', toolOutput: null });
  const failed = { isError: true, content: [{ type: 'text', text: 'no weather for 2019' }] };
  await widget.globals({ toolResponseMetadata: { status: 'done', mcp_tool_result: failed } });
  const then = await widget.get();
  assert.deepEqual([then.status, then.error, then.data], ['error', 'no weather for 2019', undefined]);
  await widget.globals({ toolOutput: data, toolResponseMetadata: { status: 'done', mcp_tool_result: { structuredContent: data } } });
  const now = await widget.get();
  assert.deepEqual([now.status, now.error, now.data], ['ready', undefined, data]);
});

test('tools are called and things said through it where no other host answers', limit, async (t) => {
  const widget = await open(t, { theme: 'light', toolOutput: data });
  assert.deepEqual(await widget.run(() => chatui.call('show', { a: 1 })), { name: 'show', a: 1 });
  await widget.run(() => chatui.say('hello'));
  assert.deepEqual(await widget.run(() => window.sent), { prompt: 'hello' });
});

test('without any host a call says so', limit, async (t) => {
  const widget = await open(t, undefined);
  const refusal = await widget.run(() => chatui.call('show').catch((error) => error.message));
  assert.equal(refusal, 'no host answers');
});
