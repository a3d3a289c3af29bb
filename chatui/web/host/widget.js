// One widget in its frame: an opaque origin of its own, under the policy of its resource.

import { Apps } from './apps.js';
import { byId, el } from './dom.js';
import { withInside } from './inside.js';
import * as log from './log.js';
import { OpenAi } from './openai.js';
import { arrange, contextOf, place } from './place.js';
import * as thread from './thread.js';
import { inWords } from './violations.js';

/** A widget that has not begun by then is shown as it is. */
const PATIENCE = 1_000;

export class Widget {
  #iframe;
  #dialects = [];
  #apps;
  #openai;
  #begun;
  #closed = false;

  /**
   * `call` is what it draws: `tool`, `args`, and then `result` or `cancelled`, and the `state` that an earlier frame of the same
   * call has kept. `page` is what of the page it may use: `problem`, `move`, `reopen`.
   */
  constructor(profile, client, tools, call, page) {
    Object.assign(this, { profile, client, tools, page, call });
    this.container = arrange(profile);
    this.asks = this.#asks();
  }

  get tool() {
    return this.call.tool;
  }
  get args() {
    return this.call.args;
  }
  get result() {
    return this.call.result;
  }
  get cancelled() {
    return this.call.cancelled;
  }
  get state() {
    return this.call.state;
  }

  context = () => contextOf(this.profile, this.container, this.tool);

  /** Reads the document, and shows it instead of the one before. */
  async open(before) {
    this.uri = this.tool._meta?.ui?.resourceUri;
    const { contents } = await this.client.readResource(this.uri);
    const { text, blob, _meta } = contents.find(({ uri }) => uri === this.uri) ?? contents[0];
    const html = text ?? new TextDecoder().decode(Uint8Array.from(atob(blob), (char) => char.codePointAt(0)));
    const { csp, permissions, prefersBorder } = _meta?.ui ?? {};
    const title = `The widget of ${this.tool.title ?? this.tool.name}`;
    this.#iframe = el('iframe', { sandbox: 'allow-scripts', allow: allowed(permissions), title });
    const post = (message) => this.#iframe.contentWindow?.postMessage(message, '*');
    if (this.profile.apps) this.#dialects.push((this.#apps = new Apps(this, post)));
    if (this.profile.openai) this.#dialects.push((this.#openai = new OpenAi(this, post)));
    const url = await publish(withInside(html, this.#openai?.globals()), csp);
    // Another call may have taken its place meanwhile.
    if (this.#closed) return before?.close();
    addEventListener('message', this.#hear);
    const begun = new Promise((resolve) => (this.#begun = resolve));
    this.#iframe.addEventListener('load', () => this.#loaded());
    this.#iframe.src = url;
    // Not seen before it has drawn something: while it is edited, nothing flickers.
    this.#iframe.className = 'coming';
    byId('frame').dataset.border = prefersBorder ?? false;
    byId('frame').append(this.#iframe);
    const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE));
    await Promise.all([Promise.race([begun, patience]), before?.end()]);
    before?.remove();
    this.#iframe.className = '';
  }

  #loaded() {
    if (this.profile.apps) return;
    this.#begun();
    this.tell();
  }

  ready() {
    // Beside MCP Apps, the globals come late too.
    this.#openai?.tell();
    requestAnimationFrame(() => this.#begun());
  }

  /** Tells what has come of the call. */
  tell() {
    for (const dialect of this.#dialects) dialect.tell();
  }

  /** Tells that the place has changed. */
  replace(keys) {
    this.container = arrange(this.profile);
    this.#fit();
    this.#apps?.place(keys);
    this.#openai?.place();
  }

  /** Lets the widget finish. */
  async end() {
    this.#closed = true;
    await this.#apps?.teardown();
  }

  remove() {
    removeEventListener('message', this.#hear);
    this.#iframe?.remove();
  }

  async close() {
    await this.end();
    this.remove();
  }

  #hear = ({ source, data }) => {
    if (!this.#iframe || source !== this.#iframe.contentWindow) return;
    if (data?.jsonrpc === '2.0') {
      if (this.#apps) this.#apps.hear(data);
      else log.noteRpc('widget', data, () => undefined);
    } else if (data?.chatui) this.#told(data.chatui);
  };

  #told({ violation, broken, ask, download }) {
    if (ask) this.#openai?.hear(ask);
    if (violation) {
      log.note('widget', 'policy violation', violation, violation.blocked);
      this.page.problem(inWords(violation), violation.line);
    }
    // As in the sandboxes of hosts; only the browser's console would say so.
    if (download) thread.ignored(`The widget saves ${download} by itself, which the sandbox swallows; ${this.profile.title} has no downloads`);
    if (broken) this.page.problem(`the script failed: ${broken.message}`, broken.line);
  }

  #fit() {
    const { height, maxHeight = Infinity } = this.container;
    if (!this.#iframe) return;
    this.#iframe.style.height = height ? '100%' : `${Math.min(this.natural ?? 160, maxHeight)}px`;
  }

  /** What a widget may ask of its host, in whatever words. */
  #asks() {
    return {
      call: (name, args) => this.#callTool(name, args),
      forward: (method, params) => this.client.request(method, params),
      open: (url) => (thread.link(url), {}),
      openInApp: (url) => thread.link(url, 'The button "open in app" leads to'),
      say: (content) => (thread.message(content), {}),
      context: (params) => (thread.context(params), {}),
      download: (contents) => (thread.download(contents), {}),
      log: (params) => thread.log(params),
      state: (state) => {
        this.call.state = state;
        thread.state(state);
      },
      display: (mode) => {
        const can = this.profile.modes.includes(mode) && (this.appModes?.includes(mode) ?? true);
        if (can) this.page.move(mode);
        thread.display(mode, place.mode);
        return { mode: place.mode };
      },
      size: ({ height }) => {
        if (height === undefined) return;
        this.natural = height;
        this.#fit();
      },
      close: (does) => {
        if (!does) return void thread.ignored(`The widget asks to be closed; ${this.profile.title} ignores that`);
        thread.closed(() => this.page.reopen());
        return void this.close();
      },
    };
  }

  async #callTool(name, args) {
    const tool = this.tools.find((each) => each.name === name);
    if (tool?._meta?.ui?.visibility?.includes('app') === false) {
      throw new Error(`the tool ${name} is for the model alone; leave out \`model_only\`, or call another`);
    }
    return this.client.callTool(tool ?? { name }, args);
  }
}

async function publish(html, csp) {
  const response = await fetch('/dev/documents', { method: 'POST', body: JSON.stringify({ html, csp }) });
  const body = await response.text();
  if (!response.ok) throw new Error(body);
  return body;
}

/** What a frame is let do, from `_meta.ui.permissions`. */
function allowed(permissions = {}) {
  const names = { camera: 'camera', microphone: 'microphone', geolocation: 'geolocation', clipboardWrite: 'clipboard-write' };
  return Object.keys(permissions).map((key) => names[key]).filter(Boolean).join('; ');
}
