// The enhanced example, shown by a real host in a real browser: this widget talks back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serverUrl } from '../server-url.mjs';
import { assertChart, assertFits, assertShows, assertTheme, openChart, screenshot } from './checks.mjs';
import { startHost } from './host.mjs';
import * as look from './look.mjs';

/** How precisely a measure is shown. */
const DECIMALS = { high: 1, rain: 0 };
const tool = 'show_enhanced_example';
const url = serverUrl();
const limit = { timeout: 120_000 };
let host;

before(async () => (host = await startHost(url)));
after(() => host?.close());

for (const theme of ['light', 'dark']) {
  test(`the enhanced example draws its data (${theme})`, limit, async (t) => {
    const widget = await openChart(t, host, { tool, theme });
    await assertComparison(widget, widget.result.structuredContent);
    await assertTheme(widget, theme);
    await assertFits(widget);
    await widget.screenshot(screenshot('enhanced', theme));
    assert.deepEqual(widget.problems, []);
  });
}

test('the enhanced example calls its tool when the person chooses', limit, async (t) => {
  const widget = await openChart(t, host, { tool });
  const first = await look.chart(widget);
  await choose(widget, 'Rain');
  await choose(widget, '2013');
  const { structuredContent } = await widget.call(tool, { measure: 'rain', year: 2013 });
  await widget.frame.getByRole('heading', { name: '2013' }).waitFor();
  await widget.settled();
  await assertComparison(widget, structuredContent);
  assert.notEqual((await look.chart(widget)).drawing, first.drawing);
  await assertFits(widget);
  await widget.screenshot(screenshot('enhanced', 'chosen'));
  assert.deepEqual(widget.problems, []);
});

test('the enhanced example puts a question to the model', limit, async (t) => {
  const widget = await openChart(t, host, { tool });
  await widget.frame.getByText('Ask about 2015').click();
  await widget.page.waitForFunction(() => host.seen.some(({ kind }) => kind === 'message'));
  const said = (await widget.seen()).filter(({ kind }) => kind === 'message');
  assert.equal(said.length, 1);
  assert.equal(said[0].role, 'user');
  assert.deepEqual(said[0].content.map(({ type }) => type), ['text']);
  assert.match(said[0].content[0].text, /2015/);
  await widget.screenshot(screenshot('enhanced', 'asked'));
  assert.deepEqual(widget.problems, []);
});

async function choose(widget, option) {
  await widget.frame.locator('label', { hasText: new RegExp(`^${option}$`) }).click();
  await widget.frame.waitForSelector('[aria-busy=false]');
}

async function assertComparison(widget, { measure, year, value, usual }) {
  const digits = DECIMALS[measure];
  await assertShows(widget, { year, value, usual }, { year: 0, value: digits, usual: digits });
  await assertChart(widget);
}
