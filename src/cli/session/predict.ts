import type { PredictedMemory, ResolvedRecipe } from '../../protocol/trainer';

/** A run doesn't wait for a disk that sleeps. */
const PATIENCE_MS = 3_000;

/** What the memory estimate says of a run that begins; null where it can't say anything. */
export async function predict(recipe: ResolvedRecipe, env: NodeJS.ProcessEnv): Promise<PredictedMemory | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const [{ predictMemory }, { readModel }, { readGpus }, { estimateMemory }] = await Promise.all([
      import('../../engine/model/predictMemory'),
      import('../../engine/model/readModel'),
      import('../../engine/model/nvidiaSmi'),
      import('../../core/model/estimate/estimate'),
    ]);
    return await predictMemory(recipe, {
      readModel: (asked) => readModel({ recipe: asked, online: false }, { signal, env }),
      readGpus: () => readGpus({ signal, env }),
      estimate: async (facts) => estimateMemory(facts),
      device: null,
    });
  } catch {
    // A prediction is a kindness: the run goes on without it.
    return null;
  }
}
