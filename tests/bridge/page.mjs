// A page for the bridge without a browser, and a host that says exactly what a test lets it say.

import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { web } from './minify.mjs';

// What ships, and what its bare names mean is looked up in a window that we make.
const bridge = readFileSync(web('bridge.min.js'), 'utf8');

/** Lets everything happen that waits for nothing but its turn. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Opens a page. `openai` is there before the bridge; without a `host` the page is nobody's frame. */
export async function open({ openai, host = true, dir = '', dark = false, storage = memory(), height = 100 } = {}) {
  const page = { sent: [], errors: [], opened: [], logged: [], height };
  const window = Object.assign(new EventTarget(), browser(page, { dir, dark }));
  window.window = window;
  window.parent = host ? { postMessage: (message) => page.sent.push(structuredClone(message)) } : window;
  window.postMessage = (message) => page.sent.push(message);
  Object.defineProperty(window, 'localStorage', { get: storage });
  if (openai) window.openai = openai;
  compileFunction(bridge, [], { contextExtensions: [window] })();

  const hear = (data, source = window.parent) => {
    window.dispatchEvent(Object.assign(new Event('message'), { source, data: structuredClone(data) }));
    return settle();
  };
  Object.assign(page, {
    window,
    hear,
    chatui: window.chatui,
    root: window.document.documentElement,
    /** The host says something. */
    notify: (method, params) => hear({ jsonrpc: '2.0', method, params }),
    /** What the bridge asked last by this name. */
    asked: (method) => page.sent.findLast((message) => message.method === method),
    /** The host answers what was asked last by this name. */
    async answer(method, answer) {
      await settle();
      const { id } = page.asked(method);
      return hear({ jsonrpc: '2.0', id, ...('error' in answer ? answer : { result: answer }) });
    },
    shake: (result = {}) => page.answer('ui/initialize', { protocolVersion: '2026-01-26', hostInfo: { name: 'test', version: '1' }, hostCapabilities: {}, hostContext: {}, ...result }),
    /** ChatGPT's globals change. */
    globals(globals) {
      window.openai = Object.assign(window.openai ?? {}, globals);
      window.dispatchEvent(new Event('openai:set_globals'));
      return settle();
    },
    /** Everything that a listener of `event` is told. */
    told(event) {
      const told = [];
      page.chatui.on(event, (value) => told.push(value));
      return told;
    },
    /** Something in the page has got another size. */
    async resize(height = page.height) {
      page.height = height;
      page.observe();
      page.frame?.();
      await settle();
    },
  });
  await settle();
  return page;
}

/** A `localStorage`: of an origin that has one, with what is in it already. */
export function memory(kept = {}) {
  const map = new Map(Object.entries(kept));
  const storage = { getItem: (key) => map.get(key) ?? null, setItem: (key, value) => void map.set(key, `${value}`) };
  return () => storage;
}

/** The `localStorage` of a frame with an opaque origin. */
export const opaque = () => {
  throw new DOMException('The document is sandboxed', 'SecurityError');
};

function browser(page, { dir, dark }) {
  const body = element();
  const documentElement = Object.assign(element(), { dir });
  // What the frame's height is, unless the bridge asks for the content's own.
  documentElement.getBoundingClientRect = () => ({ height: documentElement.style.height === 'max-content' ? page.height : 400 });
  const preference = Object.assign(new EventTarget(), { matches: dark });
  page.fonts = [];
  const head = { appendChild: (child) => void page.fonts.splice(0, 1, child) };
  const createElement = () => Object.assign(element(), { click() { page.clicked = this; } });
  return {
    document: Object.assign(new EventTarget(), { documentElement, head, body, createElement }),
    innerWidth: 320,
    innerHeight: 400,
    matchMedia: () => preference,
    requestAnimationFrame: (f) => ((page.frame = () => ((page.frame = undefined), f())), 1),
    ResizeObserver: class {
      constructor(f) {
        page.observe = f;
      }
      observe() {}
    },
    reportError: (error) => page.errors.push(error.message),
    HTMLFormElement: class {},
    open: (url) => (page.opened.push(url), page.popup === null ? null : { opener: 1 }),
    console: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
  };
  function log(level) {
    return (data) => page.logged.push([level, data]);
  }
}

function element() {
  const set = {};
  const style = { set, setProperty: (name, value) => (set[name] = value) };
  return { dataset: {}, style, lang: '', dir: '' };
}
