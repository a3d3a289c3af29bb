// What a template asks of its host: by what the host declares, else by ChatGPT's function, else by what is left.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { open, settle } from './page.mjs';

const ALL = { serverTools: {}, serverResources: {}, openLinks: {}, downloadFile: {}, message: {}, updateModelContext: {}, logging: {} };
const CANNOT = { error: { code: -32601, message: 'Method not found' } };

/** A page whose host has these capabilities. */
async function connected(hostCapabilities = ALL, hostContext = {}, options = {}) {
  const page = await open(options);
  await page.shake({ hostCapabilities, hostContext });
  return page;
}

/** What comes of it: a value, or the message of the error. */
const outcome = (promise) => promise.then((value) => ({ value }), ({ message }) => ({ message }));

/** Asks, lets the host answer, and returns what was asked and what came of it. */
async function ask(page, promise, method, answer) {
  const result = outcome(promise);
  await page.answer(method, answer);
  return [page.asked(method).params, await result];
}

test('a tool is called, and its data come back with what only the widget sees', async () => {
  const page = await connected();
  const answer = { content: [], structuredContent: { a: 1 }, _meta: { 'chatui/uiOnly': { b: 2 } } };
  assert.deepEqual(await ask(page, page.chatui.call('more', { page: 2 }), 'tools/call', answer), [
    { name: 'more', arguments: { page: 2 } },
    { value: { a: 1, b: 2 } },
  ]);
  const [params, result] = await ask(page, page.chatui.call('words'), 'tools/call', { content: [{ type: 'text', text: 'done' }] });
  assert.deepEqual([params, result], [{ name: 'words', arguments: {} }, { value: 'done' }]);
});

test('a tool that fails throws its words', async () => {
  const page = await connected();
  const [, failed] = await ask(page, page.chatui.call('more'), 'tools/call', { isError: true, content: [{ type: 'text', text: 'no page 2' }] });
  assert.deepEqual(failed, { message: 'no page 2' });
  const [, silent] = await ask(page, page.chatui.call('more'), 'tools/call', { isError: true, content: [] });
  assert.deepEqual(silent, { message: 'the tool failed' });
  const [, refused] = await ask(page, page.chatui.call('more'), 'tools/call', { error: { code: -32602, message: 'unknown tool more' } });
  assert.deepEqual(refused, { message: 'unknown tool more' });
});

test('a host that declares nothing is asked all the same, and its refusal is put in words', async () => {
  const page = await connected({});
  const [, called] = await ask(page, page.chatui.call('more'), 'tools/call', { structuredContent: { a: 1 } });
  assert.deepEqual(called, { value: { a: 1 } });
  assert.deepEqual((await ask(page, page.chatui.call('more'), 'tools/call', CANNOT))[1], { message: 'the host refuses tools/call' });
  assert.deepEqual((await ask(page, page.chatui.say('hello'), 'ui/message', CANNOT))[1], { message: 'the host refuses ui/message' });
  assert.deepEqual((await ask(page, page.chatui.read('x://y'), 'resources/read', CANNOT))[1], { message: 'the host refuses resources/read' });
  assert.deepEqual((await ask(page, page.chatui.context('x'), 'ui/update-model-context', CANNOT))[1], { value: false });
});

test('something is said as a list of blocks, and a refusal is an error', async () => {
  const page = await connected();
  const message = { role: 'user', content: [{ type: 'text', text: 'hello' }] };
  assert.deepEqual(await ask(page, page.chatui.say('hello'), 'ui/message', {}), [message, { value: undefined }]);
  const [, refused] = await ask(page, page.chatui.say('hello'), 'ui/message', { isError: true });
  assert.deepEqual(refused, { message: 'the host refuses ui/message' });
});

test('an address is opened by the host', async () => {
  const page = await connected();
  const url = 'https://example.com';
  assert.deepEqual(await ask(page, page.chatui.open(url), 'ui/open-link', {}), [{ url }, { value: undefined }]);
  assert.deepEqual((await ask(page, page.chatui.open(url), 'ui/open-link', { isError: true }))[1], { message: 'the host refuses ui/open-link' });
  assert.deepEqual(page.opened, []);
});

test('or by the browser, unless it is a script or the browser will not', async () => {
  const page = await connected({});
  assert.deepEqual(await outcome(page.chatui.open('https://example.com')), { value: undefined });
  assert.deepEqual(page.opened, ['https://example.com']);
  assert.deepEqual(await outcome(page.chatui.open('JavaScript:alert(1)')), { message: 'the host refuses ui/open-link' });
  assert.deepEqual(page.opened, ['https://example.com']);
  page.popup = null;
  assert.deepEqual(await outcome(page.chatui.open('https://example.com')), { message: 'the host refuses ui/open-link' });
});

test('a file is given through the host, text as it is and an object as JSON', async () => {
  const page = await connected();
  const file = (uri, mimeType, text) => ({ contents: [{ type: 'resource', resource: { uri, mimeType, text } }] });
  const [csv, given] = await ask(page, page.chatui.download('my list.csv', 'a,b', 'text/csv'), 'ui/download-file', {});
  assert.deepEqual([csv, given], [file('file:///my%20list.csv', 'text/csv', 'a,b'), { value: undefined }]);
  const [json, refused] = await ask(page, page.chatui.download('a.json', { a: 1 }), 'ui/download-file', { isError: true });
  assert.deepEqual([json, refused], [file('file:///a.json', 'application/json', '{\n  "a": 1\n}'), { message: 'the host refuses ui/download-file' }]);
});

test('or by the browser', async () => {
  const page = await connected({});
  await page.chatui.download('a.txt', 'words');
  assert.equal(page.clicked.download, 'a.txt');
  assert.equal(page.clicked.href, 'data:text/plain,words');
  await page.chatui.download('ü.csv', 'a,b\n#', 'text/csv');
  assert.equal(page.clicked.href, 'data:text/csv,a%2Cb%0A%23');
});

test('but not in ChatGPT, whose frames drop it without a word', async () => {
  const page = await open({ openai: { callTool() {} } });
  assert.deepEqual(await outcome(page.chatui.download('a.txt', 'words')), { message: 'the host refuses ui/download-file' });
  assert.equal(page.clicked, undefined);
});

test('another place is asked for where the host has it; the one that it chose is the answer', async () => {
  const page = await connected({}, { displayMode: 'inline', availableDisplayModes: ['inline', 'fullscreen', 'pip'] });
  assert.deepEqual(await ask(page, page.chatui.display('pip'), 'ui/request-display-mode', { mode: 'fullscreen' }), [{ mode: 'pip' }, { value: 'fullscreen' }]);
  assert.deepEqual([page.chatui.host.displayMode, page.root.dataset.display], ['fullscreen', 'fullscreen']);
  assert.deepEqual((await ask(page, page.chatui.display('inline'), 'ui/request-display-mode', { error: { code: 1, message: 'no' } }))[1], { value: 'fullscreen' });
});

test('an answer without a mode says that it is the one that was asked for', async () => {
  const page = await connected({}, { displayMode: 'inline', availableDisplayModes: ['inline', 'fullscreen'] });
  assert.deepEqual((await ask(page, page.chatui.display('fullscreen'), 'ui/request-display-mode', {}))[1], { value: 'fullscreen' });
});

test('where it has no such place, the present one is the answer', async () => {
  const page = await connected({}, { displayMode: 'inline', availableDisplayModes: ['inline'] });
  assert.equal(await page.chatui.display('fullscreen'), 'inline');
  assert.equal(page.asked('ui/request-display-mode'), undefined);
  assert.equal(await (await open({ host: false })).chatui.display('fullscreen'), 'inline');
});

test('what the model should know goes as text or as data, as the host takes it', async () => {
  const text = (text) => ({ content: [{ type: 'text', text }] });
  for (const [kinds, context, params] of [
    [{}, 'two chosen', text('two chosen')],
    [{}, { chosen: 2 }, { structuredContent: { chosen: 2 } }],
    [{ text: {}, structuredContent: {} }, { chosen: 2 }, { structuredContent: { chosen: 2 } }],
    [{ text: {}, image: {} }, { chosen: 2 }, text('{"chosen":2}')],
  ]) {
    const page = await connected({ updateModelContext: kinds });
    assert.deepEqual(await ask(page, page.chatui.context(context), 'ui/update-model-context', {}), [params, { value: true }]);
  }
});

test('resources are read', async () => {
  const page = await connected();
  const contents = [{ uri: 'data://a', text: 'a' }];
  assert.deepEqual(await ask(page, page.chatui.read('data://a'), 'resources/read', { contents }), [{ uri: 'data://a' }, { value: { contents } }]);
});

test('the log is the host’s, or the console', async () => {
  const page = await connected();
  page.chatui.log('warning', { odd: 1 });
  assert.deepEqual(page.asked('notifications/message').params, { level: 'warning', logger: 'chatui', data: { odd: 1 } });
  page.chatui.log('error', new RangeError('too far'));
  assert.match(page.asked('notifications/message').params.data, /RangeError: too far/);
  const other = await connected({});
  for (const level of ['debug', 'info', 'warning', 'error']) other.chatui.log(level, level);
  assert.deepEqual(other.logged, [['debug', 'debug'], ['info', 'info'], ['warn', 'warning'], ['error', 'error']]);
});

test('it asks to be closed by a message', async () => {
  const page = await connected();
  page.chatui.close();
  assert.ok(page.asked('ui/notifications/request-teardown'));
});

test('what a framework wraps, and what JSON does not have, is no reason to fail', async () => {
  const page = await connected();
  const wrapped = new Proxy({ page: 2, onclick() {} }, {});
  assert.throws(() => structuredClone(wrapped));
  const [params] = await ask(page, page.chatui.call('more', wrapped), 'tools/call', {});
  assert.deepEqual(params.arguments, { page: 2 });
});

test('what is asked before the host has answered waits for it', async () => {
  const page = await open();
  const call = page.chatui.call('more');
  await settle();
  assert.equal(page.asked('tools/call'), undefined);
  await page.shake({ hostCapabilities: ALL });
  await page.answer('tools/call', { structuredContent: { a: 1 } });
  assert.deepEqual(await call, { a: 1 });
});

test('without any host, everything says so after five seconds', async (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { chatui } = await open();
  const asked = Promise.all([chatui.call('more'), chatui.say('hello'), chatui.read('x://y'), chatui.context('x')].map(outcome));
  mock.timers.tick(5000);
  const alone = { message: 'no host answers' };
  assert.deepEqual(await asked, [alone, alone, alone, { value: false }]);
});

test('ChatGPT’s functions do the same where it is alone, without waiting', async () => {
  const did = [];
  const note = (name, answer) => (...args) => (did.push([name, ...args]), Promise.resolve(answer));
  const page = await open({
    openai: {
      callTool: note('callTool', { structuredContent: { a: 1 }, _meta: { 'chatui/uiOnly': { b: 2 } } }),
      sendFollowUpMessage: note('sendFollowUpMessage'),
      openExternal: note('openExternal'),
      requestDisplayMode: note('requestDisplayMode', { mode: 'fullscreen' }),
      requestClose: note('requestClose'),
      setWidgetState: note('setWidgetState'),
    },
  });
  assert.deepEqual(await page.chatui.call('more', { page: 2 }), { a: 1, b: 2 });
  await page.chatui.say('hello');
  await page.chatui.open('https://example.com');
  assert.equal(await page.chatui.display('pip'), 'fullscreen');
  assert.equal(await page.chatui.context('two chosen'), true);
  page.chatui.close();
  assert.deepEqual(did, [
    ['callTool', 'more', { page: 2 }],
    ['sendFollowUpMessage', { prompt: 'hello' }],
    ['openExternal', { href: 'https://example.com' }],
    ['requestDisplayMode', { mode: 'pip' }],
    ['setWidgetState', { modelContent: 'two chosen', privateContent: { state: null } }],
    ['requestClose'],
  ]);
  assert.deepEqual(Object.keys(page.chatui.host.capabilities), ['serverTools', 'message', 'openLinks', 'updateModelContext']);
  assert.deepEqual(page.sent.map(({ method }) => method), ['ui/initialize']);
  assert.equal(page.chatui.openai, page.window.openai);
});

test('where both are there, what the host declares goes first', async () => {
  const openai = { callTool: () => assert.fail('asked'), setWidgetState: () => assert.fail('asked') };
  const page = await connected(ALL, {}, { openai });
  await ask(page, page.chatui.call('more'), 'tools/call', {});
  await ask(page, page.chatui.context('x'), 'ui/update-model-context', {});
  const other = await connected({}, {}, { openai: { callTool: async () => ({ structuredContent: { a: 1 } }) } });
  assert.deepEqual(await other.chatui.call('more'), { a: 1 });
});

test('a tool that refuses is told from one that was not reached', async () => {
  const page = await connected(ALL);
  const named = (promise) => promise.then(() => assert.fail('answered'), ({ name, message }) => [name, message]);
  const refused = named(page.chatui.call('book'));
  await page.answer('tools/call', { isError: true, content: [{ type: 'text', text: 'the table is taken' }] });
  assert.deepEqual(await refused, ['ToolError', 'the table is taken']);
  const lost = named(page.chatui.call('book'));
  await page.answer('tools/call', { error: { code: -32000, message: 'the network is gone' } });
  assert.deepEqual(await lost, ['Error', 'the network is gone']);
});

test('an element that happens to be named openai is not ChatGPT', async () => {
  const page = await open({ openai: { nodeType: 1 } });
  assert.equal(page.chatui.openai, undefined);
  assert.equal(page.chatui.host.connected, false);
});

test('what a host does not declare and does not answer ends too', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const page = await connected({});
  const said = outcome(page.chatui.say('hello'));
  const moved = page.chatui.display('fullscreen');
  await settle();
  mock.timers.tick(5000);
  assert.deepEqual(await said, { message: 'the host refuses ui/message' });
  assert.equal(await moved, 'inline');
  mock.timers.reset();
});

test('a call that no host declares is not waited for for ever', async (t) => {
  const page = await connected({});
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const called = outcome(page.chatui.call('more'));
  await settle();
  mock.timers.tick(59_000);
  await settle();
  assert.ok(page.asked('tools/call'), 'it is asked all the same');
  mock.timers.tick(1_000);
  assert.deepEqual(await called, { message: 'the host refuses tools/call' });
});
