import type { LinearFate, ModelStructure } from '../../../protocol/model';
import type { Recipe } from '../../recipe/parse';
import type { Finding } from '../../recipe/report';
import type { FullRecipe } from '../../recipe/schema/recipe';
import { linearFates } from '../quantize';
import { judgeLora } from './plan';
import { keyProblems } from './problemKeys';
import { nameProblems } from './problemNames';
import { refusedProblem, unjudgedProblem } from './problemRefused';
import type { LoraScope } from './problemScope';
import { targetProblems } from './problemTargets';
import { Refused, Unjudged } from './refusal';

interface CheckedRecipe {
  readonly recipe: Recipe;
  readonly full: FullRecipe;
}

/** What the lora section means for this model, where that is hardly what a person wants, or nothing that PEFT would take. */
export function* loraProblems({ recipe, full }: CheckedRecipe, structure: ModelStructure): Generator<Finding> {
  const fates = linearFates(structure, full.model.quantization_config);
  const scope: LoraScope = { recipe, lora: full.lora, structure, fates };
  const outcome = judged(scope);
  yield* nameProblems(scope);
  if (outcome.kind === 'unjudged') yield unjudgedProblem(outcome.unjudged);
  if (outcome.kind === 'refused') {
    const problem = refusedProblem(scope, outcome.refusal);
    if (problem !== null) yield problem;
  }
  const plan = outcome.kind === 'plan' ? outcome.plan : null;
  if (plan !== null) yield* targetProblems(scope, plan);
  try {
    yield* keyProblems(scope, plan);
  } catch (error) {
    // told already: judging meets the same pattern
    if (!(error instanceof Refused) && !(error instanceof Unjudged)) throw error;
  }
}

function judged({ structure, lora, fates }: LoraScope): ReturnType<typeof judgeLora> {
  return judgeLora(structure, lora, { dtype: structure.dtype, fates: fates satisfies ReadonlyMap<string, LinearFate> });
}
