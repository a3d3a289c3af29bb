// What the host says of the place where it draws, and how the page follows.

import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { open } from './page.mjs';

const CHANGED = 'ui/notifications/host-context-changed';
const wears = ({ root }) => [root.dataset.theme, root.style.colorScheme];

test('the reader’s own preference holds until the host says its own', async () => {
  const page = await open({ dark: true });
  assert.deepEqual([...wears(page), page.chatui.theme], ['dark', 'dark', 'dark']);
  const told = page.told('theme');
  await page.shake({ hostContext: { theme: 'light' } });
  assert.deepEqual(wears(page), ['light', 'light']);
  await page.notify(CHANGED, { theme: 'dark' });
  assert.deepEqual([...wears(page), ...told], ['dark', 'dark', 'dark', 'light', 'dark']);
});

test('a changed preference is followed where the host says nothing', async () => {
  const page = await open();
  const preference = page.window.matchMedia();
  const told = page.told('host');
  preference.matches = true;
  preference.dispatchEvent(new Event('change'));
  assert.deepEqual([wears(page), told.length], [['dark', 'dark'], 1]);
});

test('the host’s context is kept whole, and a change is merged into it', async () => {
  const page = await open();
  const told = page.told('host');
  const context = { theme: 'light', locale: 'de-CH', displayMode: 'inline', toolInfo: { id: 'a', tool: { name: 'forecast' } }, more: 1 };
  await page.shake({ hostCapabilities: { logging: {} }, hostContext: context });
  const info = { name: 'test', version: '1' };
  assert.deepEqual(page.chatui.host, { connected: true, capabilities: { logging: {} }, info, ...context });
  await page.notify(CHANGED, { displayMode: 'fullscreen' });
  assert.deepEqual(page.chatui.host, { connected: true, capabilities: { logging: {} }, info, ...context, displayMode: 'fullscreen' });
  assert.deepEqual([told.length, page.root.dataset.display], [3, 'fullscreen']);
});

test('variables and safe areas become the page’s, and those that are dropped may stay', async () => {
  const page = await open();
  const safeAreaInsets = { top: 10, right: 0, bottom: 34, left: 2 };
  await page.shake({ hostContext: { styles: { variables: { '--color-text-primary': 'red' } }, safeAreaInsets } });
  await page.notify(CHANGED, { styles: { variables: { '--font-sans': 'serif' } } });
  assert.deepEqual(page.root.style.set, {
    '--color-text-primary': 'red',
    '--font-sans': 'serif',
    '--safe-area-top': '10px',
    '--safe-area-right': '0px',
    '--safe-area-bottom': '34px',
    '--safe-area-left': '2px',
  });
});

test('a variable that the host leaves undefined is the stylesheet’s again', async () => {
  const page = await open();
  await page.shake({ hostContext: { styles: { variables: { '--color-text-primary': 'red' } } } });
  page.window.dispatchEvent(Object.assign(new Event('message'), {
    source: page.window.parent,
    data: { jsonrpc: '2.0', method: CHANGED, params: { styles: { variables: { '--color-text-primary': undefined } } } },
  }));
  assert.deepEqual(page.root.style.set, { '--color-text-primary': '' });
});

test('fonts are put in once, and replaced', async () => {
  const page = await open();
  const fonts = (css) => ({ styles: { css: { fonts: css } } });
  await page.shake({ hostContext: fonts('@font-face{}') });
  await page.notify(CHANGED, { theme: 'dark' });
  await page.notify(CHANGED, fonts('@font-face{a:b}'));
  assert.deepEqual(page.fonts.map(({ textContent }) => textContent), ['@font-face{a:b}']);
});

test('the language and its direction are the host’s, unless the template has a direction', async () => {
  for (const [locale, dir, then] of [
    ['de-CH', '', 'ltr'],
    ['ar-EG', '', 'rtl'],
    ['he', '', 'rtl'],
    ['ur-PK', '', 'rtl'],
    ['ar', 'ltr', 'ltr'],
    ['uz-Arab-AF', '', 'rtl'],
    ['art-x-klingon', '', 'ltr'],
    ['not a tag', '', 'ltr'],
  ]) {
    const page = await open({ dir });
    await page.shake({ hostContext: { locale } });
    assert.deepEqual([page.root.lang, page.root.dir], [locale, then]);
  }
});

test('window.openai says the same in its own words', async () => {
  const globals = {
    theme: 'dark',
    locale: 'fr',
    displayMode: 'pip',
    maxHeight: 400,
    safeArea: { insets: { top: 1, right: 2, bottom: 3, left: 4 } },
    userAgent: { device: { type: 'tablet' }, capabilities: { hover: false, touch: true } },
    callTool() {},
  };
  const page = await open({ openai: globals });
  assert.deepEqual(page.chatui.host, {
    connected: true,
    capabilities: { serverTools: {} },
    theme: 'dark',
    locale: 'fr',
    displayMode: 'pip',
    containerDimensions: { maxHeight: 400 },
    safeAreaInsets: globals.safeArea.insets,
    deviceCapabilities: { hover: false, touch: true },
  });
  assert.deepEqual([...wears(page), page.root.lang, page.root.dataset.display, page.root.style.set['--safe-area-left']], ['dark', 'dark', 'fr', 'pip', '4px']);
  const told = page.told('host');
  await page.globals({});
  await page.globals({ theme: 'light' });
  assert.deepEqual(told.map(({ theme }) => theme), ['dark', 'light']);
});

test('of two that speak, the one whose word is new is heard', async () => {
  const page = await open();
  await page.shake({ hostContext: { theme: 'dark', locale: 'de' } });
  await page.globals({ theme: 'light', maxHeight: 300 });
  assert.deepEqual([page.chatui.theme, page.chatui.host.containerDimensions], ['dark', { maxHeight: 300 }]);
  await page.globals({ theme: 'dark' });
  await page.globals({ theme: 'light' });
  assert.deepEqual([page.chatui.theme, page.chatui.host.locale], ['light', 'de']);
});

test('the natural height is reported, when it changes, and the page keeps its own', async () => {
  const page = await open({ height: 120.2 });
  await page.resize();
  assert.equal(page.asked('ui/notifications/size-changed'), undefined);
  await page.shake();
  await page.resize();
  await page.resize();
  await page.resize(300);
  await page.resize(0);
  const reported = page.sent.filter(({ method }) => method === 'ui/notifications/size-changed').map(({ params }) => params);
  assert.deepEqual(reported, [{ width: 320, height: 121 }, { width: 320, height: 300 }]);
  assert.equal(page.root.style.height, undefined);
});

test('what grows with its frame does not grow for ever, and what grows by itself does', async (t) => {
  mock.timers.enable({ apis: ['Date'] });
  t.after(() => mock.timers.reset());
  const page = await open();
  const reported = () => page.sent.filter(({ method }) => method === 'ui/notifications/size-changed');
  await page.shake();
  await page.resize();
  const obey = () => {
    page.window.innerHeight = page.height;
    page.window.dispatchEvent(new Event('resize'));
  };
  for (let times = 0; times < 20; times++) {
    obey();
    await page.resize(page.height + 16);
  }
  const { length } = reported();
  assert.ok(length <= 4, `${length} times`);
  for (let times = 0; times < 20; times++) {
    obey();
    mock.timers.tick(1000);
    await page.resize(page.height + 16);
  }
  assert.equal(reported().length, length + 20);
});

test('window.openai is told the height where it is alone', async () => {
  const heights = [];
  const page = await open({ openai: { notifyIntrinsicHeight: (height) => heights.push(height) } });
  await page.resize(80);
  await page.resize(90);
  await page.shake();
  await page.resize(90);
  assert.deepEqual([heights, page.asked('ui/notifications/size-changed').params.height], [[80, 90], 90]);
});
