import { judgeLora, planLora } from '../../src/core/model/lora/plan';
import { type LoraTicks, ticksOf } from '../../src/core/model/lora/ticks';
import { effectiveSettings } from '../../src/core/model/estimate/effective';
import type { FullRecipe } from '../../src/core/recipe/schema/recipe';
import type { LinearFate, LoraPlan, ModelStructure } from '../../src/protocol/model';
import type { ModelPicture, ModelSetting, RecipeSections } from '../../src/protocol/modelPanel';
import { type Extent, extentOf } from './scale';
import { mapOf, type ModelMap } from './map/modelMap';
import type { Words } from '../shared/words';
import { capacityOf, machineFor } from './compare';
import type { Choices } from './context';
import { PartStates } from './partState';
import { type KeptMemory, MemoryKeeper } from './memoryKeeper';
import { type Capacity, type Verdict, verdictOf } from './verdict';

export type LoraSection = FullRecipe['lora'];

/** Keys of the lora section with other values; null: without the key. */
export type LoraChange = Readonly<Record<string, unknown>>;

/** What is counted from a picture and from what is being changed in the panel. */
export interface Reckoning {
  readonly structure: ModelStructure;
  readonly recipe: FullRecipe;
  readonly fates: ReadonlyMap<string, LinearFate>;
  readonly plan: LoraPlan;
  /** PEFT would raise an error instead of making adapters. */
  readonly refused: boolean;
  readonly states: PartStates;
  readonly ticks: LoraTicks;
  /** null before the first estimate. */
  readonly memory: MemoryReckoning | null;
}

export interface MemoryReckoning extends KeptMemory {
  readonly capacity: Capacity | null;
  readonly verdict: Verdict;
}

export function fullRecipe(sections: RecipeSections): FullRecipe {
  // SAFETY: the extension sends the sections as recipeSchema.parse gave them.
  return sections as unknown as FullRecipe;
}

/** Counts a structure with a recipe at once, and its memory a moment later; what belongs to the structure alone is made once. */
export class Reckoner {
  #structure: NonNullable<ModelPicture['shown']>['structure'] | null = null;
  #map: ModelMap = { towers: [] };
  #extent: Extent = { longest: 1, widestStep: 1 };
  readonly #memory: MemoryKeeper;

  /** `onNews`: the memory of what was reckoned last is known now. */
  constructor(onNews: () => void) {
    this.#memory = new MemoryKeeper(onNews);
  }

  get map(): ModelMap {
    return this.#map;
  }

  get extent(): Extent {
    return this.#extent;
  }

  /** `lora`: what is being changed; `compare`: what a person wants to compare with. */
  reckon(
    { shown, setting }: ModelPicture,
    lora: LoraChange,
    compare: Choices['compare'],
    words: Words,
  ): Reckoning | null {
    if (shown === null || setting.recipe === null) return null;
    const { structure } = shown;
    if (structure !== this.#structure) {
      this.#structure = structure;
      this.#map = mapOf(structure);
      this.#extent = extentOf(this.#map);
    }
    const written = fullRecipe(setting.recipe);
    // SAFETY: what the panel changes are values that the schema takes: numbers it has checked, and what withTicks gives.
    const recipe: FullRecipe = { ...written, lora: { ...written.lora, ...lora } as LoraSection };
    const machine = machineFor(setting, compare);
    const loading = effectiveSettings(structure, recipe, machine);
    const outcome = judgeLora(structure, recipe.lora, loading);
    const plan = outcome.kind === 'plan' ? outcome.plan : planLora(structure, recipe.lora, loading);
    const kept = this.#memory.of({ structure, recipe, machine, lengths: setting.lengths });
    return {
      structure,
      recipe,
      fates: loading.fates,
      plan,
      refused:
        outcome.kind === 'refused' && outcome.refusal.kind !== 'nothingMatched' && outcome.refusal.kind !== 'noTargets',
      states: new PartStates(structure, loading.fates, plan, loading.dtype),
      ticks: ticksOf(structure, recipe.lora),
      memory: kept === null ? null : withVerdict(kept, setting, compare, words),
    };
  }
}

function withVerdict(
  kept: KeptMemory,
  setting: ModelSetting,
  compare: Choices['compare'],
  words: Words,
): MemoryReckoning {
  const capacity = capacityOf(setting, compare, kept.estimate, words);
  return { ...kept, capacity, verdict: verdictOf(kept.estimate, capacity, words) };
}
