// What a JSON Schema asks for, as far as a form can ask it. All else is asked for as JSON.

/** The schema with its reference followed, and its description kept. */
export function resolve(schema, root) {
  if (!schema || typeof schema !== 'object') return {};
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  if (!name) return schema;
  const { $ref, ...beside } = schema;
  return { ...resolve(root.$defs?.[decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')], root), ...beside };
}

/** How it is asked for: `choice`, `text`, `number`, `yes`, `object`, `list`, `map` or `json`. */
export function kind(schema) {
  if (choices(schema)) return 'choice';
  if (schema.oneOf || schema.anyOf || schema.allOf || Array.isArray(schema.type)) return 'json';
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'yes';
    case 'array':
      return schema.items && typeof schema.items === 'object' && !schema.prefixItems ? 'list' : 'json';
    case 'object':
      if (schema.properties) return 'object';
      return schema.additionalProperties && typeof schema.additionalProperties === 'object' ? 'map' : 'json';
    default:
      return 'json';
  }
}

/** The values of an enumeration, each with its description; undefined where it is none. */
export function choices(schema) {
  if (schema.enum) return schema.enum.map((value) => ({ value }));
  const all = schema.oneOf ?? schema.anyOf;
  if (all?.length && all.every((each) => 'const' in each)) return all.map(({ const: value, description }) => ({ value, description }));
  return 'const' in schema ? [{ value: schema.const }] : undefined;
}

/** What a form begins with. What need not be given is left out: the server has its own defaults. */
export function initial(schema, root) {
  const it = resolve(schema, root);
  switch (kind(it)) {
    case 'object': {
      const required = new Set(it.required ?? []);
      const entries = Object.entries(it.properties).filter(([key]) => required.has(key));
      return Object.fromEntries(entries.map(([key, each]) => [key, initial(each, root)]).filter(([, value]) => value !== undefined));
    }
    case 'yes':
      return false;
    case 'choice':
      return choices(it)[0].value;
    case 'list':
      return Array.from({ length: it.minItems ?? 0 }, () => initial(it.items, root) ?? null);
    case 'map':
      return {};
    default:
      return undefined;
  }
}

/** What it must be, in words. */
export function limits(schema) {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, minLength, maxLength, minItems, maxItems, format, pattern } = schema;
  const words = [];
  // The bounds of a machine's number are no news.
  const plain = (bound) => (bound !== undefined && Math.abs(bound) < 2 ** 31 - 1 ? bound : undefined);
  const range = (low, high, unit) => {
    if (low !== undefined && high !== undefined) words.push(low === high ? `${low}${unit}` : `${low} to ${high}${unit}`);
    else if (low) words.push(`at least ${low}${unit}`);
    else if (high !== undefined) words.push(`at most ${high}${unit}`);
  };
  range(plain(minimum), plain(maximum), '');
  if (above !== undefined) words.push(`more than ${above}`);
  if (below !== undefined) words.push(`less than ${below}`);
  range(minLength, maxLength, ' characters');
  range(minItems, maxItems, ' entries');
  if (schema.type === 'integer') words.push('whole number');
  if (format && schema.type === 'string') words.push(format);
  if (pattern) words.push(`matches ${pattern}`);
  if ('default' in schema) words.push(`default ${JSON.stringify(schema.default)}`);
  return words.join(' · ');
}

/** A path as the server writes it: `place.city`, `tags[0]`, `by["a b"]`. */
export const pathText = (path) =>
  path.reduce((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!text) return step;
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return `${text}.${step}`;
  }, '');
