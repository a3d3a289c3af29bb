// The build step of examples/react, from nothing: what is committed there is what its sources and its lock file make, and the
// sources fit the types that the binary writes.
//
//   node --test tests/react.test.mjs

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';

const root = fileURLToPath(new URL('..', import.meta.url));
const web = join(root, 'examples/react/web');
const copy = mkdtempSync(join(tmpdir(), 'chatui-react-'));

before(() => {
  const ours = (path) => !['node_modules', 'dist'].includes(relative(web, path));
  cpSync(web, copy, { recursive: true, filter: ours });
  run('npm', 'ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error');
});
after(() => rmSync(copy, { recursive: true }));

test('the committed build is the one that the sources make', () => {
  run('npm', 'run', 'build');
  same('dist', 'npm --prefix examples/react/web ci && npm --prefix examples/react/web run build');
});

test('the committed types are those of the tools', () => {
  execFileSync('cargo', ['run', '--quiet', '--package', 'react', '--', 'types', '--out', join(copy, 'src/types')], { cwd: root });
  same('src/types', 'cargo run -p react -- types --out examples/react/web/src/types');
});

test('the sources fit them', () => run('npm', 'run', 'check'));

/** Runs in the copy; what it printed is the message if it fails. */
function run(...command) {
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), { cwd: copy, encoding: 'utf8' });
  assert.equal(status, 0, `${command.join(' ')}\n${stdout}${stderr}`);
}

/** A folder has the same files in both; `mend` is what to do if not. */
function same(folder, mend) {
  const files = (base) => readdirSync(join(base, folder)).sort();
  assert.deepEqual(files(web), files(copy), mend);
  for (const file of files(web)) {
    // Compared as a truth: a difference of two lines that are minified would be the whole file.
    const [there, here] = [web, copy].map((base) => readFileSync(join(base, folder, file)));
    assert.ok(there.equals(here), `${folder}/${file} is not what is made now; run ${mend}`);
  }
}
