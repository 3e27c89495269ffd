import { contextOf } from '../../core/run/failures/context';
import type { RunState } from '../../core/run/session';
import type { MemoryLever } from '../../protocol/model';
import { isPlainObject } from '../../protocol/shape';
import type { ResolvedRecipe } from '../../protocol/trainer';

/** Nobody waits longer for advice. */
const PATIENCE_MS = 5_000;

/** What would take less memory than this run did, by the estimate; null where it can't say anything. Never rejects. */
export async function leversOf(run: RunState, env: NodeJS.ProcessEnv): Promise<readonly MemoryLever[] | null> {
  const recipe = run.command?.recipe;
  if (!isResolved(recipe)) return null;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const [{ recipeSchema }, { machineHere }, { readModel }, { readGpus }, { estimateForEditor }] = await Promise.all([
      import('../../core/recipe/schema/recipe'),
      import('../../engine/model/machineHere'),
      import('../../engine/model/readModel'),
      import('../../engine/model/nvidiaSmi'),
      import('../../engine/model/estimateForEditor'),
    ]);
    const full = recipeSchema.parse(recipe.sections);
    const read = await readModel({ recipe, online: false }, { signal, env });
    if (read.kind === 'trouble') return null;
    const gpus = await readGpus({ signal, env });
    const machine = machineHere({ deviceMap: full.model.device_map, gpus, device: run.device });
    const { lengths } = contextOf(run);
    return estimateForEditor({ structure: read.structure, recipe: full, machine, lengths, levers: true }).levers;
  } catch {
    // Without it the recipe alone tells what may help.
    return null;
  }
}

function isResolved(recipe: unknown): recipe is ResolvedRecipe {
  return isPlainObject(recipe) && isPlainObject(recipe['sections']) && typeof recipe['recipeFile'] === 'string';
}
