// Who calls from the page, where tools ask their users to sign in: whoever has opened it by the address in the terminal.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limit, openPage, ownDev, shows, until } from './page.mjs';

/** The notes, with an authorization server that is down: who sits here needs no token. */
const auth = { binary: 'auth', env: { AUTH_ISSUER: 'http://127.0.0.1:9' } };
const keyOf = (dev) => dev.log.match(/http:\/\/127\.0\.0\.1:\d+\/#key=([0-9a-f]{32})\n/)?.[1];

async function run(page, tool, says) {
  await page.locator(`[data-tool=${tool}]`).click();
  await page.getByRole('button', { name: 'Run' }).click();
  await shows(page.locator('#answer-body'), says);
}
/** What is refused is seen in red. */
const REFUSED = /401|403|ERR_/;

test('who has the key is the user, over reloads, new tabs and a new build', limit, async (t) => {
  const dev = await ownDev(t, [], auth);
  await until(() => dev.log.includes('who calls from there is `local`, with all scopes; `--user` names another'));
  const key = keyOf(dev);
  const page = await openPage(t, dev, { tool: 'about', host: 'claude' }, { fragment: `#key=${key}` });
  await shows(page.locator('#user'), 'You call as local, with all scopes.');
  assert.doesNotMatch(page.url(), /key/);
  assert.match(page.url(), /tool=about/);
  await run(page, 'show_notes', 'local has 0 notes');
  await page.reload();
  await run(page, 'show_notes', 'local has 0 notes');
  const [tab] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => void window.open('/?tool=show_notes&args={}'))]);
  await shows(tab.locator('#answer-body'), 'local has 0 notes');
  await dev.stop();
  await dev.start();
  await page.locator('#connection[data-state=here]').waitFor();
  await run(page, 'show_notes', 'local has 0 notes');
});

test('who lacks it is nobody, uses what is open, and reads how to sign in', limit, async (t) => {
  const dev = await ownDev(t, [], auth);
  const page = await openPage(t, dev, { tool: 'about', host: 'claude' }, { expected: REFUSED });
  await shows(page.locator('#user'), 'You are not signed in: only what is open to anybody answers. Open the address that dev printed');
  await run(page, 'about', 'Sign in to see yours');
  await run(page, 'show_notes', 'sign in to use this');
  // What is no secret opens nothing.
  const hello = await page.evaluate(() => new Promise((resolve) => new EventSource('/dev/events').addEventListener('hello', ({ data }) => resolve(data))));
  assert.ok(!hello.includes(keyOf(dev)));
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'show_notes', arguments: {} } });
  const ask = async (headers) => {
    const response = await fetch(`${dev.url}/mcp`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
    return [response.status, (await fetch(`${dev.url}/dev/user`, { headers }).then((each) => each.json())).name];
  };
  assert.deepEqual(await ask({}), [401, null]);
  assert.deepEqual(await ask({ 'x-chatui-dev': JSON.parse(hello).instance }), [401, null]);
  assert.deepEqual(await ask({ 'x-chatui-dev': keyOf(dev) }), [200, 'local']);
});

test('a tool says whom it is for, and the user has the scopes that are said', limit, async (t) => {
  const dev = await ownDev(t, ['--user', 'ada notes:read'], auth);
  await until(() => dev.log.includes('who calls from there is `ada`, with notes:read; '));
  const page = await openPage(t, dev, { tool: 'about', host: 'claude' }, { fragment: `#key=${keyOf(dev)}`, expected: REFUSED });
  await shows(page.locator('#user'), 'You call as ada, with notes:read.');
  const badge = (tool) => page.locator(`[data-tool=${tool}] .badges`);
  await shows(badge('about'), 'sign-in optional: notes:read');
  await shows(badge('add_note'), 'sign-in: notes:write');
  await run(page, 'show_notes', 'ada has 0 notes');
  await page.locator('[data-tool=add_note]').click();
  await page.locator('#json').fill('{"text":"x"}');
  await page.getByRole('button', { name: 'Run' }).click();
  await shows(page.locator('#answer-body'), 'this needs the permission notes:write');
});

test('where nobody is asked to sign in there is no key', limit, async (t) => {
  const dev = await ownDev(t);
  assert.match(dev.log, /see and try its tools on http:\/\/127\.0\.0\.1:\d+\/\n/);
  const page = await openPage(t, dev);
  assert.equal(await page.locator('#user').isVisible(), false);
});
