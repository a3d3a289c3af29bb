// The host's page, as it runs in the browser: the official client talks to the server, the official AppBridge to the
// widget. Tests drive it through `window.host`.

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import {
  AppBridge,
  buildAllowAttribute,
  getToolUiResourceUri,
  PostMessageTransport,
  RESOURCE_MIME_TYPE,
} from '@modelcontextprotocol/ext-apps/app-bridge';

const HOST = { name: 'chatui-test-host', version: '1.0.0' };
const HANDSHAKE_MS = 10_000;
const QUIET_MS = 200;

/** What the widget asked of the host, in order: `{ kind, ...params }`. */
const seen = [];
let client;
let bridge;
let context;

/** Calls a tool and shows its widget; resolves when the widget has been given the result. */
async function open({ tool: name, args, context: hostContext, width, sandbox, mode }) {
  client = await connect(mode);
  const { tools } = await client.listTools();
  const tool = tools.find((each) => each.name === name);
  if (!tool) throw new Error(`the server has no tool ${name}`);
  const uri = getToolUiResourceUri(tool);
  if (!uri) throw new Error(`the tool ${name} has no widget`);

  const call = client.callTool({ name, arguments: args });
  call.catch(() => {}); // told to the widget below; here it would be an unhandled rejection
  const { html, ui } = await readWidget(uri);

  context = { toolInfo: { tool }, ...hostContext };
  dress(context);
  const iframe = frame(width, sandbox, ui.permissions);
  bridge = createBridge(iframe, context);
  const initialized = new Promise((resolve) => bridge.addEventListener('initialized', resolve));
  // The bridge must listen before the document can speak.
  await bridge.connect(new PostMessageTransport(iframe.contentWindow, iframe.contentWindow));
  iframe.src = await publish(html, ui.csp);
  await within(HANDSHAKE_MS, initialized, 'the widget did not complete the MCP Apps handshake');

  await bridge.sendToolInput({ arguments: args });
  const result = await deliver(call);
  return {
    tool,
    uri,
    ui,
    result,
    revision: client.getNegotiatedProtocolVersion(),
    app: bridge.getAppVersion(),
    appCapabilities: bridge.getAppCapabilities(),
  };
}

async function connect(mode) {
  const created = new Client(HOST, {
    capabilities: { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: [RESOURCE_MIME_TYPE] } } },
    versionNegotiation: { mode },
  });
  created.onerror = (error) => console.error(`the host's client: ${error.message}`);
  await created.connect(new StreamableHTTPClientTransport(new URL('/mcp', location.href)));
  return created;
}

async function readWidget(uri) {
  const [{ resources }, { contents }] = await Promise.all([client.listResources(), client.readResource({ uri })]);
  const item = contents.find((each) => each.uri === uri);
  if (!item) throw new Error(`resources/read of ${uri} does not hold it`);
  if (item.mimeType !== RESOURCE_MIME_TYPE) throw new Error(`${uri} is ${item.mimeType}, not ${RESOURCE_MIME_TYPE}`);
  const html = item.text ?? new TextDecoder().decode(Uint8Array.from(atob(item.blob), (c) => c.codePointAt(0)));
  const listed = resources.find((each) => each.uri === uri);
  return { html, ui: item._meta?.ui ?? listed?._meta?.ui ?? {} };
}

async function publish(html, csp) {
  const answer = await fetch('/widgets', { method: 'POST', body: JSON.stringify({ html, csp }) });
  const body = await answer.text();
  if (!answer.ok) throw new Error(body);
  return body;
}

function frame(width, sandbox, permissions) {
  const iframe = document.createElement('iframe');
  iframe.id = 'widget';
  iframe.setAttribute('sandbox', sandbox);
  iframe.allow = buildAllowAttribute(permissions);
  iframe.style.width = `${width}px`;
  document.body.append(iframe);
  return iframe;
}

function createBridge(iframe, hostContext) {
  const capabilities = {
    openLinks: {},
    serverTools: {},
    serverResources: {},
    logging: {},
    message: { text: {} },
    updateModelContext: { text: {}, structuredContent: {} },
  };
  const created = new AppBridge(client, HOST, capabilities, { hostContext });
  // What it cannot read, the bridge drops without a word; here it counts as a problem.
  created.onerror = (error) => console.error(`the host's bridge: ${error.message}`);
  const note = (kind, answer) => async (params) => (seen.push({ kind, ...params }), answer);
  created.onmessage = note('message', {});
  created.onopenlink = note('open-link', {});
  created.onupdatemodelcontext = note('model-context', {});
  created.addEventListener('loggingmessage', note('log'));
  created.addEventListener('sizechange', ({ width, height }) => {
    seen.push({ kind: 'size', width, height, at: performance.now() });
    if (height !== undefined) iframe.style.height = `${height}px`;
  });
  return created;
}

async function deliver(call) {
  try {
    const result = await call;
    await bridge.sendToolResult(result);
    return result;
  } catch (error) {
    await bridge.sendToolCancelled({ reason: error.message });
    throw error;
  }
}

/** Calls a tool beside the widget, to learn what the widget should show. */
function call(name, args) {
  return client.callTool({ name, arguments: args });
}

/** Changes part of the host context, as when a person switches the theme; the widget is told. */
function setContext(change) {
  context = { ...context, ...change };
  dress(context);
  bridge.setHostContext(context);
}

function dress({ theme }) {
  document.documentElement.dataset.theme = theme;
}

/** Resolves when the widget has reported a size and then kept it. */
async function settled() {
  const started = performance.now();
  for (;;) {
    const last = seen.findLast((each) => each.kind === 'size');
    if (last && performance.now() - last.at > QUIET_MS) return;
    if (performance.now() - started > HANDSHAKE_MS) {
      throw new Error(last ? 'the widget keeps changing its size' : 'the widget never reported its size');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function within(ms, promise, complaint) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error(complaint)), ms));
  return Promise.race([promise, late]);
}

window.host = { open, seen, call, setContext, settled };
