import type { RunState } from '../../core/run/session';
import type { ActualMemory } from '../../protocol/modelPanel';
import type { ModelRuns } from '../modelRun';
import type { Kernels } from './kernels';

export function modelRuns(kernels: Kernels): ModelRuns {
  return {
    runOf: (recipe) => {
      const kernel = kernels.get(recipe);
      if (kernel === null) return null;
      const { state, structure, hasTrainer } = kernel;
      return {
        structure,
        device: hasTrainer ? state.device : null,
        lengths: state.steps.tokenizer?.tokenizer?.lengths ?? null,
        actual: actualOf(state),
      };
    },
    onDidChangeRun: (listener) => kernels.onDidChange(({ recipe }) => listener(recipe)),
  };
}

function actualOf({ steps }: RunState): ActualMemory | null {
  const footprint = (when: 'loaded' | 'prepared'): number | null =>
    [...(steps.model?.footprints ?? []), ...(steps.lora?.footprints ?? [])].find((told) => told.when === when)?.bytes ??
    null;
  const loadedBytes = footprint('loaded');
  if (loadedBytes === null) return null;
  // Without a GPU torch counts nothing: 0.
  const peakBytes = steps.train?.trainFinished?.peakMemoryBytes ?? 0;
  return { loadedBytes, preparedBytes: footprint('prepared'), peakBytes: peakBytes > 0 ? peakBytes : null };
}
