// wrk against one server, and what that costs the server.

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median } from './figures.mjs';

const FIGURES = /^calls (\d+) wrong (\d+)\nrate (\d+) p50 (\d+) p99 (\d+)/m;
const LUA = fileURLToPath(new URL('../post.lua', import.meta.url));

/** What a peer's server did with one request over so many connections, a figure per round. */
export class Series {
  constructor(peer, server, request, connections) {
    Object.assign(this, { peer, server, request, connections });
    this.rounds = { cpu: [], rate: [], p50: [], p99: [], resident: [] };
  }

  async measure(seconds) {
    const figures = await load(this.server, this.request, this.connections, seconds);
    for (const [name, all] of Object.entries(this.rounds)) all.push(figures[name]);
  }

  median(name) {
    return median(this.rounds[name]);
  }

  /** The median of the rounds' ratios: what else the machine did fell on both. */
  over(other, name = 'cpu') {
    return median(this.rounds[name].map((value, round) => value / other.rounds[name][round]));
  }
}

export async function load(server, request, connections, seconds) {
  const ANSWER = `${request.files.BODY}.${server.child.pid}.answer`;
  writeFileSync(ANSWER, await server.answer(request));
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '-s', LUA, `http://127.0.0.1:${server.port}/mcp`];
  let resident = 0;
  const before = server.cpu();
  const sampling = setInterval(() => (resident = Math.max(resident, server.resident())), 200);
  const out = await run('wrk', args, { ...request.files, ANSWER }).finally(() => clearInterval(sampling));
  const used = server.cpu() - before;
  const [, calls, wrong, rate, p50, p99] = (FIGURES.exec(out) ?? []).map(Number);
  if (wrong || !calls) throw new Error(`${server.name}, ${request.name}, ${connections} connections: ${out}`);
  // What is under way when the time is up has cost most of its time too.
  return { cpu: used / (calls + connections), rate, p50, p99, resident };
}

async function run(program, args, variables) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...variables } });
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve));
  const out = Buffer.concat(await child.stdout.toArray()).toString();
  if ((await ended) !== 0) throw new Error(`${program} failed: ${out}`);
  return out;
}
