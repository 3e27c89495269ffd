import type { TokenFinding } from '../../protocol/tokenView';
import { setValueText, valueText } from './edit';
import type { Recipe } from './parse';
import type { Fix, RecipeProblem } from './problem';
import { byPlace, problemOf } from './report';

/** The checks of the recipe's own values say it already, without a look at any token. */
const SAID_ELSEWHERE: ReadonlySet<TokenFinding['kind']> = new Set(['unsafePacking']);

/** What the tokens of the first rows show, as problems of the recipe's lines. Sorted by place. */
export function tokenProblems(recipe: Recipe, findings: readonly TokenFinding[]): readonly RecipeProblem[] {
  const problems = findings
    .filter(({ kind }) => !SAID_ELSEWHERE.has(kind))
    .map(({ severity, recipePath, message, remedy, fixes, line }) =>
      problemOf(recipe.source, recipe.file, {
        kind: 'tokens',
        severity,
        path: recipePath,
        message,
        remedy,
        fixes: fixes.flatMap((fix) => fixOf(recipe, fix)),
        datasetLine: line,
      }),
    );
  return byPlace(problems);
}

/** None where a value can't be set in this text: half a fix is none. */
function fixOf({ source }: Recipe, { title, set }: TokenFinding['fixes'][number]): readonly Fix[] {
  const edits = set.map(({ path, value }) => setValueText(source, path, valueText(value)));
  const possible = edits.filter((edit) => edit !== null);
  return possible.length === edits.length ? [{ title, edits: possible }] : [];
}
