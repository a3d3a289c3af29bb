// Where the widget is shown, as the person has chosen it, and how a host tells that.

import { byId } from './dom.js';
import { variables } from './variables.js';

/** In CSS pixels; on a desktop it is the host that says how wide, as far as the window goes. */
const WIDTHS = { phone: 390, tablet: 768 };
const PIP = { width: 360, height: 240 };
const NOTCH = { top: 47, right: 0, bottom: 34, left: 0 };
const NO_NOTCH = { top: 0, right: 0, bottom: 0, left: 0 };

export const LOCALES = ['en-US', 'en-GB', 'de-CH', 'fr-FR', 'es-ES', 'pt-BR', 'ja-JP', 'zh-CN', 'hi-IN', 'ar-EG', 'he-IL'];

/** What the person has chosen; the page begins as their system is. */
export const place = {
  host: 'chatgpt',
  theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  mode: 'inline',
  width: 'desktop',
  locale: 'en-US',
  notch: false,
  /** Whether the host asks its user what a tool wants to know; of none it was observed that it says so to servers like these. */
  asks: false,
};

/** Gives the frame its place, and says how large it is: `height` where it is fixed, else how high it may become. */
export function arrange(profile) {
  const frame = byId('frame');
  const { paddingLeft, paddingRight } = getComputedStyle(byId('chat'));
  const room = byId('chat').clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
  const width = WIDTHS[place.width] ?? Math.min(profile.width, room);
  frame.dataset.mode = place.mode;
  byId('stage').dataset.mode = place.mode;
  byId('leave').hidden = place.mode !== 'fullscreen';
  if (place.mode === 'pip') {
    Object.assign(frame.style, { width: `${PIP.width}px`, height: `${PIP.height}px` });
    return PIP;
  }
  frame.style.height = '';
  if (place.mode === 'inline') {
    frame.style.width = `${width}px`;
    return { width, ...(profile.height && { maxHeight: profile.height }) };
  }
  frame.style.width = place.width === 'desktop' ? '' : `${width}px`;
  const { clientWidth, clientHeight } = frame;
  return { width: clientWidth, height: clientHeight };
}

const isTouch = () => place.width !== 'desktop';
const insets = () => (place.notch ? NOTCH : NO_NOTCH);

/** `hostContext` of MCP Apps. */
export function contextOf(profile, containerDimensions, tool) {
  if (profile.silent) return {};
  return {
    toolInfo: { id: 1, tool },
    theme: place.theme,
    displayMode: place.mode,
    availableDisplayModes: profile.modes,
    containerDimensions,
    styles: { variables: variables(profile.styles, place.theme) },
    locale: place.locale,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    userAgent: `${profile.hostInfo.name}/${profile.hostInfo.version}`,
    platform: place.width === 'desktop' ? 'web' : 'mobile',
    deviceCapabilities: { touch: isTouch(), hover: !isTouch() },
    safeAreaInsets: insets(),
  };
}

/** The same as `window.openai` has it. */
export function globalsOf(container) {
  return {
    theme: place.theme,
    displayMode: place.mode,
    maxHeight: container.height ?? container.maxHeight ?? innerHeight,
    safeArea: { insets: insets() },
    view: { mode: place.mode },
    locale: place.locale,
    userAgent: {
      device: { type: { phone: 'mobile', tablet: 'tablet', desktop: 'desktop' }[place.width] },
      capabilities: { hover: !isTouch(), touch: isTouch() },
    },
  };
}
