// The command line of the official Inspector, over HTTP and over stdio. `--strict` fails where a tool's schema would not
// travel to every host.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { serverUrl } from '../server-url.mjs';

const inspector = createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json');
const program = `${dirname(inspector)}/clients/launcher/build/index.js`;
const binary = resolve(import.meta.dirname, '../..', process.env.CARGO_TARGET_DIR ?? 'target', 'debug/dashboard');

const TARGETS = { http: [serverUrl()], stdio: [binary, 'serve', '--stdio'] };

/** What it prints, as JSON. It exits with another code than 0 where it finds a problem. */
async function inspect(target, ...args) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, '--cli', ...args, '--', ...target], { timeout: 100_000 });
  return { said: JSON.parse(stdout), noted: stderr };
}

for (const [name, target] of Object.entries(TARGETS)) {
  test(`Inspector over ${name}`, { timeout: 120_000 }, async (t) => {
    await t.test('finds nothing in the schemas that a host could not read', async () => {
      const { said, noted } = await inspect(target, '--strict', '--method', 'tools/list');
      assert.deepEqual(said.tools.map((tool) => tool.name), ['list_widgets', 'show_dashboard', 'show_enhanced_example']);
      assert.doesNotMatch(noted, /error|warning/i);
    });
    await t.test('calls a tool', async () => {
      const { said } = await inspect(target, '--method', 'tools/call', '--tool-name', 'show_dashboard');
      assert.ok(said.structuredContent && !said.isError, JSON.stringify(said));
    });
    await t.test('sees that it is an app', async () => {
      const { said } = await inspect(target, '--method', 'tools/call', '--tool-name', 'show_dashboard', '--app-info');
      assert.match(JSON.stringify(said), /"resourceUri":"ui:\/\//);
    });
    await t.test('lists and reads resources', async () => {
      const { said } = await inspect(target, '--method', 'resources/list');
      const { uri } = said.resources.find((resource) => resource.uri.startsWith('ui://'));
      const read = await inspect(target, '--method', 'resources/read', '--uri', uri);
      assert.equal(read.said.contents[0].mimeType, 'text/html;profile=mcp-app');
    });
  });
}
