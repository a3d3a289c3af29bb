// The official TypeScript clients are asked by a server's tools, over stdio in each era and over HTTP in rounds.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const INFO = { name: 'chatui-tests', version: '1.0.0' };
const target = process.env.CARGO_TARGET_DIR ?? `${import.meta.dirname}/../../target`;
const server = { command: `${target}/debug/conformance`, args: ['serve', '--stdio'] };
const capabilities = { elicitation: { form: {} } };

function answer({ params }) {
  const fields = Object.keys(params.requestedSchema.properties);
  const content = { name: 'Ada', color: 'blue', username: 'ada', email: 'ada@example.com' };
  return { action: 'accept', content: Object.fromEntries(fields.map((field) => [field, content[field]])) };
}

const CLIENTS = {
  'client 2, 2026-07-28': ['2026-07-28', () => connect({ pin: '2026-07-28' })],
  'client 2, initialize': ['2025-11-25', () => connect('legacy')],
  'sdk 1': ['2025-11-25', connectV1],
};

async function connect(mode) {
  const client = new Client(INFO, { capabilities, versionNegotiation: { mode } });
  client.setRequestHandler('elicitation/create', answer);
  await client.connect(new StdioClientTransport(server));
  assert.ok(client.getNegotiatedProtocolVersion());
  return client;
}

async function connectV1() {
  const client = new ClientV1(INFO, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, answer);
  await client.connect(new TransportV1(server));
  return client;
}

for (const [name, [revision, connect]] of Object.entries(CLIENTS)) {
  test(`${name}: a tool asks twice, one question after the other`, async () => {
    const client = await connect();
    try {
      const asked = await client.callTool({ name: 'test_input_required_result_multi_round', arguments: {} });
      assert.deepEqual(asked.content, [{ type: 'text', text: 'Ada likes blue' }], revision);
      const contact = await client.callTool({ name: 'test_elicitation', arguments: { message: 'Who are you?' } });
      assert.match(contact.content[0].text, /action=accept, content=\{"username":"ada","email":"ada@example.com"\}/);
    } finally {
      await client.close();
    }
  });
}
