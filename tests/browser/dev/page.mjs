// The page of `dev`, as a person uses it: the lab's binary with its templates in a folder of their own, and a browser.
// `cargo build -p widgets-lab -p auth` comes first.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../free-port.mjs';
import { launch } from '../host.mjs';

const repo = fileURLToPath(new URL('../../..', import.meta.url));
const built = (name) => resolve(repo, process.env.CARGO_TARGET_DIR || 'target', 'debug', name);

/** How long a thing may take that happens at once; the machine may have more to do. */
export const WAIT = 20_000;
export const limit = { timeout: 120_000 };

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** A `dev` for all tests of a file. */
export function sharedDev(args) {
  const dev = {};
  before(() => start(dev, args));
  after(() => dev.end?.());
  return dev;
}

/** A `dev` of this test's own, to be stopped and started. */
export async function ownDev(t, args, app) {
  const dev = {};
  t.after(() => dev.end?.());
  await start(dev, args, app);
  return dev;
}

async function start(dev, args = [], { binary = 'widgets-lab', env = {} } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'chatui-dev-'));
  cpSync(join(repo, 'tests/widgets/widgets'), join(root, 'widgets'), { recursive: true });
  const port = await freePort();
  Object.assign(dev, { port, url: `http://127.0.0.1:${port}`, log: '', template: (name) => join(root, 'widgets', name) });
  dev.start = async () => {
    const before = dev.log.length;
    dev.process = spawn(built(binary), ['dev', '--port', `${port}`, '--templates', root, ...args], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    dev.process.stderr.on('data', (text) => (dev.log += text));
    // Whole lines: what is printed comes in pieces.
    await until(() => /see and try its tools on .*\n/.test(dev.log.slice(before)) || dev.process.exitCode !== null);
    assert.equal(dev.process.exitCode, null, dev.log);
  };
  dev.stop = async (signal = 'SIGTERM') => {
    const ended = once(dev.process, 'exit');
    dev.process.kill(signal);
    return (await ended)[0];
  };
  dev.end = async () => {
    if (dev.process.exitCode === null && dev.process.signalCode === null) await dev.stop();
    rmSync(root, { recursive: true });
  };
  await dev.start();
}

/** What is seen in red when a test stops the server. */
const AWAY = /ERR_(CONNECTION_REFUSED|CONNECTION_RESET|INCOMPLETE_CHUNKED_ENCODING|EMPTY_RESPONSE)/;

/**
 * Opens the page at an address like `{ tool: 'lab', args: { … } }`. What goes wrong in it, and not in a widget, fails the test,
 * unless it is `expected`.
 */
export async function openPage(t, dev, query = {}, { width = 1440, height = 900, colorScheme = 'light', expected = AWAY, fragment = '' } = {}) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  page.setDefaultTimeout(WAIT);
  const wrong = [];
  page.on('pageerror', ({ stack }) => stack.includes(`${dev.url}/dev/`) && wrong.push(stack));
  page.on('console', (message) => {
    const isOurs = message.location().url.startsWith(dev.url) && message.type() === 'error';
    if (isOurs && !expected.test(message.text())) wrong.push(message.text());
  });
  t.after(async () => {
    await page.close();
    assert.deepEqual(wrong, []);
  });
  const address = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, key === 'args' ? JSON.stringify(value) : value]));
  await page.goto(`${dev.url}/?${address}${fragment}`);
  await page.locator('#connection[data-state=here]').waitFor();
  return page;
}

/** The widget on the page, once it is seen. */
export const widget = (page) => page.frameLocator('#frame iframe:not(.coming)');

/** A fact of the lab's widget is this, at the latest after some seconds. */
export async function fact(page, name, expected) {
  const at = widget(page).locator(`#${name}`);
  await until(async () => (await at.textContent()) === expected).catch(() => {});
  assert.equal(await at.textContent(), expected, name);
}

export const press = (page, name) => widget(page).getByRole('button', { name, exact: true }).click();

/** What came of a button of the lab. */
export async function pressed(page, name) {
  await press(page, name);
  const answer = widget(page).locator('#answer', { hasText: new RegExp(`^${name}( failed)?: `) });
  return (await answer.textContent()).slice(name.length).replace(/^: /, '').trim();
}

/** Makes the page another host. */
export const playHost = (page, host) => page.getByRole('combobox', { name: 'Host' }).selectOption(host);

/** The structured data of the answer, as the page shows it. */
export async function structured(page) {
  return JSON.parse(await page.getByRole('group', { name: 'structuredContent' }).textContent());
}

export const shows = (locator, hasText) => locator.filter({ hasText }).first().waitFor();

/** Resolves when it is so. */
export async function until(is, ms = WAIT) {
  const end = performance.now() + ms;
  while (!(await is())) {
    if (performance.now() > end) throw new Error(`it did not come to this: ${is}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const picture = (name) => join(repo, `target/screenshots/dev-${name}.png`);
