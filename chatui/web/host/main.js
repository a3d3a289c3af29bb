// The page: choose a tool, fill in its arguments, see what the model and what the user get. What each file does stands at its head.

import { mistakesOf, showAnswer } from './answer.js';
import { Client, who } from './client.js';
import { byId, debounced, el, plural } from './dom.js';
import { Form } from './form.js';
import * as link from './link.js';
import * as log from './log.js';
import { LOCALES, place } from './place.js';
import { PROFILES } from './profiles.js';
import { initial } from './schema.js';
import { badges, showClients, showConnect, showTools, showUser } from './side.js';
import * as thread from './thread.js';
import { Widget } from './widget.js';

/** What hosts tell anew when the person changes something here. */
const TELLS = {
  theme: ['theme', 'styles'],
  mode: ['displayMode', 'containerDimensions'],
  width: ['containerDimensions', 'platform', 'deviceCapabilities'],
  locale: ['locale'],
  notch: ['safeAreaInsets'],
};

let client;
let tools = [];
let selected;
let widget;
let running;
/** By tool: what stands in the form, and the last call. */
const drafts = new Map();
const calls = new Map();
let templateProblems = [];

/** What the address says at the beginning; from then on it says what is shown. */
const linked = link.read();

const profile = () => PROFILES[place.host];
const tool = () => tools.find(({ name }) => name === selected);
const form = new Form(byId('fields'), () => changed('form'));

// Arguments: the form and the JSON are two views of one value.

function changed(by) {
  drafts.set(selected, form.value);
  if (by === 'form') byId('json').value = JSON.stringify(form.value, null, 2);
  wrongJson('');
  grow();
  link.write(selected, form.value);
}

function wrongJson(why) {
  byId('json-problem').textContent = why;
  if (why) byId('json').setAttribute('aria-invalid', 'true');
  else byId('json').removeAttribute('aria-invalid');
}

const grow = () => (byId('json').rows = Math.min(14, Math.max(3, byId('json').value.split('\n').length)));

function readJson() {
  grow();
  try {
    const value = JSON.parse(byId('json').value || '{}');
    if (!value || typeof value !== 'object' || Array.isArray(value)) throw new Error('arguments are an object');
    form.show(tool().inputSchema, value);
    changed('json');
  } catch (error) {
    wrongJson(`not sent like this: ${error.message}`);
  }
}

// Tools.

async function select(name, { focus = true } = {}) {
  selected = name;
  const it = tool();
  busy(false, '');
  showTools(tools, selected, select);
  // The button that was pressed is another element now.
  if (focus) byId('tools').querySelector(`[data-tool="${CSS.escape(name)}"]`)?.focus();
  byId('tool-title').textContent = it.title ?? it.name;
  byId('tool-name').replaceChildren(el('code', {}, it.name), ...badges(it).map(([text, kind]) => el('span', { className: `badge ${kind}` }, text)));
  byId('tool-about').textContent = it.description ?? '';
  form.show(it.inputSchema, drafts.get(name) ?? initial(it.inputSchema, it.inputSchema) ?? {});
  byId('json').value = JSON.stringify(form.value, null, 2);
  wrongJson('');
  grow();
  link.write(name, drafts.get(name));
  showCall();
  thread.clear();
  await reopen();
}

function showCall() {
  const call = calls.get(selected);
  if (call) {
    showAnswer(byId('answer-body'), call, profile());
    if (call.result) form.mark(mistakesOf(call.result));
  } else byId('answer-body').replaceChildren(el('p', { className: 'empty' }, 'Nothing has been called yet.'));
  const { 'openai/toolInvocation/invoking': invoking, 'openai/toolInvocation/invoked': invoked } = tool()._meta ?? {};
  const isOver = call && (call.result || call.error || call.cancelled);
  byId('invocation').textContent = call ? ((isOver ? invoked : invoking) ?? '') : '';
}

async function run() {
  if (byId('json').matches('[aria-invalid]')) return byId('json').focus();
  running?.abort();
  const [it, abort] = [tool(), new AbortController()];
  const call = { tool: it, args: structuredClone(form.value) };
  running = abort;
  drafts.set(selected, form.value);
  calls.set(selected, call);
  link.write(selected, form.value);
  form.mark(new Map());
  busy(true, `Calling ${it.name}…`);
  thread.clear();
  log.clear();
  log.restart();
  showCall();
  byId('answer-body').setAttribute('aria-busy', 'true');
  // As hosts do: the widget is there before its answer.
  const opened = reopen();
  await ask(call, abort);
  if (running === abort) running = undefined;
  // Another tool is shown meanwhile, or another call of this one.
  if (selected !== it.name || calls.get(selected) !== call) return undefined;
  byId('answer-body').removeAttribute('aria-busy');
  busy(false, told(call));
  showCall();
  await opened;
  if (widget?.call === call) widget.tell();
  return undefined;
}

async function ask(call, abort) {
  const began = performance.now();
  const progress = ({ progress: done, total, message }) => {
    byId('status').textContent = [message, total ? `${done} of ${total}` : `${done}`].filter(Boolean).join(' · ');
  };
  try {
    call.result = await client.callTool(call.tool, call.args, { signal: abort.signal, progress });
  } catch (error) {
    if (abort.signal.aborted) call.cancelled = 'the person pressed stop';
    else Object.assign(call, { error, cancelled: error.message });
  }
  call.took = performance.now() - began;
}

const told = ({ result, error, took }) =>
  error ? `Failed: ${error.message}` : !result ? 'Stopped' : result.isError ? 'The tool failed' : `Done in ${Math.round(took)} ms`;

function busy(is, words) {
  byId('stop').hidden = !is;
  byId('status').textContent = words;
}

// The widget.

/** Shows the widget of the last call, in a frame of its own. */
async function reopen() {
  const call = calls.get(selected);
  const before = widget;
  const it = tool();
  clearProblems();
  if (!call || !it._meta?.ui?.resourceUri) {
    widget = undefined;
    const none = 'This tool has no widget: its words are all that is seen.';
    byId('frame').dataset.empty = it._meta?.ui?.resourceUri ? 'Run the tool, and its widget is drawn here.' : none;
    return before?.close();
  }
  delete byId('frame').dataset.empty;
  call.tool = it;
  const opening = new Widget(profile(), client, tools, call, { problem, move, reopen });
  widget = opening;
  try {
    await opening.open(before);
  } catch (error) {
    problem(error.message);
    await before?.close();
  }
  return opening.tell();
}

function move(mode) {
  place.mode = mode;
  arranged('mode');
}

/** Something about the place has changed. */
function arranged(key) {
  document.documentElement.dataset.theme = place.theme;
  for (const input of byId('place').elements) {
    if (input.type === 'radio') input.checked = place[input.name] === input.value;
    if (input.name === 'mode') input.disabled = !profile().modes.includes(input.value);
  }
  for (const name of ['notch', 'asks']) byId('place').elements[name].checked = place[name];
  if (key in TELLS) widget?.replace(TELLS[key]);
  for (const part of [byId('side'), byId('input')]) part.inert = place.mode === 'fullscreen';
  link.write(selected, drafts.get(selected));
}

// Problems, each once: of the widget that is shown, and of the templates on the disk.

let problems = new Map();

function problem(text, line) {
  const where = line ? ` (line ${line} of the document)` : '';
  if (problems.has(text)) return;
  problems.set(text, el('li', {}, text + where));
  showProblems();
}

function clearProblems() {
  problems = new Map();
  showProblems();
}

function showProblems() {
  const ofTemplates = templateProblems.map((text) => el('li', { data: { of: 'template' } }, text));
  byId('problems').replaceChildren(...ofTemplates, ...problems.values());
}

// The host that is played, and the server behind it.

async function meet() {
  client = new Client(profile(), place.locale, place.asks);
  tools = await client.listTools();
}

async function changeHost() {
  if (!profile().modes.includes(place.mode)) place.mode = 'inline';
  await meet();
  arranged('host');
  showCall();
  await reopen();
}

/** What the server has may be new: another template, another build. What stands in the form stays. */
async function refresh() {
  const [before, uri] = [JSON.stringify(tool()), tool()?._meta?.ui?.resourceUri];
  await meet();
  if (!tools.length) return undefined;
  if (!tool()) return select(tools[0].name, { focus: false });
  if (JSON.stringify(tool()) !== before) {
    showTools(tools, selected, select);
    byId('tool-title').textContent = tool().title ?? tool().name;
    byId('tool-about').textContent = tool().description ?? '';
    form.show(tool().inputSchema, form.value);
  }
  if (tool()._meta?.ui?.resourceUri !== uri) await reopen();
  else if (widget) Object.assign(widget, { client, tools });
  return undefined;
}

function listen() {
  let instance;
  const events = new EventSource('/dev/events');
  const on = (name, f) => events.addEventListener(name, ({ data }) => f(JSON.parse(data)));
  const failed = (error) => connection('lost', error.message);
  on('hello', async (hello) => {
    templateProblems = hello.problems;
    byId('name').textContent = document.title = hello.name;
    byId('version').textContent = hello.version;
    showClients(hello.clients);
    showConnect(hello.endpoint, hello.authentication);
    const first = instance === undefined;
    instance = hello.instance;
    who().then(showUser, failed);
    await (first ? begin() : refresh()).then(() => connection('here', 'connected'), failed);
    showProblems();
  });
  on('templates', async ({ problems: wrong }) => {
    templateProblems = wrong;
    await refresh().catch(failed);
    showProblems();
  });
  on('clients', showClients);
  on('lost', (path) => problem(`\`${path}\` leads nowhere, a widget has no server of its own; use chatui.call or an absolute address`));
  events.addEventListener('error', () => {
    connection('lost', 'the server is away; looking for it');
    // Where a proxy or another program answers instead, the browser gives up.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 2_000);
  });
}

function connection(state, words) {
  byId('connection').dataset.state = state;
  byId('connection').lastElementChild.textContent = words;
}

/** The first time: as the address says. */
async function begin() {
  const { tool: wanted, args, wrong } = linked;
  await meet();
  if (!tools.length) {
    connection('here', plural(0, 'tool'));
    return;
  }
  const known = tools.some(({ name }) => name === wanted);
  if (known && args) drafts.set(wanted, args);
  await select(known ? wanted : tools[0].name, { focus: false });
  if (wanted && !known) problem(`there is no tool \`${wanted}\``);
  if (wrong) problem(wrong);
  // An address may come from anywhere: what it names runs by itself only where it changes nothing.
  if (known && args && tool().annotations?.readOnlyHint) run();
}

/** What the controls let somebody choose. */
function offered(name) {
  const inputs = [...byId('place').querySelectorAll(`[name=${name}]`)];
  return inputs.flatMap((input) => [...(input.options ?? [input])]).map(({ value }) => value);
}

function prepare() {
  const { place: wanted } = linked;
  const { elements } = byId('place');
  elements.host.append(...Object.entries(PROFILES).map(([value, { title }]) => el('option', { value }, title)));
  const locales = LOCALES.includes(wanted.locale) || !wanted.locale ? LOCALES : [...LOCALES, wanted.locale];
  elements.locale.append(...locales.map((locale) => el('option', { value: locale }, locale)));
  for (const [key, value] of Object.entries(wanted)) {
    if (typeof place[key] === 'boolean') place[key] = value === 'true';
    else if (offered(key).includes(value)) place[key] = value;
  }
  if (!profile().modes.includes(place.mode)) place.mode = 'inline';
  elements.host.value = place.host;
  elements.locale.value = place.locale;
  byId('place').addEventListener('change', ({ target }) => {
    place[target.name] = target.type === 'checkbox' ? target.checked : target.value;
    if (target.name === 'host' || target.name === 'asks') changeHost().catch(({ message }) => problem(message));
    else arranged(target.name);
  });
  byId('json').addEventListener('input', readJson);
  byId('form').addEventListener('submit', (event) => {
    event.preventDefault();
    run();
  });
  byId('stop').addEventListener('click', () => running?.abort());
  byId('clear').addEventListener('click', log.clear);
  byId('leave').addEventListener('click', () => move('inline'));
  addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
    if (event.key === 'Escape' && place.mode === 'fullscreen') move('inline');
  });
  addEventListener('resize', debounced(() => widget?.replace(TELLS.width), 200));
  document.documentElement.dataset.theme = place.theme;
  arranged();
}

prepare();
listen();
