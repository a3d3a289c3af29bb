// The address of the page says what it shows: `/?tool=…&args=…&host=…&theme=…&mode=…&locale=…&width=…`.

import { place } from './place.js';

/** What browsers and chats carry without cutting it. */
const LONGEST = 4_000;

/** What the address says; what makes no sense is left out, and of the arguments, which may have been cut, `wrong` says why. */
export function read() {
  const query = new URLSearchParams(location.search);
  let args, wrong;
  try {
    args = JSON.parse(query.get('args')) ?? undefined;
    if (args !== undefined && (typeof args !== 'object' || Array.isArray(args))) throw new Error('arguments are an object');
  } catch (error) {
    args = undefined;
    wrong = `the \`args\` of the address are left out: ${error.message}`;
  }
  return { tool: query.get('tool'), args, wrong, place: Object.fromEntries([...query].filter(([key]) => key in place)) };
}

/** Keeps it in the address, without a step in the history. */
export function write(tool, args) {
  const query = new URLSearchParams();
  if (tool) query.set('tool', tool);
  const text = args === undefined ? '' : JSON.stringify(args);
  if (text && text.length < LONGEST) query.set('args', text);
  for (const [key, value] of Object.entries(place)) query.set(key, value);
  history.replaceState(null, '', `/?${query}`);
}
