// What the policy has forbidden a widget, in the words in which the compiler says it of a template.

const WORDS = {
  'connect-src': ['fetching from', 'connect', 'let a tool fetch it and use `chatui.call`, or '],
  'script-src': ['the script of', 'resource', 'put the file beside the template, or '],
  'style-src': ['the stylesheet of', 'resource', 'put the file beside the template, or '],
  'img-src': ['the image of', 'resource', 'put the file beside the template, or '],
  'media-src': ['the media file of', 'resource', 'put the file beside the template, or '],
  'font-src': ['the font of', 'resource', 'use `font-family: var(--font-sans)`, or '],
  'frame-src': ['the frame of', 'frame', ''],
};

const NEVER = {
  eval: 'the script makes code of text (`eval`, `new Function`), which hosts forbid; write it as code',
  'wasm-eval': 'the script compiles WebAssembly, which hosts forbid; let a tool of the server do it',
  inline: 'a script or a style in an attribute is not allowed; move it into a `<script>` or a `<style>`',
};

/** A sentence for what a `securitypolicyviolation` event says. */
export function inWords({ directive, blocked }) {
  const kind = directive.replace(/-(elem|attr)$/, '');
  if (NEVER[blocked]) return NEVER[blocked];
  if (['worker-src', 'child-src'].includes(kind)) return 'the widget starts a worker, which hosts forbid; do the work in the page or in a tool';
  if (kind === 'object-src') return 'the widget embeds an object, which hosts forbid; use an `<img>` or a declared frame';
  if (kind === 'base-uri') return 'the document names a `<base>`, which hosts forbid; write whole addresses';
  const [words, key, instead] = WORDS[kind] ?? [`\`${kind}\` of`, undefined, ''];
  if (!URL.canParse(blocked)) return `${words} \`${blocked}:\` is not allowed by any host; load it from an address with https`;
  const { protocol, host } = new URL(blocked);
  if (!host) return `${words} \`${protocol}\` is not allowed by any host; load it from an address with https`;
  const origin = `${protocol}//${host}`;
  const is = protocol.startsWith('ws') ? 'the socket to' : words;
  return key ? `${is} \`${origin}\` is not allowed; ${instead}add csp(${key} = "${origin}")` : `${is} \`${origin}\` is not allowed`;
}
