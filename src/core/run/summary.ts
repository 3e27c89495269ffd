import type { StepName } from '../../protocol/trainer';
import { STEPS } from '../../protocol/trainer';
import type { RunState } from './session';

/** lost: no end was written and no process is there, as after a power cut. idle: the trainer waits with the model loaded. */
export type RunStatus = 'running' | 'idle' | 'done' | 'failed' | 'stopped' | 'lost';

/** A run in the few facts that a list shows. */
export interface RunSummary {
  readonly status: RunStatus;
  /** The step at work, or the last one that was. */
  readonly step: StepName | null;
  readonly trainStep: number | null;
  readonly totalSteps: number | null;
  /** The last one logged. */
  readonly loss: number | null;
  readonly evalLoss: number | null;
  /** Seconds, by the trainer; null unless it trains. */
  readonly etaSeconds: number | null;
  /** Folders of checkpoints, oldest first. */
  readonly checkpoints: readonly string[];
  /** Folder of the saved adapter. */
  readonly adapter: string | null;
}

export function summarise(state: RunState, alive: boolean): RunSummary {
  const { train, save } = state.steps;
  const last = train?.metrics.at(-1);
  return {
    status: statusOf(state, alive),
    step: state.current ?? STEPS.findLast((step) => state.steps[step] !== undefined) ?? null,
    trainStep: train?.trainFinished?.trainSteps ?? last?.trainStep ?? null,
    totalSteps: train?.trainStarted?.totalSteps ?? null,
    loss: train?.metrics.findLast(({ loss }) => loss !== null)?.loss ?? null,
    evalLoss: train?.metrics.findLast(({ evalLoss }) => evalLoss !== null)?.evalLoss ?? null,
    etaSeconds: alive && state.current === 'train' ? (last?.etaSeconds ?? null) : null,
    checkpoints: train?.checkpoints.map(({ path }) => path) ?? [],
    adapter: save?.saved?.directory ?? null,
  };
}

/** What has become of a run, from its log and whether its process is there. */
export function statusOf(state: RunState, alive: boolean): RunStatus {
  const steps = new Set(STEPS.map((step) => state.steps[step]?.status));
  const atWork = state.running || state.current !== null;
  if (alive) return atWork ? 'running' : 'idle';
  if (steps.has('failed')) return 'failed';
  if (steps.has('stopped')) return 'stopped';
  // No end was written: killed, or the machine went down. A trainer that waited for the next run took nothing with it.
  if (atWork || (state.bye === null && state.command === null)) return 'lost';
  return 'done';
}
