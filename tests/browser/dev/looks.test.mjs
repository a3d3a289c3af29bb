// The page can be read and used by everybody, in both themes, on a phone too. The pictures are in target/screenshots.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fact, limit, openPage, picture, pressed, sharedDev, shows } from './page.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const dev = sharedDev(['--public-url', 'https://lab.example.com']);

/** What axe finds, in short. What is in the widget's frame is its author's. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { iframes: false }));
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}

const ORDER = { name: '', gift: true, size: 'Small', place: {}, tags: ['a'], prices: { CHF: 1 } };
const drawn = (page) => page.locator('#frame iframe:not(.coming)').waitFor();
const STATES = {
  widget: {
    query: { tool: 'lab', args: { title: 'Hello' } },
    act: async (page) => {
      await fact(page, 'status', 'ready');
      for (const name of ['Say', 'Open', 'Tell data', 'Keep']) await pressed(page, name);
      await page.locator('#log details').nth(1).locator('summary').click();
    },
  },
  form: {
    query: { tool: 'order', args: ORDER },
    act: async (page) => {
      await page.keyboard.press('Control+Enter');
      await shows(page.locator('#answer-body'), 'wrong arguments');
    },
  },
  problem: {
    query: { tool: 'reach', args: { address: 'fetch https://api.example.com/x' } },
    act: (page) => shows(page.locator('#problems li'), 'is not allowed'),
  },
  big: { query: { tool: 'words', args: { count: 40_000 } }, act: (page) => shows(page.locator('#answer .warning'), 'too big') },
  fullscreen: { query: { tool: 'card', args: {}, mode: 'fullscreen', width: 'phone', notch: 'true' }, act: drawn },
  pip: { query: { tool: 'card', args: {}, mode: 'pip' }, act: drawn },
};

for (const [name, { query, act }] of Object.entries(STATES)) {
  for (const theme of ['light', 'dark']) {
    for (const width of [390, 1024, 1440]) {
      test(`${name}, ${theme}, ${width} px`, limit, async (t) => {
        const page = await openPage(t, dev, { ...query, theme }, { width, height: 800, colorScheme: theme });
        await act(page);
        await page.screenshot({ path: picture(`${name}-${theme}-${width}`) });
        assert.deepEqual(await violations(page), []);
        const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(beside <= 0, `${beside} px of the page are beside the window`);
      });
    }
  }
}
