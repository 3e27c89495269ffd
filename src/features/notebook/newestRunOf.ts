import { stepsAtWork } from '../../core/run/atWork';
import { sameFile } from '../../core/run/sharedOutput';
import type { LiveRun } from '../../engine/liveRuns';

/** Of a recipe's runs (oldest first) the last, or the last whose trainer does nothing. */
export function newestRunOf(recipeFile: string, runs: readonly LiveRun[], which: 'any' | 'idle'): LiveRun | null {
  const fits = (run: LiveRun): boolean =>
    run.recipeFile !== null &&
    sameFile(run.recipeFile, recipeFile) &&
    (which === 'any' || stepsAtWork(run.state).length === 0);
  return runs.findLast(fits) ?? null;
}
