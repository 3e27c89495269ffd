import { assertNever } from '../../common/assertNever';
import { type Message, message } from '../../common/message';
import type { RunState } from './session';
import { statusOf, type RunSummary } from './summary';

/** What a list says of a run beside its name: where it stands, its loss. Side bars are narrow. The time left is another's to say. */
export function runWords(state: RunState, summary: RunSummary): readonly Message[] {
  const { loss } = summary;
  return [stands(state, summary), ...(loss === null ? [] : [message('loss {0}', lossText(loss))])];
}

function stands(state: RunState, { status, step, trainStep, totalSteps }: RunSummary): Message {
  const trained = trainStep === null ? null : totalSteps === null ? String(trainStep) : `${trainStep}/${totalSteps}`;
  switch (status) {
    case 'running':
      if (step === 'train' && totalSteps !== null) return message('{0}/{1}', trainStep ?? 0, totalSteps);
      return step === null ? message('begins') : message('at {0}', step);
    case 'idle':
      return state.hello === null ? message('begins') : message('waits, model loaded');
    case 'done':
      if (trainStep !== null) return message('{0}/{1}', trainStep, totalSteps ?? '?');
      return step === null ? message('ran nothing') : message('up to {0}', step);
    case 'failed':
      return failed(state, trained);
    case 'stopped':
      return trained === null ? message('stopped') : message('stopped at {0}', trained);
    case 'lost':
      if (state.hello === null) return message('never began');
      return trained === null ? message('lost') : message('lost at {0}', trained);
    default:
      return assertNever(status);
  }
}

function failed({ steps }: RunState, trained: string | null): Message {
  const step = failedStep(steps);
  if (step === null) return message('failed');
  return step === 'train' && trained !== null ? message('failed at {0}', trained) : message('failed in {0}', step);
}

function failedStep(steps: RunState['steps']): string | null {
  return Object.entries(steps).find(([, { status }]) => status === 'failed')?.[0] ?? null;
}

/** Small losses in digits that count. */
export function lossText(loss: number): string {
  if (!Number.isFinite(loss)) return Number.isNaN(loss) ? 'NaN' : loss > 0 ? '∞' : '-∞';
  return loss !== 0 && Math.abs(loss) < 0.001 ? loss.toExponential(2) : loss.toFixed(3);
}

export type RunOutcomeStatus = 'done' | 'failed' | 'stopped' | 'lost';

/** How the run of steps ended whose trainer may wait for the next one; null while it is at work. */
export function outcomeOf(state: RunState, alive: boolean): RunOutcomeStatus | null {
  const status = statusOf(state, alive);
  if (status === 'running') return null;
  if (status !== 'idle') return status;
  const steps = Object.values(state.steps).map((step) => step.status);
  if (steps.length === 0) return null;
  return steps.includes('failed') ? 'failed' : steps.includes('stopped') ? 'stopped' : 'done';
}
