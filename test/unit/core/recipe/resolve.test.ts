import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseRecipe } from '../../../../src/core/recipe/parse';
import { parameterAt } from '../../../../src/core/recipe/parameters';
import { recipeName, resolveRecipe } from '../../../../src/core/recipe/resolve';
import { STEPS } from '../../../../src/protocol/trainer';

function resolve(text: string, file = '/home/ada/a.tune.yaml') {
  const parsed = parseRecipe(text, { file });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return resolveRecipe(parsed.value, file);
}

const LEAST = 'model:\n  model_name_or_path: m\ndata:\n  path: d.jsonl\n';

test('every key of the schema is there, and nothing else', () => {
  const { sections } = resolve(`${LEAST}  \nmodel2: x\n`.replace('  \nmodel2: x\n', ''));
  expect(Object.keys(sections)).toEqual([...STEPS]);
  const check = (values: object, at: string[]) => {
    for (const [key, value] of Object.entries(values)) {
      const here = [...at, key];
      const parameter = parameterAt(here);
      expect(parameter, here.join('.')).not.toBeNull();
      expect(value, here.join('.')).not.toBeUndefined();
      if (parameter!.group && value !== null) check(value as object, here);
    }
  };
  check(sections, []);
  expect(sections.lora).toMatchObject({ r: 8, lora_alpha: 16, target_modules: null, rank_pattern: {} });
  expect(sections.train).toMatchObject({
    memory: { per_device_train_batch_size: 8, bf16: 'auto', gradient_checkpointing_kwargs: { use_reentrant: false } },
    data: { max_length: 1024, packing: false, packing_strategy: 'wrapped' },
    training: { learning_rate: 2e-4, max_steps: -1 },
    environment: { output_dir: null, save_strategy: 'no' },
  });
  expect(sections.model).toMatchObject({ quantization_config: null });
  expect(sections.data).toMatchObject({ columns: { prompt: null, completion: null, system: null, messages: null } });
});

test('survives JSON as it is', () => {
  const resolved = resolve(LEAST);
  expect(JSON.parse(JSON.stringify(resolved))).toEqual(resolved);
});

test.each([
  ['/home/me/yoda.tune.yaml', 'yoda', '/home/me'],
  ['/yoda.tune.yaml', 'yoda', '/'],
  ['/home/odd\\name.tune.yaml', 'odd\\name', '/home'],
  ['C:\\Users\\me\\yoda.tune.yaml', 'yoda', 'C:\\Users\\me'],
  ['C:\\yoda.tune.yaml', 'yoda', 'C:\\'],
  ['\\\\server\\share\\my recipe.tune.yml', 'my recipe', '\\\\server\\share'],
])('%s is called %s and starts in %s', (file, name, folder) => {
  expect(resolve(LEAST, file)).toMatchObject({ name, baseDirectory: folder, recipeFile: file });
  expect(recipeName(file)).toBe(name);
});

test('samples/phi3-yoda is the chapter’s own, field for field', () => {
  const file = path.resolve(import.meta.dirname, '../../../../samples/phi3-yoda/phi3-yoda.tune.yaml');
  const { sections } = resolve(readFileSync(file, 'utf8'), file);
  expect(sections.model).toMatchObject({
    model_name_or_path: 'microsoft/Phi-3-mini-4k-instruct',
    device_map: 'cuda:0',
    quantization_config: {
      load_in_4bit: true,
      load_in_8bit: false,
      bnb_4bit_quant_type: 'nf4',
      bnb_4bit_use_double_quant: true,
      bnb_4bit_compute_dtype: 'float32',
    },
  });
  expect(sections.lora).toMatchObject({
    r: 8,
    lora_alpha: 16,
    lora_dropout: 0.05,
    bias: 'none',
    task_type: 'CAUSAL_LM',
    target_modules: ['o_proj', 'qkv_proj', 'gate_up_proj', 'down_proj'],
  });
  expect(sections.data).toMatchObject({
    path: 'dvgodoy/yoda_sentences',
    split: 'train',
    columns: { prompt: 'sentence', completion: 'translation_extra' },
  });
  expect(sections.tokenizer).toMatchObject({ pad_token: '<unk>' });
  expect(sections.train).toMatchObject({
    memory: {
      gradient_checkpointing: true,
      gradient_checkpointing_kwargs: { use_reentrant: false },
      gradient_accumulation_steps: 1,
      per_device_train_batch_size: 16,
      auto_find_batch_size: true,
      optim: 'paged_adamw_8bit',
      bf16: 'auto', // is_bf16_supported(including_emulation=False)
    },
    data: { max_length: 64, packing: true, packing_strategy: 'wrapped' },
    training: { num_train_epochs: 10, learning_rate: 3e-4 },
    environment: { output_dir: './phi3-mini-yoda-adapter', logging_steps: 10, report_to: 'none' },
  });
});
