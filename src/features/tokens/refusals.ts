import { type Message, message } from '../../common/message';
import { explainFailure } from '../../core/run/explainFailure';
import { EngineError } from '../../engine/engineError';
import { words } from '../../platform/words';
import { RequestError } from '../../protocol/channel';
import type { TokensState } from '../../protocol/tokenPanel';
import type { Failure } from '../../protocol/trainer';

export type Refusal = Extract<TokensState, { kind: 'failed' }>;

/** Why there is no picture, as the one sentence that is known at once. */
export function refusal(reason: Message): Refusal {
  return { kind: 'failed', reason: words(reason), findings: [] };
}

export function refusalOf(error: unknown): Refusal {
  if (error instanceof RequestError || error instanceof EngineError) return refusal(error.words);
  return { kind: 'failed', reason: textOf(error), findings: [] };
}

export function unreadable(error: unknown): Refusal {
  return refusal(message('The recipe can’t be read: {0}', textOf(error)));
}

/** What the trainer says of the recipe, with what to do about it. */
export function refusedByTrainer(failure: Failure): RequestError {
  const { title, remedies } = explainFailure(failure);
  return new RequestError({ text: '{0}', args: [[title, ...remedies].map(words).join('\n')] });
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
