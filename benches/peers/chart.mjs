// CPU time per call as a picture: a dot per server and era, on a logarithmic axis, because they are apart by three orders of magnitude.

import { digits } from './figures.mjs';
import { ERAS } from './requests.mjs';

const LEFT = 170;
const RIGHT = 700;
const ROW = 26;
const TICKS = [1, 10, 100, 1_000, 10_000];
const STYLE = `text { font: 13px system-ui, sans-serif; fill: #24292f } .soft { fill: #57606a } .head { font-weight: 600 }
  line { stroke: #d0d7de } .era0 { fill: #0969da } .era1 { fill: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .soft { fill: #8b949e } line { stroke: #30363d } .era0 { fill: #4493f8 } .era1 { fill: #f0883e }
  }`;

/** Of peers with a `cpu` for each era. */
export function chart(peers) {
  const shapes = [];
  let y = 52;
  for (const door of ['native', 'workerd']) {
    shapes.push(`<text class="head" x="12" y="${y}">${door === 'native' ? 'Native' : 'In workerd'}</text>`);
    for (const peer of peers.filter((peer) => peer.door === door)) shapes.push(...row(peer, (y += ROW)));
    y += ROW + 14;
  }
  const bottom = y - ROW;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 ${bottom + 32}" role="img" aria-label="CPU time per call of each server">
<style>${STYLE}</style>
${legend()}
${TICKS.map((tick) => axis(tick, bottom)).join('\n')}
${shapes.join('\n')}
</svg>
`;
}

function row({ name, cpu }, y) {
  const label = `<text x="24" y="${y + 4}">${name.replaceAll('`', '')}</text>`;
  const dots = cpu.map((value, era) => `<circle class="era${era}" cx="${place(value)}" cy="${y}" r="5.5"/>`);
  const end = place(Math.max(...cpu)) + 12;
  return [label, ...dots, `<text class="soft" x="${end}" y="${y + 4}">${cpu.map(digits).join(' · ')}</text>`];
}

function axis(tick, bottom) {
  const x = place(tick);
  const label = `<text class="soft" x="${x}" y="${bottom + 18}" text-anchor="middle">${tick.toLocaleString('en')} µs</text>`;
  return `<line x1="${x}" x2="${x}" y1="38" y2="${bottom}"/>${label}`;
}

function legend() {
  const eras = ERAS.map((era, at) => {
    const x = LEFT + 240 + at * 110;
    return `<circle class="era${at}" cx="${x}" cy="18" r="5.5"/><text x="${x + 10}" y="22">${era}</text>`;
  });
  return `<text class="head" x="12" y="22">CPU time of the server per call, 32 connections</text>${eras.join('')}`;
}

function place(value) {
  const [first, last] = [TICKS[0], TICKS.at(-1)].map(Math.log10);
  return Math.round(LEFT + ((Math.log10(value) - first) / (last - first)) * (RIGHT - LEFT));
}
