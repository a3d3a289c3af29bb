// A form made of a schema. The value is the one truth: fields write into it, and are drawn anew of it when its shape changes.

import { el } from './dom.js';
import { choices, initial, kind, limits, pathText, resolve } from './schema.js';

const isObject = (value) => typeof value === 'object' && !Array.isArray(value);

/** Whether a value can be shown in a field of this kind. */
const FITS = { text: (value) => typeof value === 'string', list: Array.isArray, object: isObject, map: isObject };

export class Form {
  #root;
  #changed;
  #schema = {};
  #mistakes = new Map();
  value = {};

  /** Draws into `root`, and calls `changed` whenever the person has changed the value. Two forms on a page have each a `prefix`. */
  constructor(root, changed, { prefix = 'field', empty = 'It takes no arguments.' } = {}) {
    Object.assign(this, { prefix, empty });
    this.#root = root;
    this.#changed = changed;
  }

  #id = (path) => `${this.prefix}-${path.map((step) => encodeURIComponent(step)).join('/')}`;

  /** Asks for `value` as `schema` has it. */
  show(schema, value) {
    this.#schema = schema;
    this.value = value;
    this.#mistakes.clear();
    this.#draw();
  }

  /** Says at the fields what is wrong with them, by their paths. */
  mark(mistakes) {
    this.#mistakes = mistakes;
    for (const note of this.#root.querySelectorAll('[data-mistake-of]')) this.#note(note);
  }

  #note(note) {
    const why = this.#mistakes.get(note.dataset.mistakeOf);
    note.textContent = why ?? '';
    const field = this.#root.querySelector(`[data-path="${CSS.escape(note.dataset.mistakeOf)}"]`);
    if (why) field?.setAttribute('aria-invalid', 'true');
    else field?.removeAttribute('aria-invalid');
  }

  /** Draws all; the focus stays, also where the id that it is at is another now. */
  #draw([from, to] = []) {
    const focused = this.#root.contains(document.activeElement) ? document.activeElement.id.replace(from, to) : undefined;
    const fields = this.#members([], resolve(this.#schema, this.#schema));
    this.#root.replaceChildren(...(fields.length ? fields : [el('p', { className: 'empty' }, this.empty)]));
    this.mark(this.#mistakes);
    if (focused) document.getElementById(focused)?.focus();
  }

  #at(path) {
    return path.reduce((value, step) => value?.[step], this.value);
  }

  #put(path, value) {
    const [parent, last] = [this.#at(path.slice(0, -1)), path.at(-1)];
    if (value !== undefined) parent[last] = value;
    else if (Array.isArray(parent)) parent.splice(last, 1);
    else delete parent[last];
    this.#changed();
  }

  /** The same where other fields come or go; the focus goes where the person will want to go on. */
  #reshape(path, value, next) {
    this.#put(path, value);
    this.#draw();
    const to = next && document.getElementById(this.#id(next));
    (to?.matches('input, select, textarea, button') ? to : to?.querySelector('input, select, textarea, button'))?.focus();
  }

  #members(path, schema) {
    const required = new Set(schema.required ?? []);
    return Object.entries(schema.properties ?? {}).map(([key, each]) => this.#field([...path, key], each, required.has(key)));
  }

  /** `isEntry`: of a list or a map, where nothing but its own button takes it away. */
  #field(path, schema, isRequired, name = String(path.at(-1)), isEntry = false) {
    const it = resolve(schema, this.#schema);
    const of = { path, it, isRequired, isEntry, name, id: this.#id(path) };
    const [value, wanted] = [this.#at(path), kind(it)];
    // Whoever wrote it as JSON may want to see how it is refused.
    const how = value == null || (FITS[wanted]?.(value) ?? true) ? wanted : 'json';
    if (['object', 'list', 'map'].includes(how)) return this.#group(of, how);
    const input = this[`_${how}`](of);
    const help = [it.description, limits(it)].filter(Boolean).join(' — ');
    Object.assign(input, { id: of.id });
    input.dataset.path = pathText(path);
    input.setAttribute('aria-describedby', `${of.id}-help ${of.id}-mistake`);
    if (isRequired) input.setAttribute('aria-required', 'true');
    return el(
      'div',
      { className: 'field' },
      el('label', { htmlFor: of.id }, name, !isRequired && el('small', {}, ' optional')),
      el('div', { className: 'control' }, input, typeof path.at(-1) === 'number' && this.#remove(path, name)),
      el('p', { id: `${of.id}-help`, className: 'help' }, help),
      this.#mistake(of),
    );
  }

  #mistake({ path, id }) {
    return el('p', { id: `${id}-mistake`, className: 'problem', data: { mistakeOf: pathText(path) } });
  }

  // The inputs, by kind. What is emptied is left out, unless it must be there and can be empty.

  _text({ path, it, isRequired }) {
    const value = this.#at(path) ?? '';
    const input = value.includes('\n') || (it.maxLength ?? 0) > 300 ? el('textarea', { rows: 3 }) : el('input', { type: 'text' });
    const set = ({ target }) => this.#put(path, target.value || (isRequired ? '' : undefined));
    input.addEventListener('input', set);
    return Object.assign(input, { value, placeholder: placeholder(it), spellcheck: false });
  }

  _number({ path, it, isEntry }) {
    const { minimum: min = '', maximum: max = '', type } = it;
    const empty = isEntry ? null : undefined;
    const set = ({ target }) => this.#put(path, target.value === '' ? empty : Number(target.value));
    const step = type === 'integer' ? 1 : 'any';
    return el('input', { type: 'number', min, max, step, value: this.#at(path) ?? '', placeholder: placeholder(it), on: { input: set } });
  }

  _yes({ path, isRequired, it }) {
    return this.#select(path, it, isRequired, [[true, 'true'], [false, 'false']]);
  }

  _choice({ path, isRequired, it }) {
    const all = choices(it).map(({ value, description }) => [value, description ? `${value} — ${description}` : String(value)]);
    return this.#select(path, it, isRequired, all);
  }

  #select(path, it, isRequired, values) {
    const now = JSON.stringify(this.#at(path));
    // What must be chosen can't be left out again, but JSON may lack it.
    const none = isRequired ? 'choose…' : 'default' in it ? `default (${it.default})` : 'not given';
    const options = isRequired && now !== undefined ? values : [[undefined, none], ...values];
    const set = ({ target }) => this.#put(path, options[target.selectedIndex][0]);
    const select = el('select', { on: { change: set } }, options.map(([, text]) => el('option', {}, text)));
    select.selectedIndex = options.findIndex(([value]) => JSON.stringify(value) === now);
    return select;
  }

  _json({ path, isEntry }) {
    const value = this.#at(path);
    const set = ({ target }) => {
      try {
        target.setCustomValidity('');
        target.removeAttribute('aria-invalid');
        this.#put(path, target.value.trim() ? JSON.parse(target.value) : isEntry ? null : undefined);
      } catch (error) {
        target.setAttribute('aria-invalid', 'true');
        target.setCustomValidity(error.message);
      }
    };
    const text = value === undefined ? '' : JSON.stringify(value, null, 2);
    return el('textarea', { rows: 3, value: text, placeholder: 'JSON', spellcheck: false, on: { input: set } });
  }

  #group(of, how) {
    const { path, it, isRequired, name, id } = of;
    const value = this.#at(path);
    const legend = el('legend', {}, name, !isRequired && el('small', {}, ' optional'));
    const help = el('p', { id: `${id}-help`, className: 'help' }, [it.description, limits(it)].filter(Boolean).join(' — '));
    const removable = !isRequired || typeof path.at(-1) === 'number';
    let inside;
    if (value === undefined || value === null) {
      const fresh = () => this.#reshape(path, initial(it, this.#schema) ?? {}, path);
      inside = [el('button', { type: 'button', id: `${id}-add`, className: 'small', on: { click: fresh } }, `Add ${name}`)];
    } else {
      inside = [...this[`_${how}`](of, value), removable && this.#remove(path, name)];
    }
    const described = `${id}-help ${id}-mistake`;
    return el('fieldset', { id, data: { path: pathText(path) }, 'aria-describedby': described }, legend, help, inside, this.#mistake(of));
  }

  _object({ path, it }) {
    return this.#members(path, it);
  }

  _list({ path, it, name }, value) {
    const next = [...path, value.length];
    const add = () => this.#reshape(next, initial(it.items, this.#schema) ?? blank(resolve(it.items, this.#schema)), next);
    return [
      ...value.map((_, index) => this.#field([...path, index], it.items, true, `${name} ${index + 1}`, true)),
      el('button', { type: 'button', id: `${this.#id(path)}-more`, className: 'small', on: { click: add } }, `Add to ${name}`),
    ];
  }

  _map({ path, it, name }, value) {
    const each = it.additionalProperties;
    const add = () => {
      let key = 'key';
      for (let at = 2; key in value; at += 1) key = `key${at}`;
      const next = [...path, key];
      this.#reshape(next, initial(each, this.#schema) ?? blank(resolve(each, this.#schema)), next);
    };
    const rename = (key) => ({ target }) => {
      if (target.value in value) return void (target.value = key);
      const renamed = Object.entries(value).map(([known, its]) => [known === key ? target.value : known, its]);
      this.#put(path, Object.fromEntries(renamed));
      // Once the focus is where the person has put it.
      return void setTimeout(() => this.#draw([this.#id([...path, key]), this.#id([...path, target.value])]));
    };
    const row = (key) =>
      el(
        'div',
        { className: 'row' },
        el('input', { type: 'text', id: `${this.#id([...path, key])}-key`, value: key, 'aria-label': `Key ${key} of ${name}`, on: { change: rename(key) } }),
        this.#field([...path, key], each, true, key, true),
        this.#remove([...path, key], key),
      );
    return [
      ...Object.keys(value).map(row),
      el('button', { type: 'button', id: `${this.#id(path)}-more`, className: 'small', on: { click: add } }, `Add to ${name}`),
    ];
  }

  #remove(path, name) {
    const parent = path.slice(0, -1);
    const away = () => this.#reshape(path, undefined, parent.length ? parent : path);
    // An entry is beside its button; of a whole group the button says what goes.
    const what = el('span', { className: typeof path.at(-1) === 'number' ? 'hidden' : '' }, name);
    return el('button', { type: 'button', className: 'small', on: { click: away } }, 'Remove ', what);
  }
}

const placeholder = (schema) => ('default' in schema ? String(schema.default) : '');

/** What an entry is before anybody has filled it in. */
const blank = (schema) => ({ text: '', yes: false, object: {}, list: [], map: {} })[kind(schema)] ?? null;
