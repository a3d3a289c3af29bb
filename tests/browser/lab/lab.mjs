// What the tests of the lab share: a host, the words on the screen, and a hand that presses buttons.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { labUrl } from '../../server-url.mjs';
import { open, picture } from '../checks.mjs';
import { startHost } from '../host.mjs';

let host;

before(async () => (host = await startHost(labUrl())));
after(() => host?.close());

/**
 * Opens a widget of the lab and lets `body` look at it; then takes its picture, whose name is `name`. Nothing may have
 * been said in red or yellow on the way.
 */
export function shows(what, name, options, body) {
  test(what, { timeout: 120_000 }, async (t) => {
    const widget = await open(t, host, options);
    await body(widget);
    if (widget.frame) await widget.screenshot(picture(name));
    assert.deepEqual(widget.problems, []);
  });
}

/** These facts of the lab are on the screen, at the latest after some seconds. */
export async function assertFacts(widget, facts) {
  for (const [name, expected] of Object.entries(facts)) {
    const fits = ([name, expected]) => document.getElementById(name)?.textContent === expected;
    await widget.frame.waitForFunction(fits, [name, expected]).catch(() => {});
    assert.equal(await read(widget, name), expected, name);
  }
}

/** One fact of the lab, as it is on the screen. */
export const read = (widget, name) => widget.frame.locator(`#${name}`).textContent();

/** Presses a button of the lab; resolves to what came of it. */
export async function press(widget, name) {
  await widget.frame.getByRole('button', { name, exact: true }).click();
  const answer = widget.frame.locator('#answer', { hasText: new RegExp(`^${name}( failed)?: `) });
  await answer.waitFor();
  return (await answer.textContent()).slice(name.length).replace(/^: /, '').trim();
}

/** What the host was asked, without the time. */
export async function asked(widget, kind) {
  return (await widget.seen(kind)).map(({ at, kind, ...rest }) => rest);
}

/** Resolves when the widget has told its size after the host was asked this, and then kept it. */
export async function resizedSince(widget, question) {
  const later = (question) => {
    const last = (kind) => host.seen.findLastIndex((each) => each.kind === kind);
    return last('size') > last(question);
  };
  await widget.page.waitForFunction(later, question);
  await widget.settled();
}

/** What stands in front of a template that has no words for an error. */
export const notice = (widget) => widget.frame.evaluate(() => getComputedStyle(document.documentElement, '::before').content);
