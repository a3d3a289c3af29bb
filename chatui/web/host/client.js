// An MCP client of the server that this page comes from: stateless (2026-07-28), or with the handshake of the revisions before.

import { answersTo } from './ask.js';

const META = 'io.modelcontextprotocol/';
const MODERN = '2026-07-28';

/** What the server answers with an `error`. */
export class Refusal extends Error {
  constructor({ code, message, data }) {
    super(message);
    Object.assign(this, { name: 'Refusal', code, data });
  }
}

export class Client {
  #last = 0;
  #handshake;

  /** A client as the host of this profile has it; `asks`: its user can be asked. */
  constructor(profile, locale, asks) {
    this.profile = asks ? { ...profile, clientCapabilities: { ...profile.clientCapabilities, elicitation: { form: {}, url: {} } } } : profile;
    this.locale = locale;
  }

  listTools = () => this.#all('tools/list', 'tools');
  listResources = () => this.#all('resources/list', 'resources');
  readResource = (uri) => this.request('resources/read', { uri });

  /** Calls a tool, and once more with each answer that it asks for; `options` are a `signal` and what is to hear of progress. */
  async callTool(tool, args, options = {}) {
    const hints = this.profile.openai ? { 'openai/locale': this.locale } : {};
    const headers = this.profile.protocol === MODERN ? argumentHeaders(tool.inputSchema, args) : {};
    let round = {};
    for (;;) {
      const result = await this.request('tools/call', { name: tool.name, arguments: args, ...round, _meta: hints }, { ...options, headers });
      if (result.resultType !== 'input_required') return result;
      const { requestState, inputRequests = {} } = result;
      round = { requestState, inputResponses: await answersTo(inputRequests, options.signal) };
    }
  }

  /** Asks the server; throws a `Refusal`, or an `Error` where no server answers. */
  async request(method, params = {}, options = {}) {
    if (this.profile.protocol !== MODERN) {
      this.#handshake ??= this.#shake();
      // One that failed is tried again with the next request.
      this.#handshake.catch(() => (this.#handshake = undefined));
      await this.#handshake;
    }
    return this.#send(method, params, options);
  }

  async #all(method, key) {
    const all = [];
    let cursor;
    do {
      const page = await this.request(method, cursor === undefined ? {} : { cursor });
      all.push(...page[key]);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return all;
  }

  async #shake() {
    const { client: clientInfo, clientCapabilities: capabilities, protocol: protocolVersion } = this.profile;
    await this.#send('initialize', { protocolVersion, capabilities, clientInfo });
    await post({ method: 'notifications/initialized' }, { 'mcp-protocol-version': protocolVersion });
  }

  async #send(method, { _meta, ...params }, { signal, progress, headers = {} } = {}) {
    const { client, clientCapabilities, protocol } = this.profile;
    const id = ++this.#last;
    const meta = { ..._meta, ...(progress && { progressToken: id }) };
    const standard = method === 'initialize' ? {} : { 'mcp-protocol-version': protocol };
    if (protocol === MODERN) {
      Object.assign(meta, { [`${META}protocolVersion`]: protocol, [`${META}clientInfo`]: client, [`${META}clientCapabilities`]: clientCapabilities });
      standard['mcp-method'] = method;
      const name = { 'tools/call': params.name, 'resources/read': params.uri }[method];
      if (name !== undefined) standard['mcp-name'] = headerValue(name);
    }
    const message = { id, method, params: { ...params, ...(Object.keys(meta).length && { _meta: meta }) } };
    const response = await post(message, { ...standard, ...headers }, signal);
    const { result, error } = await answerOf(response, progress);
    if (error) throw new Refusal(error);
    return result;
  }
}

/** What the server knows this page by: whoever sits here needs no token. */
export const key = ownKey();

/**
 * The key that the address in the terminal brings, `#key=…`. It leaves the address, which is copied and looked at, and stays in
 * this browser for the page's other tabs and its next visit.
 */
function ownKey() {
  const said = new URLSearchParams(location.hash.slice(1)).get('key');
  if (said) {
    localStorage.setItem('key', said);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return said ?? localStorage.getItem('key') ?? '';
}
// Another one, put into the address of a page that is open, loads nothing by itself.
addEventListener('hashchange', () => location.reload());

/** Who calls from this page: `{ asked, sits, name, scopes }`: whether tools ask, and whether anybody sits at the server. */
export const who = async () => (await fetch('/dev/user', { headers: { 'x-chatui-dev': key } })).json();

function post(message, headers, signal) {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  const own = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'x-chatui-dev': key };
  const all = { ...own, ...headers };
  return fetch('/mcp', { method: 'POST', headers: all, body, signal });
}

async function answerOf(response, progress) {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/json')) return response.json();
  if (!type.startsWith('text/event-stream')) throw new Error(`HTTP ${response.status}: ${(await response.text()).trim()}`);
  for await (const message of events(response.body)) {
    if (message.method === 'notifications/progress') progress?.(message.params);
    else if (message.id !== undefined) return message;
  }
  throw new Error('the stream ended before the answer');
}

/** The messages of a stream of events. */
async function* events(body) {
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + part).split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const data = block.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart());
      if (data.length) yield JSON.parse(data.join('\n'));
    }
  }
}

/** Arguments that the schema wants repeated in headers (`x-mcp-header`). */
function argumentHeaders({ properties = {} } = {}, args, headers = {}) {
  for (const [key, schema] of Object.entries(properties)) {
    const value = args?.[key];
    if (value === undefined || value === null) continue;
    if (schema['x-mcp-header']) headers[`mcp-param-${schema['x-mcp-header']}`] = headerValue(String(value));
    else if (schema.properties) argumentHeaders(schema, value, headers);
  }
  return headers;
}

/** As it is where a header can carry it, else in base64 (MCP 2026-07-28, "Value encoding"). */
function headerValue(text) {
  if (/^[\x21-\x7e]([\x20-\x7e\t]*[\x21-\x7e])?$/.test(text) && !/^=\?base64\?.*\?=$/.test(text)) return text;
  return `=?base64?${btoa(String.fromCharCode(...new TextEncoder().encode(text)))}?=`;
}
