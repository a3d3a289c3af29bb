// What the two widgets share. Classic scripts see each other's names.
'use strict';
const $ = id => document.getElementById(id);
const locale = document.documentElement.lang; // numbers and dates read like the words around them
const number = options => {
  const format = new Intl.NumberFormat(locale, options);
  const parts = value => format.formatToParts(value).map(part => part.type === 'minusSign' ? { value: '−' } : part);
  return Object.assign(value => parts(value).map(part => part.value).join(''), { parts });
};

// From values to pixels; the ends are round numbers.
function scale(values, { top, bottom }, gap) {
  const known = values.filter(Number.isFinite), from = Math.min(...known), to = Math.max(...known);
  const rough = (to - from || 1) / ((bottom - top) / gap), power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 5, 10].find(nice => nice * power >= rough);
  const low = Math.floor(from / step), high = Math.ceil(to / step);
  const ticks = Array.from({ length: high - low + 1 }, (_, at) => (low + at) * step);
  return Object.assign(value => bottom - (value / step - low) / (high - low) * (bottom - top), { ticks });
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
function html(name, attributes, ...children) {
  const element = set(document.createElement(name), attributes);
  element.append(...children);
  return element;
}
function add(name, attributes, text = '') {
  const element = set(document.createElementNS('http://www.w3.org/2000/svg', name), attributes);
  element.textContent = text;
  return $('svg').appendChild(element);
}
