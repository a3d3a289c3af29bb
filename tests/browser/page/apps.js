// Two hosts of MCP Apps: one that speaks, with the official AppBridge, and one that never answers.

import { AppBridge, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';
import { note, place, resize } from './frame.js';

export const HOST = { name: 'chatui-test-host', version: '1.0.0' };

/** All that the widget may ask for, unless a test names less. */
const CAPABILITIES = {
  openLinks: {},
  downloadFile: {},
  serverTools: {},
  serverResources: {},
  logging: {},
  message: { text: {} },
  updateModelContext: { text: {}, structuredContent: {} },
};

/** Speaks the specification. What is not among `capabilities` it refuses with -32601, as if it had never heard of it. */
export function appsHost(view) {
  const bridge = createBridge(view);
  const initialized = new Promise((resolve) => bridge.addEventListener('initialized', resolve));
  const send = {
    partial: (params) => bridge.sendToolInputPartial(params),
    input: (params) => bridge.sendToolInput(params),
    result: (params) => bridge.sendToolResult(params),
    cancelled: (params) => bridge.sendToolCancelled(params),
  };
  const { contentWindow } = view.iframe;
  return {
    ready: () => bridge.connect(new PostMessageTransport(contentWindow, contentWindow)),
    connected: () => initialized,
    async deliver() {
      await send.input({ arguments: view.args });
      await view.call.then(send.result, async (error) => {
        await send.cancelled({ reason: error.message });
        throw error;
      });
    },
    tell: (kind, params) => send[kind](params),
    // The bridge sends what differs from what it sent before.
    setContext: () => bridge.setHostContext(view.context),
    teardown: (reason) => bridge.teardownResource({ reason }),
    facts: () => ({ app: bridge.getAppVersion(), appCapabilities: bridge.getAppCapabilities() }),
  };
}

function createBridge(view) {
  const { capabilities = CAPABILITIES, context: hostContext, client } = view;
  const calls = capabilities.serverTools && capabilities.serverResources;
  const bridge = new AppBridge(calls ? client : null, HOST, capabilities, { hostContext });
  // What it cannot read, the bridge drops without a word; here it counts as a problem.
  bridge.onerror = (error) => console.error(`the host's bridge: ${error.message}`);
  const answer = (kind) => async (params) => (note(view, kind, params), view.refuse === kind ? { isError: true } : {});
  if (capabilities.message) bridge.onmessage = answer('message');
  if (capabilities.openLinks) bridge.onopenlink = answer('open-link');
  if (capabilities.downloadFile) bridge.ondownloadfile = answer('download');
  if (capabilities.updateModelContext) bridge.onupdatemodelcontext = answer('model-context');
  answerDisplayMode(view, bridge);
  bridge.addEventListener('loggingmessage', (params) => note(view, 'log', params));
  bridge.addEventListener('requestteardown', () => note(view, 'request-teardown'));
  bridge.addEventListener('sizechange', (size) => resize(view, size));
  return bridge;
}

function answerDisplayMode(view, bridge) {
  if (!view.context.availableDisplayModes) return bridge.removeRequestHandler('ui/request-display-mode');
  bridge.onrequestdisplaymode = async ({ mode }) => {
    note(view, 'display-mode', { mode });
    const granted = view.context.availableDisplayModes.includes(mode) ? mode : view.context.displayMode;
    place(view, granted);
    bridge.setHostContext(view.context);
    return { mode: granted };
  };
}

/** Shows the widget, and has no idea that it could speak. */
export function silentHost({ iframe }) {
  const nothing = async () => {};
  const connected = () => new Promise((resolve) => iframe.addEventListener('load', resolve));
  return { ready: nothing, connected, deliver: nothing, tell: nothing, setContext: nothing, teardown: nothing, facts: () => ({}) };
}
