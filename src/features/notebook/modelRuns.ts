import * as vscode from 'vscode';
import type { RunState } from '../../core/run/session';
import { staleSteps } from '../../core/run/stale';
import type { ActualMemory } from '../../protocol/modelPanel';
import type { EventOf } from '../../protocol/trainer';
import type { ModelRuns } from '../modelRun';
import { isRecipeNotebook, sectionTexts } from '../recipeCells';
import type { Kernel } from './kernel';
import type { Kernels } from './kernels';

export function modelRuns(kernels: Kernels): ModelRuns {
  return {
    runOf: (recipe) => {
      const kernel = kernels.get(recipe);
      if (kernel === null) return null;
      const { state, hasTrainer } = kernel;
      return {
        structure: structureOf(kernel),
        device: hasTrainer ? state.device : null,
        lengths: state.steps.tokenizer?.tokenizer?.lengths ?? null,
        actual: actualOf(state),
      };
    },
    onDidChangeRun: (listener) => kernels.onDidChange(({ recipe }) => listener(recipe)),
  };
}

/** What a step told counts as long as the recipe says what it said when the step ran. */
function structureOf({ recipe, ran, state }: Kernel): EventOf<'structure'> | null {
  const notebook = vscode.workspace.notebookDocuments.find(({ uri }) => uri.toString() === recipe.toString());
  if (notebook === undefined || !isRecipeNotebook(notebook)) return null;
  const stale = staleSteps(ran, sectionTexts(notebook));
  const fresh = (['lora', 'model'] as const).find((step) => ran[step] !== undefined && !stale.has(step));
  return fresh === undefined ? null : (state.steps[fresh]?.structure ?? null);
}

function actualOf({ steps, device }: RunState): ActualMemory | null {
  const footprint = (when: 'loaded' | 'prepared'): number | null =>
    [...(steps.model?.footprints ?? []), ...(steps.lora?.footprints ?? [])].find((told) => told.when === when)?.bytes ??
    null;
  const loadedBytes = footprint('loaded');
  if (loadedBytes === null) return null;
  // Without a GPU the trainer tells the size of its process, which holds PyTorch too: nothing to compare an estimate with.
  const peakBytes = device?.device === 'cuda' ? (steps.train?.trainFinished?.peakMemoryBytes ?? null) : null;
  return { loadedBytes, preparedBytes: footprint('prepared'), peakBytes };
}
