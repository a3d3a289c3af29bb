// The default card, drawn into a document that is only as much of one as the card needs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileFunction } from 'node:vm';
import { web } from './minify.mjs';

const card = readFileSync(web('card.min.js'), 'utf8');
const object = (properties, more) => ({ type: 'object', properties, ...more });

class Node {
  constructor(tag) {
    Object.assign(this, { tagName: tag.toUpperCase(), children: [] });
  }
  append(...children) {
    this.children.push(...children);
  }
  replaceChildren(...children) {
    this.children = children;
  }
  replaceWith(other) {
    this.replaced = other;
  }
  get textContent() {
    return this.children.map((child) => child.textContent ?? child).join('');
  }
  all(tag) {
    const found = this.children.flatMap((child) => child.all?.(tag) ?? []);
    return this.tagName === tag ? [this, ...found] : found;
  }
}

/** Draws `data` by `schema`, and gives the card's page. */
function draw(schema, data, host = { locale: 'en-US', timeZone: 'UTC' }) {
  const page = { body: new Node('body'), head: new Node('head'), opened: [], listeners: {}, drawn: 0 };
  const { replaceChildren } = page.body;
  page.body.replaceChildren = (...children) => (page.drawn++, replaceChildren.apply(page.body, children));
  const schemaNode = schema && { textContent: JSON.stringify(schema) };
  const document = { title: 'My card', body: page.body, head: page.head, createElement: (tag) => new Node(tag), getElementById: () => schemaNode };
  const on = (event, f) => {
    page.listeners[event] = f;
    if (chatui[event]) f(chatui[event]);
  };
  const chatui = { data, host, on, open: async (url) => page.opened.push(url) };
  page.change = (event, value) => page.listeners[event]((chatui[event] = value));
  compileFunction(card, [], { contextExtensions: [{ document, chatui, reportError: assert.fail }] })();
  return page;
}

/** The fields of a card, each as its name and its text. */
const fields = ({ body }) => {
  const [list] = body.all('DL');
  return list.children.map(({ children: [name, answer] }) => [name.textContent, answer.textContent]);
};
const rows = ({ body }, tag = 'TD') => body.all('TR').map((row) => row.all(tag).map(({ textContent }) => textContent)).filter((row) => row.length);

test('it has the document’s title, and waits visibly', () => {
  const page = draw(object({}), undefined);
  assert.equal(page.body.all('H1')[0].textContent, 'My card');
  assert.equal(page.body.all('PROGRESS')[0].ariaLabel, 'Loading');
  page.change('data', { a: 1 });
  assert.deepEqual([page.body.all('PROGRESS'), fields(page)], [[], [['A', '1']]]);
});

test('fields stand in the schema’s order, then the others, under words; what is missing is left out', () => {
  const schema = object({ wetDays: {}, high_of_day: { title: 'High', description: 'In °C' }, gone: {} });
  const page = draw(schema, { hours: 'x', high_of_day: 1, wetDays: 2 });
  assert.deepEqual(fields(page), [['Wet Days', '2'], ['High', '1'], ['Hours', 'x']]);
  assert.deepEqual(page.body.all('DT').map(({ title }) => title), ['', 'In °C', '']);
});

test('numbers, truths and nothings can be read', () => {
  const data = { year: 2015, many: 1234567, sum: 0.1 + 0.2, third: 40 / 3, small: 1.5e-7, yes: true, no: false, none: null, text: '', list: [], map: {}, zero: 0 };
  const page = draw(object({}), data);
  assert.deepEqual(
    fields(page).map(([, text]) => text),
    ['2015', '1,234,567', '0.3', '13.333', '0.00000015', '✓', '✗', '–', '–', '–', '–', '0'],
  );
  assert.deepEqual(page.body.all('SPAN').map(({ role, ariaLabel }) => [role, ariaLabel]), [['img', 'yes'], ['img', 'no']]);
});

test('numbers and dates are written as where the reader is', () => {
  const schema = object({ day: { format: 'date' }, at: { anyOf: [{ format: 'date-time' }, { type: 'null' }] }, odd: { format: 'date' } });
  const data = { day: '2026-11-23', at: '2026-11-23T22:30:00Z', odd: 'soon', many: 12345.5 };
  const read = (host) => fields(draw(schema, data, host)).map(([, text]) => text.replace(/\s/g, ' '));
  assert.deepEqual(read({ locale: 'de-DE', timeZone: 'Europe/Berlin' }), ['23.11.2026', '23.11.2026, 23:30', 'soon', '12.345,5']);
  assert.deepEqual(read({ locale: 'en_US', timeZone: 'Moon/Sea' })[1], '2026-11-23T22:30:00Z');
});

test('a change of the language draws again, and no other change of the host', () => {
  const page = draw(object({}), { many: 12345 });
  const { drawn } = page;
  page.change('host', { locale: 'en-US', timeZone: 'UTC', theme: 'dark' });
  assert.equal(page.drawn, drawn);
  page.change('host', { locale: 'de', timeZone: 'UTC' });
  assert.deepEqual(fields(page), [['Many', '12.345']]);
});

test('addresses are links that the host opens, and images are images while they can be had', () => {
  const src = 'https://example.com/a.png?size=2';
  const page = draw(object({}), { site: 'https://www.example.com/', photo: src, drawn: 'data:image/png;base64,AA', script: 'javascript:alert(1)', mark: '<b>' });
  const [link] = page.body.all('A');
  assert.deepEqual([link.href, link.textContent], ['https://www.example.com/', 'example.com']);
  let prevented = false;
  link.onclick({ preventDefault: () => (prevented = true) });
  assert.deepEqual([prevented, page.opened], [true, ['https://www.example.com/']]);
  const [photo, drawn] = page.body.all('IMG');
  assert.deepEqual([photo.src, photo.alt, drawn.alt], [src, 'Photo', 'Drawn']);
  photo.onerror();
  assert.equal(photo.replaced.href, src);
  assert.deepEqual(fields(page).slice(3), [['Script', 'javascript:alert(1)'], ['Mark', '<b>']]);
});

test('names of variants are words, and other texts stay as they are', () => {
  const names = { enum: ['partly_cloudy', 'EUR'] };
  const page = draw(object({ sky: names, money: names, code: {} }), { sky: 'partly_cloudy', money: 'EUR', code: 'partly_cloudy' });
  assert.deepEqual(fields(page).map(([, text]) => text), ['Partly cloudy', 'EUR', 'partly_cloudy']);
});

test('flat objects are a table of all that any of them has', () => {
  const items = object({ name: {}, price: { title: 'Price in €' } });
  const page = draw(object({ hotels: { items } }), { hotels: [{ price: 120, name: 'A' }, { name: 'B', constructor: 'x' }] });
  assert.deepEqual(rows(page, 'TH'), [['Name', 'Price in €', 'Constructor']]);
  assert.deepEqual(rows(page), [['A', '120', '–'], ['B', '–', 'x']]);
  assert.deepEqual(page.body.all('TH').map(({ className }) => className), ['', 'number', '']);
});

test('a thousand rows are fifty and a number', () => {
  const page = draw(object({}), { rows: Array.from({ length: 1050 }, (_, at) => ({ at })), words: Array(1051).fill('x') });
  assert.deepEqual([rows(page).length, page.body.all('LI').length], [50, 50]);
  assert.deepEqual(page.body.all('P').map(({ textContent }) => textContent), ['… and 1000 more', '… and 1001 more']);
});

test('objects stand in objects and in lists', () => {
  const data = { owner: { mail: 'a@b.c' }, tags: ['a', 'b'], parts: [{ size: { width: 1 } }, [1, 2], 3] };
  const page = draw(object({}), data);
  assert.deepEqual(page.body.all('DL').length, 4);
  assert.deepEqual(page.body.all('LI').map(({ textContent }) => textContent), ['a', 'b', 'SizeWidth1', '12', '1', '2', '3']);
});

test('a schema that refers to itself is followed as far as the data go, and data without end are cut', () => {
  const tree = object({ child: { anyOf: [{ $ref: '#/$defs/Tree' }, { type: 'null' }] }, name: { title: 'Called' } });
  const page = draw(object({ tree: { $ref: '#/$defs/Tree' } }, { $defs: { Tree: tree } }), { tree: { name: 'a', child: { name: 'b', child: null } } });
  assert.deepEqual(page.body.all('DT').map(({ textContent }) => textContent), ['Tree', 'Child', 'Child', 'Called', 'Called']);
  let deep = { end: 1 };
  for (let level = 0; level < 500; level++) deep = { deep };
  const cut = draw(object({}), deep);
  assert.equal(cut.body.all('CODE').length, 1);
  assert.ok(cut.body.all('CODE')[0].textContent.length <= 200);
  draw(object({ a: { $ref: '#/$defs/Loop' } }, { $defs: { Loop: { anyOf: [{ $ref: '#/$defs/Loop' }] } } }), { a: { b: 1 } });
});

test('keys with the names of prototypes are keys', () => {
  const page = draw(object(JSON.parse('{"__proto__":{"title":"Before"},"toString":{}}')), JSON.parse('{"constructor":1,"toString":2,"__proto__":3,"":4}'));
  assert.deepEqual(fields(page), [['Before', '3'], ['To String', '2'], ['Constructor', '1'], ['', '4']]);
});

test('no schema is no reason not to draw', () => {
  assert.deepEqual(fields(draw(undefined, { a: 1 })), [['A', '1']]);
  assert.deepEqual(fields(draw(object({ a: true, b: { items: true } }), { a: 1, b: ['x'] })), [['A', '1'], ['B', 'x']]);
});

test('data never become markup', () => {
  assert.doesNotMatch(readFileSync(web('card.js'), 'utf8'), /innerHTML|outerHTML|insertAdjacent|document\.write/);
});
