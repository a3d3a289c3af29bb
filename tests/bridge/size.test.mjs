// What ships is current, small, and can stand between <script> and </script>.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { minified, SHIPPED, web } from './minify.mjs';

for (const [name, { most }] of Object.entries(SHIPPED)) {
  test(`${name} is current and small`, async (t) => {
    const text = await readFile(web(name), 'utf8');
    assert.equal(text, await minified(name), 'node tests/bridge/minify.mjs has not been run');
    const size = gzipSync(text, { level: 9 }).length;
    t.diagnostic(`${text.length} bytes, ${size} after gzip`);
    assert.ok(size <= most, `${size} bytes after gzip, ${most} are allowed`);
  });

  test(`${name} ends no element and opens no comment`, async () => {
    assert.doesNotMatch(await readFile(web(name), 'utf8'), /<\/(script|style)|<!--/i);
  });
}
