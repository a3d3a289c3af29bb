// The TypeScript SDK on node's http, stateless: `typescript.mjs PORT`. Its one handler for both eras answers the older as a stream;
// with the SDK's transport of that era, which can answer with JSON, a call costs less.
import { createServer as listen } from 'node:http';
import { NodeStreamableHTTPServerTransport, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { createServer } from './add-server.mjs';

const modern = toNodeHandler(createMcpHandler(createServer, { legacy: 'reject' }));

async function legacy(request, response) {
  const server = createServer();
  const transport = new NodeStreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
  response.on('close', () => server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response);
}

listen((request, response) => {
  const handler = request.headers['mcp-protocol-version'] === '2026-07-28' ? modern : legacy;
  handler(request, response);
}).listen(Number(process.argv[2]), '127.0.0.1');
