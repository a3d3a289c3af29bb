// The expenses, which React draws: a widget with a build step, shown by a real host in a real browser.
// The ledger is one for all: each test begins with it as it was at first.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { reactUrl } from '../server-url.mjs';
import { assertFits, assertTheme, open, screenshot } from './checks.mjs';
import { startHost } from './host.mjs';
import * as look from './look.mjs';

const tool = 'show_expenses';
const limit = { timeout: 120_000 };
let host;
let first;

before(async () => {
  host = await startHost(reactUrl());
  first = await categories();
});
after(() => host?.close());
beforeEach(async () => {
  const now = await categories();
  for (const id in first) if (now[id] !== first[id]) await call('file_expense', { id: Number(id), category: first[id] });
});

/** Another caller than the widget, such as the model. */
async function call(name, args = {}) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
  const response = await fetch(reactUrl(), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await response.json()).result.structuredContent;
}

const categories = async () => Object.fromEntries((await call(tool)).expenses.map(({ id, category }) => [id, category]));

async function show(t, options = {}) {
  const widget = await open(t, host, { tool, ...options });
  await says(widget, 'October 2026');
  return widget;
}

const says = (widget, words) => widget.frame.getByText(words).first().waitFor();
const status = (widget, words) => widget.frame.getByRole('status').getByText(words).waitFor();
const chip = (widget, name) => widget.frame.getByRole('button', { name: new RegExp(`^${name} `) });
const choice = (widget, of) => widget.frame.getByLabel(`Category of ${of}`);
const payees = (widget) => widget.frame.locator('tbody td:nth-child(2)').allTextContents();
const focused = (locator) => locator.evaluate((element) => element === document.activeElement);

for (const theme of ['light', 'dark']) {
  for (const width of [720, 320]) {
    test(`the table is readable (${theme}, ${width} px)`, limit, async (t) => {
      const widget = await show(t, { theme, width });
      await widget.settled();
      await assertTheme(widget, theme);
      await assertFits(widget);
      assert.ok(look.numbers(await look.text(widget)).includes(2086.94));
      await widget.screenshot(screenshot('react', `${theme}-${width}`));
      assert.deepEqual(widget.problems, []);
    });
  }
}

test('a column sorts, up and down, with the keyboard alone', limit, async (t) => {
  const widget = await show(t);
  const { keyboard } = widget.page;
  const sorted = () => widget.frame.locator('th[aria-sort]').evaluateAll((all) => all.map((th) => `${th.textContent} ${th.ariaSort}`));
  assert.equal((await payees(widget))[0], 'Harbour Housing');
  assert.deepEqual(await sorted(), ['Date ascending']);
  await widget.frame.getByRole('button', { name: 'Payee' }).focus();
  await keyboard.press('Enter');
  assert.deepEqual((await payees(widget)).slice(0, 3), ['City Transit', 'Corner Bakery', 'Corner Bakery']);
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  assert.deepEqual((await payees(widget)).slice(0, 2), ['Harbour Housing', 'Old Mill Hotel']);
  assert.deepEqual(await sorted(), ['Amount descending']);
  await keyboard.press('Space');
  assert.deepEqual((await payees(widget)).slice(0, 2), ['Corner Bakery', 'Corner Bakery']);
  assert.deepEqual(widget.problems, []);
});

test('what is typed and what is chosen leaves the rest out, and its sum stands above', limit, async (t) => {
  const widget = await show(t);
  await status(widget, '14 expenses, $2,086.94');
  await widget.frame.getByLabel('Find a payee').fill('green');
  await status(widget, '3 expenses, $193.44');
  await chip(widget, 'Fun').click();
  assert.equal(await chip(widget, 'Fun').getAttribute('aria-pressed'), 'true');
  await says(widget, 'Nothing under Fun fits.');
  await widget.settled();
  await assertFits(widget);
  await widget.frame.getByRole('button', { name: 'Show all' }).press('Enter');
  await status(widget, '14 expenses');
  assert.ok(await focused(widget.frame.getByLabel('Find a payee')), 'the focus goes on');
  await chip(widget, 'Fun').click();
  assert.deepEqual(await payees(widget), ['Lantern Cinema', 'Page One Books']);
  assert.deepEqual(widget.problems, []);
});

test('an expense is filed with the keyboard: the server has it, the sums follow, and the model learns of it', limit, async (t) => {
  const widget = await show(t);
  const { keyboard } = widget.page;
  await choice(widget, 'Old Mill Hotel').focus();
  await keyboard.type('Tr');
  await says(widget, '$345.00');
  await widget.page.waitForFunction(() => host.seen.some(({ kind }) => kind === 'model-context'));
  assert.equal((await categories())[10], 'travel');
  assert.equal(await choice(widget, 'Old Mill Hotel').inputValue(), 'travel');
  assert.ok(await focused(choice(widget, 'Old Mill Hotel')), 'the focus stays');
  const [told] = await widget.seen('model-context');
  assert.match(told.content[0].text, /\n10\. Old Mill Hotel: travel$/);
  assert.deepEqual(widget.problems, []);
});

test('what leaves the table takes no focus along', limit, async (t) => {
  const widget = await show(t);
  await chip(widget, 'Fun').click();
  await choice(widget, 'Lantern Cinema').focus();
  await choice(widget, 'Lantern Cinema').selectOption('Other');
  await status(widget, '1 expense, $41.95');
  assert.ok(await focused(chip(widget, 'Fun')), 'the focus goes on');
  assert.deepEqual(widget.problems, []);
});

test('what the server refuses is taken back, and why is said', limit, async (t) => {
  const widget = await show(t);
  // On its way, the request becomes one that the server must refuse.
  await widget.page.route('**/mcp', (route) => {
    const message = route.request().postDataJSON();
    if (message.params?.name === 'file_expense') message.params.arguments.id = 99;
    return route.continue({ postData: JSON.stringify(message) });
  });
  await choice(widget, 'City Transit').selectOption('Fun');
  await widget.frame.getByRole('alert').getByText('there is no expense 99').waitFor();
  assert.equal(await choice(widget, 'City Transit').inputValue(), 'travel');
  await widget.settled();
  await assertFits(widget);
  await assertTheme(widget, 'light');
  await widget.screenshot(screenshot('react', 'refused'));
  assert.deepEqual(widget.problems, []);
});

test('a conversation that is opened again shows what is so now', limit, async (t) => {
  const widget = await show(t);
  await call('file_expense', { id: 10, category: 'travel' });
  await widget.show();
  await says(widget, '$345.00');
  assert.deepEqual(widget.problems, []);
});

test('before the answer it says that it waits, and an error is said', limit, async (t) => {
  const widget = await open(t, host, { tool, hold: true, width: 320 });
  await status(widget, 'Fetching the expenses…');
  await widget.settled();
  await assertFits(widget);
  await widget.screenshot(screenshot('react', 'waiting'));
  await widget.cancel('the person changed their mind');
  await widget.frame.getByRole('alert').getByText('the person changed their mind').waitFor();
  assert.deepEqual(widget.problems, []);
});

test('where widgets may call nothing, there is nothing to file', limit, async (t) => {
  const widget = await show(t, { capabilities: {} });
  assert.equal(await widget.frame.locator('select').count(), 0);
  await chip(widget, 'Travel').click();
  await status(widget, '2 expenses, $161.00');
  assert.deepEqual(widget.problems, []);
});

test('it writes as the person does, where the host says how', limit, async (t) => {
  const widget = await open(t, host, { tool, context: { locale: 'de-CH' } });
  await says(widget, 'Oktober 2026');
  assert.deepEqual(widget.problems, []);
});

test('ChatGPT before MCP Apps can do all of it too', limit, async (t) => {
  const widget = await show(t, { host: 'openai' });
  await choice(widget, 'Old Mill Hotel').selectOption('Travel');
  await says(widget, '$345.00');
  // The widget shows it before the server has it.
  while ((await categories())[10] !== 'travel') await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(widget.problems, []);
});
