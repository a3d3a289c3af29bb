// Cloudflare's side, in the way of the package's own guide.
import { createMcpHandler } from 'agents/mcp/server';
import { createServer } from '../add-server.mjs';

const handler = createMcpHandler(createServer);

export default {
  fetch: (request, env, ctx) => handler(request, env, ctx),
};
