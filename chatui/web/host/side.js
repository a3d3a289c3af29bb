// The column of tools and clients.

import { byId, el } from './dom.js';

/** From so many tools on, one looks for them by name. */
const MANY = 8;

export function showTools(tools, selected, select) {
  const filter = byId('filter');
  filter.hidden = tools.length < MANY;
  const draw = () => {
    const words = filter.value.toLowerCase();
    const fits = ({ name, title = '', description = '' }) => `${name} ${title} ${description}`.toLowerCase().includes(words);
    byId('tools').replaceChildren(...tools.filter(fits).map((tool) => item(tool, tool.name === selected, select)));
  };
  filter.oninput = draw;
  draw();
}

function item(tool, isSelected, select) {
  return el(
    'li',
    {},
    el(
      'button',
      { type: 'button', data: { tool: tool.name }, 'aria-current': isSelected && 'true', on: { click: () => select(tool.name) } },
      el('span', { className: 'title' }, tool.title ?? tool.name),
      el('span', { className: 'badges' }, el('code', {}, tool.name), badges(tool).map(([text, kind]) => el('span', { className: `badge ${kind}` }, text))),
    ),
  );
}

/** What it does to the world, who may call it, and whether it draws. */
export function badges({ annotations = {}, _meta = {} }) {
  const { readOnlyHint, destructiveHint, openWorldHint, idempotentHint } = annotations;
  const effect = readOnlyHint ? ['reads', 'good'] : destructiveHint === false ? ['writes', 'careful'] : ['destroys', 'bad'];
  const { visibility = ['model', 'app'], resourceUri } = _meta.ui ?? {};
  return [
    effect,
    openWorldHint !== false && ['open world', ''],
    idempotentHint && !readOnlyHint && ['idempotent', ''],
    resourceUri && ['widget', 'accent'],
    !visibility.includes('model') && ['app only', ''],
    !visibility.includes('app') && ['model only', ''],
  ].filter(Boolean);
}

export function showClients(clients) {
  const item = ({ name, version, did }) =>
    el('li', {}, el('span', { className: 'title' }, name), ' ', el('small', {}, version), el('span', { className: 'did' }, did));
  const none = el('li', { className: 'empty' }, 'No client has come yet.');
  byId('clients').replaceChildren(...(clients.length ? clients.map(item) : [none]));
}

/** What to paste where, for a real ChatGPT. */
export function showConnect(endpoint, authentication) {
  const root = byId('connect');
  if (!endpoint) {
    const command = el('code', {}, `dev --public-url https://…`);
    return root.replaceChildren(el('p', { className: 'help' }, 'For a real ChatGPT, point a tunnel here and start with ', command, '.'));
  }
  const copy = el('button', { type: 'button', className: 'small', on: { click: copied } }, 'Copy');
  async function copied() {
    await navigator.clipboard.writeText(endpoint);
    copy.textContent = 'Copied';
  }
  return root.replaceChildren(
    el('h3', {}, 'Add it to ChatGPT'),
    el('p', { className: 'help' }, `In developer mode: Settings → Apps & Connectors → Create. ${authentication}. MCP server URL:`),
    el('p', { className: 'paste' }, el('code', {}, endpoint), copy),
  );
}
