// The dashboard, shown by a real host in a real browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serverUrl } from '../server-url.mjs';
import { assertChart, assertFits, assertShows, assertTheme, open, openChart, screenshot } from './checks.mjs';
import { startHost } from './host.mjs';
import * as look from './look.mjs';

/** The figures and the decimals that matter of each. */
const FIGURES = { days: 0, mean: 1, warmest: 1, coldest: 1, rain: 0, wet_days: 0 };
const tool = 'show_dashboard';
const url = serverUrl();
const limit = { timeout: 120_000 };
let host;

before(async () => (host = await startHost(url)));
after(() => host?.close());

for (const theme of ['light', 'dark']) {
  test(`the dashboard draws its data (${theme})`, limit, async (t) => {
    const widget = await openChart(t, host, { tool, theme });
    await assertDashboard(widget);
    await assertTheme(widget, theme);
    await assertFits(widget);
    await widget.screenshot(screenshot('dashboard', theme));
    assert.deepEqual(widget.problems, []);
  });
}

test('the dashboard draws for a host of the initialize era', limit, async (t) => {
  const widget = await openChart(t, host, { tool, mode: 'legacy' });
  assert.equal(widget.revision, '2025-11-25');
  await assertDashboard(widget);
  await widget.screenshot(screenshot('dashboard', 'legacy'));
  assert.deepEqual(widget.problems, []);
});

test('the dashboard draws what the arguments ask for', limit, async (t) => {
  const drawings = new Set();
  for (const args of [{}, { from: 2014, to: 2014, by: 'week' }, { from: 2014, to: 2014, by: 'month' }]) {
    const widget = await openChart(t, host, { tool, args });
    await assertDashboard(widget);
    drawings.add((await look.chart(widget)).drawing);
    const years = look.numbers(await look.text(widget)).filter((number) => number >= 2012 && number <= 2015);
    assert.deepEqual([...new Set(years)].sort(), args.from ? [2014] : [2012, 2013, 2014, 2015]);
    await widget.screenshot(screenshot('dashboard', `by-${args.by ?? 'default'}`));
    assert.deepEqual(widget.problems, []);
  }
  assert.equal(drawings.size, 3, 'other data, the same drawing');
});

test('the chart tells the values under the pointer', limit, async (t) => {
  const widget = await openChart(t, host, { tool });
  const before = (await look.text(widget)).split('\n');
  const { at } = await look.chart(widget);
  await widget.frame.locator('svg').nth(at).hover();
  const added = (await look.text(widget)).split('\n').filter((line) => !before.includes(line));
  const told = look.numbers(added.join('\n'));
  const point = series(widget).find(({ low, mean, high }) => [low, mean, high].every((value) => told.includes(value)));
  assert.ok(point, `no point of the chart has the values ${told}`);
  await widget.screenshot(screenshot('dashboard', 'pointer'));
  assert.deepEqual(widget.problems, []);
});

test('an open dashboard follows when the person switches the theme', limit, async (t) => {
  const widget = await openChart(t, host, { tool, theme: 'light' });
  for (const theme of ['dark', 'light']) {
    await widget.setContext({ theme });
    await widget.frame.waitForSelector(`html[data-theme=${theme}]`);
    await assertDashboard(widget);
    await assertTheme(widget, theme);
    await widget.screenshot(screenshot('dashboard', `switched-${theme}`));
  }
  assert.deepEqual(widget.problems, []);
});

test("the dashboard takes the host's colours", limit, async (t) => {
  const variables = { '--color-text-primary': 'rgb(12, 34, 156)' };
  const widget = await openChart(t, host, { tool, context: { styles: { variables } } });
  const title = widget.frame.getByText(widget.result.structuredContent.title, { exact: true });
  assert.equal(await title.evaluate((element) => getComputedStyle(element).color), 'rgb(12, 34, 156)');
  await widget.screenshot(screenshot('dashboard', 'colours'));
  assert.deepEqual(widget.problems, []);
});

test('the dashboard fits a phone', limit, async (t) => {
  const widget = await openChart(t, host, { tool, width: 360 });
  await assertDashboard(widget, 240);
  await assertFits(widget);
  await widget.screenshot(screenshot('dashboard', 'phone'));
  assert.deepEqual(widget.problems, []);
});

test('a refused call says why in the widget too', limit, async (t) => {
  const widget = await open(t, host, { tool, args: { from: 2019 } });
  assert.equal(widget.result.isError, true);
  await widget.frame.getByText('no weather for 2019').waitFor();
  await widget.settled();
  await assertTheme(widget, 'light');
  await assertFits(widget);
  await widget.screenshot(screenshot('dashboard', 'refused'));
  assert.deepEqual(widget.problems, []);
});

for (const width of [320, 1200]) {
  test(`the dashboard fits ${width} px`, limit, async (t) => {
    const widget = await openChart(t, host, { tool, width });
    await assertDashboard(widget, width * 0.7);
    await assertFits(widget);
    await widget.screenshot(screenshot('dashboard', width));
    assert.deepEqual(widget.problems, []);
  });
}

test('the dashboard stays English where people read from right to left', limit, async (t) => {
  const widget = await openChart(t, host, { tool, context: { locale: 'ar' } });
  await assertDashboard(widget);
  const outside = await widget.frame.evaluate(() =>
    [...document.querySelectorAll('svg text')]
      .filter((text) => text.getBoundingClientRect().left < 0 || text.getBoundingClientRect().right > innerWidth)
      .map((text) => text.textContent),
  );
  assert.deepEqual(outside, [], 'words of the chart are beside the frame');
  const direction = await widget.frame.getByText('−').first().evaluate((element) => getComputedStyle(element).direction);
  assert.equal(direction, 'ltr', 'a minus stands before its number');
  await assertFits(widget);
  await widget.screenshot(screenshot('dashboard', 'ar'));
  assert.deepEqual(widget.problems, []);
});

test('the dashboard fills the page, and goes back', limit, async (t) => {
  const widget = await openChart(t, host, { tool, theme: 'dark' });
  await widget.move('fullscreen');
  await widget.frame.waitForSelector('html[data-display=fullscreen]');
  await assertDashboard(widget);
  await assertTheme(widget, 'dark');
  await widget.screenshot(screenshot('dashboard', 'fullscreen'));
  await widget.move('inline');
  await widget.frame.waitForSelector('html[data-display=inline]');
  await widget.settled();
  await assertDashboard(widget);
  await assertFits(widget);
  assert.deepEqual(await widget.teardown('the person left'), {});
  assert.deepEqual(widget.problems, []);
});

test('the dashboard waits for its data, and says so when there are none', limit, async (t) => {
  const widget = await open(t, host, { tool, hold: true, theme: 'dark' });
  await widget.tell('input', { arguments: {} });
  await widget.settled();
  await widget.screenshot(screenshot('dashboard', 'loading'));
  await widget.tell('cancelled', { reason: 'the person pressed stop' });
  await widget.frame.getByText('cancelled').waitFor();
  await widget.settled();
  await assertTheme(widget, 'dark');
  await assertFits(widget);
  await widget.screenshot(screenshot('dashboard', 'cancelled'));
  assert.deepEqual(widget.problems, []);
});

test('the dashboard draws a result that comes alone', limit, async (t) => {
  const widget = await open(t, host, { tool, hold: true });
  widget.result = await widget.call(tool, {});
  await widget.tell('result', widget.result);
  await widget.frame.waitForSelector('svg');
  await widget.settled();
  await assertDashboard(widget);
  await widget.screenshot(screenshot('dashboard', 'alone'));
  assert.deepEqual(widget.problems, []);
});

test('the dashboard draws for a host that can do nothing', limit, async (t) => {
  const widget = await openChart(t, host, { tool, capabilities: {}, context: null, colorScheme: 'light' });
  await assertDashboard(widget);
  await assertTheme(widget, 'light');
  await assertFits(widget);
  await widget.screenshot(screenshot('dashboard', 'incapable'));
  assert.deepEqual(widget.problems, []);
});

test('the dashboard draws for a host that has only window.openai', limit, async (t) => {
  const widget = await openChart(t, host, { tool, host: 'openai', theme: 'dark', envelope: 'whole' });
  await assertDashboard(widget);
  await assertTheme(widget, 'dark');
  await assertFits(widget);
  await widget.screenshot(screenshot('dashboard', 'openai'));
  assert.deepEqual(widget.problems, []);
});

async function assertDashboard(widget, chartWidth) {
  const data = widget.result.structuredContent;
  assert.ok((await look.text(widget)).includes(data.title), `the title "${data.title}" is not shown`);
  await assertShows(widget, Object.fromEntries(Object.keys(FIGURES).map((key) => [key, data[key]])), FIGURES);
  await assertChart(widget, chartWidth);
  const { marks } = await look.chart(widget);
  assert.ok(marks >= series(widget).length, `${marks} marks for ${series(widget).length} points`);
}

/** The points of the chart, which travel beside what the model sees. */
function series({ result }) {
  return Object.values(result._meta).find((value) => value?.series).series;
}
