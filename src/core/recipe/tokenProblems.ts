import type { TokenFinding } from '../../protocol/tokenView';
import { setValueText, valueText } from './edit';
import type { Recipe } from './parse';
import type { Fix, RecipeProblem } from './problem';
import { byPlace, problemOf } from './report';

/** The checks of the recipe's own values say it already, without a look at any token. */
const SAID_ELSEWHERE: ReadonlySet<TokenFinding['kind']> = new Set(['unsafePacking']);

/** That tokens can't be shown from here is no fault of the recipe: the token view says so, the trainer will see. */
const NO_FAULT: ReadonlySet<TokenFinding['kind']> = new Set([
  'datasetUnreadable',
  'tokenizerUnreadable',
  'templateUnsupported',
]);

/** What the tokens of the first rows show, as problems of the recipe's lines. Sorted by place. */
export function tokenProblems(recipe: Recipe, findings: readonly TokenFinding[]): readonly RecipeProblem[] {
  const problems = findings
    .filter(({ kind, severity }) => !SAID_ELSEWHERE.has(kind) && !(severity === 'warning' && NO_FAULT.has(kind)))
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

/** All problems, by place: a guess about a value gives way to what its tokens show. */
export function withTokenProblems(
  own: readonly RecipeProblem[],
  shown: readonly RecipeProblem[],
): readonly RecipeProblem[] {
  const keys = new Set(shown.map(({ recipePath }) => recipePath.join('.')));
  const kept = own.filter(({ kind, recipePath }) => kind !== 'risk' || !keys.has(recipePath.join('.')));
  return byPlace([...kept, ...shown]);
}

/** None where a value can't be set in this text: half a fix is none. */
function fixOf({ source }: Recipe, { title, set }: TokenFinding['fixes'][number]): readonly Fix[] {
  const edits = set.map(({ path, value }) => setValueText(source, path, valueText(value)));
  const possible = edits.filter((edit) => edit !== null);
  return possible.length === edits.length ? [{ title, edits: possible }] : [];
}
