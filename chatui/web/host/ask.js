// What a tool asks of the user before it goes on (elicitation), shown where a host would show it.

import { byId, el } from './dom.js';
import { Form } from './form.js';
import { initial } from './schema.js';

/** What the user answers to the requests of one round, by their names; rejects where the call is stopped meanwhile. */
export async function answersTo(requests, signal) {
  const answers = Object.entries(requests).map(async ([name, { method, params }]) => {
    if (method !== 'elicitation/create') throw new Error(`the tool asks for ${method}, which this page can't answer`);
    return [name, await answerTo(name, params, signal)];
  });
  return Object.fromEntries(await Promise.all(answers));
}

function answerTo(name, { message, url, requestedSchema }, signal) {
  return new Promise((resolve, reject) => {
    const fields = el('div', {});
    const form = el('form', { noValidate: true, 'aria-label': message }, el('p', { className: 'bubble' }, message), fields);
    const item = el('li', { data: { kind: 'question' } }, el('p', { className: 'kind' }, 'The tool asks the user'), form);
    const end = (settle, value) => () => {
      item.remove();
      signal?.removeEventListener('abort', stop);
      settle(value());
    };
    const stop = end(reject, () => signal.reason);
    const button = (words, action) => el('button', { type: 'button', className: 'small', on: { click: end(resolve, () => ({ action })) } }, words);
    let content;
    if (url === undefined) {
      const asked = new Form(fields, () => {}, { prefix: `ask-${name}`, empty: 'It asks for nothing but a yes.' });
      asked.show(requestedSchema, initial(requestedSchema, requestedSchema) ?? {});
      content = () => ({ content: asked.value });
    } else {
      fields.append(el('p', {}, el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, url)));
      content = () => ({});
    }
    form.append(el('p', { className: 'run' }, el('button', { type: 'submit', className: 'small' }, 'Accept'), button('Decline', 'decline'), button('Cancel', 'cancel')));
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      end(resolve, () => ({ action: 'accept', ...content() }))();
    });
    if (signal?.aborted) return void reject(signal.reason);
    signal?.addEventListener('abort', stop);
    byId('thread').append(item);
    return void form.querySelector('input, select, textarea, a, button').focus();
  });
}
