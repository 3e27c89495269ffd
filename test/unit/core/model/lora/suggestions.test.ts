import { expect, test } from 'vitest';
import { loraSuggestions } from '../../../../../src/core/model/lora/suggestions';
import { completeAt } from '../../../../../src/core/recipe/complete';
import { recipeSchema } from '../../../../../src/core/recipe/schema/recipe';
import { loraReference, structureOf } from './reference';

const lora = recipeSchema.shape.lora.parse({});

function labels(model: string, line: string): readonly string[] {
  const structure = structureOf(loraReference.models.find(({ name }) => name === model)!);
  const text = `lora:\n${line}`;
  return completeAt(text, text.length, loraSuggestions(structure, lora)).map(({ label }) => label);
}

test.each([
  ['phi3-mini', '  target_modules: [', ['o_proj', 'qkv_proj', 'gate_up_proj', 'down_proj', 'lm_head']],
  ['phi3-mini', '  target_modules:\n    - q', ['o_proj', 'qkv_proj', 'gate_up_proj', 'down_proj', 'lm_head']],
  ['gpt_oss', '  target_parameters: [', ['experts.gate_up_proj', 'experts.down_proj']],
  ['gpt2', '  modules_to_save: [', ['wte', 'lm_head']],
])('%s offers its own names after %s', (model, line, expected) => {
  expect(labels(model, line)).toEqual(expected);
});
