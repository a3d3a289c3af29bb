// The official TypeScript clients against the server: the current one in each of its modes, and the one that most
// deployed hosts are built on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import { getToolUiResourceUri, RESOURCE_MIME_TYPE } from '@modelcontextprotocol/ext-apps/app-bridge';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { serverUrl } from '../server-url.mjs';

const url = new URL(serverUrl());
const INFO = { name: 'chatui-tests', version: '1.0.0' };
const UI = 'io.modelcontextprotocol/ui';
const capabilities = { extensions: { [UI]: { mimeTypes: [RESOURCE_MIME_TYPE] } } };

const CLIENTS = {
  'client 2, 2026-07-28 only': { revision: '2026-07-28', connect: () => connect({ pin: '2026-07-28' }) },
  'client 2, whatever the server speaks': { revision: '2026-07-28', connect: () => connect('auto') },
  'client 2, initialize': { revision: '2025-11-25', connect: () => connect('legacy') },
  'client 2, initialize, 2025-06-18 only': { revision: '2025-06-18', connect: () => connect('legacy', ['2025-06-18']) },
  'client 2, initialize, 2025-03-26 only': { revision: '2025-03-26', connect: () => connect('legacy', ['2025-03-26']) },
  'sdk 1': { revision: '2025-11-25', connect: connectV1 },
};

async function connect(mode, supportedProtocolVersions) {
  const client = new Client(INFO, { capabilities, versionNegotiation: { mode }, supportedProtocolVersions });
  await client.connect(new StreamableHTTPClientTransport(url));
  return { client, revision: client.getNegotiatedProtocolVersion() };
}

async function connectV1() {
  const client = new ClientV1(INFO, { capabilities });
  const transport = new TransportV1(url);
  await client.connect(transport);
  return { client, revision: transport.protocolVersion };
}

for (const [name, { revision, connect }] of Object.entries(CLIENTS)) {
  test(name, { timeout: 120_000 }, async (t) => {
    const connection = await connect();
    const { client } = connection;
    t.after(() => client.close());

    await t.test('agrees on a revision and learns who answers', () => {
      assert.equal(connection.revision, revision);
      assert.equal(client.getServerVersion().name, 'dashboard');
      assert.match(client.getServerVersion().version, /^\d+\.\d+\.\d+/);
      const { tools, resources, extensions } = client.getServerCapabilities();
      assert.ok(tools && resources && extensions?.[UI], 'tools, resources and widgets are announced');
    });

    const { tools } = await client.listTools();
    await t.test('finds the tools, described', () => {
      const names = tools.map((tool) => tool.name);
      assert.deepEqual(names, ['list_widgets', 'show_dashboard', 'show_enhanced_example']);
      for (const tool of tools) {
        assert.ok(tool.title && tool.description, `${tool.name} has no title or no description`);
        assert.equal(tool.annotations.readOnlyHint, true);
        assert.equal(tool.inputSchema.additionalProperties, false);
      }
    });

    const tool = tools.find((each) => each.name === 'show_dashboard');
    await t.test('calls a tool and gets what its output schema promises', async () => {
      const result = await client.callTool({ name: tool.name, arguments: {} });
      assert.ok(!result.isError, JSON.stringify(result.content));
      assert.match(result.content[0].text, /Seattle weather 2012–2015/);
      assert.equal(result.structuredContent.days, 1461);
      assertConforms(tool.outputSchema, result.structuredContent);
    });

    await t.test('keeps from the model what only the widget draws', async () => {
      const { content, structuredContent, _meta } = await client.callTool({ name: tool.name, arguments: {} });
      assert.ok(!JSON.stringify([tool.outputSchema, content, structuredContent]).includes('series'));
      assert.equal(hidden(_meta, 'series').length, 48);
    });

    await t.test('hears what is wrong with its arguments', async () => {
      const outside = await client.callTool({ name: tool.name, arguments: { from: 2019 } });
      assert.equal(outside.isError, true);
      assert.match(outside.content[0].text, /2019.*2012 to 2015/);
      const unknown = await client.callTool({ name: tool.name, arguments: { form: 2014 } });
      assert.equal(unknown.isError, true);
      assert.match(unknown.content[0].text, /form/);
      await assert.rejects(client.callTool({ name: 'show_dashbord', arguments: {} }), { code: -32602 });
    });

    await t.test('reads the widget that the tool names', async () => {
      const uri = getToolUiResourceUri(tool);
      const { resources } = await client.listResources();
      const listed = resources.find((each) => each.uri === uri);
      assert.equal(listed?.mimeType, RESOURCE_MIME_TYPE);
      const { contents } = await client.readResource({ uri });
      assert.equal(contents.length, 1);
      assert.equal(contents[0].uri, uri);
      assert.equal(contents[0].mimeType, RESOURCE_MIME_TYPE);
      assert.match(contents[0].text, /^<!doctype html>/i);
      assert.ok(contents[0]._meta.ui.csp, 'the policy is explicit');
      assert.deepEqual(contents[0]._meta, listed._meta);
      await assert.rejects(client.readResource({ uri: 'ui://dashboard/nothing.html' }));
    });
  });
}

// The client checks results against the schema itself; what this adds is that the schema is one that can refuse.
function assertConforms(schema, data) {
  const validate = new AjvJsonSchemaValidator().getValidator(schema);
  assert.deepEqual(validate(data).errorMessage, undefined);
  for (const key of Object.keys(data)) {
    const { [key]: _, ...without } = data;
    assert.equal(validate(without).valid, false, `the schema does not miss ${key}`);
    assert.equal(validate({ ...data, [key]: [] }).valid, false, `the schema takes anything for ${key}`);
  }
}

function hidden(meta, key) {
  return Object.values(meta).find((value) => value?.[key])?.[key];
}
