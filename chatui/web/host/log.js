// Every message between the widget and the host, both ways, as it was sent.

import { byId, el, pre } from './dom.js';

/** So many stay; a widget that talks all the time must not fill the memory. */
const KEPT = 500;

const list = byId('log');
let count = 0;
let began = performance.now();

/** Whether the newest is to be seen; somebody who has scrolled back is reading, and somebody who has opened a message too. */
let follows = true;
const look = () => {
  // Nobody scrolls what is not shown.
  if (list.clientHeight) follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
};
const follow = () => follows && (list.scrollTop = list.scrollHeight);
list.addEventListener('scroll', look);
// Behind a full screen, and while it is folded, the list can't be scrolled.
new ResizeObserver(follow).observe(list);

/** Notes a message: `from` is `widget` or `host`, `name` the method in short. */
export function note(from, name, message, brief = '') {
  count += 1;
  byId('count').textContent = count;
  const time = ((performance.now() - began) / 1000).toFixed(2);
  const way = from === 'widget' ? 'widget → host' : 'host → widget';
  const entry = el(
    'li',
    { data: { from, name } },
    el(
      'details',
      { on: { toggle: ({ target }) => opened(target, message, name) } },
      el(
        'summary',
        {},
        el('span', { className: 'way', 'aria-label': way }, from === 'widget' ? '→' : '←'),
        el('code', {}, name),
        el('span', { className: 'brief' }, brief),
        el('time', {}, `${time} s`),
      ),
    ),
  );
  list.append(entry);
  while (list.childElementCount > KEPT) list.firstChild.remove();
  follow();
}

function opened(details, message, name) {
  if (details.open && !details.lastChild.matches('pre')) details.append(pre(message, name));
  look();
}

/** A JSON-RPC message. Of an answer the method is that of its request. */
export function noteRpc(from, message, methodOf) {
  const { method, id, result, error, params } = message;
  if (method) return note(from, method, message, brief(params));
  note(from, `${methodOf(id) ?? 'answer'} ${error ? 'error' : 'result'}`, message, error ? error.message : brief(result));
}

/** Begins anew, for another widget. */
export function restart() {
  began = performance.now();
}

export function clear() {
  count = 0;
  byId('count').textContent = 0;
  list.replaceChildren();
  follows = true;
}

function brief(value) {
  if (value === undefined || value === null) return '';
  const text = JSON.stringify(value);
  return text === '{}' ? '' : text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
