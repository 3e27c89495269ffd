import type { CurveRunFacts, RunComparison } from '../../protocol/curvesPanel';
import { compareAnswers } from './compare/answers';
import { compareData } from './compare/data';
import { lossCaution } from './compare/lossCaution';
import { compareRecipes } from './compare/recipes';
import { compareResults } from './compare/results';
import { speechIn } from './compare/speech';
import { compareVersions } from './compare/versions';
import type { RunState } from './session';
import type { Words } from './stepOutput';

/** A run with all that its directory tells. What is missing there is null: an old or damaged run is compared by what it has. */
export interface ComparableRun {
  readonly facts: Pick<CurveRunFacts, 'directory' | 'name' | 'status'>;
  readonly state: RunState;
  readonly recipeText: string | null;
  /** config.json: a ResolvedRecipe, if it is whole. */
  readonly config: unknown;
  readonly environment: unknown;
}

/** What these runs have in common and what not. Differences in amount are told against the first of them. */
export function compareRuns(runs: readonly ComparableRun[], words: Words): RunComparison {
  const speech = speechIn(words);
  const recipe = compareRecipes(runs, speech);
  const data = compareData(runs, speech);
  return {
    results: compareResults(runs, lossCaution(recipe, data, speech), speech),
    recipe,
    data,
    versions: compareVersions(runs, speech),
    answers: compareAnswers(runs, words),
  };
}
