import { assertNever } from '../../common/assertNever';
import type { StepProgress, StepStatus } from '../../protocol/outputs';
import { type EventOf, type Failure, type StepName, STEPS, type TrainerEvent } from '../../protocol/trainer';

/** All that one trainer process has told, folded. The same events give the same state. */
export interface RunState {
  readonly hello: EventOf<'hello'> | null;
  readonly device: EventOf<'device'> | null;
  /** What the memory estimate said before the last `run`. */
  readonly predicted: EventOf<'predicted'> | null;
  /** The run of steps at work, or the last one. */
  readonly command: EventOf<'runStarted'> | null;
  /** A run of steps is at work: between its runStarted and its runFinished. */
  readonly running: boolean;
  readonly steps: Readonly<Partial<Record<StepName, StepState>>>;
  /** The step at work, or null. */
  readonly current: StepName | null;
  readonly bye: EventOf<'bye'> | null;
}

export interface StepState {
  readonly status: StepStatus;
  /** The recipe that it ran with; null where its host told none. */
  readonly recipeText: string | null;
  /** Seconds since the epoch. */
  readonly startedAt: number | null;
  readonly durationMs: number | null;
  readonly progress: StepProgress | null;
  readonly warnings: readonly EventOf<'warning'>[];
  readonly failure: Failure | null;
  readonly footprints: readonly EventOf<'footprint'>[];
  readonly structure: EventOf<'structure'> | null;
  readonly trainable: EventOf<'trainable'> | null;
  readonly dataset: EventOf<'dataset'> | null;
  readonly dataFiles: EventOf<'dataFiles'> | null;
  readonly tokenizer: EventOf<'tokenizer'> | null;
  readonly batches: EventOf<'batches'> | null;
  readonly trainStarted: EventOf<'trainStarted'> | null;
  readonly metrics: readonly EventOf<'metrics'>[];
  readonly checkpoints: readonly EventOf<'checkpointSaved'>[];
  readonly batchSizeReductions: readonly EventOf<'batchSizeReduced'>[];
  readonly trainFinished: EventOf<'trainFinished'> | null;
  readonly generations: readonly EventOf<'generation'>[];
  readonly saved: EventOf<'saved'> | null;
}

export const initialRun: RunState = {
  hello: null,
  device: null,
  predicted: null,
  command: null,
  running: false,
  steps: {},
  current: null,
  bye: null,
};

/** A step that waits. */
export const queuedStep: StepState = {
  status: 'queued',
  recipeText: null,
  startedAt: null,
  durationMs: null,
  progress: null,
  warnings: [],
  failure: null,
  footprints: [],
  structure: null,
  trainable: null,
  dataset: null,
  dataFiles: null,
  tokenizer: null,
  batches: null,
  trainStarted: null,
  metrics: [],
  checkpoints: [],
  batchSizeReductions: [],
  trainFinished: null,
  generations: [],
  saved: null,
};

/** The run after one more event. A step that starts forgets what it and later steps had made, as the trainer does. */
export function reduceRun(run: RunState, event: TrainerEvent): RunState {
  switch (event.type) {
    case 'hello':
      return { ...initialRun, hello: event };
    case 'device':
      return { ...run, device: event };
    case 'predicted':
      return { ...run, predicted: event };
    case 'bye':
      return { ...stopCurrent(run, event.t), running: false, bye: event };
    case 'runStarted':
      return { ...run, command: event, running: true };
    case 'runFinished':
      return { ...run, running: false };
    case 'log':
      return run;
    case 'stepStarted':
      return {
        ...run,
        steps: {
          ...stepsBefore(run.steps, event.step),
          [event.step]: {
            ...queuedStep,
            status: 'running',
            startedAt: event.t,
            recipeText: run.command?.recipeText ?? null,
          },
        },
        current: event.step,
      };
    case 'stepFinished':
      return ended(run, event.step, { status: 'done', durationMs: event.durationMs });
    case 'stepFailed':
      return ended(run, event.step, {
        status: event.failure.kind === 'interrupted' ? 'stopped' : 'failed',
        failure: event.failure,
        durationMs: elapsedMs(run.steps[event.step], event.t),
      });
    default: {
      const step = run.steps[event.step] ?? { ...queuedStep, status: 'running', startedAt: event.t };
      return { ...run, steps: { ...run.steps, [event.step]: { ...step, ...change(step, event) } } };
    }
  }
}

/**
 * The run after all of these events: as reduceRun makes it of them one by one, which would copy the curve at each of its
 * points (of 10,000 points half a second, of 100,000 a minute: bench/run.bench.ts).
 */
export function foldRun(events: readonly TrainerEvent[], run = initialRun): RunState {
  let state = run;
  let points: EventOf<'metrics'>[] = [];
  const take = (): void => {
    const [first] = points;
    const step = first === undefined ? undefined : state.steps[first.step];
    if (first !== undefined && step !== undefined)
      state = { ...state, steps: { ...state.steps, [first.step]: { ...step, metrics: [...step.metrics, ...points] } } };
    points = [];
  };
  for (const event of events) {
    if (event.type === 'metrics' && state.steps[event.step] !== undefined && isOf(event.step, points)) {
      points.push(event);
      continue;
    }
    // What only adds to the step beside its curve, such as a checkpoint, can be taken before the points that came before it.
    if (event.type === 'metrics' || BEGINS_CURVES.has(event.type)) take();
    state = reduceRun(state, event);
  }
  take();
  return state;
}

const BEGINS_CURVES: ReadonlySet<TrainerEvent['type']> = new Set([
  'hello',
  'stepStarted',
  'trainStarted',
  'batchSizeReduced',
]);

function isOf(step: StepName, points: readonly EventOf<'metrics'>[]): boolean {
  return points[0] === undefined || points[0].step === step;
}

/**
 * What to add to a run whose process ended without a word: the step at work, or the first that was to run, fails by its
 * host's word. Null where the trainer, or the engine for it, has told already.
 */
export function untoldFailure(
  run: RunState,
  { step, failure }: { readonly step: StepName | null; readonly failure: Failure },
  steps: readonly StepName[],
): EventOf<'stepFailed'> | null {
  // A failure of an earlier run of the first step says nothing of this one.
  const told = step !== null && run.steps[step]?.failure != null;
  const at = step ?? run.current ?? steps[0];
  if (told || at === undefined) return null;
  return { type: 'stepFailed', t: Date.now() / 1000, seq: Number.MAX_SAFE_INTEGER, step: at, failure };
}

type StepEvent = Exclude<
  TrainerEvent,
  {
    type:
      | 'hello'
      | 'device'
      | 'predicted'
      | 'bye'
      | 'log'
      | 'runStarted'
      | 'runFinished'
      | 'stepStarted'
      | 'stepFinished'
      | 'stepFailed';
  }
>;

function change(step: StepState, event: StepEvent): Partial<StepState> {
  switch (event.type) {
    case 'progress': {
      const { what, current, total, unit } = event;
      return { progress: { what, current, total, unit } };
    }
    case 'warning':
      return { warnings: [...step.warnings, event] };
    case 'footprint':
      return { footprints: [...step.footprints, event] };
    case 'structure':
      return { structure: event };
    case 'trainable':
      return { trainable: event };
    case 'dataset':
      return { dataset: event };
    case 'dataFiles':
      return { dataFiles: event };
    case 'tokenizer':
      return { tokenizer: event };
    case 'batches':
      return { batches: event };
    case 'trainStarted':
      // also sent when auto_find_batch_size begins again: the curve of the attempt that ran out of memory goes
      return { trainStarted: event, trainFinished: null, metrics: [] };
    case 'metrics':
      return { metrics: [...step.metrics, event] };
    case 'checkpointSaved':
      return { checkpoints: [...step.checkpoints, event] };
    case 'batchSizeReduced':
      return { batchSizeReductions: [...step.batchSizeReductions, event], metrics: [] };
    case 'trainFinished':
      return { trainFinished: event };
    case 'generation':
      return { generations: [...step.generations, event] };
    case 'saved':
      return { saved: event };
    default:
      return assertNever(event);
  }
}

function ended(run: RunState, name: StepName, how: Partial<StepState>): RunState {
  const step = run.steps[name] ?? queuedStep;
  return { ...run, steps: { ...run.steps, [name]: { ...step, progress: null, ...how } }, current: null };
}

function stopCurrent(run: RunState, t: number): RunState {
  if (run.current === null) return run;
  return ended(run, run.current, { status: 'stopped', durationMs: elapsedMs(run.steps[run.current], t) });
}

function stepsBefore(steps: RunState['steps'], name: StepName): RunState['steps'] {
  const kept = STEPS.slice(0, STEPS.indexOf(name));
  return Object.fromEntries(Object.entries(steps).filter(([step]) => kept.some((before) => before === step)));
}

/** A clock that was set back meanwhile must not make it negative. */
function elapsedMs(step: StepState | undefined, t: number): number | null {
  if (step?.startedAt === null || step?.startedAt === undefined) return null;
  return Math.max(0, Math.round((t - step.startedAt) * 1000));
}
