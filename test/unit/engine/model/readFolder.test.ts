import { rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { readModel } from '../../../../src/engine/model/readModel';
import type { ModelRead, ModelStructure, ModelTrouble } from '../../../../src/protocol/model';
import { headerBytes } from '../../core/model/safetensorsFile';
import { type Files, Folders, llama, LLAMA_TENSORS, recipeFor, shardedLlama, weightsFile } from './models';

const folders = new Folders();
afterAll(() => folders.remove());

let count = 0;
const nowhere = { HF_HOME: path.join(folders.root, 'nowhere') };

function read(name: string, signal = new AbortController().signal): Promise<ModelRead> {
  return readModel({ recipe: recipeFor(folders.root, name), online: false }, { signal, env: nowhere });
}

function written(files: Files): string {
  const name = `model-${count++}`;
  folders.write(name, files);
  return `./${name}`;
}

async function structureOf(name: string): Promise<ModelStructure> {
  const answer = await read(name);
  if (answer.kind === 'trouble') throw new Error(formatMessage(answer.trouble.message));
  return answer.structure;
}

async function troubleOf(files: Files): Promise<ModelTrouble & { readonly words: string; readonly advice: string }> {
  const answer = await read(written(files));
  if (answer.kind === 'structure') throw new Error('was read');
  const { trouble } = answer;
  return { ...trouble, words: formatMessage(trouble.message), advice: formatMessage(trouble.remedy) };
}

const ELEMENTS = Object.values(LLAMA_TENSORS).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);

describe('a folder', () => {
  test('with one file', async () => {
    const name = written(llama());
    const answer = await read(name);
    expect(answer.kind === 'structure' && answer.source).toMatchObject({
      kind: 'folder',
      place: path.resolve(folders.root, name),
    });
    const structure = await structureOf(name);
    expect(structure).toMatchObject({ architecture: 'LlamaForCausalLM', dtype: 'bfloat16', notes: [] });
    expect(structure.checkpoint).toMatchObject({ tensors: 21, elements: { BF16: ELEMENTS } });
    expect(structure.modules.find(({ name: at }) => at === 'model.layers.1.self_attn.k_proj')).toMatchObject({
      type: 'Linear',
      parameters: [{ name: 'weight', shape: [4, 8] }],
    });
  });

  test('with many files is the same model', async () => {
    const single = await structureOf(written(llama()));
    const sharded = await structureOf(written(shardedLlama(5)));
    expect(sharded.modules).toEqual(single.modules);
    expect(sharded.notes).toEqual([]);
    expect(sharded.checkpoint?.files.map(({ name }) => name)).toEqual(
      [1, 2, 3, 4, 5].map((shard) => `model-0000${shard}-of-00005.safetensors`),
    );
    expect(sharded.checkpoint?.elements).toEqual({ BF16: ELEMENTS });
  });

  test('with both: the single file counts, as for transformers', async () => {
    const structure = await structureOf(written({ ...shardedLlama(2), ...llama() }));
    expect(structure.checkpoint?.files.map(({ name }) => name)).toEqual(['model.safetensors']);
  });

  test('whose config.json names its weights', async () => {
    const { 'model.safetensors': weights = '', 'config.json': config = '' } = llama();
    const own = JSON.stringify({ ...JSON.parse(String(config)), transformers_weights: 'mine.safetensors' });
    const structure = await structureOf(written({ 'config.json': own, 'mine.safetensors': weights }));
    expect(structure.checkpoint?.files.map(({ name }) => name)).toEqual(['mine.safetensors']);
    const away = own.replace('mine.safetensors', '../model-0/model.safetensors');
    expect(await troubleOf({ 'config.json': away })).toMatchObject({ kind: 'badConfig' });
  });

  test('whose header is longer than the first read', async () => {
    const more = Object.fromEntries(Array.from({ length: 3000 }, (_, at) => [`more.${at}.${'x'.repeat(20)}`, [1]]));
    const structure = await structureOf(
      written({ ...llama(), 'model.safetensors': weightsFile({ ...LLAMA_TENSORS, ...more }) }),
    );
    expect(structure.checkpoint?.tensors).toBe(3021);
  });

  test('is read anew when a file changes, and not before', async () => {
    const name = written(shardedLlama(3));
    const first = await structureOf(name);
    expect(await structureOf(name)).toBe(first);
    const shard = path.join(folders.root, name, 'model-00002-of-00003.safetensors');
    truncateSync(shard, 100);
    const answer = await read(name);
    expect(answer.kind === 'trouble' && answer.trouble).toMatchObject({ kind: 'badHeader', file: shard });
  });

  test('is read anew when a file comes that counts more', async () => {
    const name = written(shardedLlama(3));
    const first = await structureOf(name);
    writeFileSync(path.join(folders.root, name, 'model.safetensors'), llama()['model.safetensors'] ?? '');
    const second = await structureOf(name);
    expect(second).not.toBe(first);
    expect(second.checkpoint?.files.length).toBe(1);
  });

  test('of links, as the Hub’s cache has them, is read through them', async () => {
    const target = written(llama());
    const name = written({ 'config.json': llama()['config.json'] ?? '' });
    symlinkSync(
      path.join(folders.root, target, 'model.safetensors'),
      path.join(folders.root, name, 'model.safetensors'),
    );
    expect((await structureOf(name)).checkpoint?.tensors).toBe(21);
  });

  test('is left as soon as nobody wants it any more', async () => {
    const asked = new AbortController();
    const reading = read(written(shardedLlama(5)), asked.signal);
    asked.abort(new Error('not wanted'));
    await expect(reading).rejects.toThrow('not wanted');
  });
});

describe('a folder that can’t be read says why', () => {
  test('there is none', async () => {
    const answer = await read('./nothing');
    expect(answer.kind === 'trouble' && answer.trouble.kind).toBe('notFound');
  });

  test('there is a file in its place', async () => {
    folders.write('.', { 'a-file': 'x' });
    const answer = await read('./a-file');
    expect(answer.kind === 'trouble' && answer.trouble.kind).toBe('notFound');
  });

  test('no config.json', async () => {
    const { 'config.json': _, ...rest } = llama();
    expect(await troubleOf(rest)).toMatchObject({ kind: 'noConfig' });
  });

  test.each([
    ['no JSON', '{"model_type":'],
    ['no model_type', '{"hidden_size": 8}'],
    ['a list', '[]'],
    ['no UTF-8', Uint8Array.of(0x7b, 0xff)],
    ['endless', `{"model_type":"llama","x":"${'x'.repeat(9_000_000)}"}`],
  ])('config.json: %s', async (_, config) => {
    const trouble = await troubleOf({ ...llama(), 'config.json': config });
    expect(trouble).toMatchObject({ kind: 'badConfig', severity: 'error' });
    expect(trouble.words).toContain('config.json');
    expect(trouble.advice).not.toBe('');
  });

  test('shards that are missing are counted and named', async () => {
    const { 'model-00002-of-00008.safetensors': _, 'model-00005-of-00008.safetensors': __, ...rest } = shardedLlama(8);
    const trouble = await troubleOf(rest);
    expect(trouble.kind).toBe('shardsMissing');
    expect(trouble.words).toMatch(
      /^2 of the 8 files that .*model\.safetensors\.index\.json names are missing: model-00002-of-00008\.safetensors, model-00005-of-00008\.safetensors$/,
    );
  });

  test('a link whose target is gone is a missing shard', async () => {
    const name = written(shardedLlama(2));
    const shard = path.join(folders.root, name, 'model-00001-of-00002.safetensors');
    rmSync(shard);
    symlinkSync(path.join(folders.root, 'gone'), shard);
    const answer = await read(name);
    expect(answer.kind === 'trouble' && answer.trouble.kind).toBe('shardsMissing');
  });

  test('an index that leads out of the folder opens nothing', async () => {
    folders.write('.', { 'secret.safetensors': weightsFile({ a: [1] }) });
    const trouble = await troubleOf({
      'config.json': llama()['config.json'] ?? '',
      'model.safetensors.index.json': '{"metadata":{},"weight_map":{"a":"../secret.safetensors"}}',
    });
    expect(trouble).toMatchObject({ kind: 'badIndex' });
    expect(trouble.words).toContain('../secret.safetensors');
  });

  test('a header of 10 GB, of a file that is as large as it says', async () => {
    const name = written({ ...llama(), 'model.safetensors': headerBytes('{', 10_000_000_000n) });
    // sparse: takes no room
    truncateSync(path.join(folders.root, name, 'model.safetensors'), 10_000_000_100);
    const before = process.memoryUsage.rss();
    const answer = await read(name);
    expect(answer.kind === 'trouble' && answer.trouble.kind).toBe('badHeader');
    expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
  });

  test('headers that are each allowed, but together too long', async () => {
    const files = shardedLlama(4);
    for (const shard of Object.keys(files).filter((file) => file.endsWith('.safetensors')))
      files[shard] = headerBytes(' ', 60_000_000n);
    const name = written(files);
    for (const shard of Object.keys(files).filter((file) => file.endsWith('.safetensors')))
      truncateSync(path.join(folders.root, name, shard), 60_000_008);
    const answer = await read(name);
    expect(answer.kind === 'trouble' && answer.trouble.kind).toBe('badHeader');
  });

  test('a file that ends within its header', async () => {
    const whole = weightsFile(LLAMA_TENSORS);
    const trouble = await troubleOf({ ...llama(), 'model.safetensors': whole.subarray(0, 300) });
    expect(trouble.words).toMatch(/but the file ends after 300\.$/);
  });

  test('an index that names what no file has: a note, since transformers makes it up', async () => {
    const files = shardedLlama(2);
    const index = String(files['model.safetensors.index.json']);
    const name = written({
      ...files,
      'model.safetensors.index.json': index.replace(
        '{"model.',
        '{"model.lost.weight":"model-00001-of-00002.safetensors","model.',
      ),
    });
    const { notes } = await structureOf(name);
    expect(notes.map(({ kind, tensor }) => [kind, tensor])).toContainEqual(['missingTensor', 'model.lost.weight']);
  });

  test.each([
    ['pickles', 'pytorch_model.bin', 'as a pickle alone (pytorch_model.bin)'],
    ['GGUF', 'model-q4.gguf', 'for llama.cpp (model-q4.gguf)'],
    ['a variant', 'model.fp16.safetensors', 'has model.fp16.safetensors, but transformers looks for model.safetensors'],
    ['nothing', 'README.md', 'has no weights'],
  ])('%s alone', async (_, file, words) => {
    const trouble = await troubleOf({ 'config.json': llama()['config.json'] ?? '', [file]: 'never opened' });
    expect(trouble.kind).toBe('noWeights');
    expect(trouble.words).toContain(words);
    expect(trouble.advice).not.toBe('');
  });

  test.each([
    ['{"base_model_name_or_path":"meta/llama"}', 'is an adapter for meta/llama, not a model.'],
    ['{"base_model_name_or_path":7}', 'is an adapter, not a model.'],
    ['broken', 'is an adapter, not a model.'],
  ])('an adapter: %s', async (config, words) => {
    const trouble = await troubleOf({ 'adapter_config.json': config, 'adapter_model.safetensors': '' });
    expect(trouble.words).toContain(words);
  });
});
