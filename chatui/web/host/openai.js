// ChatGPT's `window.openai`, the page's side; the widget's is in inside.js. After OpenAI's documentation of it. Files, modals and
// checkout are not there, as in hosts that have only a part: a template asks for each function whether it is.

import { note } from './log.js';
import { globalsOf } from './place.js';

/** What each function does. Those that give nothing back give `undefined`, as ChatGPT's do. */
const FUNCTIONS = {
  callTool: (asks, name, args = {}) => asks.call(name, args),
  sendFollowUpMessage: async (asks, { prompt }) => void asks.say([{ type: 'text', text: prompt }]),
  requestDisplayMode: (asks, { mode }) => asks.display(mode),
  openExternal: async (asks, { href }) => void asks.open(href),
  notifyIntrinsicHeight: async (asks, height) => asks.size({ height }),
  requestClose: async (asks) => asks.close(true),
  setOpenInAppUrl: async (asks, { href }) => asks.openInApp(href),
};

export class OpenAi {
  #view;
  #post;
  #told;

  constructor(view, post) {
    this.#view = view;
    this.#post = post;
  }

  /** What is there when the document begins: the arguments, and not yet the answer. */
  globals() {
    const { args, state = null } = this.#view;
    const empty = { toolInput: args, toolOutput: null, toolResponseMetadata: null, widgetState: state };
    return { ...empty, ...globalsOf(this.#view.container), functions: Object.keys(FUNCTIONS) };
  }

  /** Takes a call of the widget. */
  async hear({ id, name, args }) {
    note('widget', `openai.${name}`, args, brief(args));
    if (name === 'setWidgetState') return this.#view.asks.state(args[0]);
    try {
      const answer = await FUNCTIONS[name](this.#view.asks, ...args);
      note('host', `openai.${name} result`, answer ?? null, brief(answer));
      this.#post({ chatui: { id, answer } });
    } catch (error) {
      note('host', `openai.${name} error`, error.message, error.message);
      this.#post({ chatui: { id, error: error.message } });
    }
    return undefined;
  }

  /** Sets the answer, once it is there. */
  tell() {
    const { result, profile } = this.#view;
    if (!result || result === this.#told) return;
    this.#told = result;
    const whole = { status: 'completed', call_tool_result: result, mcp_tool_result: result };
    const toolResponseMetadata = profile.openai === 'envelope' ? whole : (result._meta ?? null);
    this.#set({ toolOutput: result.structuredContent ?? null, toolResponseMetadata });
  }

  /** Tells what has changed about the place. */
  place() {
    this.#set(globalsOf(this.#view.container));
  }

  #set(globals) {
    note('host', 'openai:set_globals', globals, Object.keys(globals).join(', '));
    this.#post({ chatui: { globals } });
  }
}

const brief = (value) => (value === undefined ? '' : JSON.stringify(value).slice(0, 120));
