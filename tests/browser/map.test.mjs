// A map that moves, in a real host in a real browser: what the person looks at becomes part of what the model knows.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mapUrl } from '../server-url.mjs';
import { assertFits, assertTheme, open, screenshot } from './checks.mjs';
import { startHost } from './host.mjs';
import * as look from './look.mjs';

const tool = 'show_map';
const limit = { timeout: 120_000 };
let host;

before(async () => (host = await startHost(mapUrl())));
after(() => host?.close());

/** A map whose ferries lie still, unless a test is about them. */
async function show(t, options = {}) {
  const widget = await open(t, host, { tool, ...options });
  await widget.page.emulateMedia({ reducedMotion: options.motion ?? 'reduce' });
  await button(widget, 'Sulavik').waitFor();
  await widget.settled();
  return widget;
}

const button = (widget, name) => widget.frame.getByRole('button', { name, exact: true });
const map = (widget) => widget.frame.locator('canvas');
const texts = async (widget) => (await widget.seen('model-context')).map(({ content }) => content[0].text);

/** Waits for the model to be told `words`, and returns all that it is told with them. */
async function learns(widget, words) {
  await widget.page.waitForFunction((words) => window.host.seen.some(({ kind, content }) => kind === 'model-context' && content[0].text.includes(words)), words);
  return (await texts(widget)).at(-1);
}

/** What is drawn, as one text. */
const drawing = (widget) => map(widget).evaluate((canvas) => canvas.toDataURL());

/** Resolves when two frames in a row are the same. */
async function still(widget) {
  for (let last; ; ) {
    const now = await drawing(widget);
    if (now === last) return now;
    last = now;
    await widget.frame.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  }
}

test("the map is drawn in the host's theme, and follows it", limit, async (t) => {
  const widget = await show(t);
  assert.ok((await look.pixels(widget, map(widget))).ink > 0.05, 'there is land in the sea');
  await button(widget, 'Sulavik').click();
  await widget.frame.getByText('Ferries to Port Merrow (39 min), Calf Landing').waitFor();
  await widget.frame.getByText('The chat knows what you see: Sulavik, picked.').waitFor();
  for (const name of ['Zoom out', 'Zoom out']) await button(widget, name).click();
  await widget.settled();
  await assertFits(widget);
  const drawn = new Set();
  for (const theme of ['light', 'dark']) {
    await widget.setContext({ theme });
    await widget.frame.waitForSelector(`html[data-theme=${theme}]`);
    drawn.add(await still(widget));
    await assertTheme(widget, theme);
    await widget.screenshot(screenshot('map', theme));
  }
  assert.equal(drawn.size, 2, 'the canvas has the colours of both');
  assert.deepEqual(widget.problems, []);
});

test('what the person picked is what the model understands by "there"', limit, async (t) => {
  const widget = await show(t);
  assert.deepEqual(await texts(widget), [], 'what the tool answered, it knows');
  await button(widget, 'Sulavik').click();
  const told = await learns(widget, 'They picked Sulavik.');
  assert.match(told, /^The person looks at the map of the Merrow Isles, \d+ km wide around 35\.0 km east, 20\.5 km south\. On the screen: .*Sulavik/);
  assert.match(told, /By “here” and “there” they mean Sulavik\.$/);
  assert.doesNotMatch(told, /Westing/, 'what is out of sight');
  // As the model would: its words are good for the tool.
  const answer = await widget.call('distance', { from: told.match(/they mean (.*)\.$/)[1], to: 'Saltby' });
  assert.equal(answer.structuredContent.km, 23.3);
  await button(widget, 'Sulavik').click();
  await learns(widget, 'Nothing is picked; Sulavik is nearest to the middle.');
  assert.deepEqual(widget.problems, []);
});

test('dragging tells the model where it ends and not each step; a press on a place picks it', limit, async (t) => {
  const widget = await show(t);
  const { mouse } = widget.page;
  for (const name of ['Zoom in', 'Zoom in']) await button(widget, name).click();
  await learns(widget, 'km wide');
  const before = (await texts(widget)).length;
  const box = await map(widget).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await mouse.move(x, y);
  await mouse.down();
  for (let step = 1; step <= 10; step++) await mouse.move(x - step * 20, y + step * 5);
  await mouse.up();
  const pixels = 1.5 ** 2 * Math.min(box.width / 58, box.height / 38); // of a kilometre
  const [east, south] = [29 + 200 / pixels, 19 - 50 / pixels];
  await learns(widget, `around ${east.toFixed(1)} km east, ${south.toFixed(1)} km south`);
  assert.ok((await texts(widget)).length - before < 5, 'a step of the hand is no news');
  // Larkness, by where it must be on the screen now.
  await mouse.click(x + (32 - east) * pixels, y + (13 - south) * pixels);
  await learns(widget, 'They picked Larkness.');
  assert.equal(await button(widget, 'Larkness').getAttribute('aria-pressed'), 'true');
  assert.deepEqual(widget.problems, []);
});

test('the keyboard alone moves, zooms and picks', limit, async (t) => {
  const widget = await show(t);
  const { keyboard } = widget.page;
  await map(widget).focus();
  await keyboard.press('+');
  await keyboard.press('+');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowLeft']) await keyboard.press(key);
  await learns(widget, 'Sulavik is nearest to the middle');
  await keyboard.press('Enter');
  await learns(widget, 'They picked Sulavik.');
  await keyboard.press('0');
  await learns(widget, 'Westing');
  for (let tabs = 0; tabs < 12 && !(await button(widget, 'Westing').evaluate((it) => it === document.activeElement)); tabs++) await keyboard.press('Tab');
  await keyboard.press('Enter');
  await learns(widget, 'They picked Westing.');
  assert.deepEqual(widget.problems, []);
});

test('ferries sail, stop when they are stopped, and lie still for who wants no motion', limit, async (t) => {
  const widget = await show(t, { motion: 'no-preference' });
  const moved = async (from) => {
    for (let tries = 0; (await drawing(widget)) === from; tries++) {
      assert.ok(tries < 100, 'nothing moves');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await moved(await drawing(widget));
  await button(widget, 'Stop the ferries').click();
  const stopped = await still(widget);
  await button(widget, 'Let the ferries sail').click();
  await moved(stopped);
  await widget.page.emulateMedia({ reducedMotion: 'reduce' });
  await button(widget, 'Let the ferries sail').waitFor();
  await still(widget);
  assert.deepEqual(await texts(widget), [], 'what moves by itself is no news');
  assert.deepEqual(widget.problems, []);
});

test('the whole screen, where the host has one, and back', limit, async (t) => {
  const widget = await show(t, { args: { place: 'tern light' } });
  await widget.frame.getByText('Tern Light: a lighthouse that takes guests. No ferry lands here.').waitFor();
  const before = await map(widget).boundingBox();
  await button(widget, 'Full screen').click();
  await button(widget, 'Back to the chat').waitFor();
  await widget.frame.waitForFunction((height) => document.querySelector('canvas').clientHeight > height, before.height);
  const box = await map(widget).boundingBox();
  assert.ok(box.width > 650 && box.height > 600, `the map has ${box.width} × ${box.height} px`);
  const { hiddenBelow, hiddenAside } = await look.fit(widget);
  assert.deepEqual([hiddenBelow, hiddenAside], [0, 0]);
  await widget.page.screenshot({ path: screenshot('map', 'fullscreen') });
  await button(widget, 'Back to the chat').click();
  await button(widget, 'Full screen').waitFor();
  await assertFits(widget);
  assert.deepEqual(widget.problems, []);
});

test('a host without a whole screen gets no button for it, and one that takes no context is not said to know', limit, async (t) => {
  const widget = await show(t, { capabilities: { serverTools: {} }, context: { availableDisplayModes: ['inline'] } });
  assert.equal(await button(widget, 'Full screen').count(), 0);
  await button(widget, 'Saltby').click();
  await widget.frame.getByText('This chat does not learn what you see here.').waitFor();
  assert.deepEqual(widget.problems, []);
});

test('the map fits a phone', limit, async (t) => {
  const widget = await show(t, { width: 320 });
  await button(widget, 'Holm Quay').click();
  await learns(widget, 'They picked Holm Quay.');
  await still(widget);
  await widget.settled();
  await assertFits(widget);
  await widget.screenshot(screenshot('map', 'phone'));
  assert.deepEqual(widget.problems, []);
});

test('the place and what is picked come back when the conversation is opened again', limit, async (t) => {
  const widget = await show(t, { sandbox: 'allow-scripts allow-same-origin' });
  await button(widget, 'Saltby').click();
  await learns(widget, 'They picked Saltby.');
  await widget.show();
  await widget.frame.getByText('Saltby: salt pans').waitFor();
  assert.equal(await button(widget, 'Saltby').getAttribute('aria-pressed'), 'true');
  assert.deepEqual(widget.problems, []);
});

test('ChatGPT before MCP Apps learns it too', limit, async (t) => {
  const widget = await show(t, { host: 'openai' });
  await button(widget, 'Sulavik').click();
  await widget.page.waitForFunction(() => window.host.seen.some(({ kind, state }) => kind === 'state' && state.modelContent?.includes('They picked Sulavik.')));
  assert.deepEqual(widget.problems, []);
});
