// Signing in, from the outside: the official client against the example and a certified authorization server, and every kind of
// token in the hands of every kind of host. The same natively and in workerd.

import assert from 'node:assert/strict';
import { createHmac, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client';
import { startProvider } from '../../examples/auth/provider.mjs';
import { authUrl } from '../server-url.mjs';
import { signIn } from './person.mjs';

const url = new URL(authUrl());
const metadataUrl = new URL(`/.well-known/oauth-protected-resource${url.pathname}`, url).href;
const HOSTS = { ChatGPT: 'openai-mcp/1.0.0 (ChatGPT)', Claude: 'Claude-User/1.0', another: 'somebody/1.0' };
const redirectUri = 'http://127.0.0.1:9/callback';
const limit = { timeout: 120_000 };

/** A key to sign with, as its authorization server keeps it. */
function key(kid) {
  return { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' };
}
const first = key('first');
const clientMetadata = {
  client_name: 'chatui-tests',
  redirect_uris: [redirectUri],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
  application_type: 'native',
};
/** A client that is known to it beforehand. */
const known = { ...clientMetadata, client_id: 'chatui-tests' };
const resources = [url.href];
let port;
let provider;

const start = async (jwk) => {
  provider = await startProvider({ port, resources, keys: [jwk], clients: [known] });
};

before(async () => {
  const metadata = await (await fetch(metadataUrl)).json();
  port = Number(new URL(metadata.authorization_servers[0]).port);
});
after(() => provider?.close());

const now = () => Math.floor(Date.now() / 1000);
const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');

/** A token of that authorization server, or one that is not quite. */
function token({ jwk = first, header = {}, by = null, ...claims } = {}) {
  const signed = [
    part({ alg: 'ES256', kid: jwk.kid, typ: 'at+jwt', ...header }),
    part({ iss: `http://127.0.0.1:${port}`, sub: 'ada', aud: url.href, exp: now() + 600, scope: 'notes:read', ...claims }),
  ].join('.');
  const ours = () => sign('sha256', Buffer.from(signed), { key: createPrivateKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' });
  return `${signed}.${(by ? by(signed) : ours()).toString('base64url')}`;
}

async function ask(host, bearer, method, params = {}) {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', 'user-agent': HOSTS[host] };
  if (bearer) headers.authorization = `Bearer ${bearer}`;
  const body = JSON.stringify({ jsonrpc: '2.0', id: 5, method, params });
  const response = await fetch(url, { method: 'POST', headers, body });
  const challenge = response.headers.get('www-authenticate');
  return { status: response.status, challenge, retry: response.headers.get('retry-after'), body: await response.json() };
}
const call = (host, bearer, name, args = {}) => ask(host, bearer, 'tools/call', { name, arguments: args });
const text = ({ body }) => body.result?.content[0].text;

/** The parts of a challenge. */
function asks(challenge) {
  assert.match(challenge ?? '', /^Bearer /);
  return Object.fromEntries([...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

test('while the keys can not be had, nobody is told to sign in again', limit, async () => {
  for (const host of Object.keys(HOSTS)) {
    const heard = await call(host, token(), 'show_notes');
    assert.deepEqual([heard.status, heard.challenge], [503, null], host);
    assert.ok(Number(heard.retry) > 0);
    assert.match(heard.body.error.message, /try again in a moment/);
  }
  assert.equal((await call('Claude', null, 'about')).status, 200, 'what needs no token goes on');
});

test('once they can be had, all is well', limit, async () => {
  await start(first);
  await sleep(5_500); // a failure is not repeated at once
  assert.equal(text(await call('Claude', token(), 'show_notes')), 'ada has 0 notes');
});

test('the metadata are at both addresses, for pages too', limit, async () => {
  for (const address of [metadataUrl, new URL('/.well-known/oauth-protected-resource', url)]) {
    const response = await fetch(address, { headers: { origin: 'https://client.example' } });
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.deepEqual(await response.json(), {
      resource: url.href,
      authorization_servers: [`http://127.0.0.1:${port}`],
      scopes_supported: ['notes:read', 'notes:write'],
      bearer_methods_supported: ['header'],
      resource_name: 'auth',
    });
  }
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const WRONG = {
  malformed: () => 'letters',
  'without a signature': () => token({ by: () => Buffer.alloc(0) }),
  expired: () => token({ exp: now() - 60 }),
  'not valid yet': () => token({ nbf: now() + 600 }),
  'without an end': () => token({ exp: null }),
  'of another issuer': () => token({ iss: 'https://evil.example' }),
  'for another server': () => token({ aud: 'https://other.example/mcp' }),
  'for nobody in particular': () => token({ aud: null }),
  'by another key under the same name': () => token({ jwk: key('first') }),
  'by a key that is not there': () => token({ jwk: key('never') }),
  'RS256 by a key of its own': () => token({ header: { alg: 'RS256' }, by: (signed) => sign('sha256', Buffer.from(signed), rsa.privateKey) }),
  'alg none': () => token({ header: { alg: 'none' }, by: () => Buffer.alloc(0) }),
  'HS256 with the public key': () => {
    const secret = JSON.stringify({ kty: first.kty, crv: first.crv, x: first.x, y: first.y });
    return token({ header: { alg: 'HS256' }, by: (signed) => createHmac('sha256', secret).update(signed).digest() });
  },
};
for (const [what, make] of Object.entries(WRONG)) {
  test(`a token that is no token: ${what}`, limit, async () => {
    for (const host of Object.keys(HOSTS)) {
      for (const tool of ['show_notes', 'about']) {
        const heard = await call(host, make(), tool, { of: 'nothing known' });
        assert.equal(heard.status, 401, `${host}, ${tool}: ${JSON.stringify(heard.body)}`);
        const { resource_metadata, error, error_description, scope } = asks(heard.challenge);
        assert.deepEqual([resource_metadata, error, scope], [metadataUrl, 'invalid_token', 'notes:read']);
        assert.match(error_description, /^the access token is not accepted: .*; sign in again$/);
        assert.deepEqual([heard.body.id, heard.body.error.code], [5, 401]);
      }
    }
  });
}

test('no token: ChatGPT is asked in the answer, others by the status', limit, async () => {
  const inAnswer = await call('ChatGPT', null, 'show_notes', { of: 'nothing known' });
  assert.deepEqual([inAnswer.status, inAnswer.challenge, inAnswer.body.result.isError], [200, null, true]);
  const asked = asks(inAnswer.body.result._meta['mcp/www_authenticate'][0]);
  assert.deepEqual([asked.resource_metadata, asked.error, asked.scope], [metadataUrl, 'invalid_token', 'notes:read']);
  assert.ok(asked.error_description);
  for (const host of ['Claude', 'another']) {
    const heard = await call(host, null, 'show_notes', { of: 'nothing known' });
    assert.equal(heard.status, 401);
    assert.deepEqual(asks(heard.challenge), { resource_metadata: metadataUrl, scope: 'notes:read' });
  }
  for (const host of Object.keys(HOSTS)) {
    assert.equal((await ask(host, null, 'tools/list')).status, 200, 'one tool is open to all, and so is the list');
    assert.match(text(await call(host, null, 'about')), /Sign in to see yours/);
  }
});

test('too few scopes: what is missing is named', limit, async () => {
  const inAnswer = await call('ChatGPT', token(), 'add_note', { of: 'nothing known' });
  assert.deepEqual([inAnswer.status, inAnswer.body.result.isError], [200, true]);
  const asked = asks(inAnswer.body.result._meta['mcp/www_authenticate'][0]);
  assert.deepEqual([asked.error, asked.scope, asked.resource_metadata], ['insufficient_scope', 'notes:write notes:read', metadataUrl]);
  for (const host of ['Claude', 'another']) {
    const heard = await call(host, token(), 'add_note', { of: 'nothing known' });
    assert.equal(heard.status, 403);
    const { error, scope, resource_metadata } = asks(heard.challenge);
    assert.deepEqual([error, scope, resource_metadata], ['insufficient_scope', 'notes:write notes:read', metadataUrl]);
  }
});

test('a token in the address is none', limit, async () => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'show_notes', arguments: {} } });
  const inQuery = new URL(`?access_token=${token()}`, url);
  const response = await fetch(inQuery, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  assert.equal(response.status, 401);
});

/** What a client keeps of the way to its tokens; one without a registration registers itself. */
function memory(client) {
  const kept = { client };
  return {
    kept,
    redirectUrl: redirectUri,
    clientMetadata,
    clientInformation: () => kept.client,
    saveClientInformation: (registered) => (kept.client = registered),
    tokens: () => kept.tokens,
    saveTokens: (tokens) => (kept.tokens = tokens),
    redirectToAuthorization: (address) => (kept.address = address),
    saveCodeVerifier: (verifier) => (kept.verifier = verifier),
    codeVerifier: () => kept.verifier,
    saveDiscoveryState: (state) => (kept.discovery = state),
    discoveryState: () => kept.discovery,
  };
}

/** The official client, whose person is sent to a browser where a tool asks for it. */
async function person(t, registered) {
  const authProvider = memory(registered);
  const connect = async () => {
    const transport = new StreamableHTTPClientTransport(url, { authProvider });
    const client = new Client({ name: 'chatui-tests', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(transport);
    t.after(() => client.close());
    return { client, transport };
  };
  let { client, transport } = await connect();
  return {
    call: (name, args = {}) => client.callTool({ name, arguments: args }),
    /** The same, by way of the browser. */
    async callAfterSignIn(scope, name, args = {}) {
      await assert.rejects(this.call(name, args), UnauthorizedError);
      const { searchParams } = authProvider.kept.address;
      assert.equal(searchParams.get('code_challenge_method'), 'S256');
      assert.equal(searchParams.get('resource'), url.href);
      assert.ok(searchParams.get('scope').split(' ').includes(scope), searchParams.get('scope'));
      const back = await signIn(authProvider.kept.address, { redirectUri });
      await transport.finishAuth(back.searchParams);
      ({ client, transport } = await connect());
      return this.call(name, args);
    },
  };
}

test('the official client registers itself and signs somebody in', limit, async (t) => {
  const ada = await person(t);
  assert.match((await ada.call('about')).content[0].text, /Sign in/);
  assert.equal((await ada.callAfterSignIn('notes:read', 'show_notes')).structuredContent.owner, 'Ada');
  assert.match((await ada.call('about')).content[0].text, /signed in as ada/);
  assert.deepEqual((await ada.call('get_profile')).structuredContent, { id: 'ada', name: 'Ada', email: 'ada@example.com' });
});

test('a tool that needs more asks for more', limit, async (t) => {
  const ada = await person(t, { client_id: known.client_id });
  assert.equal((await ada.callAfterSignIn('notes:read', 'show_notes')).structuredContent.owner, 'Ada');
  const added = await ada.callAfterSignIn('notes:write', 'add_note', { text: 'Call the dentist' });
  assert.deepEqual(added.structuredContent, { number: 1, text: 'Call the dentist' });
  assert.equal((await ada.call('show_notes')).structuredContent.count, 1, 'what was allowed before still is');
});

test('everybody sees their own', limit, async () => {
  const both = { scope: 'notes:read notes:write' };
  await call('Claude', token({ ...both, sub: 'eve' }), 'add_note', { text: 'mine alone' });
  assert.match(text(await call('Claude', token({ ...both, sub: 'eve' }), 'show_notes')), /^eve has 1 notes$/);
  assert.match(text(await call('Claude', token({ ...both, sub: 'mallory' }), 'show_notes')), /^mallory has 0 notes$/);
});

test('a new key is found', limit, async () => {
  await provider.close();
  const second = key('second');
  await start(second);
  // Names of keys that are not known lead to one question in 30 s.
  await sleep(31_000);
  assert.equal((await call('Claude', token({ jwk: second }), 'show_notes')).status, 200);
  assert.equal((await call('Claude', token(), 'show_notes')).status, 401, 'the old one is gone');
});
