// A server's process: started, asked, and looked at from the operating system.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { request as ask } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const FIRST = Number(process.env.PORT ?? 7300);
const HZ = 100; // of the times in /proc, on every architecture that Linux shows them to
const running = new Set();
let last = FIRST - 1;

export class Server {
  /** Until its first answer to the request, which is checked to be right. */
  static async start(name, command, request, log) {
    const server = new Server();
    server.name = name;
    server.port = await freePort();
    const [program, ...args] = command(server.port);
    const from = performance.now();
    server.child = spawn(program, args, { stdio: ['ignore', 'ignore', openSync(log, 'w')] });
    running.add(server.child);
    const answer = await server.firstAnswer(request, from).catch((error) => {
      throw new Error(`${name}: ${error.message}; see ${log}`);
    });
    server.started = performance.now() - from;
    server.idle = server.resident();
    server.answers = new Map([[request, answer]]);
    return server;
  }

  async firstAnswer(request, from) {
    for (;;) {
      const answer = await this.ask(request).catch((error) => error);
      if (typeof answer === 'string') return answer;
      if (answer.code !== 'ECONNREFUSED') throw answer;
      if (this.child.exitCode !== null) throw new Error('it ended');
      if (performance.now() - from > 30_000) throw new Error('nothing listens');
      await sleep(1);
    }
  }

  async ask(request) {
    const sent = ask({ port: this.port, host: '127.0.0.1', path: '/mcp', method: 'POST', headers: request.headers, agent: false });
    sent.end(request.body);
    const [response] = await once(sent, 'response');
    const text = Buffer.concat(await response.toArray()).toString();
    if (response.statusCode !== 200 || !request.check(text)) throw new Error(`${response.statusCode} ${text.slice(0, 500)}`);
    return text;
  }

  /** The right answer, with which all others are compared. */
  async answer(request) {
    if (!this.answers.has(request)) this.answers.set(request, await this.ask(request));
    return this.answers.get(request);
  }

  /** Microseconds of the processor, of all threads, for itself and in the system. */
  cpu() {
    const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
    return ((Number(fields[11]) + Number(fields[12])) / HZ) * 1e6;
  }

  /** Megabytes. */
  resident() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))[1]) / 1024;
  }

  async stop() {
    const ended = once(this.child, 'exit');
    this.child.kill();
    // Some wait for connections that nobody will close.
    const late = setTimeout(() => this.child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(late);
    running.delete(this.child);
  }
}

process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

async function freePort() {
  for (let tried = 0; tried < 50; tried++) {
    last = last + 1 < FIRST + 50 ? last + 1 : FIRST;
    const probe = createServer().listen(last, '127.0.0.1');
    const free = await once(probe, 'listening').then(() => true, () => false);
    if (!free) continue;
    probe.close();
    await once(probe, 'close');
    return last;
  }
  throw new Error(`no port from ${FIRST} to ${FIRST + 49} is free`);
}
