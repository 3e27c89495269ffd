import { message } from '../../common/message';
import type { EstimateMachine, MemoryEstimate, MemoryLever } from '../../protocol/model';
import { amountsIn } from '../model/amounts';
import { fitOf } from '../model/fit';
import type { Recipe } from './parse';
import type { Fix, RecipeProblem } from './problem';
import { problemOf } from './report';
import { setRecipeValues } from './setValues';

/** More quick fixes nobody reads. */
const MOST = 5;

export interface MemoryFacts {
  readonly estimate: MemoryEstimate;
  readonly machine: EstimateMachine;
  /** Of memoryLevers(), the best first. */
  readonly levers: readonly MemoryLever[];
}

/** That a training is more than the GPU has, on the line of the model, with what takes less as fixes. */
export function memoryProblems(recipe: Recipe, { estimate, machine, levers }: MemoryFacts): readonly RecipeProblem[] {
  const { gpu } = machine;
  if (gpu === null || fitOf(estimate, machine) !== 'no') return [];
  const { bytes } = amountsIn('en');
  const [best] = levers;
  return [
    problemOf(recipe.source, recipe.file, {
      kind: 'memory',
      severity: 'warning',
      path: ['model', 'model_name_or_path'],
      message: message(
        'A training would take about {0}, but {1} has {2}.',
        bytes(estimate.deviceBytes),
        gpu.name,
        bytes(gpu.totalBytes),
      ),
      remedy: best?.message ?? message('Take a smaller model.'),
      fixes: levers.slice(0, MOST).flatMap((lever) => fixOf(recipe, lever)),
    }),
  ];
}

/** Its own words, as they stand beside the estimate. */
function fixOf({ text }: Recipe, { message: title, changes }: MemoryLever): readonly Fix[] {
  const edit = setRecipeValues(text, changes);
  return edit === null ? [] : [{ title, edits: [edit] }];
}
