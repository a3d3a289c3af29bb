// What listeners can rely on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './page.mjs';

const deliver = (page, structuredContent) => page.notify('ui/notifications/tool-result', { structuredContent });
const fail = (page, text) => page.notify('ui/notifications/tool-result', { isError: true, content: [{ type: 'text', text }] });

test('a listener is told at once what there is already, and nothing that there is not', async () => {
  const page = await open();
  assert.deepEqual([page.told('data'), page.told('input'), page.told('error'), page.told('state'), page.told('teardown')], [[], [], [], [], []]);
  assert.deepEqual([page.told('status'), page.told('theme')], [['loading'], ['light']]);
  await deliver(page, { a: 1 });
  assert.deepEqual(page.told('data'), [{ a: 1 }]);
});

test('one that is broken keeps no other from hearing', async () => {
  const page = await open();
  page.chatui.on('data', () => {
    throw new Error('broken');
  });
  const told = page.told('data');
  await deliver(page, { a: 1 });
  assert.deepEqual([told, page.errors], [[{ a: 1 }], ['broken']]);
});

test('one that has ended hears nothing more, not even of what is being told', async () => {
  const page = await open();
  const told = [];
  let endOther;
  const end = page.chatui.on('data', (data) => {
    told.push(['first', data.a]);
    endOther();
  });
  endOther = page.chatui.on('data', (data) => told.push(['second', data.a]));
  await deliver(page, { a: 1 });
  end();
  await deliver(page, { a: 2 });
  assert.deepEqual(told, [['first', 1]]);
});

test('one that is added by another is told once', async () => {
  const page = await open();
  const told = [];
  page.chatui.on('data', () => page.chatui.on('data', ({ a }) => told.push(a)));
  await deliver(page, { a: 1 });
  assert.deepEqual(told, [1]);
});

test('whoever hears of one change finds the others made', async () => {
  const page = await open();
  const found = [];
  page.chatui.on('data', () => found.push(page.chatui.status, page.root.dataset.status));
  await deliver(page, { a: 1 });
  assert.deepEqual(found, ['ready', 'ready']);
});

test('an error stands on <html> for the stylesheet, but only where no listener shows it', async () => {
  for (const event of ['status', 'error']) {
    const page = await open();
    await fail(page, 'no weather');
    assert.equal(page.root.dataset.error, 'no weather');
    const end = page.chatui.on(event, () => {});
    assert.ok(!('error' in page.root.dataset));
    end();
    assert.equal(page.root.dataset.error, 'no weather');
    await deliver(page, {});
    assert.ok(!('error' in page.root.dataset));
  }
});

test('what broke before anything listened is shown until something does', async () => {
  const page = await open();
  page.window.dispatchEvent(Object.assign(new Event('error'), { message: 'oops is not defined' }));
  assert.equal(page.root.dataset.error, 'oops is not defined');
  page.told('data');
  assert.equal(page.root.dataset.error, undefined);
});
