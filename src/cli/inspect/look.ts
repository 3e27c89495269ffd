import { type ExpectedModule, expectedModules, weightDtype } from '../../core/model/expectedModules';
import { judgeLora } from '../../core/model/lora/plan';
import type { LoraOutcome } from '../../core/model/lora/refusal';
import { machineOf } from '../../core/model/machine';
import { linearFates } from '../../core/model/quantize';
import type { FullRecipe } from '../../core/recipe/schema/recipe';
import type { EstimateMachine, GpuMemory, LinearFate, LoraPlan, ModelStructure } from '../../protocol/model';

/** All that is told of a model before it is loaded. */
export interface Look {
  readonly structure: ModelStructure;
  readonly recipe: FullRecipe;
  readonly machine: EstimateMachine;
  readonly fates: ReadonlyMap<string, LinearFate>;
  /** As the trainer's named_modules() will list them once the adapter is there. */
  readonly modules: readonly ExpectedModule[];
  readonly lora: LoraOutcome;
}

export function lookAt(structure: ModelStructure, recipe: FullRecipe, gpus: readonly GpuMemory[]): Look {
  const machine = machineOf({
    deviceMap: recipe.model.device_map,
    gpus,
    device: null,
    platform: process.platform,
    architecture: process.arch,
  });
  const fates = linearFates(structure, recipe.model.quantization_config);
  const expected = { structure, fates, recipe, device: machine.device, step: 'lora' } as const;
  const lora = judgeLora(structure, recipe.lora, { fates, dtype: weightDtype(expected) });
  const modules = expectedModules({ ...expected, plan: planOf(lora) });
  return { structure, recipe, machine, fates, modules, lora };
}

const NONE: LoraPlan = { targets: [], saved: [], biases: [], trainable: 0, total: 0, adapterBytes: 0 };

/** Empty where PEFT refuses. */
export function planOf(lora: LoraOutcome): LoraPlan {
  return lora.kind === 'plan' ? lora.plan : NONE;
}

/** Parameters of the model without an adapter: what is tied counts once. */
export function parametersOf({ modules }: ModelStructure): number {
  let sum = 0;
  for (const { parameters } of modules)
    for (const { shape, tiedTo } of parameters)
      if (tiedTo === null) sum += shape.reduce((product, size) => product * size, 1);
  return sum;
}
