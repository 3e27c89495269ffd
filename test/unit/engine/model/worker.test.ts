// Models in the editor's real worker thread.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WorkerClient } from '../../../../src/engine/worker/client';
import { NODE_BUNDLE } from '../../../nodeBundle';
import { headerBytes } from '../../core/model/safetensorsFile';
import { Folders, llama, recipeFor, shardedLlama } from './models';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
const folders = new Folders();
let bundle: string;
let client: WorkerClient;

beforeAll(async () => {
  bundle = mkdtempSync(path.join(tmpdir(), 'tunebook-worker-'));
  await build({
    entryPoints: [path.join(ROOT, 'src/engine/worker/main.ts')],
    ...NODE_BUNDLE,
    outfile: path.join(bundle, 'worker.js'),
  });
  client = new WorkerClient(path.join(bundle, 'worker.js'));
});
afterEach(() => client.dispose());
afterAll(() => {
  rmSync(bundle, { recursive: true });
  folders.remove();
});

const ask = (name: string, signal = new AbortController().signal) =>
  client.request('readModel', { recipe: recipeFor(folders.root, name), online: false }, { signal });

test('a structure travels to the editor whole', async () => {
  folders.write('sharded', shardedLlama(3));
  const read = await ask('./sharded');
  expect(read.kind === 'structure' && read.structure).toMatchObject({ architecture: 'LlamaForCausalLM', notes: [] });
  expect(read.kind === 'structure' && read.structure.modules.length).toBeGreaterThan(30);
  expect(await client.request('readGpus', null)).toBeInstanceOf(Array);
});

test('trouble does too', async () => {
  const read = await ask('./nothing');
  expect(read.kind === 'trouble' && read.trouble.kind).toBe('notFound');
});

test('a reading that isn’t wanted any more ends', async () => {
  folders.write('left', shardedLlama(3));
  const asked = new AbortController();
  const reading = ask('./left', asked.signal);
  asked.abort(new Error('not wanted'));
  await expect(reading).rejects.toThrow('not wanted');
});

test('a header with as many tensors as it may have doesn’t end the thread', async () => {
  // 100,000,000 bytes are allowed; each of these takes fewer bytes than any real one
  const tensors = Array.from(
    { length: 1_450_000 },
    (_, at) => `"${at}":{"dtype":"U8","shape":[],"data_offsets":[${at},${at + 1}]}`,
  );
  const header = headerBytes(`{${tensors.join(',')}}`);
  expect(header.length).toBeLessThan(100_000_000);
  expect(header.length).toBeGreaterThan(90_000_000);
  folders.write('crowded', { ...llama(), 'model.safetensors': Buffer.concat([header, Buffer.alloc(1_450_000)]) });
  const read = await ask('./crowded');
  if (read.kind === 'trouble') throw new Error(read.trouble.message.text);
  expect(read.structure.checkpoint?.tensors).toBe(1_450_000);
  // none of them is the model’s, which is said in few words
  expect(read.structure.notes.length).toBeLessThan(100);
});
