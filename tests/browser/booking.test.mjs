// A table is booked, in a real host in a real browser: the server alone judges what the form holds, and what it finds stands
// below the field that it is about.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { bookingUrl } from '../server-url.mjs';
import { assertFits, assertTheme, open, screenshot } from './checks.mjs';
import { startHost } from './host.mjs';

const tool = 'show_booking_form';
const limit = { timeout: 120_000 };
/** The server keeps what is booked, also from an earlier run. */
const guest = () => `Ada ${process.pid} ${Math.random()}`;
let host;

before(async () => (host = await startHost(bookingUrl())));
after(() => host?.close());

/** Another caller than the widget, such as the model. */
async function call(name, args) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
  const response = await fetch(bookingUrl(), { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return (await response.json()).result;
}

const evenings = ({ result }) => Object.keys(result._meta['chatui/uiOnly'].evenings);
const field = (widget, label) => widget.frame.getByLabel(label, { exact: true });
const book = (widget) => widget.frame.getByRole('button', { name: /^Book/ }).click();
const says = (widget, words) => widget.frame.getByText(words).waitFor();

async function fill(widget, values) {
  for (const [label, value] of Object.entries(values)) {
    const it = field(widget, label);
    await (label === 'Time' ? it.selectOption(value) : it.fill(value));
  }
}

/** What a person finds wrong: by the label of each field, what stands below it. */
const wrongs = ({ frame }) =>
  frame.evaluate(() => {
    const shown = [...document.querySelectorAll('[aria-invalid="true"]')].map((field) => {
      const words = document.getElementById(field.getAttribute('aria-describedby'));
      const below = words.getBoundingClientRect().top - field.getBoundingClientRect().bottom;
      if (!(below >= 0 && below < 60 && words.checkVisibility())) throw new Error(`what is wrong with ${field.id} is ${below} px below it`);
      return [field.labels[0].textContent, words.textContent];
    });
    return Object.fromEntries(shown);
  });

/** Waits for an answer that refuses. */
const refused = (widget) => widget.frame.locator('[aria-invalid="true"]').first().waitFor();
const focused = ({ frame }) => frame.evaluate(() => document.activeElement.labels?.[0].textContent ?? document.activeElement.textContent);

test('each mistake stands below its field, and what was typed stays', limit, async (t) => {
  const widget = await open(t, host, { tool, args: { people: 4 } });
  assert.equal(await field(widget, 'Number of people').inputValue(), '4', 'what the model knew is filled in');
  const typed = { 'Number of people': '12', Name: 'A', Phone: '555 1234', 'E-mail': 'ada@example', Remark: 'We bring a dog' };
  await fill(widget, { Time: '19:30', ...typed });
  await book(widget);
  await refused(widget);
  assert.deepEqual(await wrongs(widget), {
    'Number of people': 'Number of people is 12; it takes 1 to 8',
    Name: 'Name has 1 character; it takes 2 to 60 characters',
    Phone: 'Phone is to be written with its country, as +354 555 1234',
    'E-mail': 'E-mail is to be written as ada@example.com; one of the two is enough',
  });
  assert.equal(await focused(widget), 'Number of people');
  for (const [label, value] of Object.entries(typed)) assert.equal(await field(widget, label).inputValue(), value);
  await widget.settled();
  await assertFits(widget);
  for (const theme of ['light', 'dark']) {
    await widget.setContext({ theme });
    await widget.frame.waitForSelector(`html[data-theme=${theme}]`);
    await assertTheme(widget, theme);
    await widget.screenshot(screenshot('booking', theme));
  }

  await field(widget, 'Number of people').fill('3');
  assert.deepEqual(Object.keys(await wrongs(widget)), ['Name', 'Phone', 'E-mail'], 'what is being mended is not wrong any more');
  assert.deepEqual(widget.problems, []);
});

test('what is empty is missing, and rules of several fields are told at one of them', limit, async (t) => {
  const widget = await open(t, host, { tool });
  await field(widget, 'Evening').fill('');
  await book(widget);
  await refused(widget);
  assert.deepEqual(await wrongs(widget), { Evening: 'Evening is missing', Time: 'Time is missing', Name: 'Name is missing; it takes 2 to 60 characters' });
  assert.equal(await focused(widget), 'Evening');

  await fill(widget, { Evening: '2020-01-01', Time: '18:00', Name: 'Ada' });
  await book(widget);
  await widget.frame.locator('#phone[aria-invalid="true"]').waitFor();
  assert.deepEqual(await wrongs(widget), {
    Evening: 'Evening is 2020-01-01; tables are for the next 30 days, and on Mondays it is closed',
    Phone: 'Phone is missing, and so is E-mail; one of them is needed',
  });
  assert.deepEqual(widget.problems, []);
});

test('the keyboard alone books a table, the person reads so, and the model learns it', limit, async (t) => {
  const [widget, name] = [await open(t, host, { tool }), guest()];
  await fill(widget, { Time: '21:00', Name: name, 'E-mail': 'ada@example.com', Remark: '<b>No nuts</b>' });
  await field(widget, 'E-mail').press('Enter');
  await says(widget, 'Your table is booked');
  await says(widget, name);
  await says(widget, '<b>No nuts</b>');
  assert.equal(await focused(widget), 'Your table is booked');
  await widget.page.waitForFunction(() => window.host.seen.some(({ kind }) => kind === 'model-context'));
  const [{ content }] = await widget.seen('model-context');
  const { number, guest: booked, ...rest } = JSON.parse(content[0].text.match(/^The person has booked a table in the widget: (.*)$/)[1]);
  assert.deepEqual([rest.date, rest.time, rest.people, booked.name], [evenings(widget)[0], '21:00', 2, name]);
  const again = await call('book', { ...rest, guest: { name, email: 'ada@example.com' } });
  assert.equal(again.structuredContent.number, number, 'who asks twice gets one table');
  await widget.settled();
  await assertTheme(widget, 'light');
  await assertFits(widget);
  await widget.screenshot(screenshot('booking', 'booked'));
  await widget.frame.getByRole('button', { name: 'Book another table' }).click();
  assert.equal(await field(widget, 'Name').inputValue(), name);
  assert.deepEqual(widget.problems, []);
});

test('a table that others took meanwhile is refused at its time', limit, async (t) => {
  const widget = await open(t, host, { tool });
  const date = evenings(widget).at(-1);
  await field(widget, 'Evening').fill(date);
  for (let tables = 0; tables < 3; tables++) await call('book', { date, time: '18:00', people: 6, guest: { name: `Ben ${tables}`, email: 'ben@example.com' } });
  await fill(widget, { Time: '18:00', 'Number of people': '3', Name: guest(), Phone: '+354 555 1234' });
  await book(widget);
  await refused(widget);
  assert.deepEqual(await wrongs(widget), { Time: 'Time has 2 seats left, too few for 3; times with enough: 19:30, 21:00' });
  assert.deepEqual(widget.problems, []);
});

test('without a server the form stays, and says that it may be sent again', limit, async (t) => {
  const [widget, name] = [await open(t, host, { tool }), guest()];
  await fill(widget, { Time: '19:30', Name: name, 'E-mail': 'ada@example.com' });
  await widget.page.route('**/mcp', (route) => route.abort());
  await book(widget);
  await says(widget, 'The restaurant can’t be reached.');
  assert.equal(await field(widget, 'Name').inputValue(), name);
  await widget.page.unroute('**/mcp');
  await book(widget);
  await says(widget, 'Your table is booked');
});

test('the form fits a phone, with mistakes', limit, async (t) => {
  const widget = await open(t, host, { tool, width: 320, theme: 'dark' });
  await fill(widget, { Phone: '5'.repeat(70), Remark: 'long '.repeat(60) });
  await book(widget);
  await refused(widget);
  assert.match((await wrongs(widget)).Remark, /^Remark has \d+ characters; it takes at most 200 characters$/);
  await widget.settled();
  await assertFits(widget);
  await widget.screenshot(screenshot('booking', 'phone'));
  assert.deepEqual(widget.problems, []);
});

test('where widgets may call nothing, it says so', limit, async (t) => {
  const widget = await open(t, host, { tool, capabilities: {} });
  await book(widget);
  await says(widget, 'This chat lets no widget book. Say in the chat what you want.');
  assert.deepEqual(widget.problems, []);
});

test('ChatGPT before MCP Apps books too', limit, async (t) => {
  const [widget, name] = [await open(t, host, { tool, host: 'openai' }), guest()];
  await book(widget);
  await refused(widget);
  await fill(widget, { Time: '18:00', Name: name, 'E-mail': 'ada@example.com' });
  await book(widget);
  await says(widget, 'Your table is booked');
  const { state } = (await widget.seen('state')).findLast(({ state }) => state.modelContent);
  assert.ok(state.modelContent.includes(name), 'the model reads it');
  assert.deepEqual(widget.problems, []);
});
