import { describe, expect, test } from 'vitest';
import { parseModelConfig } from '../../../../../src/core/model/config';
import { DEFAULT_TARGET_TYPES, defaultTargetsOf } from '../../../../../src/core/model/lora/defaultTargets';
import { MOE_MODEL_TYPES, moeNamesOf } from '../../../../../src/core/model/lora/moeNames';
import { judgeLora, planLora } from '../../../../../src/core/model/lora/plan';
import type { LoraOutcome } from '../../../../../src/core/model/lora/refusal';
import { linearFates } from '../../../../../src/core/model/quantize';
import { buildStructure } from '../../../../../src/core/model/structure';
import { recipeSchema } from '../../../../../src/core/recipe/schema/recipe';
import { loraReference, type ReferenceSection, structureOf } from './reference';

// What can't be judged may be anything; there must be little of it.
let [judged, unjudged] = [0, 0];

function compare(outcome: LoraOutcome, section: ReferenceSection): void {
  if (outcome.kind === 'unjudged') {
    unjudged++;
    return;
  }
  judged++;
  if (outcome.kind === 'refused') {
    expect(outcome.refusal.kind).toBe(section.error);
    return;
  }
  const { plan } = outcome;
  expect(section.error).toBeUndefined();
  expect(plan.targets.map(({ name, r, alpha }) => [name, r, alpha]).sort(byName)).toEqual(section.targets);
  expect([plan.trainable, plan.total, plan.adapterBytes]).toEqual([section.trainable, section.total, section.bytes]);
}

describe.each(loraReference.models.map((model) => [model.name, model] as const))('PEFT on %s', (_, model) => {
  const structure = structureOf(model);
  test.each(model.sections.map((section) => [JSON.stringify(written(section)), section] as const))(
    '%s',
    (_text, section) => {
      compare(judgeLora(structure, section.lora), section);
    },
  );

  test('the same from config.json', () => {
    const config = parseModelConfig(JSON.stringify({ ...model.config, dtype: 'bfloat16' }), 'config.json');
    const built = config.ok ? buildStructure(config.value, null) : config;
    if (!built.ok) throw new Error(built.error.kind);
    for (const section of model.sections) compare(judgeLora(built.value, section.lora), section);
  });
});

describe('with bitsandbytes', () => {
  test.each(
    loraReference.quantized.map(
      (section) => [section.name, section.bits, JSON.stringify(written(section)), section] as const,
    ),
  )('%s in %i bits: %s', (name, bits, _text, section) => {
    const structure = structureOf(loraReference.models.find((model) => model.name === name)!);
    const quantization = recipeSchema.shape.model.parse({
      model_name_or_path: 'a',
      quantization_config: { load_in_4bit: bits === 4, load_in_8bit: bits === 8 },
    }).quantization_config;
    const fates = linearFates(structure, quantization);
    compare(judgeLora(structure, section.lora, { dtype: 'bfloat16', fates }), section);
  });
});

test('the chapter: 12,582,912 of 3,833,662,464 weights in 128 layers', () => {
  const phi3 = loraReference.models.find(({ name }) => name === 'phi3-mini')!;
  const config = parseModelConfig(JSON.stringify(phi3.config), 'config.json');
  const built = config.ok ? buildStructure(config.value, null) : config;
  const lora = recipeSchema.shape.lora.parse({ target_modules: ['o_proj', 'qkv_proj', 'gate_up_proj', 'down_proj'] });
  const plan = built.ok ? planLora(built.value, lora) : null;
  expect([plan?.trainable, plan?.total, plan?.targets.length]).toEqual([12_582_912, 3_833_662_464, 128]);
});

test('nearly everything is judged', () => {
  expect(unjudged / judged).toBeLessThan(0.05);
});

test('the tables are those of PEFT', () => {
  const { defaults, moe } = loraReference.tables;
  expect(Object.fromEntries(MOE_MODEL_TYPES.map((type) => [type, moeNamesOf(type)]))).toEqual(moe);
  for (const type of DEFAULT_TARGET_TYPES) expect([type, defaultTargetsOf(type)]).toEqual([type, defaults[type]]);
});

function byName([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1;
}

function written({ lora }: ReferenceSection): object {
  const usual = { task_type: 'CAUSAL_LM', lora_alpha: 16, r: 8, bias: 'none', init_lora_weights: true };
  return Object.fromEntries(
    Object.entries(lora).filter(
      ([key, value]) =>
        value !== null &&
        value !== false &&
        JSON.stringify(value) !== '{}' &&
        Object.entries(usual).every(([k, v]) => k !== key || v !== value),
    ),
  );
}
