// What a panic costs where the build unwinds: its own call. tests/worker/unwind builds that and runs this.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, logged, port, serve, text } from './edge.mjs';

let worker;

before(async () => (worker = await serve(port)));
after(() => worker?.stop());

test('a panic costs its own call and no other', { timeout: 120_000 }, async () => {
  const app = await text('greet', { name: 'first' });
  const others = Array.from({ length: 3 }, (_, id) => text('slow', { milliseconds: 500, id }, id + 10));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const panicked = await call('panics');
  assert.equal(panicked.isError, true);
  assert.match(panicked.content[0].text, /internal error [0-9a-f]{8}/);
  await logged(/panicked: at the wall/, worker);
  assert.deepEqual(await Promise.all(others), ['slow 0', 'slow 1', 'slow 2']);
  assert.equal(await text('greet', { name: 'first' }), app, 'the isolate lives on, with its app');
});
