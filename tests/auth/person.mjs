// A person with a browser: goes where the client sends them, signs in, allows what is asked for, and comes back with a code.

import assert from 'node:assert/strict';

/** Follows the addresses of an authorization server until it sends the browser back to the client; returns that address. */
export async function signIn(authorizationUrl, { name = 'ada', redirectUri }) {
  const cookies = new Map();
  const visit = async (url, form) => {
    const headers = { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; ') };
    const response = await fetch(url, { redirect: 'manual', headers, ...(form && { method: 'POST', body: new URLSearchParams(form) }) });
    for (const cookie of response.headers.getSetCookie()) {
      const [key, value] = cookie.split(';')[0].split('=');
      if (value) cookies.set(key, value);
      else cookies.delete(key);
    }
    return response;
  };
  let url = new URL(authorizationUrl);
  for (let steps = 0; steps < 12; steps += 1) {
    let response = await visit(url);
    if (response.status === 200) {
      const page = await response.text();
      const [, prompt] = page.match(/name="prompt" value="(\w+)"/) ?? [];
      assert.ok(prompt, `a page without a form at ${url}: ${page.slice(0, 400)}`);
      const [, action] = page.match(/<form[^>]* action="([^"]+)"/);
      response = await visit(new URL(action, url), prompt === 'login' ? { prompt, login: name, password: 'any' } : { prompt });
    }
    const to = response.headers.get('location');
    assert.ok(to, `no way on from ${url}: ${response.status} ${await response.text()}`);
    url = new URL(to, url);
    if (url.href.startsWith(redirectUri)) return url;
  }
  throw new Error(`no way back from ${authorizationUrl}`);
}
