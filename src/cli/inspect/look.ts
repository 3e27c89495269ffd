import { estimateMemory } from '../../core/model/estimate/estimate';
import { memoryLevers } from '../../core/model/estimate/levers';
import { type ExpectedModule, expectedModules, weightDtype } from '../../core/model/expectedModules';
import { judgeLora } from '../../core/model/lora/plan';
import { loraProblems } from '../../core/model/lora/problems';
import type { LoraOutcome } from '../../core/model/lora/refusal';
import { machineHere } from '../../engine/model/machineHere';
import { linearFates } from '../../core/model/quantize';
import type { Recipe } from '../../core/recipe/parse';
import type { RecipeProblem } from '../../core/recipe/problem';
import { problemOf } from '../../core/recipe/report';
import { fullRecipe } from '../../core/recipe/resolve';
import type {
  EstimateMachine,
  GpuMemory,
  LinearFate,
  LoraPlan,
  MemoryEstimate,
  MemoryLever,
  ModelStructure,
} from '../../protocol/model';
import { elementsOf } from '../../core/model/elements';

/** All that is told of a model before it is loaded. */
export interface Look {
  readonly structure: ModelStructure;
  readonly machine: EstimateMachine;
  /** Those that this machine has. */
  readonly gpus: readonly GpuMemory[];
  readonly fates: ReadonlyMap<string, LinearFate>;
  /** As the trainer's named_modules() will list them once the adapter is there. */
  readonly modules: readonly ExpectedModule[];
  readonly lora: LoraOutcome;
  readonly problems: readonly RecipeProblem[];
  readonly memory: MemoryEstimate;
  /** What would take less, the best first. */
  readonly levers: readonly MemoryLever[];
}

interface LookedAt {
  readonly structure: ModelStructure;
  readonly recipe: Recipe;
  /** How problems name the recipe. */
  readonly file: string;
  readonly gpus: readonly GpuMemory[];
}

export function lookAt({ structure, recipe: written, file, gpus }: LookedAt): Look {
  const recipe = fullRecipe(written);
  const machine = machineHere({
    deviceMap: recipe.model.device_map,
    gpus,
    device: null,
  });
  const fates = linearFates(structure, recipe.model.quantization_config);
  const expected = { structure, fates, recipe, device: machine.device, step: 'lora' } as const;
  const lora = judgeLora(structure, recipe.lora, { fates, dtype: weightDtype(expected) });
  const facts = { structure, recipe, machine, lengths: null };
  const memory = estimateMemory(facts);
  return {
    structure,
    machine,
    gpus,
    fates,
    modules: expectedModules({ ...expected, plan: planOf(lora) }),
    lora,
    problems: [...loraProblems({ recipe: written, full: recipe }, structure)].map((finding) =>
      problemOf(written.source, file, finding),
    ),
    memory,
    levers: lora.kind === 'refused' ? [] : memoryLevers(facts, memory),
  };
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
    for (const { shape, tiedTo } of parameters) if (tiedTo === null) sum += elementsOf(shape);
  return sum;
}
