// An authorization server on this machine, to try the example with: OpenID-certified code, with a page where any name signs in.
//
//   npm install && node provider.mjs           # http://127.0.0.1:9000, for the server at http://127.0.0.1:8080/mcp
//   PORT=9001 RESOURCES=https://… node provider.mjs
//
// Not for the world: it believes everybody, and forgets everything when it ends.

import { generateKeyPairSync } from 'node:crypto';
import Provider, { errors } from 'oidc-provider';

/** A private key that signs tokens. */
const newKey = () => ({ ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' });

/** Starts it; `resources` are the endpoints that it gives tokens for. */
export async function startProvider({ port = 9000, resources = ['http://127.0.0.1:8080/mcp'], keys = [newKey()], clients = [] } = {}) {
  const known = new Set(resources);
  const issuer = `http://127.0.0.1:${port}`;
  const account = (id) => ({ sub: id, name: id[0].toUpperCase() + id.slice(1), email: `${id}@example.com`, email_verified: true });
  const provider = new Provider(issuer, {
    jwks: { keys },
    clients,
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    scopes: ['openid', 'email', 'profile', 'offline_access', 'notes:read', 'notes:write'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => account(id) }),
    pkce: { required: () => true },
    features: {
      registration: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => [...known][0],
        useGrantedResource: () => true,
        getResourceServerInfo(ctx, resource) {
          if (!known.has(resource)) throw new errors.InvalidTarget(`no tokens are given for ${resource}; name it in RESOURCES`);
          return { scope: 'notes:read notes:write', audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: 3600, jwt: { sign: { alg: 'ES256' } } };
        },
      },
    },
    extraTokenClaims: (ctx, token) => (token.accountId ? { name: account(token.accountId).name, email: account(token.accountId).email } : undefined),
    // Clients may be pages of any origin while they are developed.
    clientBasedCORS: () => true,
  });
  const server = provider.listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return { issuer, close: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))) };
}

if (process.argv[1] === import.meta.filename) {
  const { issuer } = await startProvider({ port: Number(process.env.PORT ?? 9000), resources: process.env.RESOURCES?.split(',') });
  console.log(`signs anybody in: ${issuer}`);
}
