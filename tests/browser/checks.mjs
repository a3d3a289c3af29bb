// What every test of a widget asks: is it readable, is it whole, does it show its data?

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { door } from '../server-url.mjs';
import * as look from './look.mjs';

/** Opens a widget for the length of the test. */
export async function open(t, host, options) {
  const widget = await host.openWidget(options);
  t.after(async () => {
    // Where a test fails for another reason, these usually say why.
    for (const problem of widget.problems) t.diagnostic(problem);
    await widget.close();
  });
  return widget;
}

/** The same, for a widget with a chart, which it waits for. */
export async function openChart(t, host, options) {
  const widget = await open(t, host, options);
  assert.ok(!widget.result.isError, JSON.stringify(widget.result.content));
  if (options.host !== 'openai') assert.ok(widget.app.name, 'the widget introduces itself to the host');
  await widget.frame.waitForSelector('svg');
  await widget.settled();
  return widget;
}

/** The figures are on the screen; `decimals` says how many of their decimals must be. */
export async function assertShows(widget, figures, decimals) {
  const shown = look.numbers(await look.text(widget));
  for (const [key, value] of Object.entries(figures)) {
    const round = (number) => number.toFixed(decimals[key]);
    assert.ok(shown.some((number) => round(number) === round(value)), `${key}, ${value}, is not among ${shown}`);
  }
}

/** There is a chart, and it can be seen. */
export async function assertChart(widget, minWidth = 300) {
  const { at, width, height, marks } = await look.chart(widget);
  assert.ok(width >= minWidth && height >= 80, `the chart has ${width} × ${height} px`);
  assert.ok(marks >= 10, `the chart has ${marks} marks`);
  const { ink } = await look.pixels(widget, widget.frame.locator('svg').nth(at));
  assert.ok(ink > 0.01 && ink < 0.9, `${(ink * 100).toFixed(1)} % of the chart's pixels are drawn`);
}

/** The widget wears the host's theme, and every word can be read in it. */
export async function assertTheme(widget, theme) {
  assert.equal(await widget.frame.evaluate(() => document.documentElement.dataset.theme), theme);
  const { brightness } = await look.pixels(widget, widget.page.locator('#widget'));
  assert.ok(theme === 'dark' ? brightness < 0.3 : brightness > 0.8, `the background's brightness is ${brightness}`);
  const { contrast, words } = await look.faintest(widget);
  assert.ok(contrast >= 4.5, `"${words}" has a contrast of ${contrast.toFixed(2)}`);
}

/** The size that the widget reported made the frame as high as its content. */
export async function assertFits(widget) {
  const now = async () => ({ ...(await look.fit(widget)), ...(await widget.seen()).findLast(({ kind }) => kind === 'size') });
  const fits = ({ frame, height, hiddenBelow, emptyBelow }) => frame === height && hiddenBelow === 0 && emptyBelow <= 40;
  let last = await now();
  // What was drawn just now is measured in the next frame, and its size is the host's a moment after that.
  for (let tries = 0; !fits(last) && tries < 40; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    last = await now();
  }
  const { frame, height, hiddenBelow, hiddenAside, emptyBelow } = last;
  assert.equal(frame, height, 'the frame has the height that the widget reported last');
  assert.equal(hiddenBelow, 0, `${hiddenBelow} px of the widget are below the frame`);
  assert.equal(hiddenAside, 0, `${hiddenAside} px of the widget are beside the frame`);
  assert.ok(emptyBelow <= 40, `${emptyBelow} px below the widget are empty`);
}

/** Where a picture of the dashboard goes; each door has its own. */
export const screenshot = (name, variant) => picture(`${name}-${door()}-${variant}`);

/** Where a picture goes. */
export const picture = (name) => fileURLToPath(new URL(`../../target/screenshots/${name}.png`, import.meta.url));
