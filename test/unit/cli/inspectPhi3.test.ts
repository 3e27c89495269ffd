// The chapter's recipe on a model of Phi-3-mini's shape, whose weights take no room on the disk: what its author saw on a GPU.
import { chmodSync, cpSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program';
import { headerBytes, layOut } from '../core/model/safetensorsFile';
import { Folders } from '../engine/model/models';
import { catching } from './catching';

const SAMPLE = path.resolve(import.meta.dirname, '../../../samples/phi3-yoda/phi3-yoda.tune.yaml');
const [HIDDEN, INTERMEDIATE, LAYERS, VOCABULARY] = [3072, 8192, 32, 32_064];

const CONFIG = {
  architectures: ['Phi3ForCausalLM'],
  model_type: 'phi3',
  hidden_size: HIDDEN,
  intermediate_size: INTERMEDIATE,
  num_hidden_layers: LAYERS,
  num_attention_heads: 32,
  num_key_value_heads: 32,
  vocab_size: VOCABULARY,
  max_position_embeddings: 4096,
  original_max_position_embeddings: 4096,
  sliding_window: 2047,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
};

function shapes(): Record<string, readonly number[]> {
  const all: Record<string, readonly number[]> = { 'model.embed_tokens.weight': [VOCABULARY, HIDDEN] };
  for (let layer = 0; layer < LAYERS; layer++) {
    const at = `model.layers.${layer}`;
    all[`${at}.input_layernorm.weight`] = [HIDDEN];
    all[`${at}.mlp.down_proj.weight`] = [HIDDEN, INTERMEDIATE];
    all[`${at}.mlp.gate_up_proj.weight`] = [2 * INTERMEDIATE, HIDDEN];
    all[`${at}.post_attention_layernorm.weight`] = [HIDDEN];
    all[`${at}.self_attn.o_proj.weight`] = [HIDDEN, HIDDEN];
    all[`${at}.self_attn.qkv_proj.weight`] = [3 * HIDDEN, HIDDEN];
  }
  return { ...all, 'model.norm.weight': [HIDDEN], 'lm_head.weight': [VOCABULARY, HIDDEN] };
}

const folders = new Folders();
afterAll(() => folders.remove());

beforeAll(() => {
  const { header, dataBytes } = layOut(shapes());
  const bytes = headerBytes(JSON.stringify(header));
  folders.write('phi3', { 'config.json': JSON.stringify(CONFIG), 'model.safetensors': bytes });
  truncateSync(path.join(folders.root, 'phi3', 'model.safetensors'), bytes.length + dataBytes);
  cpSync(SAMPLE, path.join(folders.root, 'phi3-yoda.tune.yaml'));
  folders.write('bin', { 'nvidia-smi': '#!/bin/sh\necho "0, GPU-1, NVIDIA Test, [N/A], 24000, 23000, 8.9"\n' });
  chmodSync(path.join(folders.root, 'bin', 'nvidia-smi'), 0o755);
});

test('2206.34 MB after loading, 2651.07 MB after preparation, 12,582,912 trainable', async () => {
  const { context, out } = catching(folders.root, { env: { PATH: path.join(folders.root, 'bin') } });
  const args = ['inspect', 'phi3-yoda.tune.yaml', '--set', 'model_name_or_path=./phi3', '--json'];
  expect(await runProgram(args, context)).toBe(0);
  const { memory, lora, layers, parameters } = JSON.parse(out());
  expect([memory.loadedBytes, memory.preparedBytes].map((bytes) => (bytes / 1e6).toFixed(2))).toEqual([
    '2206.34',
    '2651.07',
  ]);
  expect(parameters).toBe(3_821_079_552);
  expect([lora.trainable, lora.total]).toEqual([12_582_912, 3_833_662_464]);
  expect(lora.targets.length).toBe(128);
  const quantised = layers.filter(({ type }: { type: string }) => type === 'Linear4bit');
  expect(
    quantised.map(({ name, count, shape }: { name: string; count: number; shape: number[] }) => [
      name.split('.').at(-1),
      count,
      shape,
    ]),
  ).toEqual([
    ['o_proj', 32, [3072, 3072]],
    ['qkv_proj', 32, [9216, 3072]],
    ['gate_up_proj', 32, [16_384, 3072]],
    ['down_proj', 32, [3072, 8192]],
  ]);
  expect(layers.find(({ name }: { name: string }) => name === 'lm_head').type).toBe('Linear');
});
