// How the bridge and its host meet.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { open, settle } from './page.mjs';

test('it introduces itself, and says that it is ready before anything else', async () => {
  const page = await open();
  const [{ id, ...first }] = page.sent;
  assert.deepEqual(first, {
    jsonrpc: '2.0',
    method: 'ui/initialize',
    params: {
      appInfo: { name: 'chatui', version: '1' },
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen', 'pip'] },
      protocolVersion: '2026-01-26',
    },
  });
  assert.notEqual(id, undefined);
  page.chatui.on('host', () => page.chatui.close());
  const { length } = page.sent;
  await page.shake();
  assert.equal(page.sent[length].method, 'ui/notifications/initialized');
});

test('what the host says before it has answered is heard', async () => {
  const page = await open();
  await page.notify('ui/notifications/tool-result', { structuredContent: { a: 1 } });
  assert.deepEqual([page.chatui.status, page.chatui.data], ['ready', { a: 1 }]);
});

test('nobody but the parent is heard, and nothing but JSON-RPC', async () => {
  const page = await open();
  const result = { method: 'ui/notifications/tool-result', params: { structuredContent: {} } };
  await page.hear({ jsonrpc: '2.0', ...result }, {});
  for (const data of [null, undefined, 7, 'text', {}, result, { ...result, jsonrpc: '1.0' }]) await page.hear(data);
  assert.equal(page.chatui.status, 'loading');
});

test('a host of another version, or one that says nothing of itself, is a host', async () => {
  for (const answer of [{ protocolVersion: '2099-01-01' }, { hostInfo: undefined, hostCapabilities: undefined, hostContext: undefined }, { hostContext: null }]) {
    const page = await open();
    await page.shake(answer);
    assert.equal(page.chatui.host.connected, true);
    assert.deepEqual(page.errors, []);
  }
});

test('a host that refuses the handshake is reported, and heard all the same', async () => {
  const page = await open();
  await page.answer('ui/initialize', { error: { code: -32602, message: 'unsupported protocol version' } });
  assert.deepEqual(page.errors, ['unsupported protocol version']);
  assert.equal(page.chatui.host.connected, false);
  await page.notify('ui/notifications/tool-result', { structuredContent: { a: 1 } });
  assert.equal(page.chatui.status, 'ready');
});

test('an answer to nothing is nothing', async () => {
  const page = await open();
  await page.hear({ jsonrpc: '2.0', id: 99, result: {} });
  await page.hear({ jsonrpc: '2.0', id: 99, error: { code: 1, message: 'no' } });
  assert.deepEqual(page.errors, []);
});

test('it answers a ping and a teardown, refuses what it does not know, and ignores such notifications', async () => {
  const page = await open();
  page.sent.length = 0;
  const heard = page.told('teardown');
  page.chatui.on('teardown', () => page.chatui.setState('last words'));
  await page.hear({ jsonrpc: '2.0', id: 'a', method: 'ping' });
  await page.hear({ jsonrpc: '2.0', id: 0, method: 'ui/resource-teardown', params: { reason: 'closed' } });
  await page.hear({ jsonrpc: '2.0', id: 3, method: 'tools/list' });
  await page.hear({ jsonrpc: '2.0', id: 4, method: 'toString' });
  await page.notify('notifications/tools/list_changed');
  assert.deepEqual(page.sent, [
    { jsonrpc: '2.0', id: 'a', result: {} },
    { jsonrpc: '2.0', id: 0, result: {} },
    { jsonrpc: '2.0', id: 3, error: { code: -32601, message: 'no method tools/list' } },
    { jsonrpc: '2.0', id: 4, error: { code: -32601, message: 'no method toString' } },
  ]);
  assert.deepEqual([heard, page.chatui.state], [[true], 'last words']);
});

test('where nobody answers for five seconds, that is an error, until somebody does', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const page = await open();
  mock.timers.tick(4999);
  await settle();
  assert.equal(page.chatui.status, 'loading');
  mock.timers.tick(1);
  await settle();
  assert.deepEqual([page.chatui.status, page.chatui.error], ['error', 'no host answers']);
  await page.shake();
  assert.deepEqual([page.chatui.status, page.chatui.error], ['loading', undefined]);
  await page.notify('ui/notifications/tool-result', { structuredContent: { a: 1 } });
  assert.deepEqual([page.chatui.status, page.chatui.data], ['ready', { a: 1 }]);
});

test('a page that is nobody’s frame says so too, and does not talk to itself', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const page = await open({ host: false });
  page.chatui.close();
  mock.timers.tick(5000);
  await settle();
  assert.deepEqual([page.sent, page.chatui.status], [[], 'error']);
});

test('a host that takes its time is waited for', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const page = await open();
  await page.shake();
  mock.timers.tick(60_000);
  await settle();
  assert.deepEqual([page.chatui.status, page.chatui.error], ['loading', undefined]);
});
