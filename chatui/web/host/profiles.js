// What hosts do and say, as it was observed in 2026-08: the only place that tells one from another.

const UI = { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } };

/** What both Claude and VS Code declare, and nobody else. */
const SERVES = {
  openLinks: {},
  downloadFile: {},
  serverTools: { listChanged: true },
  serverResources: { listChanged: true },
  logging: {},
};

/**
 * `client` and `protocol`: how it speaks to the server. `apps`: whether it speaks MCP Apps to the widget; `openai`: whether it has
 * `window.openai`, and in which shape that tells a result's metadata. `width`: of a widget in its chat on a desktop. `styles`: how
 * it writes the 76 variables. `height`: up to which it lets a widget grow in the chat. `cut`: so many characters of an answer
 * reach the model at most. ChatGPT was seen to say a fixed height of 400 and to let widgets grow all the same; what is told here
 * is what is done.
 */
export const PROFILES = {
  chatgpt: {
    title: 'ChatGPT',
    client: { name: 'openai-mcp', version: '1.0.0' },
    protocol: '2026-07-28',
    clientCapabilities: { extensions: UI, experimental: { 'openai/visibility': { enabled: true } } },
    apps: true,
    openai: 'envelope',
    hostInfo: { name: 'chatgpt', version: '0.0.1' },
    capabilities: { openLinks: {}, serverTools: {}, serverResources: {}, logging: {}, message: {}, updateModelContext: {} },
    modes: ['inline', 'fullscreen', 'pip'],
    width: 768,
    styles: 'plain',
  },
  openai: {
    title: 'ChatGPT, window.openai alone',
    client: { name: 'openai-mcp', version: '1.0.0' },
    protocol: '2025-06-18',
    clientCapabilities: { experimental: { 'openai/visibility': { enabled: true } } },
    apps: false,
    openai: 'meta',
    capabilities: { serverTools: {} },
    modes: ['inline', 'fullscreen', 'pip'],
    width: 768,
  },
  claude: {
    title: 'Claude',
    client: { name: 'claude-ai', version: '0.1.0' },
    protocol: '2026-07-28',
    clientCapabilities: { extensions: UI },
    apps: true,
    hostInfo: { name: 'Claude', version: '1.0.0' },
    capabilities: { ...SERVES, updateModelContext: { text: {}, image: {} }, message: { text: {} } },
    modes: ['inline', 'fullscreen'],
    width: 720,
    height: 5000,
    styles: 'light-dark',
    cut: 150_000,
  },
  vscode: {
    title: 'VS Code',
    client: { name: 'Visual Studio Code', version: '1.130.0' },
    protocol: '2025-11-25',
    clientCapabilities: { extensions: UI },
    apps: true,
    hostInfo: { name: 'Visual Studio Code', version: '1.130.0' },
    capabilities: { ...SERVES, updateModelContext: {} },
    modes: ['inline'],
    width: 494,
    height: 720,
    styles: 'plain',
    closes: true,
  },
  bare: {
    title: 'Bare host',
    client: { name: 'bare-host', version: '1.0.0' },
    protocol: '2025-06-18',
    clientCapabilities: {},
    apps: true,
    hostInfo: { name: 'bare host', version: '1.0.0' },
    capabilities: {},
    // It says nothing of itself: a widget has to do without.
    silent: true,
    modes: ['inline'],
    width: 768,
  },
};
