// Tools, called from the page: the form, the JSON beside it, the answer, the address that says it all.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { picture } from '../checks.mjs';
import { fact, limit, openPage, playHost, sharedDev, shows, structured, widget } from './page.mjs';

const dev = sharedDev();

const json = async (page) => JSON.parse(await page.locator('#json').inputValue());
const run = (page) => page.getByRole('button', { name: 'Run' }).click();
const ORDER = { name: 'Ada', gift: false, size: 'Small', place: { city: 'Bern' } };

test('the tools are there, with what they do to the world', limit, async (t) => {
  const page = await openPage(t, dev);
  const entry = (name) => page.locator(`#tools [data-tool=${name}]`).innerText();
  assert.match(await entry('lab'), /^Lab\s+lab\s+reads\s+widget$/);
  assert.match(await entry('order'), /writes\s+idempotent$/);
  assert.match(await entry('secret_add'), /reads\s+model only$/);
  await page.getByLabel('Filter the tools').fill('every kind');
  assert.deepEqual(await page.locator('#tools .title').allInnerTexts(), ['Order']);
});

test('a form asks for every kind of argument', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'order' });
  const form = page.getByRole('form', { name: 'Arguments' });
  const field = (name) => form.getByLabel(name, { exact: true });
  assert.deepEqual(await json(page), { gift: false, size: 'Small', place: {} });
  await field('name').fill('Ada');
  await shows(form, 'Who orders. — 1 to 40 characters');
  const count = field('count optional');
  assert.deepEqual([await count.getAttribute('min'), await count.getAttribute('max'), await count.getAttribute('placeholder')], ['1', '9', '1']);
  await count.fill('7');
  await field('weight optional').fill('1.5');
  await field('gift').selectOption('true');
  await field('size').selectOption('Large');
  await field('city').fill('Bern');
  await form.getByRole('button', { name: 'Add tags' }).click();
  await form.getByRole('button', { name: 'Add to tags' }).click();
  await page.keyboard.type('first');
  await form.getByRole('button', { name: 'Add to tags' }).click();
  await page.keyboard.type('second');
  await form.getByRole('button', { name: 'Add to tags' }).click();
  await form.getByRole('button', { name: 'Remove tags 3' }).click();
  await form.getByRole('button', { name: 'Add prices' }).click();
  await form.getByRole('button', { name: 'Add to prices' }).click();
  await page.keyboard.type('9.9');
  await form.getByLabel('Key key of prices').fill('CHF');
  await field('payment optional').fill('{"by": "Card", "number": "4"}');
  const whole = {
    ...{ name: 'Ada', count: 7, weight: 1.5, gift: true, size: 'Large', place: { city: 'Bern' } },
    ...{ tags: ['first', 'second'], prices: { CHF: 9.9 }, payment: { by: 'Card', number: '4' } },
  };
  assert.deepEqual(await json(page), whole);
  await run(page);
  await shows(page.locator('#status'), 'Done in');
  assert.deepEqual(await structured(page), { ...whole, place: { city: 'Bern', street: null } });
});

test('what is emptied is left out, unless it must be there', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'order', args: { ...ORDER, weight: 2, tags: ['a'] } });
  await page.getByLabel('weight optional').fill('');
  await page.getByRole('button', { name: 'Remove tags', exact: true }).click();
  await page.getByLabel('name', { exact: true }).fill('');
  assert.deepEqual(await json(page), { ...ORDER, name: '' });
});

test('the JSON and the form are one', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'order' });
  await page.locator('#json').fill(JSON.stringify({ ...ORDER, name: 'Grace', tags: ['x', 'y'] }));
  assert.equal(await page.getByLabel('name', { exact: true }).inputValue(), 'Grace');
  assert.equal(await page.getByLabel('tags 2', { exact: true }).inputValue(), 'y');
  await page.getByLabel('tags 2', { exact: true }).fill('z');
  assert.deepEqual((await json(page)).tags, ['x', 'z']);

  await page.locator('#json').fill('{"name": ');
  await shows(page.locator('#json-problem'), 'not sent like this');
  await run(page);
  assert.equal(await page.locator('#status').innerText(), '', 'nothing is called');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'json');
  await page.locator('#json').fill('[1]');
  await shows(page.locator('#json-problem'), 'arguments are an object');
  await page.locator('#json').fill('{}');
  await page.locator('#json-problem').waitFor({ state: 'hidden' });
});

test('what the server finds wrong stands in the answer and at the fields', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'order', args: { ...ORDER, count: 12, place: {} } });
  await run(page);
  const body = page.locator('#answer-body');
  await shows(body, 'isError: true');
  await shows(body, 'wrong arguments:');
  const count = page.getByLabel('count optional');
  assert.equal(await count.getAttribute('aria-invalid'), 'true');
  const described = (await count.getAttribute('aria-describedby')).split(' ').at(-1);
  assert.match(await page.locator(`[id="${described}"]`).innerText(), /is 12; expected an integer from 1 to 9/);
  assert.match(await page.locator('[data-mistake-of="place.city"]').innerText(), /is missing/);
  await count.fill('3');
  await page.getByLabel('city', { exact: true }).fill('Bern');
  await run(page);
  await shows(body, 'isError: false');
  assert.equal(await count.getAttribute('aria-invalid'), null);
});

test('the answer is weighed, and too much of it is said', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'words', args: { count: 3 } });
  const size = page.locator('[data-fact=size]');
  await shows(size, /^15 B · about 4 tokens · \d+ ms$/);
  await shows(page.locator('#answer-body'), 'estimated: 4 ASCII characters are a token');
  const warning = page.locator('#answer .warning');
  const asked = async (count) => {
    await page.getByLabel('count', { exact: true }).fill(`${count}`);
    await run(page);
    await shows(size, `${(count * 5) / 1000}.0 KB`);
  };
  await asked(4_000);
  await shows(warning, /^big: .*#\[ui_only\]/);
  await asked(24_000);
  await shows(warning, 'too big: clients cut answers of more than 25,000 tokens');
  await playHost(page, 'claude');
  await shows(warning, 'too big: clients');
  await asked(32_000);
  await shows(warning, 'too big: Claude cuts answers after 150,000 characters');
  await playHost(page, 'vscode');
  await shows(warning, 'too big: clients');
});

test('what only the widget gets is told apart', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'lab', args: { title: 'Hello' } });
  await shows(page.locator('#answer-body'), 'Hello: 3 rows');
  assert.deepEqual(await structured(page), { title: 'Hello', total: 3 });
  const hidden = page.locator('#answer details', { hasText: 'For the widget alone' });
  await hidden.locator('summary').click();
  assert.equal(JSON.parse(await hidden.locator('pre').innerText())['chatui/uiOnly'].secret, 'for your eyes only');
});

test('a tool that takes its time says how far it is, and can be stopped', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'steps', args: { count: 100 } });
  await shows(page.locator('#status'), /walking · \d+ of 100/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await shows(page.locator('#answer-body'), 'stopped');
  await page.getByLabel('count', { exact: true }).fill('2');
  await run(page);
  await shows(page.locator('#answer-body'), '2 steps');
});

test('the address says it all', limit, async (t) => {
  const query = { tool: 'lab', args: { title: 'Shared' }, host: 'claude', theme: 'dark', mode: 'fullscreen', locale: 'de-CH', width: 'phone' };
  const page = await openPage(t, dev, query);
  await fact(page, 'title', 'Shared');
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const facts = { theme: 'dark', host: 'connected Claude', locale: `de-CH ${zone}`, display: 'fullscreen of inline,fullscreen' };
  for (const [name, value] of Object.entries(facts)) await fact(page, name, value);
  await page.getByRole('button', { name: 'Back to the chat' }).click();
  await page.getByLabel('title').fill('Changed');
  await page.getByText('Light', { exact: true }).click();
  const told = Object.fromEntries(new URL(page.url()).searchParams);
  assert.deepEqual({ ...told, args: JSON.parse(told.args) }, { ...query, args: { title: 'Changed' }, theme: 'light', mode: 'inline', notch: 'false', asks: 'false' });
  await page.reload();
  await fact(page, 'title', 'Changed');
});

test('an address does not write by itself, and one that makes no sense does no harm', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'order', args: ORDER });
  await page.waitForTimeout(300);
  await shows(page.locator('#answer-body'), 'Nothing has been called yet.');
  const lost = await openPage(t, dev, { tool: 'gone', args: [1], host: 'nobody', theme: 'pink', mode: 'x', width: 'y' });
  await shows(lost.locator('#problems'), 'there is no tool `gone`');
  await shows(lost.locator('#problems'), 'the `args` of the address are left out: arguments are an object');
  assert.equal(await lost.getByRole('combobox', { name: 'Host' }).inputValue(), 'chatgpt');
  await lost.goto(`${dev.url}/?tool=lab&args={"title":"Hel`);
  await shows(lost.locator('#problems'), /the `args` of the address are left out: .*JSON/);
  await lost.goto(`${dev.url}/?tool=lab`);
  await shows(lost.locator('#tool-title'), 'Lab');
  assert.equal(await lost.locator('#problems li').count(), 0);
});

test('the keyboard alone is enough', limit, async (t) => {
  const page = await openPage(t, dev);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the tool');
  const focused = () => page.evaluate(() => document.activeElement.dataset.tool ?? document.activeElement.id ?? document.activeElement.name);
  const tabTo = async (wanted) => {
    for (let presses = 0; (await focused()) !== wanted; presses += 1) {
      assert.ok(presses < 80, `${wanted} is not reached by Tab`);
      await page.keyboard.press('Tab');
      const ring = await page.evaluate(() => {
        const of = (element) => getComputedStyle(element).outlineStyle;
        const at = document.activeElement;
        return [of(at), at.nextElementSibling && of(at.nextElementSibling)].some((style) => style && style !== 'none');
      });
      assert.ok(ring, `no ring around ${await focused()}`);
    }
  };
  await tabTo('greet');
  await page.keyboard.press('Enter');
  await shows(page.locator('#tool-title'), 'Greet');
  await tabTo('field-name');
  await page.keyboard.type('Ada');
  await page.keyboard.press('Enter');
  await shows(page.locator('#answer-body'), 'Hello, Ada!');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Grace');
  await page.keyboard.press('Control+Enter');
  await shows(page.locator('#answer-body'), 'Hello, Grace!');
});

test('the keyboard chooses the place, and leaves a full screen', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'lab', args: { title: 'Keys' } });
  await page.locator('[name=theme]:checked').focus();
  await page.keyboard.press('ArrowRight');
  await fact(page, 'theme', 'dark');
  await page.locator('[name=mode]:checked').focus();
  await page.keyboard.press('ArrowRight');
  await fact(page, 'display', 'fullscreen of inline,fullscreen,pip');
  assert.equal(await page.locator('#side').getAttribute('inert'), '', 'what is covered is not tabbed into');
  await page.keyboard.press('Escape');
  await fact(page, 'display', 'inline of inline,fullscreen,pip');
  await widget(page).getByRole('button', { name: 'Add', exact: true }).focus();
  await page.keyboard.press('Enter');
  await fact(page, 'answer', 'Add: {"sum":5}');
});

test('what a tool asks of the user is asked here', limit, async (t) => {
  const page = await openPage(t, dev, { tool: 'book', args: { day: 'Monday' } }, { expected: /400/ });
  await run(page);
  await shows(page.locator('#answer-body'), 'error -32021');
  await shows(page.locator('#answer-body'), 'Check “Asks the user” above');
  await page.getByLabel('Asks the user').check();

  await run(page);
  const question = page.getByRole('form', { name: 'A table on Monday?' });
  await question.getByLabel('name').fill('Ada');
  await question.getByLabel('seats optional').fill('3');
  await page.screenshot({ path: picture('dev-asks') });
  await question.getByRole('button', { name: 'Accept' }).click();
  const payment = page.getByRole('form', { name: 'Pay here.' });
  assert.equal(await payment.getByRole('link').getAttribute('href'), 'https://pay.example.com/1');
  await payment.getByRole('button', { name: 'Accept' }).click();
  await shows(page.locator('#answer-body'), 'Monday: Ada, 3 seats');
  assert.equal(await page.locator('#thread li').count(), 0, 'what is answered is gone');

  await run(page);
  await question.getByRole('button', { name: 'Decline' }).click();
  await shows(page.locator('#answer-body'), 'no table, then');

  await run(page);
  await question.waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await shows(page.locator('#answer-body'), 'stopped');
  assert.equal(await question.count(), 0);
});
