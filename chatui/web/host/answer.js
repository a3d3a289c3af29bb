// The answer as the model sees it, and what it costs.

import { bytes, el, plural, pre } from './dom.js';

/** From here on an answer is a burden in every turn that follows (tokens). */
const BURDEN = 4_000;
/** From here on some clients cut it: Claude Code reads so many tokens, Claude 150,000 characters. */
const CUT = 25_000;

const ESTIMATE = 'estimated: 4 ASCII characters are a token, and each other character is one';

/** How many tokens a text is, about: what models of today make of English, JSON and other scripts, on average. */
export function tokens(text) {
  const others = text.replace(/[\0-\x7f]/g, '').length;
  return Math.ceil((text.length - others) / 4 + others);
}

/** How much of an answer goes to the model. */
export function weigh({ content = [], structuredContent }) {
  const text = content.map((block) => (block.type === 'text' ? block.text : JSON.stringify(block))).join('\n');
  const data = structuredContent === undefined ? '' : JSON.stringify(structuredContent);
  // Pictures are counted by what they show, which nobody can see from here.
  const words = content.filter(({ type }) => type !== 'image' && type !== 'audio').map((block) => block.text ?? JSON.stringify(block)).join('\n');
  return { bytes: new TextEncoder().encode(text + data).length, tokens: tokens(words) + tokens(data), characters: (words + data).length };
}

/** Shows an answer, or why there is none. */
export function showAnswer(root, { result, error, cancelled, took }, profile) {
  const time = took === undefined ? '' : ` · ${Math.round(took)} ms`;
  if (error) {
    const code = error.code === undefined ? '' : ` ${error.code}`;
    return root.replaceChildren(
      el('p', {}, el('span', { className: 'badge bad' }, `error${code}`), ` ${time}`),
      el('p', { className: 'said bad' }, error.message),
      ...(error.data?.requiredCapabilities?.elicitation ? [el('p', { className: 'help' }, 'Check “Asks the user” above, and this host does.')] : []),
    );
  }
  if (cancelled) return root.replaceChildren(el('p', { className: 'badge' }, `stopped${time}`));
  if (!result) return root.replaceChildren(el('p', { className: 'empty' }, 'Waiting for the answer…'));
  const { content = [], structuredContent, isError, _meta } = result;
  const weight = weigh(result);
  const hidden = Object.entries(_meta ?? {}).filter(([key]) => !key.startsWith('io.modelcontextprotocol/'));
  root.replaceChildren(
    el(
      'p',
      { className: 'facts' },
      el('span', { className: `badge ${isError ? 'bad' : 'good'}`, data: { fact: 'isError' } }, isError ? 'isError: true' : 'isError: false'),
      el('span', { title: ESTIMATE, data: { fact: 'size' } }, `${bytes(weight.bytes)} · about ${plural(weight.tokens, 'token')}${time}`),
      el('span', { className: 'help' }, ESTIMATE),
    ),
    ...warnings(weight, profile),
    el('h3', {}, 'content'),
    ...content.map((block) => shownBlock(block, isError)),
    ...(content.length ? [] : [el('p', { className: 'empty' }, 'none; a host without widgets shows nothing')]),
    ...(structuredContent === undefined ? [] : [el('h3', {}, 'structuredContent'), pre(structuredContent, 'structuredContent')]),
    ...(hidden.length ? [onlyWidget(Object.fromEntries(hidden))] : []),
  );
}

function onlyWidget(meta) {
  const size = bytes(new TextEncoder().encode(JSON.stringify(meta)).length);
  return el('details', {}, el('summary', {}, `For the widget alone (_meta, ${size})`), pre(meta, '_meta'));
}

function warnings({ tokens: count, characters }, { cut = Infinity, title }) {
  const say = (text) => el('p', { className: 'warning', role: 'note' }, text);
  const less = 'give the model a summary, and the widget the rest with #[ui_only]';
  if (characters > cut) return [say(`too big: ${title} cuts answers after ${cut.toLocaleString('en')} characters; ${less}`)];
  if (count > CUT) return [say(`too big: clients cut answers of more than ${CUT.toLocaleString('en')} tokens; ${less}`)];
  if (count > BURDEN) return [say(`big: the model reads all of it again with every turn that follows; ${less}`)];
  return [];
}

function shownBlock(block, isError) {
  const { type, text, data, mimeType, uri, name, resource } = block;
  if (type === 'text') return el('p', { className: `said ${isError ? 'bad' : ''}` }, text);
  if (type === 'image') return el('img', { src: `data:${mimeType};base64,${data}`, alt: `An image of the answer, ${mimeType}` });
  if (type === 'audio') {
    return el('audio', { controls: true, src: `data:${mimeType};base64,${data}`, 'aria-label': `Sound of the answer, ${mimeType}` });
  }
  if (type === 'resource_link') return el('p', { className: 'said' }, `${name ?? 'resource'}: ${uri}`);
  if (type === 'resource' && resource.text !== undefined) return pre(resource.text, resource.uri);
  return pre(block, type);
}

/** What a refusal says of single arguments, by their paths. */
export function mistakesOf({ content = [], isError }) {
  const text = content.find(({ type }) => type === 'text')?.text ?? '';
  if (!isError || !text.startsWith('wrong arguments:')) return new Map();
  return new Map([...text.matchAll(/^- `([^`]+)` (.+)$/gm)].map(([, path, why]) => [path, why]));
}
