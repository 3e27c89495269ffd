import type { Message } from '../../common/message';
import type { Failure } from '../../protocol/trainer';

export interface Explanation {
  /** One sentence: what happened, with the facts. */
  readonly title: Message;
  /** What to do, the likeliest first. Never empty. */
  readonly remedies: readonly Message[];
}

/** Words for a failure of the trainer. */
export declare function explainFailure(failure: Failure): Explanation;
