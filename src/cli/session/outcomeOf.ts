import type { RunState } from '../../core/run/session';
import { statusOf } from '../../core/run/summary';
import type { RunOutcome } from '../../engine/engine';
import { type Failure, STEPS } from '../../protocol/trainer';

/** How a run whose process has gone has ended, by its log. */
export function outcomeOf(state: RunState): RunOutcome {
  const status = statusOf(state, false);
  if (status === 'done' || status === 'stopped') return { kind: status };
  const step = STEPS.find((name) => state.steps[name]?.status === 'failed') ?? null;
  const told = step === null ? null : state.steps[step]?.failure;
  return { kind: 'failed', step: step ?? state.current, failure: told ?? LOST };
}

const LOST: Failure = {
  kind: 'trainerCrashed',
  message: 'Its log has no end, as after a power failure.',
  recipePath: [],
  facts: {},
  traceback: null,
};
