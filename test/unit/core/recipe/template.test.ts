import { expect, test } from 'vitest';
import { splitRecipe } from '../../../../src/core/recipe/cells';
import { checkRecipe } from '../../../../src/core/recipe/check';
import { parseRecipe } from '../../../../src/core/recipe/parse';
import { fullRecipe } from '../../../../src/core/recipe/resolve';
import { STEPS } from '../../../../src/protocol/trainer';
import { newRecipe, type NewRecipe } from '../../../../src/core/recipe/template';

const file = 'new.tune.yaml';
const base: NewRecipe = {
  model: 'owner/name',
  dataset: './rows.jsonl',
  columns: { prompt: 'q', completion: 'a' },
  quantised: true,
};

test.each<[string, NewRecipe]>([
  ['a Hub model in 4 bits', base],
  ['a model in full precision', { ...base, quantised: false }],
  ['a known model', { ...base, modelType: 'phi3' }],
  ['conversations', { ...base, columns: null }],
  [
    'names that YAML would read otherwise',
    {
      ...base,
      columns: { prompt: 'no', completion: '1: #2', system: '# s' },
      model: './a b',
      dataset: "it's.csv",
      prompts: ['- a', 'x: y', 'null', '"'],
    },
  ],
])('a first recipe for %s has no problem', (_, options) => {
  const text = newRecipe(options);
  const parsed = parseRecipe(text, { file });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const facts = options.modelType === undefined ? {} : { modelType: options.modelType };
  expect(checkRecipe(parsed.value, { ...facts, machine: { device: 'cpu', bf16: false } })).toEqual([]);
  const { model, data, lora, generate } = fullRecipe(parsed.value);
  expect(model.model_name_or_path).toBe(options.model);
  expect(model.quantization_config?.load_in_4bit ?? false).toBe(options.quantised);
  expect(data.path).toBe(options.dataset);
  expect(data.columns).toEqual({ prompt: null, completion: null, system: null, messages: null, ...options.columns });
  expect(lora.target_modules).toEqual(
    options.modelType === 'phi3' ? ['o_proj', 'qkv_proj', 'gate_up_proj', 'down_proj'] : 'all-linear',
  );
  if (options.prompts !== undefined) expect(generate.prompts).toEqual(options.prompts);
});

test('a first recipe is a notebook of seven sections, each with a word before it', () => {
  const split = splitRecipe(newRecipe(base), { file });
  if (!split.ok) throw new Error('not ok');
  expect(split.value.cells.map(({ kind }) => kind)).toEqual(STEPS.flatMap(() => ['markdown', 'section']));
  for (const line of newRecipe(base).split('\n')) expect(line.length).toBeLessThanOrEqual(120);
});
