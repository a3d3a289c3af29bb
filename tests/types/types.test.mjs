// What `types` writes, compiled as a user's editor does it: strictly, and with the declaration files looked at too.
//
//   node --test tests/types/*.test.mjs

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, describe, it } from 'node:test';

const root = fileURLToPath(new URL('../..', import.meta.url));
const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace('package.json', 'bin/tsc');

const apps = {
  dashboard: { package: ['--package', 'dashboard'], uses: ['dashboard.ts', 'dashboard.js', 'plain.js'] },
  widgets: { package: ['--package', 'chatui-tests', '--example', 'types-widgets'], uses: ['widgets.ts'] },
  zoo: { package: ['--package', 'chatui-tests', '--example', 'types-zoo'], uses: ['zoo.ts'] },
};

for (const [name, { package: of, uses }] of Object.entries(apps)) {
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'chatui-types-'));
    after(() => rmSync(folder, { recursive: true }));
    const types = join(folder, 'types');
    execFileSync('cargo', ['run', '--quiet', ...of, '--', 'types', '--out', types], { cwd: root });
    for (const use of uses) cpSync(join(root, 'tests/types/uses', use), join(folder, use));

    it('is right by itself', () => {
      for (const file of readdirSync(types)) compile(folder, [`types/${file}`]);
    });
    it('knows what is right and what is wrong', () => compile(folder, uses));
    it('is found in the way of Node too', () => {
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      // There the cast of a script needs a suffix as well.
      compile(folder, uses.filter((use) => use.endsWith('.ts')), ['--module', 'nodenext']);
    });
  });
}

function compile(folder, files, how = ['--module', 'preserve']) {
  const strictly = ['--strict', '--noEmit', '--noUncheckedIndexedAccess', '--checkJs', '--target', 'es2022', '--types', ''];
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, ...strictly, ...how, ...files], { cwd: folder, encoding: 'utf8' });
  assert.equal(stdout + stderr, '', files.join(' '));
}
