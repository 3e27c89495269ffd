import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../../src/cli/program';
import { HubServer } from '../engine/model/hubServer';
import { Folders, llama, LLAMA, shardedLlama } from '../engine/model/models';
import { catching } from './catching';

const folders = new Folders();
let hub: HubServer;
beforeAll(async () => {
  hub = await HubServer.start();
});
afterEach(() => hub.forget());
afterAll(async () => {
  await hub.stop();
  folders.remove();
});

const RECIPE = `# my notes
model:
  model_name_or_path: ./base
  quantization_config:
    load_in_4bit: true
lora:
  r: 2
  target_modules: [q_proj, down_proj]
data:
  path: ./not-there.jsonl
`;

async function inspect(
  args: readonly string[],
  { env = {}, columns = 160 }: { env?: NodeJS.ProcessEnv; columns?: number } = {},
) {
  const { context, out, err } = catching(folders.root, {
    columns,
    env: {
      PATH: path.join(folders.root, 'bin'),
      HF_HOME: path.join(folders.root, 'home'),
      HF_ENDPOINT: hub.endpoint,
      ...env,
    },
  });
  const code = await runProgram(['inspect', ...args], context);
  return { code, out: out(), err: err(), lines: out().split('\n') };
}

/** Cells of the row of the table that begins so. */
function row(lines: readonly string[], name: string): readonly string[] {
  return (lines.find((line) => line.startsWith(`${name} `)) ?? '').split(/\s{2,}/);
}

beforeAll(() => {
  folders.write('base', llama());
  folders.write('.', { 'mine.tune.yaml': RECIPE });
});

describe('inspect', () => {
  test('a recipe: layers in groups, those that get an adapter, and what it comes to', async () => {
    const { code, lines, err } = await inspect(['mine.tune.yaml']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(lines[0]).toBe(`LlamaForCausalLM  ${path.join(folders.root, 'base')}`);
    expect(lines[1]).toMatch(/^1,\d{3} parameters in bfloat16, read from a folder\.$|^[\d,]+ parameters in bfloat16/);
    expect(row(lines, 'model.layers.*.self_attn.q_proj')).toEqual([
      'model.layers.*.self_attn.q_proj',
      '2 ×',
      'Linear4bit',
      '8→8',
      'uint8',
      '128',
      'r 2, alpha 16: 64',
    ]);
    expect(row(lines, 'model.layers.*.mlp.down_proj').slice(1, 4)).toEqual(['2 ×', 'Linear4bit', '16→8']);
    expect(row(lines, 'model.layers.*.self_attn.v_proj').length).toBe(6);
    expect(row(lines, 'lm_head').slice(1, 5)).toEqual(['1 ×', 'Linear', '8→32', 'float32']);
    // 2 blocks × (2 × (8 + 8) + 2 × (16 + 8))
    expect(lines.join('\n')).toContain('160 of ');
    expect(lines.join('\n')).toContain('are trained');
  });

  test('says the same with another value for this time', async () => {
    const { lines } = await inspect(['mine.tune.yaml', '--set', 'lora.r=4', '--set', 'layers_to_transform=[1]']);
    const at = lines.filter((line) => line.startsWith('model.layers.*.self_attn.q_proj '));
    expect(at.map((line) => line.split(/\s{2,}/).slice(1))).toEqual([
      ['1 ×', 'Linear4bit', '8→8', 'uint8', '64'],
      ['1 ×', 'Linear4bit', '8→8', 'uint8', '64', 'r 4, alpha 16: 64'],
    ]);
  });

  test('for a program', async () => {
    const { code, out } = await inspect(['mine.tune.yaml', '--json']);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n').length).toBe(1);
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      source: 'folder',
      architecture: 'LlamaForCausalLM',
      checkpoint: { tensors: 21 },
      lora: { trainable: 160, saved: [], biases: [] },
    });
    expect(told.lora.targets).toContain('model.layers.1.mlp.down_proj');
    expect(told.layers.find(({ name }: { name: string }) => name.endsWith('q_proj'))).toEqual({
      name: 'model.layers.*.self_attn.q_proj',
      count: 2,
      type: 'Linear4bit',
      dtype: 'uint8',
      shape: [8, 8],
      parameters: 128,
      tiedTo: null,
      adapter: { r: 2, alpha: 16, parameters: 32 },
      saved: false,
    });
  });

  test('a folder: as a first recipe would train it', async () => {
    const plain = await inspect(['./base']);
    expect(plain.code).toBe(0);
    expect(row(plain.lines, 'model.layers.*.self_attn.v_proj').slice(1)).toEqual([
      '2 ×',
      'Linear',
      '8→4',
      'float32',
      '64',
      'r 8, alpha 16: 192',
    ]);
    expect(plain.out).toContain('tunebook init writes');
    const quantised = await inspect(['base', '--4bit', '--set', 'target_modules=[v_proj]']);
    expect(row(quantised.lines, 'model.layers.*.self_attn.v_proj').slice(2, 3)).toEqual(['Linear4bit']);
    expect(row(quantised.lines, 'model.layers.*.self_attn.q_proj').length).toBe(6);
  });

  test('tied weights are counted once', async () => {
    const { 'model.safetensors': weights = '' } = llama();
    folders.write('tied', {
      'config.json': JSON.stringify({ ...LLAMA, tie_word_embeddings: true }),
      'model.safetensors': weights,
    });
    const { lines } = await inspect(['./tied']);
    expect(row(lines, 'lm_head').slice(-2)).toEqual(['–', 'shares model.embed_tokens.weight']);
  });

  test('a name on the Hub, which --offline doesn’t ask', async () => {
    hub.put('owner/inspected', shardedLlama(3));
    const offline = await inspect(['owner/inspected', '--offline']);
    expect(offline.code).toBe(1);
    expect(offline.err).toContain('has not been downloaded to this machine yet');
    expect(hub.seen).toEqual([]);
    const { code, lines } = await inspect(['owner/inspected']);
    expect(code).toBe(0);
    expect(lines[1]).toContain('read from the Hub.');
    expect(lines[2]).toMatch(/Files: 3\.$/);
  });

  test('in Chinese', async () => {
    const { out } = await inspect(['mine.tune.yaml'], { env: { LANG: 'zh_CN.UTF-8' } });
    expect(out).toContain('个参数');
    expect(out).not.toMatch(/parameters|Layer|trained/);
  });

  test('names from a file don’t move the cursor', async () => {
    const config = JSON.stringify({ ...LLAMA, model_type: 'x\u001B[2Jx', architectures: ['x\u001B[2Jx'] });
    folders.write('odd', { ...llama(), 'config.json': config });
    const { out, err } = await inspect(['./odd']);
    expect(out + err).not.toContain('\u001B[2J');
  });
});

/** A machine with one card that has so many MiB, of which so many are free. */
function card(total: number, free: number): NodeJS.ProcessEnv {
  const bin = folders.write(`bin-${total}-${free}`, {
    'nvidia-smi': `#!/bin/sh\necho "0, GPU-1, NVIDIA Test, Disabled, ${total}, ${free}, 8.0"\n`,
  });
  chmodSync(path.join(bin, 'nvidia-smi'), 0o755);
  return { PATH: `${bin}:/usr/bin:/bin` };
}

describe('memory', () => {
  test('on the CPU of a machine without a GPU', async () => {
    const { out } = await inspect(['mine.tune.yaml']);
    expect(out).toContain('Memory on the CPU, estimated');
    expect(out).not.toContain('free');
  });

  test('on the GPU that is here: it fits', async () => {
    const { out, lines } = await inspect(['mine.tune.yaml'], { env: card(24_000, 20_000) });
    expect(out).toContain('Memory on NVIDIA Test, estimated');
    expect(lines).toContain('GPU 0, NVIDIA Test: 21.0 GB of 25.2 GB are free. It fits.');
    const told = JSON.parse((await inspect(['mine.tune.yaml', '--json'], { env: card(24_000, 20_000) })).out);
    expect(told.machine).toMatchObject({ device: 'cuda', bf16: true });
    expect(told.gpus).toEqual([
      { index: 0, name: 'NVIDIA Test', totalBytes: 24_000 * 2 ** 20, freeBytes: 20_000 * 2 ** 20, capability: '8.0' },
    ]);
    const sum = told.memory.parts.reduce((total: number, { bytes }: { bytes: number }) => total + bytes, 0);
    expect(sum).toBe(told.memory.deviceBytes);
    expect(told.memory.preparedBytes).toBeGreaterThan(told.memory.loadedBytes);
  });

  test('on a GPU that has no room: how much is missing, and what would help', async () => {
    const { code, out } = await inspect(['mine.tune.yaml'], { env: card(24_000, 3) });
    expect(code).toBe(0);
    expect(out).toMatch(/It does not fit: [\d.]+ [MG]B are missing\./);
    const more = ['--set', 'per_device_train_batch_size=64'];
    const large = await inspect(['mine.tune.yaml', ...more], { env: card(24_000, 3) });
    expect(large.out).toMatch(/→ .+: saves [\d.]+ [MG]B\. /);
    const roomy = await inspect(['mine.tune.yaml', ...more], { env: card(24_000, 20_000) });
    expect(roomy.out).not.toContain('saves');
    const told = JSON.parse((await inspect(['mine.tune.yaml', ...more, '--json'], { env: card(24_000, 3) })).out);
    expect(told.levers[0]).toMatchObject({ changes: [{ path: expect.any(Array) }], message: expect.any(String) });
  });

  test('for a GPU that isn’t here', async () => {
    const { out } = await inspect(['mine.tune.yaml', '--set', 'device_map=cuda']);
    expect(out).toContain('Memory on a GPU, estimated');
    expect(out).toContain('No GPU was found on this machine.');
  });
});

describe('inspect refuses', () => {
  test.each([
    [[], 2, 'Name a recipe or a model'],
    [['a', 'b'], 2, 'Unexpected argument: b'],
    [['mine.tune.yaml', '--4bit'], 2, '--4bit is for a model'],
    [['./base', '--set', 'lora.r=-1'], 1, ''],
    [['./base', '--set', 'nothing.at=all'], 2, 'A recipe has no parameter nothing.at'],
    [['none.tune.yaml'], 1, 'There is no recipe none.tune.yaml'],
    [['./none'], 1, 'There is no folder '],
    [['owner/unknown'], 1, 'The Hub knows no model owner/unknown'],
  ] as const)('%j', async (args, code, words) => {
    const told = await inspect(args);
    expect({ code: told.code, out: told.out }).toEqual({ code, out: '' });
    expect(told.err).toContain(words);
    expect(told.err).not.toContain('    at ');
  });

  test('a recipe that is none: with line and column', async () => {
    writeFileSync(path.join(folders.root, 'bad.tune.yaml'), 'model:\n  nam: x\n');
    const { code, err } = await inspect(['bad.tune.yaml']);
    expect(code).toBe(1);
    expect(err).toMatch(/^bad\.tune\.yaml:\d+:\d+: error: /);
  });

  test('a damaged model, for a program too', async () => {
    folders.write('damaged', { ...llama(), 'model.safetensors': '{"not": "weights"}' });
    const { code, out } = await inspect(['./damaged', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out).trouble).toMatchObject({
      kind: 'badHeader',
      message: expect.stringContaining('model.safetensors'),
    });
  });

  test('a lora section that matches nothing: where it stands, and no memory', async () => {
    const { code, out, err } = await inspect(['mine.tune.yaml', '--set', 'target_modules=[v_prj]']);
    expect(code).toBe(1);
    expect(err).toMatch(/^mine\.tune\.yaml:8:\d+: error: .*v_prj.*v_proj/);
    expect(out).not.toContain('Memory');
    const bare = await inspect(['./base', '--set', 'target_modules=[v_prj]']);
    expect(bare.code).toBe(1);
    expect(bare.err).toMatch(/^error: .*v_prj/);
  });
});
