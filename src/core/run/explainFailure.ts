import type { Failure } from '../../protocol/trainer';
import { CATALOGUE } from './failures/catalogue';
import { type Explanation, type FailureContext, NOTHING_KNOWN } from './failures/entry';

export type { Explanation, FailureContext } from './failures/entry';

/** Words for a failure of the trainer. `failure.message`, in English, is shown where the facts don't tell enough. */
export function explainFailure(failure: Failure, context: Partial<FailureContext> = {}): Explanation {
  return CATALOGUE[failure.kind](failure, { ...NOTHING_KNOWN, ...context });
}
