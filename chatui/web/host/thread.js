// What a widget has asked of its host, shown where the user of a host would see it: nothing is swallowed.

import { byId, bytes, el, pre } from './dom.js';

function show(kind, title, ...rest) {
  const item = el('li', { data: { kind } }, el('p', { className: 'kind' }, title), ...rest);
  byId('thread').append(item);
  return item;
}

export const clear = () => byId('thread').replaceChildren();

export function message(content) {
  const text = content.map((block) => block.text ?? JSON.stringify(block)).join('\n');
  show('message', 'The widget says in the chat', el('p', { className: 'bubble' }, text));
}

export function link(url, title = 'The widget opens') {
  const isWeb = /^https?:/i.test(url);
  const shown = isWeb ? el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, url) : el('code', {}, url);
  show('link', title, el('p', {}, shown, !isWeb && ' — hosts open addresses with https alone'));
}

export function download(contents) {
  for (const each of contents) {
    const { resource, uri = resource?.uri ?? '', mimeType = resource?.mimeType ?? '' } = each;
    const name = decodeURIComponent(uri.split('/').at(-1)) || 'file';
    if (!resource) {
      link(uri, `The widget offers a file, ${each.name ?? name}`);
      continue;
    }
    const data = resource.blob === undefined ? resource.text : Uint8Array.from(atob(resource.blob), (char) => char.codePointAt(0));
    const blob = new Blob([data ?? ''], { type: mimeType });
    const save = el('a', { href: URL.createObjectURL(blob), download: name }, `Save ${name}`);
    show('download', 'The widget offers a file', el('p', {}, save, ` ${mimeType}, ${bytes(blob.size)}`));
  }
}

export function context({ content, structuredContent }) {
  replace('context', 'The model will be told with the next turn', structuredContent ?? content?.map((block) => block.text ?? block));
}

export function state(value) {
  const isSplit = value && typeof value === 'object' && ('privateContent' in value || 'modelContent' in value);
  const seen = isSplit ? value.modelContent : value;
  const title = seen === null || seen === undefined ? 'The widget keeps, unseen by the model' : 'The widget keeps, and the model sees of it';
  replace('state', title, seen ?? value?.privateContent ?? value);
}

/** The last one counts. */
function replace(kind, title, value) {
  byId('thread').querySelector(`[data-kind=${kind}]`)?.remove();
  show(kind, title, pre(value ?? null, title));
}

export const display = (asked, got) =>
  show('display', asked === got ? `The widget asks for ${asked}, and gets it` : `The widget asks for ${asked}; the host leaves it ${got}`);

export const log = ({ level, data }) =>
  show('log', `The widget logs (${level})`, el('p', {}, typeof data === 'string' ? data : JSON.stringify(data)));

export function closed(again) {
  const button = el('button', { type: 'button', className: 'small', on: { click: again } }, 'Show it again');
  show('close', 'The widget has asked to be closed', el('p', {}, button));
}

export const ignored = (what) => show('ignored', what);
