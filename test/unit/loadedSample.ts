import { expect } from 'vitest';
import { recipeSchema, type FullRecipe } from '../../src/core/recipe/schema/recipe';
import { readModel } from '../../src/engine/model/readModel';
import type { ModelStructure } from '../../src/protocol/model';
import type { EventOf } from '../../src/protocol/trainer';
import { readParity } from './parityFile';

type Told = EventOf<'structure'> | EventOf<'footprint'> | EventOf<'trainable'>;

/** One recipe for the sample's model, and what the trainer told of it (tools/parity/loaded_reference.py). */
export interface LoadedCase {
  readonly name: string;
  readonly recipe: FullRecipe;
  readonly events: readonly Told[];
}

const BASE = `${process.cwd()}/samples/yoda/base`;
/** As the trainer's own tests have it (test/trainer/recipes.py). */
const TARGETS = ['o_proj', 'qkv_proj', 'gate_up_proj', 'down_proj'];

export function loadedCases(): readonly LoadedCase[] {
  // SAFETY: tools/parity/loaded_reference.py writes this form, and pytest holds it against the trainer.
  const cases = readParity('loaded.json.gz') as {
    name: string;
    model: object;
    lora: object;
    events: Told[];
  }[];
  return cases.map(({ name, model, lora, events }) => ({
    name,
    events,
    recipe: sampleRecipe({ model, lora: { target_modules: TARGETS, ...lora } }),
  }));
}

export function sampleRecipe({
  model = {},
  lora = {},
}: {
  readonly model?: object;
  readonly lora?: object;
}): FullRecipe {
  const parts = { model: { model_name_or_path: BASE, ...model }, lora, data: { path: './rows.jsonl' } };
  return recipeSchema.parse(parts);
}

/** The sample's model as the editor reads it. */
export async function sampleStructure(): Promise<ModelStructure> {
  const recipe = {
    name: 'test',
    recipeFile: `${BASE}/test.tune.yaml`,
    baseDirectory: BASE,
    sections: sampleRecipe({}),
  };
  const read = await readModel({ recipe, online: false }, { signal: new AbortController().signal, env: {} });
  if (read.kind === 'trouble') expect.fail(JSON.stringify(read.trouble));
  return read.structure;
}
