// Elements, in short.

export const byId = (id) => document.getElementById(id);

/** An element with these properties and children. Of the properties, `on` are listeners, `data` is the dataset. */
export function el(name, { on = {}, data = {}, ...properties } = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key in element && !key.startsWith('aria') && key !== 'role' && key !== 'list') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  Object.assign(element.dataset, data);
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** JSON to look at, which the keyboard can scroll. */
export const pre = (value, label) =>
  el('pre', { tabIndex: 0, role: 'group', 'aria-label': label }, typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** "1.2 KB" */
export function bytes(count) {
  if (count < 1000) return `${count} B`;
  return count < 1_000_000 ? `${(count / 1000).toFixed(1)} KB` : `${(count / 1_000_000).toFixed(1)} MB`;
}

export const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

/** Calls `f` when nobody has asked for it for a while. */
export function debounced(f, ms) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(f, ms);
  };
}
