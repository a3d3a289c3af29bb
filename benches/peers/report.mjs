// What was measured, as tables: into their places in docs/PERFORMANCE.md, whose prose is written by hand.

import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { chart } from './chart.mjs';
import { digits, median, table } from './figures.mjs';
import { ADD, ERAS } from './requests.mjs';
import { rows } from './rows.mjs';
import { versions } from './servers.mjs';

const DOC = 'docs/PERFORMANCE.md';
const CHART = 'docs/images/performance.svg';
const DOORS = ['native', 'workerd'];

export function write(run) {
  const found = new Results(run);
  let text = readFileSync(DOC, 'utf8');
  for (const [name, table] of Object.entries(sections(run, found))) {
    const place = new RegExp(`(<!-- measured: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!place.test(text)) throw new Error(`${DOC} has no place for \`${name}\``);
    text = text.replace(place, (_, before, after) => `${before}${table}\n${after}`);
  }
  writeFileSync(DOC, text);
  const cpu = (peer) => ADD.map((request) => found.series(peer, request, 32).median('cpu'));
  writeFileSync(CHART, chart(run.peers.map((peer) => ({ ...peer, cpu: cpu(peer) }))));
}

/** Of a quick run. */
export function printed(run) {
  const found = new Results(run);
  return ADD.map((request) => cpuTable(run, found, 'native', request)).join('\n\n');
}

export class Results {
  constructor(run) {
    this.run = run;
  }

  peer(name, door = 'native') {
    return this.run.peers.find((peer) => peer.name === name && peer.door === door);
  }

  series(peer, request, connections) {
    const of = this.run.series.filter((series) => series.peer.name === peer.name && series.peer.door === peer.door);
    return of.find((series) => series.request === request && series.connections === connections);
  }

  /** CPU time over CPU time. */
  ratio(one, other, request, door = 'native') {
    return this.series(this.peer(one, door), request, 32).over(this.series(this.peer(other, door), request, 32));
  }

  /** Megabytes while 256 connections call, in the era that needs more. */
  loaded(peer) {
    return Math.max(...ADD.map((request) => this.series(peer, request, 256).median('resident')));
  }
}

function sections(run, found) {
  const all = { run: about(run), versions: versionTable(run), rows: rows(found) };
  for (const door of DOORS) {
    ERAS.forEach((era, at) => {
      all[`${door} cpu ${era}`] = cpuTable(run, found, door, ADD[at]);
      all[`${door} load ${era}`] = loadTable(run, found, door, ADD[at]);
    });
    all[`${door} process`] = processTable(run, found, door);
  }
  return all;
}

function about(run) {
  const memory = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} cores (${arch()}), ${memory} GB, ${type()} ${release().split('.').slice(0, 2).join('.')}`;
  const rest = Math.ceil(run.rounds / 3);
  return `${run.date.toISOString().slice(0, 10)}. ${machine}; the load average was ${run.loaded.toFixed(1)} before it began. ${run.rounds} rounds with 32
connections and ${rest} with 1 and 256, of ${run.seconds} s each; ${run.starts} starts.`;
}

function versionTable(run) {
  const all = Object.entries(versions(run.peers));
  return table(['', ''], all);
}

function cpuTable(run, found, door, request) {
  const head = [`CPU µs per call, ${request.era}`, ...run.connections.map(connections), '÷ floor', '÷ chatui'];
  return table(head, of(run, door).map((peer) => {
    const figures = run.connections.map((count) => digits(found.series(peer, request, count).median('cpu')));
    const ratios = ['floor', 'chatui'].map((other) => digits(found.ratio(peer.name, other, request, door)));
    return [peer.name, ...figures, ...ratios];
  }));
}

function loadTable(run, found, door, request) {
  const head = [request.era, ...run.connections.flatMap((count) => [`${connections(count)}: calls/s`, 'p50 ms', 'p99 ms'])];
  return table(head, of(run, door).map((peer) => {
    const figures = run.connections.flatMap((count) => {
      const series = found.series(peer, request, count);
      const ms = (name) => digits(series.median(name) / 1e3);
      return [series.median('rate').toLocaleString('en'), ms('p50'), ms('p99')];
    });
    return [peer.name, ...figures];
  }));
}

function processTable(run, found, door) {
  const native = door === 'native';
  const head = ['', 'start to first answer, ms', 'resident then, MB', 'resident under 256 connections, MB', '÷ floor'];
  if (!native) head.push('upload, gzipped');
  return table(head, of(run, door).map((peer) => {
    const loaded = found.loaded(peer);
    const figures = [median(peer.started), median(peer.idle), loaded, loaded / found.loaded(found.peer('floor', door))];
    return [peer.name, ...figures.map(digits), ...(native ? [] : [peer.upload])];
  }));
}

const of = (run, door) => run.peers.filter((peer) => peer.door === door);
const connections = (count) => (count === 1 ? '1 connection' : `${count} connections`);
