// Runs in the host's page in the browser: the official client talks to the server, and one of three hosts to the
// widget. Tests drive it through `window.host`.

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { buildAllowAttribute, getToolUiResourceUri, RESOURCE_MIME_TYPE } from '@modelcontextprotocol/ext-apps/app-bridge';
import { appsHost, HOST, silentHost } from './apps.js';
import { place } from './frame.js';
import { openaiHost } from './openai.js';

const WAIT_MS = 20_000;
const QUIET_MS = 200;
const HOSTS = { apps: appsHost, openai: openaiHost, both: bothHosts, silent: silentHost };

/** What the widget asked of the host, in order: `{ kind, ...params }`. */
const seen = [];
/** What was asked for, and what came of it: all that a frame needs to be made again. */
let view;
let host;

/** Calls a tool and shows its widget; resolves when the host has done all that it does by itself. */
async function open(options) {
  const client = await connect(options.mode);
  const { tools } = await client.listTools();
  const tool = tools.find((each) => each.name === options.tool);
  if (!tool) throw new Error(`the server has no tool ${options.tool}`);
  const uri = getToolUiResourceUri(tool);
  if (!uri) throw new Error(`the tool ${options.tool} has no widget`);

  const abort = new AbortController();
  const call = client.callTool({ name: options.tool, arguments: options.args }, { signal: abort.signal });
  call.catch(() => {}); // told to the widget below; here it would be an unhandled rejection
  const { html, ui } = await readWidget(client, uri);
  const context = options.context ? { toolInfo: { id: 'call-1', tool }, ...options.context } : {};
  view = { ...options, client, call, abort, html, ui, seen, context };
  dress(options);
  const facts = await show();
  const result = options.hold ? undefined : await call;
  return { tool, uri, ui, result, revision: client.getNegotiatedProtocolVersion(), ...facts };
}

/** Puts the widget into a frame of its own; the host does the rest. */
async function show() {
  document.getElementById('widget')?.remove();
  view.iframe = frame(view);
  host = HOSTS[view.host](view);
  await host.ready(); // it must listen before the document can speak
  view.iframe.src = await publish(host.document?.(view.html, await view.call) ?? view.html, view.ui.csp);
  await within(WAIT_MS, host.connected(), 'the widget did not complete the MCP Apps handshake');
  if (!view.hold) await host.deliver();
  return host.facts();
}

/** ChatGPT as it is now: it speaks MCP Apps, and has its globals beside that. */
function bothHosts(view) {
  const [apps, openai] = [appsHost(view), openaiHost(view)];
  const both = (name) => (...args) => Promise.all([apps[name](...args), openai[name](...args)]);
  const tell = (kind, params) => (kind === 'globals' ? openai : apps).tell(kind, params);
  return { ...apps, ready: both('ready'), setContext: both('setContext'), document: openai.document, tell };
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

async function readWidget(client, uri) {
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

function frame({ width, sandbox, ui, context }) {
  const iframe = document.createElement('iframe');
  iframe.id = 'widget';
  iframe.setAttribute('sandbox', sandbox);
  iframe.allow = buildAllowAttribute(ui.permissions);
  iframe.style.width = `${width}px`;
  const { height } = context.containerDimensions ?? {};
  if (height) iframe.style.height = `${height}px`;
  document.body.append(iframe);
  return iframe;
}

/** Calls a tool beside the widget, to learn what the widget should show. */
function call(name, args) {
  return view.client.callTool({ name, arguments: args });
}

/** Changes part of what the host says of itself, as when a person switches the theme; the widget is told. */
function setContext(change) {
  view.context = { ...view.context, ...change };
  dress(view.context);
  host.setContext(change);
}

/** Moves the frame to another place, as when a person presses the host's own button; the widget is told. */
function move(displayMode) {
  place(view, displayMode);
  const { containerDimensions } = view.context;
  host.setContext({ displayMode, containerDimensions });
}

function dress({ theme }) {
  if (theme) document.documentElement.dataset.theme = theme;
}

/** Stops the tool, as when a person presses "stop"; the widget is told why. */
async function cancel(reason) {
  view.abort.abort(reason);
  await host.tell('cancelled', { reason });
}

/** Asks the widget to finish, then takes it away; resolves to what the widget answered. */
async function teardown(reason) {
  const answer = await within(WAIT_MS, host.teardown(reason), 'the widget does not answer ui/resource-teardown');
  view.iframe.remove();
  return answer;
}

/** Resolves when the widget has reported a size and then kept it. */
async function settled() {
  const started = performance.now();
  for (;;) {
    const last = seen.findLast((each) => each.kind === 'size');
    if (last && performance.now() - last.at > QUIET_MS) return;
    if (performance.now() - started > WAIT_MS) {
      throw new Error(last ? 'the widget keeps changing its size' : 'the widget never reported its size');
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function within(ms, promise, complaint) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error(complaint)), ms));
  return Promise.race([promise, late]);
}

window.host = {
  open,
  show,
  seen,
  call,
  setContext,
  move,
  cancel,
  teardown,
  settled,
  tell: (kind, params) => host.tell(kind, params),
  deliver: () => host.deliver(),
};
