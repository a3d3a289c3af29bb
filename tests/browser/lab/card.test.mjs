// A widget that has no template: what it holds is drawn all the same, for people and not for programmers.

import assert from 'node:assert/strict';
import { assertFits, assertTheme } from '../checks.mjs';
import * as look from '../look.mjs';
import { notice, shows } from './lab.mjs';

const tool = 'card';

for (const theme of ['light', 'dark']) {
  shows(`a widget without a template draws a card (${theme})`, `card-${theme}`, { tool, theme }, async (widget) => {
    await widget.frame.getByText('Order 7 <b>').first().waitFor();
    await widget.settled();
    const text = await look.text(widget);
    for (const shown of ['fragile', 'gift', 'Ada Lovelace', 'Row 3 of the test', '12,345.5', '3.75', '0.25', 'Ordered on', '2026']) {
      assert.ok(text.includes(shown), `${shown} is not in\n${text}`);
    }
    assert.doesNotMatch(text, /[{}]|\[object|undefined|null|ordered_on/, 'in words, not in JSON');
    assert.equal(await widget.frame.locator('table tbody tr').count(), 3, 'rows are a table');
    await assertTheme(widget, theme);
    await assertFits(widget);
  });
}

shows('the card’s links go through the host', 'card-link', { tool }, async (widget) => {
  await widget.frame.getByRole('link').first().click();
  await widget.page.waitForFunction(() => host.seen.some(({ kind }) => kind === 'open-link'));
  assert.equal((await widget.seen('open-link'))[0].url, 'https://example.com/invoices/7');
});

shows('the card fits a phone', 'card-320', { tool, width: 320 }, async (widget) => {
  await widget.frame.getByText('Order 7 <b>').first().waitFor();
  await widget.settled();
  await assertFits(widget);
});

shows('the card writes as its reader does', 'card-de-CH', { tool, context: { locale: 'de-CH' } }, async (widget) => {
  await widget.frame.getByText(/12['’]345\.5/).first().waitFor();
  assert.doesNotMatch(await look.text(widget), /12,345/);
});

shows('the card goes from right to left', 'card-ar', { tool, context: { locale: 'ar' } }, async (widget) => {
  await widget.frame.getByText('Order 7 <b>').first().waitFor();
  assert.equal(await widget.frame.evaluate(() => getComputedStyle(document.body).direction), 'rtl');
  await widget.settled();
  await assertFits(widget);
});

shows('of very many rows a card draws some', 'card-many', { tool, args: { rows: 200 } }, async (widget) => {
  await widget.frame.getByText('… and 150 more').waitFor();
  await widget.settled();
  await assertFits(widget);
});

shows('a card waits', 'card-loading', { tool, hold: true }, async (widget) => {
  await widget.tell('input', { arguments: {} });
  await widget.settled();
});

shows('a card says what went wrong', 'card-error', { tool, args: { rows: -1 } }, async (widget) => {
  assert.equal(widget.result.isError, true);
  await widget.frame.waitForSelector('[data-status=error]');
  assert.match(`${await notice(widget)} ${await look.text(widget)}`, /rows/);
});
