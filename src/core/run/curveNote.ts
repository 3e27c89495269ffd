import { type Message, message } from '../../common/message';
import type { CurveRunStatus } from '../../protocol/curvesPanel';
import { STEPS } from '../../protocol/trainer';
import { explainFailure } from './explainFailure';
import type { RunState } from './session';

export interface CurveNoteFacts {
  readonly state: RunState;
  readonly status: CurveRunStatus;
  readonly hasPoints: boolean;
  /** What a trainer is at comes in English, as a key of the translations. */
  readonly translate: (text: string) => string;
}

/** Why there is nothing to see of a run, or what went wrong in it; null where all is well. */
export function curveNote({ state, status, hasPoints, translate }: CurveNoteFacts): Message | null {
  const failure = STEPS.map((step) => state.steps[step]?.failure ?? null).findLast((found) => found !== null);
  switch (status) {
    case 'failed':
      return failure === undefined || failure === null ? message('The run has failed.') : explainFailure(failure).title;
    case 'lost':
      if (state.hello === null) return message('The trainer has told nothing: it never began, or its log is gone.');
      return message('The run ended without a word: its process was killed, or the machine went down.');
    case 'running':
      return hasPoints ? null : atWork(state, translate);
    case 'stopped':
      return hasPoints ? null : message('The run was stopped before its first logged step.');
    case 'idle':
      return hasPoints
        ? null
        : state.hello === null
          ? message('The trainer starts.')
          : message('The trainer waits: nothing was trained in this run yet.');
    case 'done':
      return hasPoints ? null : message('Nothing was trained in this run.');
  }
}

function atWork({ current, steps }: RunState, translate: CurveNoteFacts['translate']): Message {
  if (current === null) return message('The trainer starts.');
  const progress = steps[current]?.progress ?? null;
  if (progress === null)
    return current === 'train'
      ? message('The training has begun; its first step isn’t logged yet.')
      : message('At work: {0}.', current);
  const { current: done, total } = progress;
  const what = translate(progress.what);
  if (done === null || total === null || total === 0) return message('At work: {0}. {1}', current, what);
  return message('At work: {0}. {1}, {2}%', current, what, Math.floor((100 * done) / total));
}
