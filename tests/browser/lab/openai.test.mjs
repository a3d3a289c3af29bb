// A host that has `window.openai` and nothing else, as ChatGPT was first; and one that speaks MCP Apps too, as it is now.

import assert from 'node:assert/strict';
import { assertFits, assertTheme } from '../checks.mjs';
import { asked, assertFacts, press, read, resizedSince, shows } from './lab.mjs';

const args = { title: 'Rows of the lab' };
const base = { host: 'openai', tool: 'lab', args };
const READY = { status: 'ready', error: 'none', title: 'Rows of the lab', total: '3', secret: 'for your eyes only' };

for (const [envelope, theme] of [['plain', 'light'], ['whole', 'dark']]) {
  const options = { ...base, envelope, theme, context: { safeAreaInsets: { top: 24, right: 0, bottom: 0, left: 0 } } };
  shows(`the globals are read at once (metadata: ${envelope}, ${theme})`, `openai-${theme}`, options, async (widget) => {
    await assertFacts(widget, {
      ...READY,
      input: '{"title":"Rows of the lab"}',
      theme,
      host: 'connected without a name',
      capabilities: 'message openLinks serverTools updateModelContext',
      locale: 'en-US undefined',
      insets: '24 0 0 0',
      chatgpt: 'there',
      heard: 'ready',
    });
    await widget.settled();
    await assertTheme(widget, theme);
    await assertFits(widget);
  });
}

for (const envelope of ['plain', 'whole']) {
  shows(`what comes late is told once (metadata: ${envelope})`, 'openai-late', { ...base, envelope, hold: true }, async (widget) => {
    await assertFacts(widget, { status: 'loading', input: 'none', title: 'Nothing yet' });
    await widget.tell('globals', { toolInput: args });
    await assertFacts(widget, { status: 'loading', input: '{"title":"Rows of the lab"}', title: 'Rows of the lab' });
    await widget.tell('result');
    await assertFacts(widget, { ...READY, heard: 'loading, ready' });
    await widget.tell('result');
    await widget.setContext({ theme: 'dark' });
    await assertFacts(widget, { ...READY, theme: 'dark' });
    assert.match(await read(widget, 'told'), /data 1,/);
    await assertTheme(widget, 'dark');
  });
}

shows('metadata may come after the output', 'openai-split', { ...base, hold: true }, async (widget) => {
  const { structuredContent: toolOutput, _meta: toolResponseMetadata } = await widget.call('lab', args);
  await widget.tell('globals', { toolInput: args, toolOutput });
  await assertFacts(widget, { status: 'ready', title: 'Rows of the lab', secret: 'none' });
  await widget.tell('globals', { toolResponseMetadata });
  await assertFacts(widget, READY);
});

shows('an error is in the whole metadata', 'openai-error', { ...base, tool: 'fail', args: { why: 'no rows on Sundays' }, envelope: 'whole' }, async (widget) => {
  await assertFacts(widget, { status: 'error', error: 'no rows on Sundays', total: 'none' });
});

shows('ChatGPT does what the widget asks', 'openai-asks', base, async (widget) => {
  assert.equal(await press(widget, 'Add'), '{"sum":5}');
  assert.equal(await press(widget, 'Greet'), '"Hello, Ada!"');
  assert.equal(JSON.parse(await press(widget, 'Another')).secret, 'for your eyes only');
  assert.equal(await press(widget, 'Fail'), 'failed: no rows today');
  await press(widget, 'Say');
  assert.equal((await asked(widget, 'message'))[0].prompt, 'What is in row 2?');
  await press(widget, 'Open');
  assert.equal((await asked(widget, 'open-link'))[0].href, 'https://example.com/docs');
  assert.equal(await press(widget, 'Tell'), 'true');
  assert.equal((await asked(widget, 'state'))[0].state.modelContent, 'row 2 is chosen');
  assert.match(await press(widget, 'Read'), /^failed: ./);
  assert.match(await press(widget, 'Download'), /refuses ui\/download-file/);
  await press(widget, 'Close');
  assert.equal((await asked(widget, 'request-teardown')).length, 1);
});

shows('the whole page is the widget, and then no more', 'openai-fullscreen', base, async (widget) => {
  assert.equal(await press(widget, 'Fullscreen'), '"fullscreen"');
  await assertFacts(widget, { display: 'fullscreen of undefined' });
  assert.equal((await widget.page.locator('#widget').boundingBox()).height, 900);
  assert.equal(await press(widget, 'Inline'), '"inline"');
  await resizedSince(widget, 'display-mode');
  await assertFits(widget);
});

shows('the widget state is there again', 'openai-state', base, async (widget) => {
  await assertFacts(widget, { state: 'none' });
  await press(widget, 'Keep');
  await press(widget, 'Keep');
  await press(widget, 'Tell');
  await widget.show();
  await assertFacts(widget, { ...READY, state: '{"kept":2}' });
  await press(widget, 'Keep');
  const { state } = (await asked(widget, 'state')).at(-1);
  assert.equal(state.modelContent, 'row 2 is chosen', 'what the model was told is not forgotten with the next state');
});

const both = { ...base, host: 'both', envelope: 'whole' };

shows('an answer that comes by both ways is told once', 'both', both, async (widget) => {
  await assertFacts(widget, { ...READY, host: 'connected chatui-test-host', chatgpt: 'there', heard: 'ready', call: 'call-1 of lab' });
  assert.match(await read(widget, 'told'), /data 1,/);
  await widget.setContext({ theme: 'dark' });
  await assertFacts(widget, { theme: 'dark' });
  assert.match(await read(widget, 'told'), /data 1,/);
  await assertTheme(widget, 'dark');
});

for (const [first, then] of [['message', 'globals'], ['globals', 'message']]) {
  shows(`whoever brings it first (${first})`, `both-${first}`, { ...both, hold: true }, async (widget) => {
    const result = await widget.call('lab', args);
    const { structuredContent: toolOutput, _meta: toolResponseMetadata } = result;
    const ways = {
      message: () => widget.tell('result', result),
      globals: () => widget.tell('globals', { toolInput: args, toolOutput, toolResponseMetadata }),
    };
    await ways[first]();
    await assertFacts(widget, { ...READY, heard: 'loading, ready' });
    await ways[then]();
    await widget.setContext({ theme: 'dark' });
    await assertFacts(widget, { ...READY, theme: 'dark' });
    assert.match(await read(widget, 'told'), /data 1,/);
  });
}

shows('where both can do it, it is done once', 'both-asks', both, async (widget) => {
  assert.equal(await press(widget, 'Add'), '{"sum":5}');
  for (const [button, kind] of [['Say', 'message'], ['Open', 'open-link'], ['Fullscreen', 'display-mode'], ['Close', 'request-teardown']]) {
    await press(widget, button);
    await widget.page.waitForFunction((kind) => host.seen.some((each) => each.kind === kind), kind);
    assert.equal((await asked(widget, kind)).length, 1, button);
  }
  await press(widget, 'Keep');
  await widget.show();
  await assertFacts(widget, { ...READY, state: '{"kept":1}' });
});
