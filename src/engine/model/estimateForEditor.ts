import { estimateMemory } from '../../core/model/estimate/estimate';
import { memoryLevers } from '../../core/model/estimate/levers';
import { recipeSchema } from '../../core/recipe/schema/recipe';
import type { ModelCalls } from '../../protocol/model';

/** The estimate in the worker: the extension host must not wait for it at each keystroke. */
export function estimateForEditor(
  params: ModelCalls['estimateMemory']['params'],
): ModelCalls['estimateMemory']['result'] {
  const { structure, machine, lengths } = params;
  const facts = { structure, recipe: recipeSchema.parse(params.recipe), machine, lengths };
  const estimate = estimateMemory(facts);
  return { estimate, levers: params.levers ? memoryLevers(facts, estimate) : [] };
}
