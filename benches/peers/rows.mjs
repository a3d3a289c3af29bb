// What chatui is held to, beside what was measured.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { digits, median, table } from './figures.mjs';
import { ADD, LIST, LISTED, TEXT } from './requests.mjs';

export function rows(found) {
  const chatui = found.peer('chatui');
  const bridge = gzipSync(readFileSync('chatui/web/bridge.min.js'), { level: 9 }).length / 1_024;
  const memory = found.loaded(chatui) / found.loaded(found.peer('floor'));
  const [legacy, modern] = ADD;
  const [old, now] = ADD.map(({ era }) => `\`tools/call\` of two numbers, ${era}`);
  return table(['', 'measured', 'must hold', 'aim', ''], [
    atMost(`${old}: chatui ÷ floor`, found.ratio('chatui', 'floor', legacy), 1.4, 1.15),
    atMost(`${now}: chatui ÷ floor`, found.ratio('chatui', 'floor', modern), 1.6, 1.25),
    atLeast(`${old}: rmcp ÷ chatui`, found.ratio('rmcp', 'chatui', legacy), 3.7, 5),
    atLeast(`${now}: rmcp ÷ chatui`, found.ratio('rmcp', 'chatui', modern), 4, 5),
    atLeast(`${old}: TypeScript SDK ÷ chatui`, found.ratio('TypeScript SDK', 'chatui', legacy), 60),
    atLeast(`${now}: TypeScript SDK ÷ chatui`, found.ratio('TypeScript SDK', 'chatui', modern), 60),
    atLeast(`${old}: FastMCP ÷ chatui`, found.ratio('FastMCP', 'chatui', legacy), 140),
    atLeast(`${now}: FastMCP ÷ chatui`, found.ratio('FastMCP', 'chatui', modern), 140),
    atMost(`\`tools/list\` of ${LISTED.toLocaleString('en')} tools: chatui ÷ floor`, found.ratio('chatui', 'floor', LIST), 1.2, 1.05),
    atMost('`tools/call` that answers with 1 MB of text: chatui ÷ floor', found.ratio('chatui', 'floor', TEXT), 1.3),
    atMost('resident memory, idle, MB', median(chatui.idle), 8, 6),
    atMost('resident memory under 256 connections: chatui ÷ floor', memory, 1.5),
    atMost('bridge, gzipped, KB of 1,024', bridge, 4, 3),
  ]);
}

const atMost = (what, value, must, aim) => row(what, value, must, aim, '≤', (limit) => value <= limit);
const atLeast = (what, value, must, aim) => row(what, value, must, aim, '≥', (limit) => value >= limit);

function row(what, value, must, aim, sign, holds) {
  const verdict = !holds(must) ? '**missed**' : aim !== undefined && holds(aim) ? 'holds, and reaches the aim' : 'holds';
  return [what, digits(value), `${sign} ${must}`, aim === undefined ? '' : `${sign} ${aim}`, verdict];
}
