// The to-do list, shown by a real host in a real browser: a widget that writes, and lives through a server that is away.
// The list is one for all: each test begins with an empty one.

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { todoUrl } from '../server-url.mjs';
import { assertFits, assertTheme, open, screenshot } from './checks.mjs';
import { startHost } from './host.mjs';
import * as look from './look.mjs';

const tool = 'show_todos';
const limit = { timeout: 120_000 };
let host;

before(async () => (host = await startHost(todoUrl())));
after(() => host?.close());
beforeEach(async () => {
  for (const { id } of await list()) await call('delete_todo', { id });
});

/** Another caller than the widget, such as the model. */
async function call(name, args = {}) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
  const response = await fetch(todoUrl(), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await response.json()).result;
}

const list = async () => (await call('refresh_todos')).structuredContent.result;
const titles = async () => (await list()).map(({ title, done_at }) => (done_at ? `(${title})` : title));
const add = async (title) => (await call('add_todo', { title })).structuredContent;

/** A widget with these to-dos. */
async function show(t, given = [], options = {}) {
  for (const title of given) await add(title);
  const widget = await open(t, host, { tool, ...options });
  await heading(widget, `${given.length} to do, 0 done`);
  return widget;
}

const heading = (widget, words) => widget.frame.getByText(words, { exact: true }).waitFor();
const says = (widget, words) => widget.frame.getByText(words).waitFor();
const field = (widget) => widget.frame.getByLabel('What is to be done');
const tick = (widget, title) => widget.frame.getByLabel(title, { exact: true });
const drop = (widget, title) => widget.frame.getByLabel(`Delete ${title}`, { exact: true });

async function write(widget, title) {
  await field(widget).fill(title);
  await field(widget).press('Enter');
}

/** Resolves when the server has what the person sees; by itself, a widget tries again after 2, 4 and 8 seconds. */
async function reaches(expected) {
  for (let tries = 0; ; tries++) {
    const now = await titles();
    if (JSON.stringify(now) === JSON.stringify(expected)) return;
    if (tries === 300) assert.deepEqual(now, expected);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** From now on the host does not reach the server; returns what ends that. */
async function cut(widget) {
  await widget.page.route('**/mcp', (route) => route.abort());
  return () => widget.page.unroute('**/mcp');
}

/** What was said in red or yellow, apart from what must be where a server is away. */
const unexpected = ({ problems }) => problems.filter((problem) => !/\/mcp failed|ERR_FAILED|Failed to fetch/.test(problem));

for (const theme of ['light', 'dark']) {
  test(`the list is readable (${theme})`, limit, async (t) => {
    const widget = await show(t, ['Call the dentist', 'Buy milk and bread', 'Renew the passport'], { theme });
    await tick(widget, 'Renew the passport').click();
    await heading(widget, '2 to do, 1 done');
    await reaches(['Call the dentist', 'Buy milk and bread', '(Renew the passport)']);
    await widget.settled();
    await assertTheme(widget, theme);
    await assertFits(widget);
    await widget.screenshot(screenshot('todo', theme));
    assert.deepEqual(widget.problems, []);
  });
}

test('the person adds, ticks, unticks and deletes, with the keyboard alone', limit, async (t) => {
  const widget = await show(t);
  const { keyboard } = widget.page;
  await says(widget, 'Nothing to do.');
  await write(widget, '  Milk ');
  await heading(widget, '1 to do, 0 done');
  assert.equal(await field(widget).inputValue(), '');
  await write(widget, 'Bread');
  await heading(widget, '2 to do, 0 done');
  await reaches(['Milk', 'Bread']);

  await tick(widget, 'Milk').focus();
  await keyboard.press('Space');
  await heading(widget, '1 to do, 1 done');
  await reaches(['(Milk)', 'Bread']);
  assert.ok(await tick(widget, 'Milk').evaluate((box) => box === document.activeElement), 'the focus stays');
  await keyboard.press('Space');
  await reaches(['Milk', 'Bread']);

  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await widget.frame.getByLabel('Really delete Milk').waitFor();
  assert.deepEqual(await titles(), ['Milk', 'Bread'], 'the first press only asks');
  await keyboard.press('Enter');
  await reaches(['Bread']);
  assert.ok(await tick(widget, 'Bread').evaluate((box) => box === document.activeElement), 'the focus goes on');
  assert.deepEqual(widget.problems, []);
});

test('a press elsewhere takes the question back', limit, async (t) => {
  const widget = await show(t, ['Milk']);
  await drop(widget, 'Milk').click();
  await field(widget).click();
  await drop(widget, 'Milk').waitFor();
  assert.deepEqual(await titles(), ['Milk']);
});

test('the model learns what the person did', limit, async (t) => {
  const widget = await show(t, ['Milk']);
  await tick(widget, 'Milk').click();
  await widget.page.waitForFunction(() => host.seen.some(({ kind }) => kind === 'model-context'));
  const [told] = await widget.seen('model-context');
  assert.match(told.content[0].text, /\d+\. \[x\] Milk$/);
});

test('the list fits a phone, with a title that has no end', limit, async (t) => {
  const widget = await show(t, ['Write to the Donaudampfschifffahrtsgesellschaftskapitaenswitwe', 'm'.repeat(200)], { width: 320 });
  await widget.settled();
  await assertFits(widget);
  await widget.screenshot(screenshot('todo', 'phone'));
  assert.deepEqual(widget.problems, []);
});

test('a title is text, whatever it looks like', limit, async (t) => {
  const title = '<img src=x onerror="document.title = 1"><script>alert(1)</script> & "quotes"';
  const widget = await show(t, [title]);
  assert.ok((await look.text(widget)).includes(title));
  assert.equal(await widget.frame.title(), 'To-dos');
  assert.deepEqual(widget.problems, []);
});

test('what is wrong with a title stands at the field, and the title stays', limit, async (t) => {
  const widget = await show(t);
  await write(widget, '   ');
  await says(widget, 'Nothing is written here yet.');
  await write(widget, 'm'.repeat(201));
  await says(widget, 'These are 201 letters, and 200 is the most.');
  assert.equal(await field(widget).getAttribute('aria-invalid'), 'true');
  assert.equal((await field(widget).inputValue()).length, 201);
  await widget.settled();
  await assertTheme(widget, 'light');
  await assertFits(widget);
  await field(widget).fill('Milk');
  assert.equal(await field(widget).getAttribute('aria-invalid'), 'false');
  assert.deepEqual(await titles(), []);
});

test('a full list says so to the person and to the model', limit, async (t) => {
  const answers = await Promise.all(Array.from({ length: 110 }, (_, at) => call('add_todo', { title: `Number ${at}` })));
  assert.equal(answers.filter(({ isError }) => isError).length, 10, 'those that came at once share the places that are left');
  const widget = await open(t, host, { tool });
  await heading(widget, '100 to do, 0 done');
  await write(widget, 'One more');
  await says(widget, 'the list is full with 100 to-dos; delete some first');
  assert.equal(await field(widget).inputValue(), 'One more');
  const refused = await call('add_todo', { title: 'One more' });
  assert.deepEqual([refused.isError, refused.content[0].text], [true, 'the list is full with 100 to-dos; delete some first']);
});

test('two people at once see what the other did with their next change', limit, async (t) => {
  const [ada, ben] = [await show(t, ['Milk', 'Bread', 'Eggs']), await open(t, host, { tool })];
  await heading(ben, '3 to do, 0 done');
  await Promise.all([tick(ada, 'Milk').click(), tick(ben, 'Bread').click()]);
  await reaches(['(Milk)', '(Bread)', 'Eggs']);
  // While her change is on its way, another deletes what it is about.
  const eggs = (await list())[2].id;
  await ada.page.route('**/mcp', async (route) => {
    const { params } = route.request().postDataJSON();
    if (params?.name === 'complete_todo' && params.arguments.id === eggs) await call('delete_todo', { id: eggs });
    await route.continue();
  });
  await tick(ada, 'Eggs').click();
  await heading(ada, '0 to do, 2 done');
  await ben.frame.evaluate(() => dispatchEvent(new Event('focus')));
  await heading(ben, '0 to do, 2 done');
});

test('without a server the last list stays, changes wait and what is typed is kept', limit, async (t) => {
  const widget = await show(t, ['Milk', 'Bread'], { theme: 'dark' });
  const mend = await cut(widget);
  await tick(widget, 'Milk').click();
  await says(widget, /The list can’t be reached\. This is how it was at \d+:\d\d.[AP]M\. What you changed will be sent later\./);
  await heading(widget, '1 to do, 1 done');
  await write(widget, 'Eggs');
  await says(widget, 'Not added, as the list couldn’t be reached. Press Add to try again.');
  assert.equal(await field(widget).inputValue(), 'Eggs');
  await widget.settled();
  await assertTheme(widget, 'dark');
  await assertFits(widget);
  await widget.screenshot(screenshot('todo', 'offline'));
  assert.deepEqual(await titles(), ['Milk', 'Bread']);

  await mend();
  await widget.frame.getByRole('button', { name: 'Try again' }).click();
  await reaches(['(Milk)', 'Bread']);
  await widget.frame.getByText('can’t be reached').waitFor({ state: 'hidden' });
  await field(widget).press('Enter');
  await reaches(['(Milk)', 'Bread', 'Eggs']);
  assert.deepEqual(unexpected(widget), []);
});

test('a refused change is taken back, and why stands beside it', limit, async (t) => {
  const widget = await show(t, ['Milk', 'Bread']);
  // On its way, the request becomes one that the server must refuse.
  await widget.page.route('**/mcp', (route) => {
    const message = route.request().postDataJSON();
    if (message.params?.name === 'complete_todo') message.params.arguments.id = 4_000_000_000;
    return route.continue({ postData: JSON.stringify(message) });
  });
  await tick(widget, 'Milk').click();
  await says(widget, 'there is no to-do 4000000000; it may have been deleted meanwhile');
  await heading(widget, '2 to do, 0 done');
  assert.equal(await tick(widget, 'Milk').isChecked(), false);
  await widget.settled();
  await assertFits(widget);
  await widget.screenshot(screenshot('todo', 'refused'));
  await drop(widget, 'Milk').click();
  await widget.frame.getByLabel('Really delete Milk').click();
  await reaches(['Bread']);
  assert.deepEqual(widget.problems, []);
});

test('where widgets may call nothing, the list is still shown', limit, async (t) => {
  const widget = await show(t, ['Milk'], { capabilities: {} });
  await says(widget, 'This chat lets no widget change anything.');
  await widget.settled();
  await assertFits(widget);
  assert.deepEqual(widget.problems, []);
});

test('it finds back to the server by itself', limit, async (t) => {
  const widget = await show(t, ['Milk']);
  const mend = await cut(widget);
  await tick(widget, 'Milk').click();
  await says(widget, 'The list can’t be reached.');
  await mend();
  await reaches(['(Milk)']);
});

test('what waited when the conversation was closed is sent when it is opened again', limit, async (t) => {
  const widget = await show(t, ['Milk', 'Bread'], { sandbox: 'allow-scripts allow-same-origin' });
  const mend = await cut(widget);
  await tick(widget, 'Milk').click();
  await field(widget).fill('Eggs, but');
  await says(widget, 'What you changed will be sent later.');
  await widget.show();
  await heading(widget, '1 to do, 1 done');
  assert.equal(await field(widget).inputValue(), 'Eggs, but');
  await mend();
  await reaches(['(Milk)', 'Bread']);
});

test('what is done can be hidden, and stays so', limit, async (t) => {
  const widget = await show(t, ['Milk', 'Bread'], { sandbox: 'allow-scripts allow-same-origin' });
  await tick(widget, 'Milk').click();
  await widget.frame.getByText('Hide what is done').click();
  await tick(widget, 'Milk').waitFor({ state: 'detached' });
  await tick(widget, 'Bread').click();
  await says(widget, 'All done.');
  await reaches(['(Milk)', '(Bread)']);
  await widget.show();
  await says(widget, 'All done.');
  assert.deepEqual(widget.problems, []);
});

test('ChatGPT before MCP Apps can do all of it too', limit, async (t) => {
  const widget = await show(t, ['Milk'], { host: 'openai' });
  await write(widget, 'Bread');
  await heading(widget, '2 to do, 0 done');
  await tick(widget, 'Milk').click();
  await reaches(['(Milk)', 'Bread']);
  assert.deepEqual(widget.problems, []);
});

test('the model is offered all but what only the widget needs', limit, async () => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
  const response = await fetch(todoUrl(), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { tools } = (await response.json()).result;
  const hidden = tools.filter(({ _meta }) => _meta?.ui?.visibility && !_meta.ui.visibility.includes('model'));
  assert.deepEqual(hidden.map(({ name }) => name), ['refresh_todos']);
  const hints = ({ annotations: { readOnlyHint: reads, destructiveHint: destroys, idempotentHint: again } }) => ({ reads, destroys, again });
  assert.deepEqual(Object.fromEntries(tools.map((each) => [each.name, hints(each)])), {
    add_todo: { reads: false, destroys: false, again: false },
    complete_todo: { reads: false, destroys: false, again: true },
    delete_todo: { reads: false, destroys: true, again: false },
    refresh_todos: { reads: true, destroys: false, again: true },
    show_todos: { reads: true, destroys: false, again: true },
  });
});
