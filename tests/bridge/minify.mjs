// What widgets ship of chatui/web: the same, minified. Writes it where it is run, and says whether it is current where
// it is imported.
//
//   node tests/bridge/minify.mjs

import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';

/** Each file that ships, with what it is made of and how many bytes it may have after gzip. */
export const SHIPPED = {
  'bridge.min.js': { source: 'bridge.js', most: 4096 },
  'style.min.css': { source: 'style.css', most: 2048 },
  'card.min.js': { source: 'card.js', most: 2048 },
};

export const web = (name) => new URL(`../../chatui/web/${name}`, import.meta.url);

/** What a file that ships should hold. */
export async function minified(name) {
  const { source } = SHIPPED[name];
  const loader = source.endsWith('.css') ? 'css' : 'js';
  const { code } = await transform(await readFile(web(source), 'utf8'), { loader, minify: true, target: loader === 'js' ? 'es2022' : undefined, charset: 'utf8' });
  return loader === 'css' ? tightened(code.trimEnd()) : code.trimEnd();
}

// The values of variables are left as they are by esbuild, as nobody knows what they are for. In ours no space matters.
function tightened(css) {
  return css.replace(/(--[\w-]+): ([^;}]*)/g, (_, name, value) => `${name}:${value.replace(/, /g, ',')}`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of Object.keys(SHIPPED)) await writeFile(web(name), await minified(name));
}
