// The bridge in hosts that speak MCP Apps: what is delivered, in which order, and what the widget asks for.

import assert from 'node:assert/strict';
import { assertFits, assertTheme, picture } from '../checks.mjs';
import { asked, assertFacts, press, read, resizedSince, shows } from './lab.mjs';

const tool = 'lab';
const args = { title: 'Rows of the lab' };
const READY = { status: 'ready', error: 'none', partial: 'false' };

for (const theme of ['light', 'dark']) {
  shows(`all that the host tells is there (${theme})`, `lab-${theme}`, { tool, args, theme }, async (widget) => {
    await assertFacts(widget, {
      ...READY,
      title: 'Rows of the lab',
      input: '{"title":"Rows of the lab"}',
      total: '3',
      secret: 'for your eyes only',
      theme,
      host: 'connected chatui-test-host',
      capabilities: 'downloadFile logging message openLinks serverResources serverTools updateModelContext',
      locale: 'en-US UTC',
      display: 'inline of inline,fullscreen',
      call: 'call-1 of lab',
      chatgpt: 'none',
    });
    assert.ok(widget.appCapabilities.availableDisplayModes.includes('inline'));
    assert.ok(!JSON.stringify(widget.result.structuredContent).includes('for your eyes only'));
    await widget.settled();
    await assertTheme(widget, theme);
    await assertFits(widget);
  });
}

shows('an open widget follows the theme', 'lab-switched', { tool, args, theme: 'light' }, async (widget) => {
  for (const theme of ['dark', 'light', 'dark']) {
    await widget.setContext({ theme });
    await assertFacts(widget, { theme });
    await assertTheme(widget, theme);
  }
  assert.match(await read(widget, 'told'), /data 1,/);
});

shows('arguments are there while the model writes them', 'lab-partial', { tool, args, hold: true }, async (widget) => {
  await assertFacts(widget, { status: 'loading', input: 'none', title: 'Nothing yet' });
  for (const title of ['Rows', 'Rows of the l']) {
    await widget.tell('partial', { arguments: { title } });
    await assertFacts(widget, { title, partial: 'true', status: 'loading' });
  }
  await widget.deliver();
  await assertFacts(widget, { ...READY, title: 'Rows of the lab', input: '{"title":"Rows of the lab"}', total: '3' });
});

shows('an input without a result is shown as far as it goes', 'lab-input', { tool, args, hold: true }, async (widget) => {
  await widget.tell('input', { arguments: args });
  await assertFacts(widget, { title: 'Rows of the lab', status: 'loading', partial: 'false', total: 'none' });
  await widget.settled();
  await assertFits(widget);
});

shows('a result without an input is a result', 'lab-result', { tool, args, hold: true }, async (widget) => {
  await widget.tell('result', await widget.call(tool, args));
  await assertFacts(widget, { ...READY, title: 'Rows of the lab', input: 'none', secret: 'for your eyes only' });
});

// Of this run: what was once released is not held again.
const name = `waited for by ${process.pid}`;

shows('a slow tool is waited for', 'lab-slow', { tool: 'held', args: { name }, hold: true }, async (widget) => {
  const done = widget.deliver();
  await assertFacts(widget, { status: 'loading', input: JSON.stringify({ name }), title: 'Nothing yet' });
  await widget.call('release', { name });
  await done;
  await assertFacts(widget, { ...READY, title: 'At last', heard: 'loading, ready' });
});

shows('a cancelled call says why', 'lab-cancelled', { tool: 'held', args: { name: 'for ever' }, hold: true }, async (widget) => {
  await widget.tell('input', { arguments: { name: 'for ever' } });
  await widget.cancel('the person pressed stop');
  await assertFacts(widget, { status: 'cancelled', error: 'the person pressed stop', total: 'none' });
  await widget.tell('result', await widget.call('lab', args));
  await assertFacts(widget, { ...READY, title: 'Rows of the lab', heard: 'loading, cancelled, ready' });
});

shows('a cancelled call needs no reason', 'lab-cancelled-so', { tool: 'held', args: { name: 'for ever' }, hold: true }, async (widget) => {
  await widget.cancel();
  await assertFacts(widget, { status: 'cancelled' });
  assert.notEqual(await read(widget, 'error'), 'undefined');
});

shows('a tool that fails says why', 'lab-error', { tool: 'fail', args: { why: 'no rows on Sundays' } }, async (widget) => {
  await assertFacts(widget, { status: 'error', error: 'no rows on Sundays', total: 'none', input: '{"why":"no rows on Sundays"}' });
});

shows('the same result is told once', 'lab-twice', { tool, args }, async (widget) => {
  await widget.tell('result', widget.result);
  await widget.setContext({ locale: 'fr' });
  await assertFacts(widget, { locale: 'fr UTC', title: 'Rows of the lab' });
  assert.match(await read(widget, 'told'), /data 1,/);
});

shows('the widget calls tools', 'lab-call', { tool, args }, async (widget) => {
  assert.equal(await press(widget, 'Add'), '{"sum":5}');
  assert.equal(await press(widget, 'Greet'), '"Hello, Ada!"');
  const another = JSON.parse(await press(widget, 'Another'));
  assert.deepEqual([another.title, another.secret, another.rows.length], ['Another', 'for your eyes only', 1]);
  assert.equal(await press(widget, 'Fail'), 'failed: no rows today');
  assert.match(await press(widget, 'Mistake'), /^failed: .*`b` is missing/s);
  await assertFacts(widget, { ...READY, title: 'Rows of the lab' });
});

shows('the widget speaks, opens, saves, tells, reads, logs and closes', 'lab-asks', { tool, args }, async (widget) => {
  const done = 'undefined';
  assert.equal(await press(widget, 'Say'), done);
  assert.deepEqual(await asked(widget, 'message'), [{ role: 'user', content: [{ type: 'text', text: 'What is in row 2?' }] }]);
  assert.equal(await press(widget, 'Open'), done);
  assert.deepEqual(await asked(widget, 'open-link'), [{ url: 'https://example.com/docs' }]);
  assert.equal(await press(widget, 'Tell'), 'true');
  assert.equal(await press(widget, 'Tell data'), 'true');
  const [words, data] = await asked(widget, 'model-context');
  assert.deepEqual(words.content, [{ type: 'text', text: 'row 2 is chosen' }]);
  assert.deepEqual(data.structuredContent, { chosen: 2 });
  assert.equal(await press(widget, 'Read'), '"The note of the lab."');
  assert.equal(await press(widget, 'Log'), done);
  assert.equal(await press(widget, 'Close'), done);
  await widget.page.waitForFunction(() => host.seen.some(({ kind }) => kind === 'request-teardown'));
  const [{ level, data: logged }] = await asked(widget, 'log');
  assert.deepEqual([level, logged], ['info', { row: 2 }]);
});

shows('the person gets files through the host', 'lab-download', { tool, args }, async (widget) => {
  await press(widget, 'Download');
  await press(widget, 'Download text');
  const [[rows], [csv]] = (await asked(widget, 'download')).map(({ contents }) => contents);
  assert.deepEqual([rows.type, rows.resource.mimeType, csv.resource.mimeType], ['resource', 'application/json', 'text/csv']);
  assert.match(rows.resource.uri, /\/rows\.json$/);
  assert.equal(JSON.parse(rows.resource.text).length, 3);
  assert.equal(csv.resource.text, 'id,name\n1,one\n');
});

shows('what the host refuses fails in the widget', 'lab-refused', { tool, args, refuse: 'open-link' }, async (widget) => {
  assert.match(await press(widget, 'Open'), /^failed: ./);
  assert.equal(await press(widget, 'Say'), 'undefined');
});

shows('the whole page is the widget, and then no more', 'lab-fullscreen', { tool, args, theme: 'dark' }, async (widget) => {
  assert.equal(await press(widget, 'Fullscreen'), '"fullscreen"');
  await assertFacts(widget, { display: 'fullscreen of inline,fullscreen' });
  assert.deepEqual(await frameSize(widget), [720, 900]);
  await assertTheme(widget, 'dark');
  await widget.screenshot(picture('lab-fullscreen-open'));
  assert.equal(await press(widget, 'Inline'), '"inline"');
  await assertFacts(widget, { display: 'inline of inline,fullscreen' });
  await resizedSince(widget, 'display-mode');
  await assertFits(widget);
});

shows('a place that the host has not is not asked for', 'lab-pip', { tool, args }, async (widget) => {
  assert.equal(await press(widget, 'Pip'), '"inline"');
  assert.deepEqual(await asked(widget, 'display-mode'), []);
});

shows('a state outlives its frame where the origin can keep it', 'lab-kept', sameOrigin({ tool, args }), async (widget) => {
  await assertFacts(widget, { state: 'none' });
  await press(widget, 'Keep');
  await press(widget, 'Keep');
  await assertFacts(widget, { state: '{"kept":2}' });
  assert.deepEqual(await widget.teardown('the person left'), {});
  await widget.show();
  await assertFacts(widget, { ...READY, state: '{"kept":2,"closed":true}' });
});

shows('a state of another call is not shown', 'lab-other-call', sameOrigin({ tool, args }), async (widget) => {
  await press(widget, 'Keep');
  await widget.setContext({ toolInfo: { id: 'call-2', tool: widget.tool } });
  await widget.show();
  await assertFacts(widget, { ...READY, state: 'none', call: 'call-2 of lab' });
});

shows('without storage a state lasts as long as its frame', 'lab-opaque', { tool, args }, async (widget) => {
  await press(widget, 'Keep');
  await assertFacts(widget, { state: '{"kept":1}' });
  assert.deepEqual(await widget.teardown('the person left'), {});
  await widget.show();
  await assertFacts(widget, { ...READY, state: 'none' });
});

/** The frame may keep something: its origin is that of its address. */
function sameOrigin(options) {
  return { ...options, sandbox: 'allow-scripts allow-same-origin' };
}

async function frameSize({ page }) {
  const { width, height } = await page.locator('#widget').boundingBox();
  return [width, height];
}

shows('links lead out through the host wherever they stand, and Enter submits what browsers would', 'lab-links', { tool: 'lab' }, async (widget) => {
  const submitted = await widget.frame.evaluate(() => {
    const add = (html) => document.body.appendChild(Object.assign(document.createElement('div'), { innerHTML: html }));
    const click = (element) => element.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }));
    const all = add('<a href="HTTPS://example.com/loud">a</a><svg><a href="https://example.com/drawn"><text>a</text></a></svg><a href="mailto:a@example.com">a</a>');
    for (const link of all.querySelectorAll('a')) click(link);
    const root = add('').attachShadow({ mode: 'open' });
    root.innerHTML = '<a href="https://example.com/deep"><b>a</b></a>';
    click(root.querySelector('b'));
    const submitted = [];
    const enter = (name, html) => {
      const form = add(`<form>${html}</form>`).firstChild;
      form.addEventListener('submit', (event) => (event.preventDefault(), submitted.push(name)));
      form.firstChild.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
      form.parentNode.remove();
    };
    enter('one field', '<input>');
    enter('a button', '<input type=button value=Cancel><input>');
    enter('two fields', '<input><input>');
    enter('a box beside it', '<input><input type=checkbox>');
    return submitted;
  });
  assert.deepEqual(submitted, ['one field', 'a box beside it']);
  await widget.page.waitForFunction(() => host.seen.filter(({ kind }) => kind === 'open-link').length === 4).catch(() => {});
  const urls = (await asked(widget, 'open-link')).map(({ url }) => url);
  assert.deepEqual(urls, ['https://example.com/loud', 'https://example.com/drawn', 'mailto:a@example.com', 'https://example.com/deep']);
});
