// The plan of a run: see `run` beside this file for how it is started, and docs/PERFORMANCE.md for what is measured and why.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { load, Series } from './load.mjs';
import { Server } from './process.mjs';
import { printed, write } from './report.mjs';
import { ADD, LIST, TEXT } from './requests.mjs';
import { CHATUI_LONG, install, installQuick } from './servers.mjs';

const quick = process.argv.includes('--quick');
const settings = {
  rounds: Number(process.env.ROUNDS ?? (quick ? 5 : 7)),
  seconds: Number(process.env.SECONDS_EACH ?? 2),
  starts: Number(process.env.STARTS ?? (quick ? 1 : 3)),
  connections: quick ? [32] : [1, 32, 256],
};
const work = mkdtempSync(`${tmpdir()}/peers-`);
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const say = (text) => process.stderr.write(`${text}\n`);

// Before what is built here makes some of its own.
const loaded = loadavg()[0];
say('installing and building');
const peers = quick ? installQuick() : install(work);
for (const request of [...ADD, LIST, TEXT]) request.write(work);
const run = { ...settings, peers, date: new Date(), loaded, series: [] };
await writeConstants();
await measureStarts();
await measureLoad();
if (quick) console.log(printed(run));
else write(run);
say(`measured in ${Math.round((Date.now() - run.date) / 1000)} s`);
process.exit(); // and whatever still runs ends

/** What the floors answer with: chatui's bytes. */
async function writeConstants() {
  for (const peer of peers.filter(({ name }) => name === 'chatui')) await writeAnswers(peer, ADD);
  if (!quick) await writeAnswers(CHATUI_LONG, [LIST, TEXT]);
}

async function writeAnswers(peer, requests) {
  const server = await start(peer, requests[0]);
  for (const request of requests) writeFileSync(constant(peer, request), await server.answer(request));
  await server.stop();
}

function constant(peer, request) {
  return `${work}/${peer.door}-${request.name}.constant`;
}

function start(peer, request) {
  const command = (port) => peer.command(String(port), constant(peer, request));
  return Server.start(`${peer.name}, ${peer.door}`, command, request, `${work}/${peer.door}-${peer.name}.log`);
}

async function measureStarts() {
  say('starting');
  for (const peer of peers) Object.assign(peer, { started: [], idle: [] });
  for (let round = 0; round < settings.starts; round++) {
    for (const peer of peers) {
      const server = await start(peer, ADD[0]);
      await server.stop();
      peer.started.push(server.started);
      peer.idle.push(server.idle);
    }
  }
}

async function measureLoad() {
  for (const peer of peers) {
    // A floor has one answer.
    const shared = peer.floor ? null : await start(peer, ADD[0]);
    for (const request of ADD) {
      const server = shared ?? (await start(peer, request));
      for (const connections of settings.connections) run.series.push(new Series(peer, server, request, connections));
    }
  }
  if (!quick) await addLong();
  say('warming up'); // what is called often is compiled, in steps
  for (const series of run.series) if (series.connections === 32) await warmUp(series);
  for (let round = 0; round < settings.rounds; round++) {
    say(`round ${round + 1} of ${settings.rounds}`);
    for (const series of inTurn()) if (series.connections === 32 || round % 3 === 0) await series.measure(enough(series));
  }
}

async function warmUp({ server, request, connections }) {
  const { rate } = await load(server, request, connections, 1);
  server.rate = Math.min(rate, server.rate ?? rate);
}

/** Some servers work on all connections at once and answer none for a second or two: six answers for each at least. */
function enough({ server, connections }) {
  return Math.max(settings.seconds, Math.min(12, Math.ceil((6 * connections) / server.rate)));
}

async function addLong() {
  const [floor] = peers;
  const server = await start(CHATUI_LONG, LIST);
  for (const request of [LIST, TEXT]) {
    run.series.push(new Series(floor, await start(floor, request), request, 32));
    run.series.push(new Series(CHATUI_LONG, server, request, 32));
  }
}

/** Everyone with one request before anyone with the next. */
function inTurn() {
  const turn = ({ request, connections }) => [...ADD, LIST, TEXT].indexOf(request) * 1_000 + connections;
  return run.series.toSorted((a, b) => turn(a) - turn(b));
}
