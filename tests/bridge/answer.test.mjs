// How the arguments and the answer of a call reach the template, from whichever side they come.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './page.mjs';

const RESULT = 'ui/notifications/tool-result';
const data = { city: 'Paris', high: 21 };
const uiOnly = { 'chatui/uiOnly': { hours: [1, 2] } };
const whole = { content: [{ type: 'text', text: 'Paris: 21°' }], structuredContent: data, isError: false, _meta: uiOnly };
const failed = { isError: true, content: [{ type: 'text', text: 'no weather' }, { type: 'text', text: 'for 2019' }] };
const now = ({ chatui: { data, status, error } }) => ({ data, status, error });

test('the data come whole, with what only the widget sees', async () => {
  const page = await open();
  const told = page.told('data');
  const statuses = page.told('status');
  await page.notify(RESULT, whole);
  assert.deepEqual(now(page), { data: { ...data, hours: [1, 2] }, status: 'ready', error: undefined });
  assert.deepEqual([told, statuses], [[page.chatui.data], ['loading', 'ready']]);
  assert.equal(page.root.dataset.status, 'ready');
});

test('a result that comes twice is told once, and another one again', async () => {
  const page = await open();
  const told = page.told('data');
  await page.notify(RESULT, whole);
  await page.notify(RESULT, { ...whole, content: [] });
  await page.notify(RESULT, { ...whole, structuredContent: { ...data, high: 22 } });
  await page.notify(RESULT, whole);
  assert.deepEqual(told.map(({ high }) => high), [21, 22, 21]);
});

test('arguments come while they are written, and whole', async () => {
  const page = await open();
  const told = [];
  page.chatui.on('input', (input) => told.push([input, page.chatui.partial]));
  await page.notify('ui/notifications/tool-input-partial', { arguments: { city: 'Pa' } });
  await page.notify('ui/notifications/tool-input-partial', { arguments: { city: 'Paris' } });
  await page.notify('ui/notifications/tool-input', { arguments: { city: 'Paris' } });
  await page.notify('ui/notifications/tool-input-partial', { arguments: { city: 'P' } });
  await page.notify('ui/notifications/tool-input', { arguments: { city: 'Paris' } });
  assert.deepEqual(told, [[{ city: 'Pa' }, true], [{ city: 'Paris' }, true], [{ city: 'Paris' }, false]]);
  assert.deepEqual([page.chatui.status, page.chatui.data], ['loading', undefined]);
});

test('a call without arguments has empty ones', async () => {
  const page = await open();
  await page.notify('ui/notifications/tool-input');
  assert.deepEqual(page.chatui.input, {});
});

test('a tool that fails is an error in its words; a later answer is an answer', async () => {
  const page = await open();
  const errors = page.told('error');
  await page.notify(RESULT, failed);
  assert.deepEqual(now(page), { data: undefined, status: 'error', error: 'no weather\nfor 2019' });
  await page.notify(RESULT, whole);
  assert.equal(page.chatui.status, 'ready');
  assert.deepEqual(errors, ['no weather\nfor 2019', undefined]);
});

test('an answer without data is an error that says what the answer says', async () => {
  for (const [result, error] of [
    [{ content: [{ type: 'text', text: 'Paris: 21°' }] }, 'Paris: 21°'],
    [{ content: [{ type: 'image', data: '' }] }, 'the answer holds no data'],
    [{ content: [] }, 'the answer holds no data'],
    [{ isError: true, content: [] }, 'the tool failed'],
    [{ isError: true }, 'the tool failed'],
    [undefined, 'the answer holds no data'],
  ]) {
    const page = await open();
    await page.notify(RESULT, result);
    assert.deepEqual(now(page), { data: undefined, status: 'error', error });
  }
});

test('a cancelled call says why, unless there is an answer', async () => {
  const page = await open();
  await page.notify('ui/notifications/tool-cancelled', { reason: 'the person stopped it' });
  assert.deepEqual(now(page), { data: undefined, status: 'cancelled', error: 'the person stopped it' });
  await page.notify(RESULT, whole);
  await page.notify('ui/notifications/tool-cancelled', {});
  assert.deepEqual([page.chatui.status, page.chatui.error], ['ready', undefined]);
  const other = await open();
  await other.notify('ui/notifications/tool-cancelled');
  assert.equal(other.chatui.error, 'the call was cancelled');
});

test('data with the names of prototypes stay data', async () => {
  const page = await open();
  await page.notify(RESULT, { structuredContent: JSON.parse('{"__proto__":1,"constructor":2}'), _meta: { 'chatui/uiOnly': JSON.parse('{"toString":3}') } });
  assert.deepEqual(Object.entries(page.chatui.data), [['__proto__', 1], ['constructor', 2], ['toString', 3]]);
});

test('window.openai that is there already is read at once', async () => {
  const page = await open({ openai: { toolInput: { city: 'Paris' }, toolOutput: data, toolResponseMetadata: uiOnly } });
  assert.deepEqual([page.chatui.input, page.chatui.partial, page.chatui.status], [{ city: 'Paris' }, false, 'ready']);
  assert.deepEqual(page.chatui.data, { ...data, hours: [1, 2] });
});

for (const envelope of ['mcp_tool_result', 'call_tool_result']) {
  test(`window.openai that comes late is heard, with its metadata in ${envelope}`, async () => {
    const page = await open();
    const told = page.told('data');
    await page.globals({ toolInput: null, toolOutput: null, toolResponseMetadata: null });
    assert.deepEqual([page.chatui.host.connected, page.chatui.status], [true, 'loading']);
    await page.globals({ toolOutput: data, toolResponseMetadata: { status: 'done', [envelope]: whole } });
    await page.globals({ theme: 'dark' });
    assert.deepEqual(told, [{ ...data, hours: [1, 2] }]);
  });

  test(`an error in ${envelope} is one`, async () => {
    const page = await open({ openai: { toolOutput: null } });
    await page.globals({ toolResponseMetadata: { status: 'done', [envelope]: failed } });
    assert.deepEqual([page.chatui.status, page.chatui.error], ['error', 'no weather\nfor 2019']);
  });
}

test('window.openai that comes without an event is found when the page is loaded', async () => {
  const page = await open();
  page.window.openai = { toolOutput: data };
  page.window.dispatchEvent(new Event('load'));
  assert.deepEqual(page.chatui.data, data);
});

test('data that come before what only the widget sees are told again with it', async () => {
  const page = await open({ openai: { toolOutput: data } });
  const told = page.told('data');
  await page.globals({ toolResponseMetadata: uiOnly });
  await page.globals({ toolResponseMetadata: { mcp_tool_result: whole } });
  await page.globals({ toolResponseMetadata: null });
  assert.deepEqual(told, [data, { ...data, hours: [1, 2] }]);
});

test('after a result, window.openai tells nothing twice, whether it has the same or less', async () => {
  const page = await open();
  const told = page.told('data');
  const inputs = page.told('input');
  await page.notify('ui/notifications/tool-input', { arguments: { city: 'Paris' } });
  await page.notify(RESULT, whole);
  await page.globals({ toolInput: { city: 'Paris' }, toolOutput: data });
  await page.globals({ toolOutput: data, toolResponseMetadata: { mcp_tool_result: whole } });
  assert.deepEqual([told.length, inputs.length], [1, 1]);
});

test('after window.openai, the same result tells nothing twice', async () => {
  const page = await open({ openai: { toolInput: { city: 'Paris' }, toolOutput: data, toolResponseMetadata: uiOnly } });
  const told = page.told('data');
  const inputs = page.told('input');
  await page.notify('ui/notifications/tool-input-partial', { arguments: {} });
  await page.notify('ui/notifications/tool-input', { arguments: { city: 'Paris' } });
  await page.notify(RESULT, whole);
  assert.deepEqual([told.length, inputs.length], [1, 1]);
});
