// The Content-Security-Policy that MCP Apps 2026-01-26 prescribes for a widget. A host may be stricter, never laxer, so
// a widget that lives with this one lives everywhere.

const ORIGIN = /^(https?|wss?):\/\/(\*\.)?[a-z0-9.-]+(:\d+)?$/i;

/** The header value for a resource whose `_meta.ui.csp` is `csp` (`undefined` when it declares none). */
export function contentSecurityPolicy(csp) {
  if (!csp) {
    return join({
      'default-src': "'none'",
      'script-src': "'self' 'unsafe-inline'",
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data:",
      'media-src': "'self' data:",
      'connect-src': "'none'",
      'object-src': "'none'",
    });
  }
  const resources = origins(csp.resourceDomains);
  return join({
    'default-src': "'none'",
    'script-src': `'self' 'unsafe-inline' ${resources}`,
    'style-src': `'self' 'unsafe-inline' ${resources}`,
    'img-src': `'self' data: ${resources}`,
    'media-src': `'self' data: ${resources}`,
    'font-src': `'self' ${resources}`,
    'connect-src': `'self' ${origins(csp.connectDomains)}`,
    'frame-src': origins(csp.frameDomains) || "'none'",
    'base-uri': origins(csp.baseUriDomains) || "'self'",
    'object-src': "'none'",
  });
}

// A path, a keyword or a semicolon would change the policy; hosts refuse the widget instead.
function origins(list = []) {
  for (const entry of list) {
    if (!ORIGIN.test(entry)) throw new Error(`not an origin in _meta.ui.csp: ${JSON.stringify(entry)}`);
  }
  return list.join(' ');
}

function join(directives) {
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ');
}
