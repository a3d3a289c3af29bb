// What is kept for when the conversation is opened again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memory, opaque, open } from './page.mjs';

const hostContext = { toolInfo: { id: 'call_1', tool: { name: 'forecast' } } };
const key = 'chatui forecast call_1';

test('it is kept in the storage of the origin, under the call’s id', async () => {
  const storage = memory();
  const page = await open({ storage });
  const told = page.told('state');
  await page.shake({ hostContext });
  page.chatui.setState({ tab: 2 });
  assert.deepEqual([page.chatui.state, told, storage().getItem(key)], [{ tab: 2 }, [{ tab: 2 }], '{"tab":2}']);
  const again = await open({ storage });
  const restored = again.told('state');
  await again.shake({ hostContext });
  assert.deepEqual([again.chatui.state, restored], [{ tab: 2 }, [{ tab: 2 }]]);
});

test('what is kept before the host has answered is kept after', async () => {
  const storage = memory({ [key]: '{"tab":1}' });
  const page = await open({ storage });
  page.chatui.setState({ tab: 2 });
  await page.shake({ hostContext });
  assert.deepEqual([page.chatui.state, storage().getItem(key)], [{ tab: 2 }, '{"tab":2}']);
});

test('where the origin has no storage, or holds nonsense, the page remembers', async () => {
  for (const storage of [opaque, memory({ [key]: '{' }), () => null]) {
    const page = await open({ storage });
    await page.shake({ hostContext });
    assert.equal(page.chatui.state, undefined);
    page.chatui.setState('x');
    assert.deepEqual([page.chatui.state, page.errors], ['x', []]);
  }
});

test('an id that counts the calls of one connection names no conversation', async () => {
  const storage = () => assert.fail('used');
  const page = await open({ storage });
  await page.shake({ hostContext: { toolInfo: { ...hostContext.toolInfo, id: 3 } } });
  page.chatui.setState('x');
  assert.equal(page.chatui.state, 'x');
});

test('in ChatGPT it is kept in the widget state, which the model does not see, and comes back', async () => {
  let widgetState;
  const setWidgetState = (state) => (widgetState = state);
  const page = await open({ openai: { setWidgetState, widgetState: null }, storage: () => assert.fail('used') });
  await page.shake({ hostContext });
  page.chatui.setState({ tab: 2 });
  assert.deepEqual(widgetState, { modelContent: null, privateContent: { state: { tab: 2 } } });
  const again = await open({ openai: { setWidgetState, widgetState } });
  assert.deepEqual([again.chatui.state, again.told('state')], [{ tab: 2 }, [{ tab: 2 }]]);
});

test('there, what the model is told and what is kept do not lose each other', async () => {
  let widgetState = null;
  const openai = { setWidgetState: (state) => (widgetState = state) };
  const page = await open({ openai });
  page.chatui.setState({ tab: 2 });
  await page.chatui.context({ chosen: 3 });
  assert.deepEqual(widgetState, { modelContent: { chosen: 3 }, privateContent: { state: { tab: 2 } } });
  const again = await open({ openai: { ...openai, widgetState } });
  again.chatui.setState({ tab: 4 });
  assert.deepEqual(widgetState, { modelContent: { chosen: 3 }, privateContent: { state: { tab: 4 } } });
});

test('there, a state that comes late is told once, and overwrites nothing', async () => {
  const page = await open({ openai: { setWidgetState() {} } });
  const told = page.told('state');
  await page.globals({ widgetState: { tab: 1 } });
  await page.globals({ widgetState: { tab: 1 } });
  assert.deepEqual(told, [{ tab: 1 }]);
  page.chatui.setState({ tab: 2 });
  await page.globals({ widgetState: { privateContent: { state: { tab: 1 } } } });
  assert.deepEqual(page.chatui.state, { tab: 2 });
});

test('what was set before ChatGPT’s functions came is kept with them, once they are there', async () => {
  const page = await open();
  page.chatui.setState({ page: 2 });
  await page.shake({});
  const kept = [];
  await page.globals({ setWidgetState: (state) => kept.push(state) });
  await page.globals({ theme: 'dark' });
  assert.deepEqual(kept, [{ modelContent: null, privateContent: { state: { page: 2 } } }]);
});
