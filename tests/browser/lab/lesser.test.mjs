// Hosts that do less than they could: what a widget can do without them, it does, and the rest fails in words.

import assert from 'node:assert/strict';
import { assertFits, assertTheme } from '../checks.mjs';
import * as look from '../look.mjs';
import { asked, assertFacts, notice, press, shows } from './lab.mjs';

const tool = 'lab';
const args = { title: 'Rows of the lab' };
/** Knows nothing but how to deliver an answer. */
const nothing = { tool, args, capabilities: {}, context: null, theme: 'dark', colorScheme: 'dark' };

shows('a host that can do nothing gets a widget all the same', 'lesser-nothing', nothing, async (widget) => {
  await assertFacts(widget, {
    status: 'ready',
    title: 'Rows of the lab',
    secret: 'for your eyes only',
    theme: 'dark',
    host: 'connected chatui-test-host',
    capabilities: 'none',
    display: 'undefined of undefined',
  });
  await widget.settled();
  await assertTheme(widget, 'dark');
  await assertFits(widget);
});

shows('what it cannot do fails in words', 'lesser-refusals', nothing, async (widget) => {
  assert.equal(await press(widget, 'Add'), 'failed: the host refuses tools/call');
  assert.equal(await press(widget, 'Say'), 'failed: the host refuses ui/message');
  assert.equal(await press(widget, 'Read'), 'failed: the host refuses resources/read');
  assert.equal(await press(widget, 'Tell'), 'false');
  assert.equal(await press(widget, 'Fullscreen'), '"inline"');
  assert.equal(await press(widget, 'Log'), 'undefined');
  await press(widget, 'Keep');
  await press(widget, 'Close');
  await assertFacts(widget, { status: 'ready', state: '{"kept":1}', title: 'Rows of the lab' });
});

shows('links and files are then the business of the browser', 'lesser-browser', may('popups', 'downloads'), async (widget) => {
  await widget.page.context().route('https://example.com/**', (route) => route.fulfill({ body: 'The docs.' }));
  const [popup, opened] = await Promise.all([widget.page.waitForEvent('popup'), press(widget, 'Open')]);
  assert.equal(opened, 'undefined');
  await popup.waitForURL('https://example.com/docs');
  const [download] = await Promise.all([widget.page.waitForEvent('download'), press(widget, 'Download')]);
  assert.equal(download.suggestedFilename(), 'rows.json');
});

/** The frame may do this too. */
function may(...rights) {
  return { ...nothing, sandbox: ['allow-scripts', ...rights.map((right) => `allow-${right}`)].join(' ') };
}

const silent = { host: 'silent', args, context: { containerDimensions: { height: 560 } } };

shows('a host that never answers is given up', 'lesser-silent', { ...silent, tool }, async (widget) => {
  await assertFacts(widget, { status: 'loading', host: 'alone without a name', total: 'none' });
  await assertFacts(widget, { status: 'error', error: 'no host answers' });
  assert.equal(await press(widget, 'Add'), 'failed: no host answers');
  assert.deepEqual(await asked(widget), []);
});

shows('a template without words for an error shows it too', 'lesser-silent-plain', { ...silent, tool: 'plain', args: {} }, async (widget) => {
  await widget.frame.waitForSelector('[data-status=error]');
  assert.equal(await notice(widget), '"no host answers"');
  assert.match(await look.text(widget), /Orders/);
});
