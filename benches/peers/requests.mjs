// What is asked, and when an answer to it is right.

import { writeFileSync } from 'node:fs';

export const ERAS = ['2025-11-25', '2026-07-28'];
export const LISTED = 1_000;
export const LONG = 1 << 20;

export class Request {
  constructor(name, era, method, params, right) {
    Object.assign(this, { name, era, right });
    this.headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': era,
    };
    if (era === '2026-07-28') {
      this.headers['mcp-method'] = method;
      if (params.name) this.headers['mcp-name'] = params.name;
      const meta = { protocolVersion: era, clientCapabilities: {}, clientInfo: { name: 'bench', version: '1' } };
      const prefixed = Object.entries(meta).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value]);
      params = { ...params, _meta: Object.fromEntries(prefixed) };
    }
    this.body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  }

  /** The files that post.lua reads. */
  write(directory) {
    this.files = { BODY: `${directory}/${this.name}.body`, HEADERS: `${directory}/${this.name}.headers` };
    writeFileSync(this.files.BODY, this.body);
    writeFileSync(this.files.HEADERS, Object.entries(this.headers).map(([name, value]) => `${name}: ${value}\n`).join(''));
  }

  /** Of JSON, and of a stream with one event. */
  check(text) {
    const event = /^data: (\{.*)$/m.exec(text);
    const { id, result } = JSON.parse(event?.[1] ?? text);
    return id === 1 && !result?.isError && this.right(result);
  }
}

const call = (name, args) => ({ name, arguments: args });
const adds = (result) => result.structuredContent.sum === 5;
/** The call that every server is asked for, in each era. */
export const ADD = ERAS.map((era) => new Request(`add-${era}`, era, 'tools/call', call('add', { a: 2, b: 3 }), adds));
export const LIST = new Request('list', ERAS[0], 'tools/list', {}, (result) => result.tools.length >= LISTED);
const isLong = (result) => result.content[0].text.length === LONG;
export const TEXT = new Request('text', ERAS[0], 'tools/call', call('text', { bytes: LONG }), isLong);
