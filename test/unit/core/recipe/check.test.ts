import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { checkFiles, checkRecipe, type CheckFacts } from '../../../../src/core/recipe/check';
import { applyEdits, setRecipeValue } from '../../../../src/core/recipe/edit';
import { parseRecipe, type Recipe } from '../../../../src/core/recipe/parse';

const BASE = `model:
  model_name_or_path: owner/name
lora:
  target_modules: [q_proj, v_proj]
data:
  path: d.jsonl
generate:
  prompts: [Hello]
`;

function recipe(text: string): Recipe {
  const parsed = parseRecipe(text, { file: 'test.tune.yaml' });
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => formatMessage(message)).join('\n'));
  return parsed.value;
}

function withValues(values: Record<string, unknown>): string {
  return Object.entries(values).reduce(
    (text, [at, value]) => applyEdits(text, [setRecipeValue(text, at.split('.'), value)!]),
    BASE,
  );
}

const gpu: CheckFacts = { machine: { device: 'cuda', bf16: true } };
const oldGpu: CheckFacts = { machine: { device: 'cuda', bf16: false } };
const cpu: CheckFacts = { machine: { device: 'cpu', bf16: false } };

test('a recipe without a contradiction has no problem', () => {
  for (const facts of [{}, gpu, cpu, oldGpu]) expect(checkRecipe(recipe(BASE), facts)).toEqual([]);
});

test.each(['yoda/yoda.tune.yaml', 'phi3-yoda/phi3-yoda.tune.yaml'])(
  'samples/%s has no problem where it is meant to run',
  (name) => {
    const text = readFileSync(path.resolve(import.meta.dirname, '../../../../samples', name), 'utf8');
    const facts = name.startsWith('yoda') ? cpu : gpu;
    expect(checkRecipe(recipe(text), { ...facts, modelType: 'phi3' })).toEqual([]);
  },
);

const quantized = { load_in_4bit: true };

describe('a contradiction is found at its place, and its first fix ends it:', () => {
  test.each<[string, Record<string, unknown>, CheckFacts, string, 'error' | 'warning', boolean]>([
    [
      '4 and 8 bits',
      { 'model.quantization_config': { load_in_4bit: true, load_in_8bit: true } },
      {},
      'model.quantization_config.load_in_8bit',
      'error',
      true,
    ],
    [
      'nothing quantised',
      { 'model.quantization_config': { bnb_4bit_quant_type: 'nf4' } },
      {},
      'model.quantization_config',
      'error',
      true,
    ],
    ['foreign code', { 'model.trust_remote_code': true }, {}, 'model.trust_remote_code', 'warning', false],
    ['a GPU that is not there', { 'model.device_map': 'cuda:0' }, cpu, 'model.device_map', 'error', true],
    [
      'flash attention without a GPU',
      { 'model.attn_implementation': 'flash_attention_2' },
      cpu,
      'model.attn_implementation',
      'error',
      true,
    ],
    [
      'bfloat16 on an old GPU',
      { 'model.quantization_config': { ...quantized, bnb_4bit_compute_dtype: 'bfloat16' } },
      oldGpu,
      'model.quantization_config.bnb_4bit_compute_dtype',
      'warning',
      true,
    ],
    ['float16 weights on a CPU', { 'model.dtype': 'float16' }, cpu, 'model.dtype', 'warning', true],
    ['no target modules', { 'lora.target_modules': null }, {}, 'lora.target_modules', 'error', true],
    [
      'no target modules of a known model',
      { 'lora.target_modules': null },
      { modelType: 'phi3' },
      'lora.target_modules',
      'error',
      true,
    ],
    ['target modules of another model', {}, { modelType: 'phi3' }, 'lora.target_modules', 'error', true],
    [
      'one name of another model',
      { 'lora.target_modules': ['qkv_proj', 'q_proj'] },
      { modelType: 'phi3' },
      'lora.target_modules',
      'warning',
      true,
    ],
    ['a huge scale', { 'lora.lora_alpha': 512 }, {}, 'lora.lora_alpha', 'warning', true],
    [
      'lm_head with chunked loss',
      { 'lora.target_modules': ['q_proj', 'lm_head'], 'train.training.loss_type': 'chunked_nll' },
      {},
      'lora.target_modules',
      'error',
      true,
    ],
    [
      'lm_head by pattern',
      { 'lora.target_modules': '.*(q_proj|lm_head)', 'train.training.loss_type': 'chunked_nll' },
      {},
      'lora.target_modules',
      'error',
      true,
    ],
    [
      'layers_to_transform with a pattern',
      { 'lora.target_modules': 'all-linear', 'lora.layers_to_transform': [0] },
      {},
      'lora.layers_to_transform',
      'error',
      false,
    ],
    ['layers_pattern alone', { 'lora.layers_pattern': 'h' }, {}, 'lora.layers_pattern', 'error', false],
    ['a random start', { 'lora.init_lora_weights': false }, {}, 'lora.init_lora_weights', 'warning', true],
    ['a prompt without completion', { 'data.columns': { prompt: 'q' } }, {}, 'data.columns', 'error', false],
    [
      'messages and prompt',
      { 'data.columns': { prompt: 'q', completion: 'a', messages: 'm' } },
      {},
      'data.columns.messages',
      'error',
      false,
    ],
    [
      'half a row',
      { 'data.eval_split': 1.5, 'train.environment.eval_strategy': 'epoch' },
      {},
      'data.eval_split',
      'error',
      false,
    ],
    ['a part of a file', { 'data.split': 'test' }, {}, 'data.split', 'error', true],
    ['a configuration of a file', { 'data.name': 'x' }, {}, 'data.name', 'warning', false],
    ['padding with the end', { 'tokenizer.pad_token': '<|endoftext|>' }, {}, 'tokenizer.pad_token', 'warning', true],
    [
      'padding with the end as written',
      { 'tokenizer.pad_token': '<x>', 'tokenizer.eos_token': '<x>' },
      {},
      'tokenizer.pad_token',
      'error',
      true,
    ],
    ['padding on the left', { 'tokenizer.padding_side': 'left' }, {}, 'tokenizer.padding_side', 'warning', true],
    ['bf16 and fp16', { 'train.memory.bf16': true, 'train.memory.fp16': true }, {}, 'train.memory.fp16', 'error', true],
    ['bf16 on an old GPU', { 'train.memory.bf16': true }, oldGpu, 'train.memory.bf16', 'error', true],
    ['fp16 on a CPU', { 'train.memory.fp16': true }, cpu, 'train.memory.fp16', 'error', true],
    [
      'a paged optimizer on a CPU',
      { 'train.memory.optim': 'paged_adamw_8bit' },
      cpu,
      'train.memory.optim',
      'warning',
      true,
    ],
    [
      'an optimizer without a twin on a CPU',
      { 'train.memory.optim': 'paged_lion_8bit' },
      cpu,
      'train.memory.optim',
      'error',
      true,
    ],
    ['liger on a CPU', { 'train.memory.use_liger_kernel': true }, cpu, 'train.memory.use_liger_kernel', 'error', true],
    [
      'liger with chunked loss',
      { 'train.memory.use_liger_kernel': true, 'train.training.loss_type': 'chunked_nll' },
      gpu,
      'train.training.loss_type',
      'error',
      true,
    ],
    [
      'reentrant checkpointing',
      { 'train.memory.gradient_checkpointing_kwargs': { use_reentrant: true } },
      {},
      'train.memory.gradient_checkpointing_kwargs',
      'warning',
      true,
    ],
    [
      'bfd without flash attention',
      { 'train.data.packing': true, 'train.data.packing_strategy': 'bfd' },
      {},
      'train.data.packing_strategy',
      'error',
      true,
    ],
    [
      'packing without a length',
      { 'train.data.packing': true, 'train.data.max_length': null },
      {},
      'train.data.max_length',
      'error',
      true,
    ],
    ['hardly a sentence', { 'train.data.max_length': 8 }, {}, 'train.data.max_length', 'warning', false],
    [
      'answers cut from their question',
      { 'train.data.packing': true, 'train.data.assistant_only_loss': true },
      {},
      'train.data.assistant_only_loss',
      'warning',
      true,
    ],
    [
      'a wild learning rate',
      { 'train.training.learning_rate': 0.1 },
      {},
      'train.training.learning_rate',
      'warning',
      false,
    ],
    [
      'a plateau that nobody measures',
      { 'train.training.lr_scheduler_type': 'reduce_lr_on_plateau' },
      {},
      'train.training.lr_scheduler_type',
      'error',
      true,
    ],
    [
      'no warmup',
      { 'train.training.lr_scheduler_type': 'constant_with_warmup' },
      {},
      'train.training.warmup_steps',
      'warning',
      true,
    ],
    [
      'nothing to measure on',
      { 'train.environment.eval_strategy': 'steps' },
      {},
      'train.environment.eval_strategy',
      'error',
      true,
    ],
    ['rows that are never used', { 'data.eval_split': 0.1 }, {}, 'data.eval_split', 'warning', true],
    [
      'a best one that nobody knows',
      { 'train.environment.load_best_model_at_end': true },
      {},
      'train.environment.load_best_model_at_end',
      'error',
      true,
    ],
    [
      'a best one that is not saved',
      {
        'train.environment': { load_best_model_at_end: true, eval_strategy: 'epoch', save_strategy: 'steps' },
        'data.eval_split': 0.1,
      },
      {},
      'train.environment.load_best_model_at_end',
      'error',
      true,
    ],
    [
      'a best one saved at other steps',
      {
        'train.environment': {
          load_best_model_at_end: true,
          eval_strategy: 'steps',
          eval_steps: 3,
          save_strategy: 'steps',
          save_steps: 10,
        },
        'data.eval_split': 0.1,
      },
      {},
      'train.environment.load_best_model_at_end',
      'error',
      true,
    ],
    [
      'one folder for two things',
      { 'train.environment.output_dir': './out', 'save.output_dir': 'out/' },
      {},
      'save.output_dir',
      'error',
      true,
    ],
    [
      'the folder of the model',
      { 'model.model_name_or_path': './m', 'save.output_dir': 'm' },
      {},
      'save.output_dir',
      'error',
      false,
    ],
    ['no prompts', { 'generate.prompts': [] }, {}, 'generate.prompts', 'warning', false],
    ['references for other prompts', { 'generate.references': ['a', 'b'] }, {}, 'generate.references', 'error', false],
  ])('%s', (_, values, facts, at, severity, fixable) => {
    const before = recipe(withValues(values));
    const found = checkRecipe(before, facts);
    expect(found.map((problem) => [problem.recipePath.join('.'), problem.severity])).toEqual([[at, severity]]);
    const [problem] = found;
    expect(formatMessage(problem!.message)).not.toMatch(/\{\d\}|undefined|null\b.*null/);
    expect(problem!.remedy.text).not.toBe('');
    expect(problem!.fixes.length > 0).toBe(fixable);
    if (!fixable) return;
    const after = checkRecipe(recipe(applyEdits(before.text, problem!.fixes[0]!.edits)), facts);
    expect(after.map(({ recipePath }) => recipePath.join('.'))).not.toContain(at);
  });
});

test.each<[string, Record<string, unknown>, CheckFacts]>([
  ['Qwen fills up with <|endoftext|>', { 'tokenizer.pad_token': '<|endoftext|>' }, { modelType: 'qwen2' }],
  [
    'bfd with flash attention',
    { 'train.data': { packing: true, packing_strategy: 'bfd' }, 'model.attn_implementation': 'flash_attention_2' },
    gpu,
  ],
  ['lm_head with nll', { 'lora.target_modules': ['lm_head'], 'train.training.loss_type': 'nll' }, {}],
  [
    'a share of steps',
    {
      'train.environment': {
        load_best_model_at_end: true,
        eval_strategy: 'steps',
        eval_steps: 0.1,
        save_strategy: 'steps',
        save_steps: 0.2,
      },
      'data.eval_split': 100,
    },
    {},
  ],
  ['a part of a Hub data set', { 'data.path': 'owner/name', 'data.split': 'test' }, {}],
])('%s is right', (_, values, facts) => {
  expect(checkRecipe(recipe(withValues(values)), facts)).toEqual([]);
});

const existing = (...names: string[]) => ({ exists: (name: string) => Promise.resolve(names.includes(name)) });

describe('files', () => {
  test('that are named and missing are told with their line', async () => {
    const text = withValues({
      'model.model_name_or_path': './base',
      'tokenizer.chat_template': 'chat.jinja',
      'train.environment.resume_from_checkpoint': 'out/checkpoint-10',
    });
    const found = await checkFiles(recipe(text), existing());
    expect(found.map(({ kind, recipePath, line }) => [kind, recipePath.join('.'), line])).toEqual([
      ['missingFile', 'model.model_name_or_path', 2],
      ['missingFile', 'data.path', 6],
      ['missingFile', 'tokenizer.chat_template', 11],
      ['missingFile', 'train.environment.resume_from_checkpoint', 15],
    ]);
  });

  test('that exist, or stand on the Hub, are no problem', async () => {
    expect(await checkFiles(recipe(BASE), existing('d.jsonl'))).toEqual([]);
    const template = withValues({ 'tokenizer.chat_template': '{{ messages }}', 'data.path': 'owner/data' });
    expect(await checkFiles(recipe(template), existing())).toEqual([]);
  });

  test('of a folder that is no model are told', async () => {
    const text = withValues({ 'model.model_name_or_path': './base/' });
    const [problem] = await checkFiles(recipe(text), existing('./base/', 'd.jsonl'));
    expect(formatMessage(problem!.message)).toBe('./base/ has no config.json: it is not the folder of a model.');
    expect(await checkFiles(recipe(text), existing('./base/', './base/config.json', 'd.jsonl'))).toEqual([]);
  });
});
