import { estimateMemory } from '../../core/model/estimate/estimate';
import { memoryLevers } from '../../core/model/estimate/levers';
import { fitOf } from '../../core/model/fit';
import { memoryProblems } from '../../core/recipe/memoryProblems';
import type { Recipe } from '../../core/recipe/parse';
import type { RecipeProblem } from '../../core/recipe/problem';
import { fullRecipe } from '../../core/recipe/resolve';
import { machineHere } from '../../engine/model/machineHere';
import { readGpus } from '../../engine/model/nvidiaSmi';
import type { ModelRead } from '../../protocol/model';

/** Whether a training fits into the GPU of this machine that it would take; nothing without one. */
export async function memoryProblemsHere(recipe: Recipe, read: ModelRead): Promise<readonly RecipeProblem[]> {
  if (read.kind === 'trouble') return [];
  const values = fullRecipe(recipe);
  const gpus = await readGpus({ signal: new AbortController().signal, env: process.env });
  const machine = machineHere({ deviceMap: values.model.device_map, gpus, device: null });
  if (machine.gpu === null) return [];
  const facts = { structure: read.structure, recipe: values, machine, lengths: null };
  const estimate = estimateMemory(facts);
  if (fitOf(estimate, machine) !== 'no') return [];
  return memoryProblems(recipe, { estimate, machine, levers: memoryLevers(facts, estimate) });
}
