// Runs first in every widget: the MCP Apps handshake (2026-01-26), ChatGPT's window.openai, and the global `chatui`.
(() => {
  'use strict';
  const root = document.documentElement;
  const listeners = {};
  const waiting = new Map();
  let last = 0;

  const chatui = (window.chatui = {
    data: undefined,
    input: undefined,
    error: undefined,
    status: 'loading',
    theme: undefined,
    // Calls `f` now, if there is something already, and at every change. Returns what ends that.
    on(event, f) {
      (listeners[event] ??= new Set()).add(f);
      if (chatui[event] !== undefined) tell(f, chatui[event]);
      return () => listeners[event].delete(f);
    },
    // Calls a tool of this server; resolves to the data of its answer, or throws what the tool says.
    async call(name, args = {}) {
      return read(await ((await answers()) ? request('tools/call', { name, arguments: args }) : openai().callTool(name, args)));
    },
    // Says something in the chat, as the person would.
    async say(text) {
      const message = { role: 'user', content: [{ type: 'text', text }] };
      await ((await answers()) ? request('ui/message', message) : openai().sendFollowUpMessage({ prompt: text }));
    },
  });

  const openai = () => {
    if (!window.openai) throw new Error('no host answers');
    return window.openai;
  };
  // One broken listener must not keep the others from hearing.
  const tell = (f, value) => {
    try {
      f(value);
    } catch (error) {
      reportError(error);
    }
  };
  // Whoever hears of one change finds the others made.
  const change = (values) => {
    const changed = Object.keys(values).filter((key) => chatui[key] !== values[key]);
    Object.assign(chatui, values);
    for (const key of changed) for (const f of listeners[key] ?? []) tell(f, chatui[key]);
  };
  const set = (key, value) => value !== undefined && change({ [key]: value });

  // Data arrive by two ways, and from each more than once. The same data are told once.
  let told;
  const read = (result) => {
    if (result.isError) throw new Error(result.content?.map((block) => block.text ?? '').join('\n') || 'the tool failed');
    if (!result.structuredContent) return result.content?.map((block) => block.text ?? '').join('\n');
    return { ...result.structuredContent, ...result._meta?.['chatui/uiOnly'] };
  };
  const deliver = (result) => {
    const { structuredContent: data, isError, content } = result;
    // One of the ways brings the data without their text.
    const text = JSON.stringify(data ? [data, result._meta?.['chatui/uiOnly']] : [!!isError, content]);
    if (text === told) return;
    told = text;
    try {
      change({ error: undefined, data: read(result), status: 'ready' });
    } catch (error) {
      change({ error: error.message, status: 'error' });
    }
  };

  const look = (context) => {
    if (!context) return;
    for (const [name, value] of Object.entries(context.styles?.variables ?? {})) root.style.setProperty(name, value);
    if (!context.theme) return;
    root.dataset.theme = root.style.colorScheme = context.theme;
    set('theme', context.theme);
  };

  // Host and widget talk in JSON-RPC over postMessage.
  const send = (message) => parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  const notify = (method, params = {}) => send({ method, params });
  const request = (method, params) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      send({ id: last, method, params });
    });

  const heard = {
    'ui/notifications/tool-input': ({ arguments: args }) => set('input', args ?? {}),
    'ui/notifications/tool-result': (result) => {
      window.removeEventListener('openai:set_globals', hydrate);
      deliver(result);
    },
    'ui/notifications/tool-cancelled': () => set('status', 'cancelled'),
    'ui/notifications/host-context-changed': look,
    'ui/resource-teardown': () => set('teardown', true),
    ping() {},
  };
  window.addEventListener('message', ({ source, data }) => {
    if (source !== parent || data?.jsonrpc !== '2.0') return;
    const { id, method, params = {}, result, error } = data;
    if (method === undefined) {
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      return error ? reject?.(new Error(error.message)) : resolve?.(result);
    }
    const known = Object.hasOwn(heard, method);
    if (known) heard[method](params);
    if (id !== undefined) send(known ? { id, result: {} } : { id, error: { code: -32601, message: `no method ${method}` } });
  });

  // ChatGPT's globals are there before its bridge answers, and tell of changes by an event.
  const hydrate = () => {
    const { theme, toolInput, toolOutput, toolResponseMetadata: extra } = window.openai ?? {};
    look({ theme });
    set('input', toolInput ?? undefined);
    const whole = extra?.mcp_tool_result ?? extra?.call_tool_result;
    if (!toolOutput && !whole) return;
    deliver({ structuredContent: toolOutput ?? whole.structuredContent, content: whole?.content, isError: whole?.isError, _meta: whole ? whole._meta : extra });
  };

  // What the host will say; until then the reader's own preference.
  look({ theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light' });
  window.addEventListener('openai:set_globals', hydrate);
  hydrate();

  const shake = async () => {
    const { hostContext } = await request('ui/initialize', {
      appInfo: { name: 'chatui', version: '1' },
      appCapabilities: { availableDisplayModes: ['inline'] },
      protocolVersion: '2026-01-26',
    });
    look(hostContext);
    notify('ui/notifications/initialized');
    return true;
  };
  const connected = parent === window ? Promise.resolve(false) : shake().catch(() => false);
  // A host may be slow; only who is waiting to call something asks window.openai meanwhile.
  const patience = new Promise((resolve) => setTimeout(resolve, 5000, false));
  const answers = () => Promise.race([connected, patience]);

  // The natural height, whatever the frame's is now; told when it changes.
  let size = '';
  const measure = () => {
    const { height: given } = root.style;
    root.style.height = 'max-content';
    const height = Math.ceil(root.getBoundingClientRect().height);
    root.style.height = given;
    const width = Math.ceil(window.innerWidth);
    if (size === (size = `${width} ${height}`)) return;
    notify('ui/notifications/size-changed', { width, height });
  };
  connected.then((yes) => {
    if (!yes) return;
    const observer = new ResizeObserver(() => requestAnimationFrame(measure));
    observer.observe(root);
    const body = () => document.body && observer.observe(document.body);
    document.readyState === 'loading' ? document.addEventListener('DOMContentLoaded', body) : body();
  });
})();
