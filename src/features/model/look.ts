import { compareStructure, type StructureDifference } from '../../core/model/compareStructure';
import { expectedModules, weightDtype } from '../../core/model/expectedModules';
import { planLora } from '../../core/model/lora/plan';
import { linearFates } from '../../core/model/quantize';
import type { FullRecipe } from '../../core/recipe/schema/recipe';
import type { EstimateMachine, LoraPlan, ModelSource, ModelStructure } from '../../protocol/model';
import type { ModelRun } from '../modelRun';
import { type LayerModule, layerModules } from './layerModules';

export interface LookFacts {
  readonly structure: ModelStructure;
  readonly source: ModelSource;
  readonly recipe: FullRecipe;
  readonly machine: EstimateMachine;
  readonly run: ModelRun | null;
}

/** All that the editor tells of a recipe's model before it is loaded, and whether the trainer agrees once it is. */
export interface ModelLook extends LookFacts {
  readonly plan: LoraPlan;
  readonly layers: readonly LayerModule[];
  /** null: the trainer hasn't loaded it, or has for another text than the recipe has now. */
  readonly differences: readonly StructureDifference[] | null;
}

export function lookAt(facts: LookFacts): ModelLook {
  const { structure, recipe, machine, run } = facts;
  const fates = linearFates(structure, recipe.model.quantization_config);
  const expected = { structure, fates, recipe, device: machine.device, step: 'lora' } as const;
  const loading = { fates, dtype: weightDtype(expected) };
  const plan = planLora(structure, recipe.lora, loading);
  const loaded = run?.structure ?? null;
  return {
    ...facts,
    plan,
    layers: layerModules({ ...expected, plan }),
    differences:
      loaded === null
        ? null
        : compareStructure(expectedModules({ ...expected, plan, step: loaded.step }), loaded.modules),
  };
}
