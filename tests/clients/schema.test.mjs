// What is said of widgets in `_meta.ui`, held against the JSON Schemas that MCP Apps' own SDK ships.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { RESOURCE_MIME_TYPE } from '@modelcontextprotocol/ext-apps/app-bridge';
import { labUrl, serverUrl } from '../server-url.mjs';

const schema = JSON.parse(await readFile(new URL(import.meta.resolve('@modelcontextprotocol/ext-apps/schema.json'))));
const urls = { dashboard: serverUrl(), lab: labUrl() };

/** Whether a value is what this definition says. A definition is whole: none refers to another. */
function assertIs(definition, value, where) {
  const validate = new AjvJsonSchemaValidator().getValidator(schema.$defs[definition]);
  assert.equal(validate(value).errorMessage, undefined, `${where} is no ${definition}: ${JSON.stringify(value)}`);
}

/** A client whose requests come from `agent`. */
async function connect(t, url, mode, agent = 'node') {
  const client = new Client({ name: 'chatui-tests', version: '1.0.0' }, { versionNegotiation: { mode } });
  const requestInit = { headers: { 'user-agent': agent } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  t.after(() => client.close());
  return client;
}

for (const [name, url] of Object.entries(urls)) {
  for (const mode of ['auto', 'legacy']) {
    test(`what the ${name} says of its widgets is what MCP Apps says (${mode})`, { timeout: 120_000 }, async (t) => {
      const client = await connect(t, url, mode);
      const { tools } = await client.listTools();
      for (const tool of tools) assertIs('McpUiToolMeta', tool._meta.ui, tool.name);
      const { resources } = await client.listResources();
      const widgets = resources.filter(({ mimeType }) => mimeType === RESOURCE_MIME_TYPE);
      assert.ok(widgets.length >= 2, 'there are widgets');
      for (const { uri, _meta } of widgets) {
        assertIs('McpUiResourceMeta', _meta.ui, uri);
        const { contents } = await client.readResource({ uri });
        for (const item of contents) assertIs('McpUiResourceMeta', item._meta.ui, `the content of ${uri}`);
      }
      const linked = tools.flatMap(({ _meta }) => _meta.ui.resourceUri ?? []);
      assert.deepEqual([...new Set(linked)].sort(), widgets.map(({ uri }) => uri).sort(), 'each widget has a tool');
    });
  }
}

/** What the lab's widget `asks` wants, by the keys of its attribute. */
const WANTED = {
  csp: {
    connectDomains: ['https://api.example.com'],
    resourceDomains: ['https://cdn.example.com'],
    frameDomains: ['https://maps.example.com'],
  },
  permissions: { camera: {}, microphone: {}, geolocation: {}, clipboardWrite: {} },
  prefersBorder: true,
};
const PLACES = { PUBLIC_URL: 'https://lab.example.com', WIDGET_DOMAIN: 'https://widgets.example.com' };
/** The origin of a widget in the hosts that read one, by their agents, and in another. */
const DOMAINS = {
  'openai-mcp/1.0.0 (ChatGPT)': /^https:\/\/widgets\.example\.com$/,
  'Claude-User': /^[0-9a-f]{32}\.claudemcpcontent\.com$/,
  node: undefined,
};

test('all that a widget may ask for is asked in the words of MCP Apps', { timeout: 120_000 }, async (t) => {
  const url = await startLab(t, PLACES);
  for (const [agent, domain] of Object.entries(DOMAINS)) {
    for (const mode of ['auto', 'legacy']) {
      const client = await connect(t, url, mode, agent);
      const { resources } = await client.listResources();
      const { uri, _meta } = resources.find(({ name }) => name === 'asks');
      const { contents } = await client.readResource({ uri });
      for (const { ui } of [_meta, ...contents.map((item) => item._meta)]) {
        assertIs('McpUiResourceMeta', ui, `what ${agent} is told of ${uri}`);
        const { domain: told, csp, ...rest } = ui;
        assert.deepEqual({ csp: asked(csp), ...rest }, WANTED);
        if (domain) assert.match(told, domain);
        else assert.equal(told, undefined);
      }
    }
  }
});

/** A policy without the server's own address, which is in every one. */
function asked(csp) {
  const others = (origins) => origins.filter((origin) => origin !== PLACES.PUBLIC_URL);
  return Object.fromEntries(Object.entries(csp).map(([key, origins]) => [key, others(origins)]));
}

/** Starts the lab of `cargo build -p widgets-lab` with this in its environment; resolves to its endpoint. */
async function startLab(t, env) {
  const repo = fileURLToPath(new URL('../..', import.meta.url));
  const binary = resolve(repo, process.env.CARGO_TARGET_DIR || 'target', 'debug/widgets-lab');
  const lab = spawn(binary, ['serve', '--port', '0'], { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  t.after(() => lab.kill());
  const said = [];
  for await (const line of createInterface(lab.stderr)) {
    said.push(line);
    const [, url] = line.match(/ listens on (http:[^\s,]+)/) ?? [];
    if (url) return url;
  }
  throw new Error(`the lab did not start:\n${said.join('\n')}`);
}

test('the schemas can refuse', () => {
  assert.throws(() => assertIs('McpUiToolMeta', { csp: {} }));
  assert.throws(() => assertIs('McpUiResourceMeta', { csp: { connect_domains: [] } }));
});
