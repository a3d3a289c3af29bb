// A host that is ChatGPT before it spoke MCP Apps: it puts `window.openai` into the widget's document before the first
// script, tells of changes by an event, and lets the specification's messages pass unanswered. Made after the
// documentation of the globals; there is no such host to copy here.

import { note, place, resize } from './frame.js';

/** Which of the two shapes that were seen `toolResponseMetadata` has. */
const ENVELOPES = {
  plain: ({ _meta }) => _meta,
  whole: (result) => ({ status: 'completed', call_tool_result: result, mcp_tool_result: result }),
};

export function openaiHost(view) {
  const { iframe, seen, args, envelope = 'plain' } = view;
  const from = seen.length;
  const given = ({ structuredContent, ...rest }) => ({
    toolOutput: structuredContent ?? null,
    toolResponseMetadata: ENVELOPES[envelope]({ structuredContent, ...rest }) ?? null,
  });
  const post = (message) => iframe.contentWindow.postMessage({ openai: message }, '*');
  const set = (globals) => post({ globals });
  const answers = answersOf(view, set);
  const listen = async ({ source, data }) => {
    if (source !== iframe.contentWindow || !data?.openai) return;
    const { id, name, args } = data.openai;
    post({ id, answer: await answers[name](...args) });
  };
  return {
    ready: async () => addEventListener('message', listen),
    document: (html, result) => withGlobals(html, globalsOf(view, view.hold ? {} : { toolInput: args, ...given(result) })),
    // There is no handshake to wait for. What the widget does first is say how high it is.
    connected: async () => {
      while (!seen.slice(from).some(({ kind }) => kind === 'size')) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    deliver: async () => {},
    tell: async (kind, value) => set(kind === 'result' ? given(value ?? (await view.call)) : value),
    setContext: ({ theme, displayMode, locale }) => set(Object.fromEntries(Object.entries({ theme, displayMode, locale }).filter(([, value]) => value))),
    teardown: async () => {},
    facts: () => ({}),
  };
}

function globalsOf({ context, widgetState = null }, data) {
  const { theme, locale, displayMode, safeAreaInsets: insets = { top: 0, right: 0, bottom: 0, left: 0 } } = context;
  return {
    ...{ toolInput: null, toolOutput: null, toolResponseMetadata: null, widgetState, ...data },
    ...{ theme, locale, displayMode, maxHeight: 4000, safeArea: { insets }, view: { mode: displayMode } },
    userAgent: { device: { type: 'desktop' }, capabilities: { hover: true, touch: false } },
  };
}

/** What the functions of `window.openai` do, by their names. */
function answersOf(view, set) {
  return {
    callTool: (name, args) => view.client.callTool({ name, arguments: args }),
    sendFollowUpMessage: async (message) => note(view, 'message', message),
    setWidgetState: async (state) => {
      note(view, 'state', { state });
      view.widgetState = state;
    },
    openExternal: async (link) => note(view, 'open-link', link),
    requestClose: async () => note(view, 'request-teardown'),
    notifyIntrinsicHeight: async (height) => resize(view, { height }),
    requestDisplayMode: async ({ mode }) => {
      note(view, 'display-mode', { mode });
      place(view, mode);
      set({ displayMode: mode, maxHeight: innerHeight });
      return { mode };
    },
  };
}

/** The document, with the globals there before its first script. */
function withGlobals(html, globals) {
  const script = `<script>(${inject})(${JSON.stringify(globals).replaceAll('<', '\\u003c')})</script>`;
  return html.replace(/^<!doctype html>\s*(<html[^>]*>)?\s*(<head[^>]*>)?/i, (start) => start + script);
}

// Runs in the widget's frame, and can use nothing that is defined here.
function inject(globals) {
  const waiting = new Map();
  let last = 0;
  const ask = (name) => (...args) =>
    new Promise((resolve) => {
      waiting.set(++last, resolve);
      parent.postMessage({ openai: { id: last, name, args } }, '*');
    });
  const names = ['callTool', 'sendFollowUpMessage', 'openExternal', 'requestClose', 'notifyIntrinsicHeight', 'requestDisplayMode'];
  const keep = ask('setWidgetState');
  window.openai = {
    ...globals,
    ...Object.fromEntries(names.map((name) => [name, ask(name)])),
    setWidgetState(state) {
      window.openai.widgetState = state;
      keep(state);
    },
  };
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || !data?.openai) return;
    const { id, answer, globals: changed } = data.openai;
    waiting.get(id)?.(answer);
    if (!changed) return;
    Object.assign(window.openai, changed);
    dispatchEvent(new CustomEvent('openai:set_globals', { detail: { globals: changed } }));
  });
}
