// The client of dist/worker.js with a script of the test's own, in a real thread: what may go wrong there is asked for by name.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { WorkerClient } from '../../../src/engine/worker/client';

const SCRIPT = `
import { parentPort } from 'node:worker_threads';
import { Channel } from '../../../src/protocol/channel';
const port = {
  post: (packet) => parentPort.postMessage(packet),
  listen: (receive) => { parentPort.on('message', receive); return { dispose() {} }; },
};
new Channel(port, {
  async examineLines({ firstLine, lines: [what] }, { progress, signal }) {
    switch (what) {
      case 'loop': for (;;) { /* as a template that never ends */ }
      case 'exit': process.exit(1);
      case 'throw': setTimeout(() => { throw new Error('not caught'); }); return new Promise(() => {});
      case 'memory': { const kept = []; for (;;) kept.push(new Array(1e6).fill(firstLine + kept.length)); }
      case 'slow':
        for (let step = 0; step < 5; step++) {
          await new Promise((resolve) => setTimeout(resolve, 400));
          progress(step);
        }
        return ['done'];
      case 'wait': return new Promise((resolve) => signal.addEventListener('abort', resolve));
      default: return [firstLine];
    }
  },
});
`;

let folder: string;
let client: WorkerClient;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tunebook-worker-'));
  await build({
    stdin: { contents: SCRIPT, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: path.join(folder, 'worker.js'),
  });
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  client = new WorkerClient(path.join(folder, 'worker.js'));
});
afterEach(() => client.dispose());

const ask = (what: string, options: Parameters<typeof client.request<'examineLines'>>[2] = {}): Promise<unknown> =>
  client.request('examineLines', { head: [], lines: [what], firstLine: 7, recipe: null }, options);

test('an endless loop is ended, in words, and the next question finds a new thread', async () => {
  await expect(ask('loop', { silenceMs: 300 })).rejects.toThrow('This took longer than 0.3 s and was stopped.');
  await expect(ask('')).resolves.toEqual([7]);
});

test('progress shows that it isn’t stuck', async () => {
  await expect(ask('slow', { silenceMs: 1500 })).resolves.toEqual(['done']);
});

test.each([
  ['exit', 'The worker ended before it answered.'],
  ['throw', 'The worker failed: not caught'],
])('a thread that ends (%s) is told, and started again', async (what, words) => {
  await expect(ask(what)).rejects.toThrow(words);
  await expect(ask('')).resolves.toEqual([7]);
});

test('memory has an end', async () => {
  await expect(ask('memory')).rejects.toThrow(/needed more than \d+ MB of memory/);
});

test('cancelling ends one question, not the others', async () => {
  const asked = new AbortController();
  const waiting = ask('wait', { signal: asked.signal });
  const slow = ask('slow');
  asked.abort(new Error('not wanted'));
  await expect(waiting).rejects.toThrow('not wanted');
  await expect(slow).resolves.toEqual(['done']);
});

test('closing ends what waits', async () => {
  const waiting = ask('wait');
  client.dispose();
  await expect(waiting).rejects.toThrow('Tunebook was closed.');
});
