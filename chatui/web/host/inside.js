// What runs in the widget's document before its first script, on the line of the doctype, so that the lines of the template keep
// their numbers: it tells the page what the policy forbade and what broke, and is `window.openai` where the host has it. Nothing
// outside of the function exists there, and line comments would swallow what comes after.

/** The document with it. */
export function withInside(html, globals) {
  const code = `(${inside})(${JSON.stringify(globals ?? null)})`.replace(/\n\s*/g, ' ').replaceAll('</', '<\\/');
  const script = `<script>${code}</script>`;
  const start = /^\s*<!doctype html>\s*(<html[^>]*>)?\s*(<head[^>]*>)?/i;
  return start.test(html) ? html.replace(start, (all) => all + script) : script + html;
}

function inside(globals) {
  const tell = (news) => parent.postMessage({ chatui: JSON.parse(JSON.stringify(news)) }, '*');
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, lineNumber }) => {
    tell({ violation: { directive: effectiveDirective, blocked: blockedURI, line: lineNumber } });
  });
  addEventListener('error', ({ message, lineno }) => {
    /* Said where a script resizes what it watches: it is told at the next frame, and nothing is broken. */
    if (!message.startsWith('ResizeObserver loop')) tell({ broken: { message, line: lineno } });
  });
  addEventListener('unhandledrejection', ({ reason }) => tell({ broken: { message: String(reason?.message ?? reason) } }));
  const { click } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function () {
    if (this.download) tell({ download: this.download });
    click.call(this);
  };
  if (!globals) return;
  const waiting = new Map();
  let last = 0;
  const ask = (name) => (...args) => new Promise((resolve, reject) => {
    waiting.set(++last, { resolve, reject });
    tell({ ask: { id: last, name, args } });
  });
  const { functions, ...values } = globals;
  window.openai = { ...values };
  for (const name of functions) window.openai[name] = ask(name);
  window.openai.setWidgetState = (state) => {
    window.openai.widgetState = state;
    tell({ ask: { name: 'setWidgetState', args: [state] } });
  };
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || !data?.chatui) return;
    const { id, answer, error, globals: changed } = data.chatui;
    if (id !== undefined) {
      const { resolve, reject } = waiting.get(id) ?? {};
      waiting.delete(id);
      return error === undefined ? resolve?.(answer) : reject?.(new Error(error));
    }
    Object.assign(window.openai, changed);
    dispatchEvent(new CustomEvent('openai:set_globals', { detail: { globals: changed } }));
  });
}
