// `check` against servers that are not ours: what it finds, and that it bears what it meets.

import assert from 'node:assert/strict';
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, it } from 'node:test';
import { freePort } from '../free-port.mjs';

const binary = process.env.CHATUI_CHECK;
if (!binary) throw new Error('CHATUI_CHECK is not set; name a binary of ours: CHATUI_CHECK=target/debug/hello node --test tests/check/*.test.mjs');

/** What `check` says about an address: its exit code, and the report. */
function check(...args) {
  return new Promise((resolve, reject) => {
    execFile(binary, ['check', ...args, '--json'], { maxBuffer: 2 ** 26 }, (error, out, err) => {
      try {
        const report = JSON.parse(out);
        resolve({ code: error?.code ?? 0, report, codes: [...new Set(report.findings.map(({ code }) => code))] });
      } catch {
        reject(new Error(`no report: ${out}${err}`));
      }
    });
  });
}

/** Starts a server of npm's on a port of its own, and waits until it answers. */
async function foreign(script, args, more = {}) {
  const free = await freePort();
  const path = fileURLToPath(new URL(`../node_modules/@modelcontextprotocol/${script}`, import.meta.url));
  const server = spawn(process.execPath, [path, ...args], { env: { ...process.env, PORT: free, ...more }, stdio: 'ignore' });
  after(() => server.kill());
  const url = `http://127.0.0.1:${free}/mcp`;
  for (const end = Date.now() + 20_000; ; ) {
    try {
      await fetch(url);
      return url;
    } catch (error) {
      if (Date.now() > end || server.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** A server on loopback that ends with the test. */
async function listening(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `127.0.0.1:${server.address().port}`;
}

/** A server that answers messages; what is none it refuses. */
function answering(answer) {
  return createHttp(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    let message;
    try {
      message = JSON.parse(body);
    } catch {
      return response.writeHead(request.method === 'POST' ? 400 : 405).end();
    }
    answer(message, request, response);
  });
}

it('the server that has everything, with sessions and streams', async () => {
  const url = await foreign('server-everything/dist/index.js', ['streamableHttp']);
  const { code, report, codes } = await check(url);
  assert.ok(report.tools > 10, `it lists its tools: ${report.tools}`);
  // Of 2025: no `server/discover`, draft-07 schemas that are open, an argument without a word; and any page may call it.
  assert.deepEqual([code, codes], [1, ['C050', 'C021', 'C088', 'C122', 'C130']]);
  assert.equal((await check(url, '--host', 'chatgpt')).codes.includes('C050'), true);
});

it('an example of the standard of apps', async () => {
  const url = await foreign('server-basic-vanillajs/dist/index.js', []);
  const { code, report, codes } = await check(url, '--call');
  assert.deepEqual([code, report.tools, report.widgets], [1, 1, 1]);
  for (const expected of ['C100', 'C170', 'C168', 'C194']) assert.ok(codes.includes(expected), `${expected} is not among ${codes}`);
  // It shakes hands with the official library, and reports its size.
  for (const fine of ['C161', 'C163', 'C190', 'C191', 'C192', 'C193', 'C195', 'C140', 'C141']) assert.ok(!codes.includes(fine), fine);
  const { codes: claude } = await check(url, '--host', 'claude');
  assert.ok(!claude.includes('C100') && claude.includes('C025'), `${claude}`);
});

it('a certificate that nobody believes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chatui-check-'));
  after(() => rmSync(folder, { recursive: true }));
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
  const named = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', key, '-out', cert];
  execFileSync('openssl', [...made, ...named], { stdio: 'pipe' });
  const server = createHttps({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => response.end('{}'));
  const { code, report, codes } = await check(`https://${await listening(server)}/mcp`);
  assert.deepEqual([code, codes], [1, ['C003']]);
  assert.match(report.findings[0].message, /^the certificate of `127\.0\.0\.1:\d+` is not believed: /);
});

it('a redirect, which is not followed', async () => {
  let asked = 0;
  const server = createHttp((request, response) => {
    asked += 1;
    response.writeHead(308, { location: 'https://elsewhere.example/mcp' }).end();
    request.resume();
  });
  const { code, report, codes } = await check(await listening(server));
  assert.deepEqual([code, codes, asked], [1, ['C007'], 1]);
  assert.equal(report.findings[0].message, 'it leads to `https://elsewhere.example/mcp` with 308');
});

it('an endpoint at the root, and a page that answers every path', async () => {
  const page = createHttp((_, response) => response.end('<!doctype html><title>Shop</title>'));
  assert.deepEqual((await check(await listening(page))).codes, ['C008']);
  const root = answering(({ id, method }, request, response) => {
    if (request.url !== '/') return response.writeHead(404).end();
    if (method !== 'initialize') return response.writeHead(202).end();
    const result = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'root', version: '1' } };
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  });
  const address = await listening(root);
  assert.equal((await check(address)).report.url, `http://${address}/`);
});

it('a server that breaks off, and one whose stream goes on', async () => {
  const broken = createHttp((request) => request.socket.destroy());
  assert.deepEqual((await check(await listening(broken))).codes, ['C002']);
  const streams = answering(({ id, method }, request, response) => {
    if (id === undefined) return response.writeHead(202).end();
    const result = { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'streams', version: '1' }, tools: [] };
    const answer = method.includes('discover') ? { error: { code: -32601, message: 'no' } } : { result };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    // Never ended: whoever waits for the end waits for ever.
    response.write(`: hello\n\nevent: message\ndata: ${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n\n`);
  });
  const start = Date.now();
  const { report } = await check(await listening(streams));
  assert.ok(Date.now() - start < 20_000 && report.findings.every(({ code }) => code !== 'C002'), JSON.stringify(report.findings));
});
