import * as path from 'node:path';
import type { Job } from '../job';
import type { Kernel } from './kernel';

/** What a busy kernel is doing, in the few facts that fit a status bar; null while it does nothing. */
export function jobOf({ busy, recipe, runDirectory, state }: Kernel): Job | null {
  const { current } = state;
  if (!busy || current === null) return null;
  const train = state.steps.train;
  const last = current === 'train' ? train?.metrics.at(-1) : undefined;
  return {
    recipe,
    runDirectory,
    inNotebook: true,
    name: path.basename(recipe.fsPath).replace(/\.tune\.yaml$/, ''),
    step: current,
    trainStep: last?.trainStep ?? null,
    totalSteps: current === 'train' ? (train?.trainStarted?.totalSteps ?? null) : null,
    loss: train?.metrics.findLast(({ loss }) => loss !== null)?.loss ?? null,
    etaSeconds: last?.etaSeconds ?? null,
  };
}
