// What the texts refer to is there: every link inside of the repository leads to something that is committed, and to a heading that it has;
// every message of the compiler that is explained is one that the tests compare.
//
//   node --test tests/links.test.mjs

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'node:test';

const root = fileURLToPath(new URL('..', import.meta.url));
const committed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n');
// A package's README may be a link to the one at the root.
const texts = committed.filter((path) => path.endsWith('.md') && lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile());

/** What a reader can jump to: the headings, as GitHub names them. */
function anchors(text) {
  const headings = prose(text).matchAll(/^#+ (.+)$/gm);
  return new Set([...headings].map(([, heading]) => heading.toLowerCase().replace(/[^\p{L}\p{N}\- _]/gu, '').replaceAll(' ', '-')));
}

function prose(text) {
  return text.replace(/^```.*?^```/gms, '');
}

/** The targets of a text's links and pictures. */
function* links(text) {
  const plain = prose(text).replace(/`[^`\n]*`/g, '');
  for (const [, target] of plain.matchAll(/\]\(([^)\s]+)\)/g)) yield target;
  for (const [, target] of plain.matchAll(/(?:src|srcset|href)="([^"]+)"/g)) yield target;
}

function wrong(path, target) {
  const [file, anchor] = target.split('#');
  const to = file === '' ? path : relative(root, join(root, dirname(path), file));
  if (to.startsWith('..')) return 'leaves the repository';
  const folder = existsSync(join(root, to)) && statSync(join(root, to)).isDirectory();
  if (!committed.some((known) => known === to || (folder && (to === '' || known.startsWith(`${to}/`))))) return 'leads to nothing that is committed';
  if (anchor && to.endsWith('.md') && !anchors(readFileSync(join(root, to), 'utf8')).has(anchor)) return 'leads to a heading that is not there';
  return undefined;
}

describe('links', () => {
  assert.ok(texts.includes('README.md') && texts.length > 20, 'the texts were found');
  for (const path of texts) {
    it(path, () => {
      const inside = [...links(readFileSync(join(root, path), 'utf8'))].filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
      const broken = inside.map((target) => [target, wrong(path, target)]).filter(([, why]) => why);
      assert.deepEqual(broken.map(([target, why]) => `${target} ${why}`), []);
    });
  }
});

it('lists every example', () => {
  const folders = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const listed = readFileSync(join(root, 'examples/README.md'), 'utf8').matchAll(/^\| \[(\w+)\]\(\1\) \|/gm);
  assert.deepEqual([...listed].map(([, name]) => name).sort(), folders.sort());
});

it('explains messages that there are', () => {
  const told = readdirSync(join(root, 'tests/ui')).filter((name) => name.endsWith('.stderr'));
  const all = told.map((name) => readFileSync(join(root, 'tests/ui', name), 'utf8')).join('\n');
  const rows = readFileSync(join(root, 'docs/guides/ERRORS.md'), 'utf8').matchAll(/^\| (.+?) \| [^|]+ \|$/gm);
  const messages = [...rows].map(([, message]) => message).filter((message) => message !== 'message');
  assert.ok(messages.length > 15, `${messages.length} messages`);
  assert.deepEqual(messages.filter((message) => !all.includes(message)), []);
});
