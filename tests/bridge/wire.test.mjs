// What the bridge sends is what MCP Apps' own schemas say.

import * as apps from '@modelcontextprotocol/ext-apps';
import { test } from 'node:test';
import { open, settle } from './page.mjs';

const SCHEMAS = {
  'ui/initialize': 'Initialize',
  'ui/notifications/initialized': 'Initialized',
  'ui/notifications/size-changed': 'SizeChanged',
  'ui/notifications/request-teardown': 'RequestTeardown',
  'ui/message': 'Message',
  'ui/open-link': 'OpenLink',
  'ui/download-file': 'DownloadFile',
  'ui/request-display-mode': 'RequestDisplayMode',
  'ui/update-model-context': 'UpdateModelContext',
};

test('every message is one of MCP Apps', async () => {
  const page = await open();
  await page.shake({ hostCapabilities: { openLinks: {}, downloadFile: {}, message: {}, updateModelContext: {} } });
  const { chatui } = page;
  for (const ask of [chatui.say('hello'), chatui.open('https://example.com'), chatui.download('a.txt', 'words'), chatui.display('pip'), chatui.context('x'), chatui.context({ x: 1 })]) ask.catch(() => {});
  chatui.close();
  await page.resize(50);
  await settle();
  for (const [method, name] of Object.entries(SCHEMAS)) {
    const kind = method.includes('notifications') ? 'Notification' : 'Request';
    const schema = apps[`McpUi${name}${kind}Schema`];
    for (const { method: sent, params } of page.sent.filter((message) => message.method === method)) schema.parse({ method: sent, params });
    if (!page.asked(method)) throw new Error(`${method} was not sent`);
  }
});
