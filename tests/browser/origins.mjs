// The two origins of a web host: one serves the host's page and passes /mcp on to the server under test, the other
// serves nothing but widgets. Two ports are two origins, so a widget can reach neither the host nor the server.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { contentSecurityPolicy } from './csp.mjs';

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Host</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light; background: #ffffff }
  :root[data-theme="dark"] { color-scheme: dark; background: #212121 }
  body { margin: 0 }
  iframe { display: block; border: 0 }
  iframe.fullscreen { position: fixed; inset: 0; width: 100vw !important; height: 100vh !important }
</style>
<script type="module" src="/page.js"></script>`;

/** Serves `script` as the host's page in front of the server at `target`. */
export async function startOrigins(target, script) {
  const widgets = new Map();

  const widgetOrigin = await listen((request, response) => {
    const widget = widgets.get(request.url);
    if (!widget) return respond(response, 404, 'text/plain', 'no such widget');
    response.setHeader('content-security-policy', widget.policy);
    respond(response, 200, 'text/html; charset=utf-8', widget.html);
  });

  const hostOrigin = await listen(async (request, response) => {
    if (request.url === '/mcp') return forward(target, request, response);
    if (request.url === '/') return respond(response, 200, 'text/html; charset=utf-8', PAGE);
    if (request.url === '/page.js') return respond(response, 200, 'text/javascript; charset=utf-8', script);
    if (request.url === '/widgets') {
      const { html, csp } = JSON.parse(await text(request));
      const path = `/${randomUUID()}`;
      widgets.set(path, { html, policy: contentSecurityPolicy(csp) });
      return respond(response, 200, 'text/plain', widgetOrigin.url + path);
    }
    respond(response, 404, 'text/plain', 'no such page');
  });

  return {
    hostUrl: hostOrigin.url,
    widgetUrl: widgetOrigin.url,
    close: () => Promise.all([hostOrigin.close(), widgetOrigin.close()]),
  };
}

async function listen(handler) {
  const server = createServer(async (request, response) => {
    try {
      await handler(request, response);
    } catch (error) {
      respond(response, 500, 'text/plain', String(error.message ?? error));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

function respond(response, status, type, body) {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

// Hosts call servers from their own machines: what a browser adds to tell where a request came from does not go out.
const FROM_BROWSER = /^(host|origin|referer|cookie|connection|sec-.*)$/;

function forward(target, request, response) {
  const send = target.startsWith('https:') ? httpsRequest : httpRequest;
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !FROM_BROWSER.test(name)));
  const upstream = send(target, { method: request.method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  upstream.on('error', (error) => {
    if (response.headersSent) return response.destroy();
    respond(response, 502, 'text/plain', `the server under test does not answer: ${error.message}`);
  });
  // To a server, a caller that went away is a cancelled call; it must hear of it through the proxy too.
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}
