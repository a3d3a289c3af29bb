// Runs what README.md and the guides tell a reader to type, and compares what it prints with what they say it prints.
//
//   node --test tests/guide.mjs
//
// In a ```console block a line with `$ ` is a command, and the lines below are what it prints. `…` stands for anything
// within a line, a line that is nothing but `…` for any lines. A command that ends in ` &` goes on until the end of its file.
// A code block below `<!-- path -->` must stand in that file.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, describe, it } from 'node:test';

const root = fileURLToPath(new URL('..', import.meta.url));
const guides = readdirSync(`${root}docs/guides`).map((name) => `docs/guides/${name}`);

for (const file of ['README.md', ...guides]) {
  describe(file, { concurrency: false }, () => {
    const text = readFileSync(root + file, 'utf8');
    const folder = text.includes('start in the folder that holds your clone') ? beside() : root;
    const running = [];
    after(() => Promise.all(running.map(end)));
    for (const [, path, code] of text.matchAll(/^<!-- (\S+) -->\n```\w+\n(.*?)^```/gms)) {
      it(`shows ${path}`, () => assert.ok(readFileSync(root + path, 'utf8').includes(code), code));
    }
    for (const { command, expected } of commands(text)) {
      const ask = () => bash(command.replace(/ &$/, ''), folder);
      it(command, { timeout: 600_000 }, () => (command.endsWith(' &') ? start(ask(), expected, running) : run(ask(), expected)));
    }
  });
}

/** A folder that holds a clone, `chatui`, and nothing that an earlier run has made of the template. */
function beside() {
  const folder = `${root}target/template`;
  mkdirSync(folder, { recursive: true });
  for (const name of ['chatui', 'weather']) rmSync(`${folder}/${name}`, { recursive: true, force: true });
  symlinkSync(root, `${folder}/chatui`);
  return folder;
}

/** The commands of a text and what stands below each. */
function commands(markdown) {
  const found = [];
  for (const [, block] of markdown.matchAll(/^```console\n(.*?)^```/gms)) {
    for (const line of block.trimEnd().split('\n')) {
      if (line.startsWith('$ ')) found.push({ command: line.slice(2), expected: [] });
      else found.at(-1).expected.push(line);
    }
  }
  return found;
}

function bash(command, cwd) {
  // Nothing asks the network or a person, and a project that is made here compiles what the Workers here have not.
  const quiet = { CI: '1', WRANGLER_SEND_METRICS: 'false', CLOUDFLARE_CF_FETCH_ENABLED: 'false' };
  const env = { ...globalThis.process.env, ...quiet, ...(cwd !== root && { CARGO_TARGET_DIR: `${root}target/worker` }) };
  // A group of its own, so that what the command starts ends with it.
  const process = spawn('bash', ['-c', command], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  process.printed = '';
  for (const stream of [process.stdout, process.stderr]) stream.setEncoding('utf8');
  process.stdout.on('data', (text) => (process.printed += text));
  process.ended = new Promise((resolve) => process.on('close', resolve));
  return process;
}

/** A command that ends; what counts is its standard output. */
async function run(process, expected) {
  let log = '';
  process.stderr.on('data', (text) => (log += text));
  const code = await process.ended;
  assert.ok(fits(process.printed, expected), `printed:\n${process.printed}\ninstead of:\n${expected.join('\n')}\n\n${log}`);
  assert.equal(code, 0, log);
}

/** A server; it is there once it has printed what it should, on either stream. */
async function start(process, expected, running) {
  running.push(process);
  process.stderr.on('data', (text) => (process.printed += text));
  let over = false;
  process.ended.then(() => (over = true));
  while (!fits(process.printed, expected)) {
    assert.ok(!over, `ended, having printed:\n${process.printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function end(process) {
  try {
    globalThis.process.kill(-process.pid, 'SIGTERM');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
  await process.ended;
}

function fits(printed, expected) {
  const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const lines = expected.map((line) => (line === '…' ? '(?:.*\n)*?' : `${line.split('…').map(literal).join('.*')}\n`));
  return new RegExp(`^${lines.join('')}$`).test(printed.endsWith('\n') || printed === '' ? printed : `${printed}\n`);
}
