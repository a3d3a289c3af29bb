// Draws a widget that has no template: `chatui.data` by the schema that stands in the document as `#schema`. What the
// schema does not know, like a `#[ui_only]` field, comes after what it knows. All data become text, never markup.
(() => {
  'use strict';
  const MOST = 50;
  const DEEPEST = 12;
  const root = JSON.parse(document.getElementById('schema')?.textContent || '{}');
  const style = `
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(8em,100%),1fr));gap:12px 16px}
.wide{grid-column:1/-1;flex-basis:100%}
dl>*,dd,li{min-width:0;margin:0;overflow-wrap:anywhere}
dd>dl,li.wide{padding:12px;border:1px solid var(--color-border-tertiary);border-radius:var(--border-radius-md)}
ul{display:flex;flex-wrap:wrap;gap:6px;padding:0;list-style:none}
dd>*{margin-top:4px}
li:not(.wide){padding:2px 10px;background:var(--color-background-secondary);border-radius:var(--border-radius-md)}
bdi{white-space:pre-line}
img{max-height:320px}
:has(>table){overflow:auto}
table{width:auto;min-width:50%;overflow-wrap:normal}
.number{text-align:end}
html:not([data-status=loading]) progress{display:none}`;
  let locale;

  // An error is shown by the stylesheet, as long as nobody listens to it.
  const draw = () => {
    const { data, host } = chatui;
    locale = attempt(() => Intl.getCanonicalLocales(host.locale)[0]);
    const shown = data ? show(data, root, document.title, 0) : element('progress', { ariaLabel: 'Loading' });
    document.body.replaceChildren(element('main', {}, element('h1', {}, document.title), shown));
  };
  // A host may send a locale or a time zone that this browser does not know, and a tool a date that nobody knows.
  const attempt = (make, otherwise) => {
    try {
      return make();
    } catch {
      return otherwise;
    }
  };
  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const show = (value, schema, name, depth) => {
    const known = resolve(schema);
    if (typeof value === 'boolean') return element('span', { role: 'img', ariaLabel: value ? 'yes' : 'no' }, value ? '✓' : '✗');
    if (typeof value === 'number') return number(value);
    if (!value || !Object.keys(value).length) return '–';
    if (typeof value === 'string') return text(value, known, name);
    if (depth > DEEPEST) return element('code', {}, JSON.stringify(value).slice(0, 200));
    return Array.isArray(value) ? list(value, resolve(known.items), name, depth + 1) : card(value, known, depth + 1);
  };
  // A year has no separator, and a sum no noise at its end.
  const number = (value) =>
    value.toLocaleString(locale, { useGrouping: 'min2', maximumSignificantDigits: Math.abs(value) < 1 ? 3 : undefined });
  const text = (value, { format, enum: names }, name) => {
    if (/^data:image\/|^https:\S+\.(avif|gif|jpe?g|png|svg|webp)(\?\S*)?$/i.test(value)) return image(value, name);
    if (/^https?:\/\/\S+$/i.test(value)) return link(value);
    if (format?.startsWith('date')) value = date(value, format);
    if (names && /^[a-z_]+$/.test(value)) value = inWords(value);
    return element('bdi', {}, value);
  };
  const date = (value, format) => {
    const options = format === 'date' ? { timeZone: 'UTC' } : { timeStyle: 'short', timeZone: chatui.host.timeZone };
    return attempt(() => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...options }).format(new Date(value)), value);
  };
  const link = (href) => {
    const onclick = (event) => {
      event.preventDefault();
      chatui.open(href).catch(reportError);
    };
    return element('a', { href, onclick, dir: 'ltr' }, href.replace(/^https?:\/\/(www\.)?|\/$/gi, ''));
  };
  const image = (src, alt) => {
    const made = element('img', { src, alt });
    // Mostly as the widget's policy does not name its origin.
    made.onerror = () => made.replaceWith(link(src));
    return made;
  };

  const card = (object, known, depth) => {
    const rows = columns([object], known).map(({ key, schema, name, title }) => {
      const shown = show(object[key], schema, name, depth);
      const answer = element('dd', {}, shown);
      // What is more than a few words: cards, lists, images, tables, links.
      const isWide = /^[DUITA]/.test(shown.tagName) || answer.textContent.length > 24;
      return element('div', { className: isWide ? 'wide' : '' }, element('dt', { title }, name), answer);
    });
    return element('dl', {}, ...rows);
  };
  const list = (values, known, name, depth) => {
    const some = values.slice(0, MOST);
    const isFlat = some.every((value) => isObject(value) && !Array.isArray(value) && !Object.values(value).some(isObject));
    const items = () => some.map((value) => element('li', { className: isObject(value) ? 'wide' : '' }, show(value, known, name, depth)));
    const shown = isFlat ? table(some, known) : element('ul', {}, ...items());
    const left = values.length - MOST;
    return left > 0 ? element('div', {}, shown, element('p', {}, `… and ${number(left)} more`)) : shown;
  };
  const table = (rows, known) => {
    const all = columns(rows, known);
    const cell = (tag, value, shown, title = '') => element(tag, { title, className: typeof value === 'number' ? 'number' : '' }, shown);
    const line = (cells) => element('tr', {}, ...cells);
    const head = line(all.map(({ key, name, title }) => cell('th', own(rows[0], key), name, title)));
    const body = rows.map((row) => line(all.map(({ key, schema, name }) => cell('td', own(row, key), show(own(row, key), schema, name)))));
    return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
  };
  // What the schema has, in its order, and all else that some of these objects have.
  const columns = (objects, { properties = {} }) => {
    const present = new Set(objects.flatMap(Object.keys));
    const keys = new Set([...Object.keys(properties).filter((key) => present.has(key)), ...present]);
    return [...keys].map((key) => {
      const schema = own(properties, key);
      return { key, schema, name: schema?.title ?? inWords(key), title: schema?.description ?? '' };
    });
  };

  const isObject = (value) => typeof value === 'object' && value !== null;
  // Data may have any key, `constructor` too.
  const own = (object, key) => (object && Object.hasOwn(object, key) ? object[key] : undefined);
  const inWords = (key) => key.replace(/(?<=[a-z\d])(?=[A-Z])|_+/g, ' ').trim().replace(/^./, (first) => first.toUpperCase());
  // With all that a value may be put together: the data say which of it they are.
  const resolve = ({ $ref, anyOf = [], oneOf = [], ...rest } = {}, steps = 0) => {
    const parts = [own(root.$defs, $ref?.slice('#/$defs/'.length)), ...anyOf, ...oneOf].map((part) => (steps < 9 ? resolve(part, steps + 1) : {}));
    return [...parts, rest].reduce((all, part) => ({ ...all, ...part, properties: { ...all.properties, ...part.properties } }), {});
  };

  let place;
  document.head.append(element('style', {}, style));
  chatui.on('data', draw);
  chatui.on('host', ({ locale, timeZone }) => {
    if (place !== (place = `${locale} ${timeZone}`)) draw();
  });
})();
