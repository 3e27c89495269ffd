import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatMessage, type Message } from '../../../../src/common/message';
import { parseRecipe } from '../../../../src/core/recipe/parse';
import { resolveRecipe } from '../../../../src/core/recipe/resolve';
import { withRecipeValues } from '../../../../src/core/recipe/setValues';
import { explainFailure } from '../../../../src/core/run/explainFailure';
import type { Explanation, FailureContext } from '../../../../src/core/run/failures/entry';
import { lengthKeeping } from '../../../../src/core/run/failures/lengths';
import { byWorth } from '../../../../src/core/run/failures/lessMemory';
import { foundBatchSize, warningFixes } from '../../../../src/core/run/failures/warningFixes';
import type { MemoryLever } from '../../../../src/protocol/model';
import { type Failure, FAILURE_KINDS } from '../../../../src/protocol/trainer';

const root = path.resolve(import.meta.dirname, '../../../..');
const chinese = JSON.parse(readFileSync(path.join(root, 'l10n/bundle.l10n.zh-cn.json'), 'utf8')) as Record<
  string,
  string
>;

/** Everything written that fixes are made from. */
const RECIPE = `model:
  model_name_or_path: ./base
  attn_implementation: flash_attention_2
  quantization_config:
    load_in_4bit: true
    bnb_4bit_compute_dtype: bfloat16
lora:
  r: 32
data:
  path: rows.jsonl
  system_prompt: Be brief.
tokenizer:
  tokenizer_name_or_path: ./other
  chat_template: ./chat.jinja
train:
  memory:
    per_device_train_batch_size: 8 # what the GPU takes
    gradient_accumulation_steps: 2
    gradient_checkpointing: false
    optim: paged_adamw_8bit
    fp16: true
    bf16: false
    use_liger_kernel: true
  data:
    max_length: 512
    assistant_only_loss: true
    dataset_num_proc: 4
  training:
    learning_rate: 2.0e-3
    max_grad_norm: 0
  environment:
    output_dir: ./out
    save_strategy: steps
generate:
  prompts: [Hello.]
save:
  output_dir: ./adapter
`;

function contextOf(text: string, more: Partial<FailureContext> = {}): FailureContext {
  const parsed = parseRecipe(text, { file: '/r.tune.yaml' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return { recipe: resolveRecipe(parsed.value, '/r.tune.yaml').sections, levers: null, lengths: null, ...more };
}

const lengths = [...Array.from({ length: 95 }, (_, index) => index + 20), 600, 610, 620, 630, 900];
const full = contextOf(RECIPE, { lengths });
const failure = (kind: Failure['kind'], recipePath: string[] = [], facts: Record<string, unknown> = {}): Failure => ({
  kind,
  message: 'What happened.',
  recipePath,
  facts,
  traceback: null,
});

const MEMORY = ['train', 'memory', 'per_device_train_batch_size'];
const changesOf = ({ fixes }: Pick<Explanation, 'fixes'>): Record<string, unknown>[] =>
  fixes.map(({ changes }) => Object.fromEntries(changes.map(({ path: key, value }) => [key.at(-1), value])));

function lever(key: string, gigabytes: number): MemoryLever {
  const text: Message = { text: key, args: [] };
  return {
    changes: [{ path: ['train', 'memory', key], value: 1 }],
    message: text,
    cost: text,
    savesBytes: gigabytes * 1e9,
  };
}

/** The paths that the trainer blames, so that each fix of an entry is met. */
const PATHS: Partial<Record<Failure['kind'], readonly string[][]>> = {
  outOfMemory: [MEMORY, ['model', 'model_name_or_path'], ['generate', 'max_new_tokens'], ['lora', 'r']],
  unsupportedDtype: [
    ['train', 'memory', 'bf16'],
    ['train', 'memory', 'tf32'],
    ['model', 'dtype'],
    ['train', 'memory', 'fp16'],
    ['model', 'quantization_config', 'bnb_4bit_compute_dtype'],
  ],
  missingPackage: [
    ['model', 'attn_implementation'],
    ['train', 'memory', 'use_liger_kernel'],
    ['train', 'environment', 'report_to'],
  ],
  bitsandbytesLibrary: [
    ['model', 'quantization_config'],
    ['train', 'memory', 'optim'],
  ],
  missingFile: [
    ['train', 'environment', 'resume_from_checkpoint'],
    ['tokenizer', 'chat_template'],
  ],
  outputInUse: [
    ['train', 'environment', 'output_dir'],
    ['save', 'output_dir'],
  ],
  modelNotFound: [
    ['model', 'model_name_or_path'],
    ['model', 'revision'],
  ],
  templateInvalid: [
    ['tokenizer', 'chat_template'],
    ['train', 'data', 'assistant_only_loss'],
  ],
  invalidRecipe: ['fp16', 'optim']
    .map((key) => ['train', 'memory', key])
    .concat([
      ['model', 'device_map'],
      ['model', 'attn_implementation'],
      ['lora', 'lora_dropout'],
      ['train', 'training', 'loss_type'],
      ['train', 'environment', 'eval_strategy'],
      ['lora', 'init_lora_weights'],
      ['lora', 'modules_to_save'],
      ['tokenizer', 'pad_token'],
      ['tokenizer', 'eos_token'],
      ['model', 'quantization_config', 'load_in_8bit'],
      ['generate', 'references'],
    ]),
};
const FACTS: readonly Record<string, unknown>[] = [
  {},
  { path: '/x', package: 'flash_attn', model: 'owner/name', value: 3, pid: 7 },
  { package: 'liger-kernel', needed: '>=2', found: '1.0', what: 'attention', missing: ['lora'], step: 'train' },
  { package: 'bitsandbytes', library: 'libcudart.so.12', what: 'build', symbol: 'x', readOnly: true, quota: true },
  { noBatchFits: true, what: 'triton', lost: true, tokens: 9, modelTokens: 8, file: 'config.json', cpuOnly: true },
  {
    requiredBytes: 3e9,
    freeBytes: 1e9,
    unallocatedBytes: 4e9,
    badToken: true,
    status: 429,
    roles: true,
    modelType: 'x',
  },
  {
    lastGradNorms: [1, 2, 3, 4],
    found: '11.4',
    builtFor: '13.0',
    revision: 'v9',
    status: 503,
    what: 'hub',
    library: 'libbitsandbytes_cuda9.so',
  },
];

describe.each(FAILURE_KINDS)('%s', (kind) => {
  const explanations = (PATHS[kind] ?? [[]]).flatMap((recipePath) =>
    FACTS.flatMap((facts) => [
      explainFailure(failure(kind, [...recipePath], facts)),
      explainFailure(failure(kind, [...recipePath], facts), full),
    ]),
  );

  test('says what happened and what to do, in both languages', () => {
    for (const { title, remedies, fixes } of explanations) {
      expect(remedies.length).toBeGreaterThan(0);
      const all = [
        title,
        ...remedies,
        ...fixes.flatMap(({ label, note }) => (note === null ? [label] : [label, note])),
      ];
      for (const words of all) {
        expect(formatMessage(words)).toMatch(/^[^{}]{4,}|^Load the/);
        expect(chinese).toHaveProperty([words.text]);
        expect(formatMessage(words, chinese)).not.toMatch(/\{\d\}/);
      }
    }
  });

  test('offers changes that give a valid recipe, of this one and of a bare one', () => {
    const bare = 'model:\n  model_name_or_path: ./base\ndata:\n  path: rows.jsonl\n';
    const all = explanations.flatMap(({ fixes }) =>
      fixes.map(({ changes }) => [JSON.stringify(changes), changes] as const),
    );
    for (const changes of new Map(all).values())
      for (const text of [RECIPE, bare]) {
        const changed = withRecipeValues(text, changes);
        expect(changed).not.toBeNull();
        const parsed = parseRecipe(changed!, { file: '/r.tune.yaml' });
        const wrong = parsed.ok ? [] : parsed.error.map(({ message, recipePath }) => [message, recipePath, changes]);
        expect(wrong).toEqual([]);
      }
  });
});

describe('out of memory', () => {
  const facts = { requiredBytes: 2e9, freeBytes: 5e8 };

  test('the cheapest lever that is enough comes first, with what it saves', () => {
    const levers = [
      lever('max_length', 9),
      lever('quantization_config', 4),
      lever('bf16', 1),
      lever('gradient_checkpointing', 2),
    ];
    expect(byWorth(levers, 1.5e9).map((each) => each.message.text)).toEqual([
      'gradient_checkpointing',
      'quantization_config',
      'max_length',
      'bf16',
    ]);
    expect(byWorth(levers, 20e9).map((each) => each.message.text)[0]).toBe('max_length');
    const { title, fixes } = explainFailure(failure('outOfMemory', MEMORY, facts), { ...full, levers });
    expect(formatMessage(title)).toBe('Out of memory: 2.0 GB more were needed, 0.50 GB were free.');
    expect(formatMessage(fixes[0]!.note!)).toBe('saves about 2.0 GB');
  });

  test('without an estimate, from the recipe’s own values', () => {
    expect(changesOf(explainFailure(failure('outOfMemory', MEMORY, facts), full))).toEqual([
      { per_device_train_batch_size: 4, gradient_accumulation_steps: 4 },
      { gradient_checkpointing: true },
      { max_length: 128 },
      { auto_find_batch_size: true },
    ]);
  });

  test('no batch is left to halve where auto_find_batch_size came to none', () => {
    const fixes = changesOf(explainFailure(failure('outOfMemory', MEMORY, { noBatchFits: true }), full));
    expect(fixes.flatMap(Object.keys)).not.toContain('per_device_train_batch_size');
  });

  test('while the model is loaded, only smaller weights help', () => {
    const weights = { changes: [{ path: ['model', 'quantization_config'], value: null }] };
    const levers = [lever('per_device_train_batch_size', 9), { ...lever('x', 3), ...weights }];
    const { fixes } = explainFailure(failure('outOfMemory', ['model', 'model_name_or_path']), { ...full, levers });
    expect(fixes.map(({ changes }) => changes[0]!.path[0])).toEqual(['model']);
  });
});

const fixed = (kind: Failure['kind'], recipePath: string[], facts = {}): Record<string, unknown>[] =>
  changesOf(explainFailure(failure(kind, recipePath, facts), full));
const titled = (kind: Failure['kind'], facts: Record<string, unknown>): string =>
  formatMessage(explainFailure(failure(kind, [], facts), full).title);
const warned = (kind: string, context = full): Record<string, unknown>[] => {
  const warning = {
    type: 'warning' as const,
    t: 0,
    seq: 0,
    step: 'train' as const,
    message: '',
    args: [],
    recipePath: [],
  };
  return changesOf({ fixes: warningFixes({ ...warning, kind }, context) });
};

test('values come from the recipe that ran', () => {
  expect(fixed('nonFiniteLoss', ['train', 'training', 'learning_rate'])).toEqual([
    { bf16: 'auto', fp16: false },
    { learning_rate: 0.00067 },
    { max_grad_norm: 1 },
    { warmup_steps: 0.05 },
  ]);
  expect(fixed('allLabelsMasked', ['train', 'data', 'max_length'])).toEqual([
    { max_length: 640 },
    { assistant_only_loss: false },
  ]);
  expect(fixed('outputInUse', ['save', 'output_dir'])).toEqual([{ output_dir: './adapter-2' }]);
  expect(fixed('bitsandbytesLibrary', ['model', 'quantization_config'])).toEqual([
    { quantization_config: null },
    { optim: 'adamw_torch' },
  ]);
  expect(fixed('missingKernels', ['model', 'attn_implementation'], { what: 'attention' })).toEqual([
    { attn_implementation: 'sdpa' },
  ]);
});

test('a title names what the trainer found', () => {
  expect(titled('driverTooOld', { found: '11.4', builtFor: '13.0' })).toBe(
    'The NVIDIA driver is too old: it knows CUDA 11.4, this PyTorch was built for CUDA 13.0.',
  );
  expect(titled('packageVersion', { package: 'torch', found: '2.0', needed: '>=2.4' })).toBe(
    'torch 2.0 is installed, but >=2.4 is needed.',
  );
  expect(titled('missingStep', { missing: ['lora', 'data'], step: 'train' })).toBe(
    'train builds on lora, which has not run in this trainer yet.',
  );
  expect(titled('brokenModel', {})).toBe('A file of What happened. can’t be read: What happened.');
});

test('warnings have fixes of their own', () => {
  expect(warned('lossNotFalling')).toEqual([{ learning_rate: 0.01 }]);
  expect(warned('lossRises')).toEqual([{ learning_rate: 0.00067 }]);
  expect(warned('explodingGradNorm')).toEqual([{ learning_rate: 0.00067 }, { max_grad_norm: 0.3 }]);
  expect(warned('evalLossRises')).toEqual([{ num_train_epochs: 1 }, { weight_decay: 0.01 }]);
  expect(warned('truncatedRows')).toEqual([{ max_length: 960 }]);
  expect(warned('padAdded')).toEqual([]);
  expect(warned('lossNotFalling', { recipe: null, levers: null, lengths: null })).toEqual([]);
});

test('the batch size that was found, with as many batches as come nearest to the step that was meant', () => {
  const tries = [64, 57, 51, 45, 40, 36, 32, 28, 25, 22, 19, 17, 15, 13, 11].map((from, index, all) => ({
    from,
    to: all[index + 1] ?? 9,
  }));
  expect(changesOf({ fixes: [foundBatchSize(tries, full)!] })).toEqual([
    { per_device_train_batch_size: 9, gradient_accumulation_steps: 14 },
  ]);
  expect(foundBatchSize([], full)).toBeNull();
});

test('a length that keeps rows whole', () => {
  expect(lengthKeeping(lengths, 0.95)).toBe(128);
  expect(lengthKeeping(lengths, 1)).toBe(960);
  expect(lengthKeeping([], 0.5)).toBeNull();
});

/** What pytest reads with the classifier, and finds so. */
const folder = path.join(root, 'test/fixtures/failures');
test.each(readdirSync(folder))('recorded: %s has words and a change or a remedy of its own', (name) => {
  const [head = '', ...rest] = readFileSync(path.join(folder, name), 'utf8').split('\n\n');
  const said = Object.fromEntries(
    head.split('\n').map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 1).trim()]),
  );
  const { kind, path: key = '', facts = '{}' } = said;
  const known = FAILURE_KINDS.find((each) => each === kind);
  const traceback = rest.join('\n\n');
  const recorded: Failure = {
    ...failure(known ?? 'unknown', key === '' ? [] : key.split('.'), JSON.parse(facts) as Record<string, unknown>),
    traceback,
  };
  const { remedies, fixes } = explainFailure(recorded, full);
  expect(known).toBeDefined();
  expect(known).not.toBe('unknown');
  expect(remedies.length + fixes.length).toBeGreaterThan(0);
});
