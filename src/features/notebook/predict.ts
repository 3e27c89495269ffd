import type * as vscode from 'vscode';
import type { WorkerClient } from '../../engine/worker/client';
import { RunLevers } from './levers';
import type { EventOf, PredictedMemory, ResolvedRecipe } from '../../protocol/trainer';

/** Headers on this machine are read in well under a second; a run doesn't wait for a disk that sleeps. */
const PATIENCE_MS = 3_000;

/** What the memory estimate says of a run that begins; null where it can't say anything. Never rejects. */
export type Predict = (recipe: ResolvedRecipe, device: EventOf<'device'> | null) => Promise<PredictedMemory | null>;

/** What the worker tells of a run's memory: before it begins, and should it run out. */
export function memoryServices(
  worker: WorkerClient,
  log: vscode.LogOutputChannel,
): { readonly predict: Predict; readonly levers: RunLevers } {
  return { predict: predictBy(worker, log), levers: new RunLevers(worker, log) };
}

function predictBy(worker: WorkerClient, log: vscode.LogOutputChannel): Predict {
  return async (recipe, device) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    try {
      const { predictMemory } = await import('../../engine/model/predictMemory');
      return await predictMemory(recipe, {
        readModel: (asked) => worker.request('readModel', { recipe: asked, online: false }, { signal }),
        // In the worker: the extension host must not wait for a large model's.
        estimate: async (facts) =>
          (await worker.request('estimateMemory', { ...facts, levers: false }, { signal })).estimate,
        readGpus: () => worker.request('readGpus', null, { signal }),
        device,
      });
    } catch (error) {
      log.warn(`memory of ${recipe.name}: ${String(error)}`);
      return null;
    }
  };
}
