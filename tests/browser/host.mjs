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

/** A browser. */
export const launch = () => chromium.launch(CHROMIUM);

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
  const entry = fileURLToPath(new URL('page.js', import.meta.url));
  const options = { bundle: true, format: 'esm', platform: 'browser', write: false };
  const { outputFiles } = await build({ entryPoints: [entry], ...options });
  return outputFiles[0].text;
}

/**
 * Calls `tool` with `args` and shows its widget in a page of its own.
 *
 * The frame's origin is opaque unless `sandbox` says otherwise, which is the strictest a host can be: no storage, no
 * cookies. `context` is merged into the host context. `problems` collects whatever a developer would see in red or
 * yellow, from the widget and from the host.
 */
async function openWidget(browser, origins, { tool, args = {}, theme = 'light', width = 720, ...rest }) {
  const { context = {}, sandbox = 'allow-scripts', mode = 'auto' } = rest;
  // The person's system prefers the other theme: a widget must listen to its host and not to the system.
  const colorScheme = theme === 'dark' ? 'light' : 'dark';
  const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
  const problems = watch(page);
  await page.addInitScript(reportViolations);
  await page.goto(origins.hostUrl);
  const hostContext = {
    theme,
    displayMode: 'inline',
    availableDisplayModes: ['inline'],
    containerDimensions: { width, maxHeight: 4000 },
    locale: 'en-US',
    timeZone: 'UTC',
    platform: 'web',
    ...context,
  };
  const request = { tool, args, context: hostContext, width, sandbox, mode };
  const opened = await page.evaluate((it) => host.open(it), request).catch(async (error) => {
    await page.close();
    throw new Error([error.message, ...problems].join('\n  '), { cause: error });
  });
  const frame = page.frames().find((each) => each.url().startsWith(origins.widgetUrl));
  return {
    ...opened,
    page,
    frame,
    problems,
    seen: () => page.evaluate(() => host.seen),
    call: (name, args) => page.evaluate(([name, args]) => host.call(name, args), [name, args]),
    setContext: (change) => page.evaluate((it) => host.setContext(it), change),
    settled: () => page.evaluate(() => host.settled()),
    screenshot: (path) => page.locator('#widget').screenshot({ path }),
    close: () => page.close(),
  };
}

function watch(page) {
  const problems = [];
  page.on('console', (message) => {
    const { url } = message.location();
    if (!['error', 'warning'].includes(message.type()) || saysNoStream(url, message.text())) return;
    problems.push(`console ${message.type()}: ${message.text()} (${url})`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack || `${error.name}: ${error.message}`}`));
  page.on('crash', () => problems.push('the page crashed'));
  page.on('requestfailed', (request) => problems.push(`${describe(request)} failed: ${request.failure()?.errorText}`));
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
