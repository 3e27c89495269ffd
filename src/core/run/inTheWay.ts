import type { ResolvedRecipe } from '../../protocol/trainer';
import { stepsAtWork } from './atWork';
import type { RunState } from './session';
import { type RunTarget, sharedOutput, type SharedOutput } from './sharedOutput';

/** A run that goes on and shares something with one that is to begin. */
export interface InTheWay<R> {
  readonly run: R;
  readonly shared: readonly SharedOutput[];
  /** Both may run: what they write lies apart. */
  readonly onlyRecipe: boolean;
}

/**
 * The first of these runs that shares something with `target`. Idle trainers write nothing. `recipeMatters`: a run of the same
 * recipe counts even where both write apart.
 */
export function firstInTheWay<R extends { readonly config: ResolvedRecipe | null; readonly state: RunState }>(
  target: RunTarget,
  runs: readonly R[],
  { recipeMatters }: { readonly recipeMatters: boolean },
): InTheWay<R> | null {
  for (const run of runs) {
    const steps = stepsAtWork(run.state);
    if (steps.length === 0 || run.config === null) continue;
    const shared = sharedOutput(target, { recipe: run.config, steps });
    const onlyRecipe = shared.every(({ what }) => what === 'recipe');
    if (shared.length > 0 && (recipeMatters || !onlyRecipe)) return { run, shared, onlyRecipe };
  }
  return null;
}
