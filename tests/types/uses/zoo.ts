// Some of the animals that TypeScript could misunderstand.

import type { Called, External, FlatEnum, FlatEnums, FlatMap, Term, Untagged, Widget } from './types/zoo.js';

const zoo = window.chatui as Widget;

/** Nothing is `any` that could be known: `any` would be a string and a number at once. */
type Anything = { [Name in keyof Called]: 0 extends 1 & Called[Name]['output'] ? Name : never }[keyof Called];
const nothing: [Anything] extends [never] ? true : false = true;

export function sum(term: Term): number {
  return term.op === 'number' ? term.value : sum(term.left) + sum(term.right);
}

export function area(shape: External): number {
  if (typeof shape === 'string') return 0;
  if ('Circle' in shape) return shape.Circle ** 2 * Math.PI;
  if ('Line' in shape) return shape.Line[0] * shape.Line[1];
  return shape.Square.side ** 2;
}

export function name(it: FlatEnum): string {
  return it.kind === 'stop' ? it.city : it.kind === 'circle' ? it.radius.toFixed() : `${it.id}`;
}

export function speed(it: FlatEnums): string {
  return 'speed' in it && it.speed === 'Slow' ? it.minutes.toFixed() : it.t;
}

export function number(it: Untagged): number {
  return typeof it === 'number' ? it : typeof it === 'string' ? it.length : 'left' in it ? it.left : it.nights;
}

const flat: FlatMap = { id: 1, others: 2 };
// @ts-expect-error: the others are numbers too
const wrong: FlatMap = { id: 1, others: 'two' };
const { result } = await zoo.call('tuple', { it: ['a', 1, null] });
const [text, digit, maybe]: [string, number, boolean | null] = result;
await zoo.call('collections', {
  it: { by_name: {}, by_number: { 1: '' }, by_index: {}, by_colour: { red: 1 }, set: [], gaps: [null], maybe_first: [null, ''] },
});
// @ts-expect-error: three numbers
await zoo.call('array', { it: [1, 2] });
// @ts-expect-error: no such colour
await zoo.call('plain', { it: 'green' });
console.log(nothing, flat['others'], wrong, text, digit, maybe, zoo.data?.names.length);
