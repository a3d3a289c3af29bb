// A host for MCP Apps in a real browser: Chromium shows a page with the official client and the official AppBridge,
// the page shows the widget in a sandboxed frame under the specification's policy.

import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startOrigins } from './origins.mjs';

const CHROMIUM = {
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  headless: true,
  chromiumSandbox: false,
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** What a widget does not do by then, it does not do; a silent host is given up after 5 seconds. */
const WAIT_MS = 20_000;

/** A browser, perhaps with switches of a test's own. */
export const launch = (...more) => chromium.launch({ ...CHROMIUM, args: [...CHROMIUM.args, ...more] });

/** Starts a browser with a host page for the MCP server at `url`. */
export async function startHost(url) {
  const script = await pageScript();
  const browser = await launch();
  const origins = await startOrigins(url, script);
  return {
    openWidget: (options) => openWidget(browser, origins, options),
    async close() {
      await browser.close();
      await origins.close();
    },
  };
}

async function pageScript() {
  const entry = fileURLToPath(new URL('page/page.js', import.meta.url));
  const options = { bundle: true, minify: true, format: 'esm', platform: 'browser', write: false };
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  return outputFiles[0].text;
}

/**
 * Calls `tool` with `args` and shows its widget in a page of its own.
 *
 * `host` says what kind of host it is: `apps` is the official one, `openai` has `window.openai` and nothing else, `both`
 * is the two in one, `silent` never answers. `context` is merged into what it says of itself, `capabilities` are what it
 * can do. With `hold`, it tells nothing of the call by itself: the test does, with `tell`, `deliver` and `cancel`.
 * `colorScheme` is what the person's system prefers: the other theme, unless a test says so.
 *
 * The frame's origin is opaque unless `sandbox` says otherwise, which is the strictest a host can be: no storage, no
 * cookies. `problems` collects whatever a developer would see in red or yellow, from the widget and from the host.
 */
async function openWidget(browser, origins, { tool, args = {}, theme = 'light', width = 720, height = 900, ...rest }) {
  const { context, sandbox = 'allow-scripts', mode = 'auto', host = 'apps', ...more } = rest;
  // The person's system prefers the other theme: a widget must listen to its host and not to the system.
  const colorScheme = rest.colorScheme ?? (theme === 'dark' ? 'light' : 'dark');
  const page = await browser.newPage({ colorScheme, viewport: { width, height } });
  page.setDefaultTimeout(WAIT_MS);
  const problems = watch(page);
  await page.addInitScript(reportViolations);
  await page.goto(origins.hostUrl);
  const request = { ...more, tool, args, theme, width, sandbox, mode, host, context: contextOf({ theme, width, context }) };
  const opened = await page.evaluate((it) => window.host.open(it), request).catch(async (error) => {
    await page.close();
    throw new Error([error.message, ...problems].join('\n  '), { cause: error });
  });
  return Object.assign(controls(page, origins), opened, { problems });
}

/** What a host of today says of itself; nothing at all where `context` is null. */
function contextOf({ theme, width, context = {} }) {
  if (!context) return null;
  return {
    theme,
    displayMode: 'inline',
    availableDisplayModes: ['inline', 'fullscreen'],
    containerDimensions: { width, maxHeight: 4000 },
    locale: 'en-US',
    timeZone: 'UTC',
    platform: 'web',
    ...context,
  };
}

/** What a test can do with an open widget. */
function controls(page, origins) {
  const host = (name) => (...args) => page.evaluate(([name, args]) => window.host[name](...args), [name, args]);
  return {
    page,
    /** The frame that is there now; `show` makes another one. */
    get frame() {
      return page.frames().find((each) => each.url().startsWith(origins.widgetUrl));
    },
    seen: async (kind) => (await page.evaluate(() => window.host.seen)).filter((each) => !kind || each.kind === kind),
    call: host('call'),
    setContext: host('setContext'),
    tell: host('tell'),
    deliver: host('deliver'),
    cancel: host('cancel'),
    /** To another place, as when the person presses the host's own button. */
    move: host('move'),
    teardown: host('teardown'),
    /** The same call in a new frame, as when a conversation is opened again. */
    show: host('show'),
    settled: host('settled'),
    screenshot: (path) => page.locator('#widget').screenshot({ path }),
    close: () => page.close(),
  };
}

function watch(page) {
  const problems = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (!['error', 'warning'].includes(message.type()) || saysNoStream(url, message.text()) || warnsOfUs(message.text())) return;
    problems.push(`console ${message.type()}: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack || `${error.name}: ${error.message}`}`));
  page.on('crash', () => problems.push('the page crashed'));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText;
    if (!isCancelled(request, why)) problems.push(`${describe(request)} failed: ${why}`);
  });
  page.on('response', (response) => {
    if (response.status() < 400 || saysNoStream(response.url(), String(response.status()))) return;
    problems.push(`${describe(response.request())} answered ${response.status()}`);
  });
  return problems;
}

// How a stateless server answers clients of the initialize era that ask for a stream of notifications.
function saysNoStream(url, status) {
  return new URL(url || 'about:blank').pathname === '/mcp' && /\b405\b/.test(status);
}

// How a call ends that a test cancels.
function isCancelled(request, why) {
  return new URL(request.url()).pathname === '/mcp' && why === 'net::ERR_ABORTED';
}

// Said when the frame is made, before it has got the widget's origin.
function warnsOfUs(text) {
  return text.startsWith('An iframe which has both allow-scripts and allow-same-origin');
}

function describe(request) {
  return `${request.method()} ${request.url()}`;
}

// Runs in every document before its own scripts.
function reportViolations() {
  addEventListener('securitypolicyviolation', (event) => {
    const { effectiveDirective, blockedURI, lineNumber } = event;
    console.error(`policy violation: ${effectiveDirective} forbids ${blockedURI} at line ${lineNumber}`);
  });
}
