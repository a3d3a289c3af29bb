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
export function badges({ annotations = {}, _meta = {}, securitySchemes = [] }) {
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
    signIn(securitySchemes),
  ].filter(Boolean);
}

/** For whom it is: nothing where nobody is asked. */
function signIn(schemes) {
  const signed = schemes.find(({ type }) => type === 'oauth2');
  if (!signed) return schemes.length ? ['for anybody', ''] : undefined;
  const scopes = signed.scopes?.length ? `: ${signed.scopes.join(' ')}` : '';
  return schemes.length > 1 ? [`sign-in optional${scopes}`, ''] : [`sign-in${scopes}`, ''];
}

/** As whom this page calls, where tools ask for it. */
export function showUser({ asked, sits, name, scopes }) {
  const root = byId('user');
  root.hidden = !asked;
  if (name) root.replaceChildren('You call as ', el('code', {}, name), scopes.length ? `, with ${scopes.join(' ')}.` : ', with all scopes.');
  else {
    const nobody = 'You are not signed in: only what is open to anybody answers. ';
    const how = sits ? ['Open the address that ', el('code', {}, 'dev'), ' printed, the one with ', el('code', {}, '#key=…'), '.'] : ['So ', el('code', {}, '--user'), ' says.'];
    root.replaceChildren(nobody, ...how);
  }
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
