// tunebook format as a process of its own: its memory, and what Ctrl-C leaves.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NODE_BUNDLE } from '../nodeBundle';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CLI = path.join(ROOT, 'out', 'cli-format-under-test.cjs');
const MEGABYTES = 110;

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tunebook-format-'));
  await build({
    entryPoints: [path.join(ROOT, 'src/cli/main.ts')],
    outfile: CLI,
    ...NODE_BUNDLE,
  });
  await pipeline(Readable.from(rows()), createWriteStream(path.join(folder, 'rows.jsonl')));
  const gzip = createGzip({ level: 1 });
  await pipeline(
    createReadStream(path.join(folder, 'rows.jsonl')),
    gzip,
    createWriteStream(path.join(folder, 'gz.jsonl.gz')),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A thousand different rows a piece, as people write them. */
function* rows(): Generator<string> {
  let bytes = 0;
  for (let piece = 0; bytes < MEGABYTES * 1e6; piece++) {
    let text = '';
    for (let row = 0; row < 1000; row++)
      text += `${JSON.stringify({ question: `Question ${piece}.${row}: é 日本 \n`.repeat(3), answer: `Answer “${row}”\t`.repeat(8) })}\n`;
    bytes += Buffer.byteLength(text);
    yield text;
  }
}

function start(
  args: readonly string[],
  heapMegabytes?: number,
): { child: ChildProcess; ended: Promise<{ code: number | null; err: string }> } {
  const limits = heapMegabytes === undefined ? [] : [`--max-old-space-size=${heapMegabytes}`];
  const child = spawn(process.execPath, [...limits, CLI, 'format', ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
  return { child, ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, err }))) };
}

async function hashOf(name: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path.join(folder, name)), hash);
  return hash.digest('hex');
}

test.each(['rows.jsonl', 'gz.jsonl.gz'])(
  '%s: more than 100 MB in a heap of 64 MB, and the source stays as it is',
  async (name) => {
    const before = await hashOf(name);
    const target = `${name}.out.jsonl`;
    expect(await start([name, '--output', target], 64).ended).toEqual({ code: 0, err: '' });
    expect(statSync(path.join(folder, target)).size).toBeGreaterThan(MEGABYTES * 1e6);
    expect(await hashOf(name)).toBe(before);
  },
);

test.each(['SIGINT', 'SIGTERM'] as const)('%s leaves no half file', async (signal) => {
  const before = readdirSync(folder).toSorted();
  const { child, ended } = start(['rows.jsonl', '--output', 'stopped.jsonl']);
  await expect
    .poll(() => readdirSync(folder).some((name) => name.startsWith('.stopped.jsonl.part-')), {
      timeout: 30_000,
      interval: 5,
    })
    .toBe(true);
  child.kill(signal);
  const { code, err } = await ended;
  expect(code).toBe(130);
  expect(err).toContain('nothing was written');
  expect(readdirSync(folder).toSorted()).toEqual(before);
});
