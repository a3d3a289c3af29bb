// The default stylesheet: whole, readable in both themes, and weaker than any rule of a template.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { web } from './minify.mjs';

const css = readFileSync(web('style.css'), 'utf8');
const variables = new Map([...css.matchAll(/^ {2}(--[\w-]+): (.*);$/gm)].map(([, name, value]) => [name, value]));
const THEMES = ['light', 'dark'];

test('every variable of MCP Apps has a value', () => {
  const { McpUiStyleVariableKey } = createRequire(import.meta.url)('@modelcontextprotocol/ext-apps/schema.json').$defs;
  const all = McpUiStyleVariableKey.anyOf.map((name) => name.const);
  assert.equal(all.length, 76);
  assert.deepEqual([...variables.keys()].sort(), all.sort());
});

for (const [at, theme] of THEMES.entries()) {
  test(`every text can be read on every ground where it may stand (${theme})`, () => {
    const colour = (name) => resolve(name, at);
    const grounds = ['primary', 'secondary', 'tertiary'];
    const plain = ['primary', 'secondary', 'tertiary', 'ghost', 'info', 'danger', 'success', 'warning'];
    const pairs = [
      ...grounds.flatMap((ground) => plain.map((text) => [text, ground])),
      ...['info', 'danger', 'success', 'warning'].flatMap((kind) => [[kind, kind], ['primary', kind]]),
      ...[...grounds.slice(0, 2), 'disabled'].map((ground) => ['disabled', ground]),
      ['inverse', 'inverse'],
    ];
    for (const [text, ground] of pairs) {
      const ratio = contrast(colour(`--color-text-${text}`), colour(`--color-background-${ground}`));
      assert.ok(ratio >= 4.5, `text ${text} on background ${ground}: ${ratio.toFixed(2)}`);
    }
    for (const name of ['--color-ring-primary', '--color-border-primary', '--color-ring-danger']) {
      const ratio = contrast(colour(name), colour('--color-background-primary'));
      assert.ok(ratio >= 3, `${name} on background primary: ${ratio.toFixed(2)}`);
    }
  });
}

test('what it says of elements has no specificity, or as good as none', () => {
  const rules = css.replace(/\/\*.*?\*\//gs, '').matchAll(/^\s*([^{}@]+)\{/gm);
  for (const [, list] of rules) {
    const rest = list.replace(/:where\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, '').replace(/::?(before|after|placeholder)|[*,\s]/g, '');
    assert.equal(rest, '', `${list.trim()} is stronger than it needs to be`);
  }
});

test('it names only variables that there are, and leaves the colour scheme to the host', () => {
  assert.doesNotMatch(css, /color-scheme/);
  for (const [, name] of css.matchAll(/var\((--[\w-]+)/g)) assert.ok(variables.has(name) || name.startsWith('--safe-area-'), name);
});

function resolve(name, at) {
  const [, ...both] = variables.get(name).match(/^light-dark\((#\w+), (#\w+)\)$/);
  const hex = both[at].slice(1);
  const pairs = hex.length === 3 ? [...hex].map((digit) => digit + digit) : hex.match(/../g);
  return pairs.map((pair) => parseInt(pair, 16) / 255);
}

function contrast(a, b) {
  const [dark, light] = [a, b].map(luminance).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
