import type { StepStatus, StepProgress } from '../../protocol/outputs';
import type { EventOf, Failure, StepName, TrainerEvent } from '../../protocol/trainer';

/** All that one trainer process has told, folded. The same events give the same state. */
export interface RunState {
  readonly hello: EventOf<'hello'> | null;
  readonly device: EventOf<'device'> | null;
  readonly steps: Readonly<Partial<Record<StepName, StepState>>>;
  /** The step at work, or null. */
  readonly current: StepName | null;
  readonly bye: EventOf<'bye'> | null;
}

export interface StepState {
  readonly status: StepStatus;
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

export declare const initialRun: RunState;

/** The run after one more event. A step that starts forgets what it and later steps had made, as the trainer does. */
export declare function reduceRun(run: RunState, event: TrainerEvent): RunState;
