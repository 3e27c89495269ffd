import type { ModelTrouble } from '../../protocol/model';
import type { Recipe } from './parse';
import type { RecipeProblem } from './problem';
import { problemOf } from './report';

const MODEL = ['model', 'model_name_or_path'];

/** That the model can't be read, as a problem of the line that names it; none where that line is told of already. */
export function modelProblems(
  recipe: Recipe,
  { severity, message, remedy }: ModelTrouble,
  told: readonly RecipeProblem[],
): readonly RecipeProblem[] {
  if (told.some(({ recipePath }) => recipePath.join('.') === MODEL.join('.'))) return [];
  return [problemOf(recipe.source, recipe.file, { kind: 'model', severity, path: MODEL, message, remedy })];
}
