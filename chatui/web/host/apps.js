// The host's side of MCP Apps (2026-01-26): JSON-RPC with the widget. What a host does not declare, it has never heard of.

import { noteRpc } from './log.js';

const METHOD_NOT_FOUND = -32601;
const REFUSED = -32000;

/** What a widget may ask, which capability it needs, and what is done. */
const REQUESTS = {
  'tools/call': ['serverTools', (asks, { name, arguments: args = {} }) => asks.call(name, args)],
  'resources/read': ['serverResources', (asks, params) => asks.forward('resources/read', params)],
  'resources/list': ['serverResources', (asks, params) => asks.forward('resources/list', params)],
  'resources/templates/list': ['serverResources', (asks, params) => asks.forward('resources/templates/list', params)],
  'tools/list': ['serverTools', (asks, params) => asks.forward('tools/list', params)],
  'ui/open-link': ['openLinks', (asks, { url }) => asks.open(url)],
  'ui/message': ['message', (asks, { content }) => asks.say([content].flat())],
  'ui/update-model-context': ['updateModelContext', (asks, params) => asks.context(params)],
  'ui/download-file': ['downloadFile', (asks, { contents }) => asks.download(contents)],
};

export class Apps {
  #view;
  #post;
  #ready = false;
  #told = {};
  #methods = new Map();
  #waiting = new Map();
  #last = 0;

  /** `view` is the widget that it speaks to, by `post`. */
  constructor(view, post) {
    this.#view = view;
    this.#post = post;
  }

  /** Takes a message of the widget. */
  async hear(message) {
    const { id, method, params = {}, result, error } = message;
    noteRpc('widget', message, (id) => this.#methods.get(`host ${id}`));
    if (method === undefined) {
      this.#waiting.get(id)?.(error ?? result);
      return this.#waiting.delete(id);
    }
    if (id === undefined) return this.#notified(method, params);
    this.#methods.set(id, method);
    try {
      this.#send({ id, result: await this.#answer(method, params) });
    } catch ({ message, code = REFUSED, data }) {
      this.#send({ id, error: { code, message, ...(data && { data }) } });
    }
    return undefined;
  }

  #answer(method, params) {
    const { profile, asks } = this.#view;
    if (method === 'ping') return {};
    if (method === 'ui/initialize') {
      const { availableDisplayModes } = params.appCapabilities ?? {};
      this.#view.appModes = availableDisplayModes;
      const { hostInfo, capabilities: hostCapabilities } = profile;
      return { protocolVersion: '2026-01-26', hostInfo, hostCapabilities, hostContext: this.#view.context() };
    }
    if (method === 'ui/request-display-mode' && !profile.silent) return asks.display(params.mode);
    const [capability, act] = REQUESTS[method] ?? [];
    if (act && profile.capabilities[capability]) return act(asks, params);
    const why = act ? `${profile.title} does not declare \`${capability}\`` : `no method ${method}`;
    throw Object.assign(new Error(why), { code: METHOD_NOT_FOUND });
  }

  #notified(method, params) {
    const { profile, asks } = this.#view;
    if (method === 'ui/notifications/initialized') {
      this.#ready = true;
      this.#view.ready();
      this.tell();
    } else if (method === 'ui/notifications/size-changed') asks.size(params);
    else if (method === 'notifications/message' && profile.capabilities.logging) asks.log(params);
    else if (method === 'ui/notifications/request-teardown') asks.close(profile.closes);
  }

  /** Tells of the call what there is to tell, once the widget listens. */
  tell() {
    const { args, result, cancelled } = this.#view;
    if (!this.#ready) return;
    if (!this.#told.input) this.#notify('ui/notifications/tool-input', { arguments: args });
    if (result && !this.#told.end) this.#notify('ui/notifications/tool-result', result);
    if (cancelled && !this.#told.end) this.#notify('ui/notifications/tool-cancelled', { reason: cancelled });
    this.#told = { input: true, end: Boolean(result || cancelled) };
  }

  /** Tells what has changed about the place. */
  place(keys) {
    if (!this.#ready || this.#view.profile.silent) return;
    const context = this.#view.context();
    this.#notify('ui/notifications/host-context-changed', Object.fromEntries(keys.map((key) => [key, context[key]])));
  }

  /** Asks the widget to finish; resolves when it has, or has had the time for it. */
  teardown() {
    if (!this.#ready) return undefined;
    this.#last += 1;
    const id = this.#last;
    this.#methods.set(`host ${id}`, 'ui/resource-teardown');
    const answered = new Promise((resolve) => this.#waiting.set(id, resolve));
    this.#send({ id, method: 'ui/resource-teardown', params: {} });
    return Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 100))]);
  }

  #notify(method, params) {
    this.#send({ method, params });
  }

  #send(message) {
    const whole = { jsonrpc: '2.0', ...message };
    noteRpc('host', whole, (id) => this.#methods.get(id));
    this.#post(whole);
  }
}
