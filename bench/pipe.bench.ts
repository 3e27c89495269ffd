// From a trainer's pipe to its host's listeners: a process prints the log of a run of 100,000 steps, as fast as it is read.
// The peer reads the same pipe with node:readline and JSON.parse, checks nothing and tells nobody. Lines a second: 100,000
// divided by the time of one.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterAll, bench, describe } from 'vitest';
import { attachTrainer } from '../src/engine/python/attach';
import { PythonSession } from '../src/engine/python/session';
import { longRun } from './longRun';

const LINES = 100_000;
const directory = mkdtempSync(path.join(tmpdir(), 'tunebook-bench-'));
const file = path.join(directory, 'events.jsonl');

/** A trainer that lives: its command line names the run, which is how a host knows it. */
const alive = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', '--run-dir', directory]);
writeFileSync(
  file,
  longRun(LINES)
    .replace(/"pid": ?\d+/, `"pid": ${alive.pid}`)
    .replace(/\n[^\n]*"bye"[^\n]*\n$/, '\n'),
);
afterAll(() => {
  alive.kill();
  rmSync(directory, { recursive: true, force: true });
});

type Printer = ChildProcessByStdio<Writable, Readable, null>;

function printer(): Printer {
  const program = `require('node:fs').createReadStream(${JSON.stringify(file)}).pipe(process.stdout)`;
  return spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
}

async function throughSession(): Promise<number> {
  const child = printer();
  const session = new PythonSession(child, child.pid ?? 0, { id: 'bench', directory });
  let events = 0;
  session.onEvent(() => events++);
  await session.exited;
  return events;
}

async function throughReadline(): Promise<number> {
  const child = printer();
  let events = 0;
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => (events += JSON.parse(line) === null ? 0 : 1));
  await once(lines, 'close');
  return events;
}

describe(`${LINES} events from a process`, () => {
  bench('peer: node:readline and JSON.parse', async () => void (await throughReadline()));
  bench('to the listeners of a host', async () => void (await throughSession()));
});

describe(`a run of ${LINES} steps that is at work`, () => {
  bench('attaching to it', async () => (await attachTrainer(directory)).dispose());
});
