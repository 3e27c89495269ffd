import type { CurveRunFacts, RunComparison } from '../../../src/protocol/curvesPanel';
import type { Tip } from '../../shared/tip';
import type { Words } from '../../shared/words';
import type { ComparisonChoices } from './choices';

/** What a part of the comparison may use. */
export interface ComparisonContext {
  readonly comparison: RunComparison;
  /** In the order of the comparison's lists. */
  readonly runs: readonly CurveRunFacts[];
  readonly words: Words;
  readonly tip: Tip;
  readonly choices: ComparisonChoices;
  choose(change: Partial<ComparisonChoices>): void;
}
