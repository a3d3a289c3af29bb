// What only Workers have, in real workerd: bindings, work after the answer, first requests that overlap, and calls that
// end badly. tests/worker/build tests/edge comes first.

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { call, logged, message, port, post, serve, text } from './edge.mjs';

const limit = { timeout: 120_000 };
const PASSWORD = 'p"ss/w\\rd-ü-4711';
let worker;

// Locally a secret is what `.dev.vars` or the command line says.
before(async () => (worker = await serve(port, '--var', 'SIGNATURE:Ada', '--var', `PASSWORD:${PASSWORD}`, '--var', 'OPENAI_APPS_CHALLENGE:token-0815')));
after(() => worker?.stop());

test('first requests that overlap do not wait for each other', limit, async () => {
  const answers = await Promise.all([1, 2, 3].map((id) => text('greet', { name: `${id}` }, id)));
  answers.forEach((answer, at) => assert.match(answer, new RegExp(`^Hello, ${at + 1}! `)));
  // Each made an app, and the one that was ready first is kept.
  const kept = new Set(answers.map((answer) => answer.match(/app \d/)[0]));
  kept.add((await text('greet', { name: 'later' })).match(/app \d/)[0]);
  assert.equal(kept.size, 1, [...kept].join());
});

test('bindings are lent', limit, async () => {
  assert.equal(await text('get', { key: 'a' }), 'nothing');
  assert.equal((await call('put', { key: 'a', note: 'written' })).isError, false);
  assert.equal(await text('get', { key: 'a' }), 'written');
});

test('objects of R2 and secrets are lent too, and to resources as well', limit, async () => {
  assert.equal(await text('sign', { note: 'read' }), 'read, Ada');
  await call('put', { key: 'b', note: 'under an address' });
  const read = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: 'notes://b' } });
  const { result } = await (await post(read)).json();
  assert.equal(result.contents[0].text, 'under an address');
});

test('a secret that is read through us leaves with no answer and is in no line of the log', limit, async () => {
  for (const how of ['text', 'error', 'kept']) {
    const result = await call('tells', { how });
    assert.equal(result.isError, true);
    assert.match(result.content[0].text, /^internal error [0-9a-f]{8}$/);
  }
  await logged(/`tells` failed, error [0-9a-f]{8}: there was a registered secret in the answer/, worker);
  await logged(/`tells` failed, error [0-9a-f]{8}: no answer to \[secret\]/, worker);
  assert.equal(await text('tells', { how: 'log' }), 'log');
  await logged(/signing with \[secret\] password=\[secret\]/, worker);
  assert.doesNotMatch(worker.log, /4711/);
  // Too short to be told from other words.
  assert.match(await text('tells', { how: 'short' }), /^internal error /);
  await logged(/the secret `SIGNATURE` has 3 bytes/, worker);
});

test('the proof of the domain is the token alone', limit, async () => {
  const response = await fetch(`http://127.0.0.1:${port}/.well-known/openai-apps-challenge`);
  assert.deepEqual([response.status, response.headers.get('content-type'), await response.text()], [200, 'text/plain; charset=utf-8', 'token-0815']);
});

test('work goes on behind the answer', limit, async () => {
  await call('put_later', { key: 'late', note: 'after all' });
  assert.equal(await text('get', { key: 'late' }), 'nothing');
  for (let tries = 0; (await text('get', { key: 'late' })) !== 'after all'; tries++) {
    assert.ok(tries < 40, 'the note never came');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test('a binding that is not there is an internal error, and the log says which', limit, async () => {
  const result = await call('unbound');
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /internal error [0-9a-f]{8}/);
  assert.doesNotMatch(result.content[0].text, /NO_SUCH_BINDING/);
  await logged(/NO_SUCH_BINDING/, worker);
});

test('every call is a line of the log, without its arguments, and so is what the tool says', limit, async () => {
  await text('greet', { name: 'Confidential' });
  await logged(/greeting somebody letters=12 share=0\.5/, worker);
  await logged(/greet ok \d+ms -/, worker);
  await post(message('greet', { name: 'Ada' }), { 'cf-ray': '9a1b2c3d4e5f6a7b' });
  await logged(/greet ok \d+ms 9a1b2c3d4e5f6a7b/, worker);
  await text('unbound');
  await logged(/unbound error \d+ms/, worker);
  assert.doesNotMatch(worker.log, /Confidential/);
});

test('the platform has a clock: what takes too long is answered', limit, async () => {
  const result = await call('endless');
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /longer than 100 ms/);
});

test('progress comes when it is made, and the answer closes the stream', limit, async () => {
  const response = await post(message('slow', { milliseconds: 1500, id: 7 }, 7, { progressToken: 'p' }), {
    accept: 'application/json, text/event-stream',
  });
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  const events = [];
  let first;
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    first ??= performance.now();
    events.push(piece);
  }
  const between = performance.now() - first;
  assert.ok(between > 700, `the first event came with the answer, ${between} ms before its end`);
  const all = events.join('').split('\n').filter((line) => line.startsWith('data: ')).map((line) => JSON.parse(line.slice(6)));
  assert.deepEqual(all.map(({ method, id }) => method ?? id), ['notifications/progress', 7]);
  assert.equal(all[1].result.content[0].text, 'slow 7');
});

test('what sleeps behind a first event wakes in time', limit, async () => {
  const started = performance.now();
  const response = await post(message('speaks_and_hangs', {}, 9, { progressToken: 's' }), { accept: 'application/json, text/event-stream' });
  const said = await response.text();
  assert.match(said, /longer than 1500 ms/);
  const took = performance.now() - started;
  assert.ok(took < 20_000, `the answer came after ${took} ms`);
});

test('500 calls at once get each its own answer', limit, async () => {
  const answers = await Promise.all(Array.from({ length: 500 }, (_, id) => text('slow', { milliseconds: 50, id }, id + 1000)));
  answers.forEach((answer, id) => assert.equal(answer, `slow ${id}`));
});

test('a body that is too large is refused, and the next is served', limit, async () => {
  const response = await post(message('echo', { text: 'a'.repeat(5 * 1024 * 1024) })).catch((error) => error);
  // workerd may close the connection before all is sent.
  if (response instanceof Response) assert.equal(response.status, 413);
  assert.equal(await text('echo', { text: 'small' }), 'small');
  const large = 'ü'.repeat(500 * 1024);
  assert.equal(await text('echo', { text: large }), large);
});

test('a body whose length is not said is read, and refused where it gets too large', limit, async () => {
  const send = (body) => post(new Blob([body]).stream(), {}, { duplex: 'half' });
  const small = await send(message('echo', { text: 'in pieces' }));
  assert.equal((await small.json()).result.content[0].text, 'in pieces');
  const large = await send(message('echo', { text: 'a'.repeat(6 * 1024 * 1024) })).catch((error) => error);
  if (large instanceof Response) assert.equal(large.status, 413);
  assert.equal(await text('echo', { text: 'the next' }), 'the next');
});

test('a page that is let in can read what the door refuses', limit, async () => {
  const body = message('echo', { text: 'a'.repeat(4 * 1024 * 1024) });
  const refused = async (origin) => {
    // workerd may close the connection before all is sent, and then nothing is read.
    for (let tries = 0; tries < 10; tries++) {
      const response = await post(body, { origin }).catch(() => undefined);
      if (response) return [response.status, response.headers.get('access-control-allow-origin'), response.headers.get('access-control-expose-headers')];
    }
    return assert.fail('no answer could be read');
  };
  const origin = 'https://edge.example.com';
  assert.deepEqual(await refused(origin), [413, origin, 'www-authenticate, retry-after']);
  assert.deepEqual(await refused('https://evil.example'), [403, null, null]);
});

test('the limits of the road hold: arguments, depth, answer, time', limit, async () => {
  const told = async (name, args) => {
    const { isError, content } = await call(name, args);
    assert.equal(isError, true, name);
    return content[0].text;
  };
  assert.match(await told('echo', { text: 'a'.repeat(1024 * 1024) }), /^the arguments have 10485\d\d bytes and this server takes at most 1048576; send less$/);
  const deep = JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`);
  assert.equal(await told('echo', { text: deep }), 'wrong arguments: they are nested deeper than 128 levels; send flatter ones');
  assert.equal(await told('letters', { count: 5 * 1024 * 1024 }), 'the answer has at least 5242880 bytes and this server sends at most 4194304; ask for less');
  assert.equal((await text('letters', { count: 1024 * 1024 })).length, 1024 * 1024);
  const started = performance.now();
  assert.match(await told('hangs'), /^it took longer than 4 s and is not waited for/);
  assert.ok(performance.now() - started < 30_000);
  assert.equal(await text('echo', { text: 'still here' }), 'still here');
});

test('a secret that is not set is an internal error, and the log says how to set it', limit, async () => {
  assert.match(await text('unset'), /^internal error [0-9a-f]{8}$/);
  await logged(/there is no secret `NO_SUCH_SECRET`; `wrangler secret put NO_SUCH_SECRET` sets it/, worker);
});

test('a reader that leaves ends the call', limit, async () => {
  const leave = new AbortController();
  const response = await post(message('count_down', {}, 8, { progressToken: 'c' }), { accept: 'application/json, text/event-stream' }, { signal: leave.signal });
  await response.body.getReader().read();
  leave.abort();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await logged(/count_down cancelled/, worker);
  assert.match(worker.log, /\b1\d left/);
  assert.doesNotMatch(worker.log, /\b0 left/, 'it counted to its end for nobody');
  assert.equal(await text('echo', { text: 'still here' }), 'still here');
});

test('a panic costs the calls in flight in its isolate, and the next request starts afresh', limit, async () => {
  const others = Array.from({ length: 3 }, (_, id) => post(message('slow', { milliseconds: 500, id }, id)).then((response) => response.status, () => 0));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const stream = await post(message('count_down', {}, 5, { progressToken: 'd' }), { accept: 'application/json, text/event-stream' });
  const read = stream.text().then((said) => said, () => 'broke off');
  const response = await post(message('panics', {})).catch(() => undefined);
  assert.notEqual(response?.status, 200);
  await logged(/`panics` .*at the wall/s, worker);
  assert.equal(worker.log.match(/`panics` .*?at the wall/gs).length, 1, 'said once');
  // In flight: lost with an error, or answered by an isolate that lived on; never without any answer.
  for (const status of await Promise.all(others)) assert.ok([0, 200, 500].includes(status), `${status}`);
  // Nor does a stream that was open stay so: it is cut, or was in an isolate that lived on.
  assert.match(await read, /broke off|counted|counting/);
  assert.match(await text('greet', { name: 'again' }), /^Hello, again!/);
  assert.equal(await text('get', { key: 'a' }), 'written');
});

test('what lies beside a widget is served by the platform, and its address is in the document', limit, async (t) => {
  const origin = `http://127.0.0.1:${port + 1}`;
  const other = await serve(port + 1, '--var', `PUBLIC_URL:${origin}`);
  t.after(other.stop);
  const ask = async (method, params) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const response = await fetch(`${origin}/mcp`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return (await response.json()).result;
  };
  const [{ uri, _meta }] = (await ask('resources/list', {})).resources;
  assert.deepEqual(_meta.ui.csp.resourceDomains, [origin]);
  const [{ text }] = (await ask('resources/read', { uri })).contents;
  const [, address] = text.match(/<img src="([^"]+)"/);
  assert.ok(address.startsWith(`${origin}/sun.svg?v=`), address);
  const response = await fetch(address);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  assert.match(await response.text(), /^<svg/);
});

for (const [name, options, host, why] of [
  ['a value that can not be used', ['--var', 'WIDGET_DOMAIN:weather.example.com'], '127.0.0.1', /WIDGET_DOMAIN\) `weather\.example\.com`.*https:\/\//],
  ['an address of the machine it was developed on', ['--var', 'PUBLIC_URL:http://localhost:8787'], 'weather.example.com', /nobody at `weather\.example\.com` reaches/],
]) {
  test(`${name} is an answer to the first request, and the log says why`, limit, async (t) => {
    const other = await serve(port + 1, ...options);
    t.after(other.stop);
    const status = await new Promise((resolve, reject) => {
      const asked = request({ port: port + 1, path: '/mcp', headers: { host, 'cf-ray': 'as at the edge' } }, (response) => resolve(response.resume().statusCode));
      asked.on('error', reject).end();
    });
    assert.equal(status, 500);
    await logged(why, other);
  });
}
