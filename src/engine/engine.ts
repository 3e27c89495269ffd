import type { Disposable } from '../common/disposable';
import type { Failure, PredictedMemory, ResolvedRecipe, StepName, TrainerEvent } from '../protocol/trainer';

/** A way to train. Today: Python (TRL + PEFT + bitsandbytes) in a subprocess. */
export interface Engine {
  readonly id: string;
  /** Starts a trainer with a run directory of its own. Rejects with an EngineError if it can't be started. */
  start(options: StartOptions): Promise<TrainerSession>;
}

export interface StartOptions {
  readonly recipe: ResolvedRecipe;
  /** The recipe file's bytes as they are now: kept in the run directory. */
  readonly recipeText: string;
  /** Folder that holds run directories, usually <workspace>/.tunebook/runs. */
  readonly runsDirectory: string;
}

/**
 * Watches and commands a trainer that another process started and that still lives: by its run directory alone, so that no
 * interpreter is needed. Rejects with an EngineError 'noTrainer' where none lives.
 */
export type Attach = (runDirectory: string) => Promise<TrainerSession>;

/**
 * One trainer process and the run directory that it writes, seen by one host: the one that started it or one that attached.
 * The process group outlives neither `kill` nor `shutdown`.
 */
export interface TrainerSession extends Disposable {
  readonly runId: string;
  readonly runDirectory: string;
  readonly pid: number;
  /** What the trainer had told before this host came: none for the host that started it. onEvent goes on behind it, without a gap. */
  readonly history: readonly TrainerEvent[];
  /** The end of a run that was at work when this host attached; null where none was. */
  readonly following: Promise<RunOutcome> | null;
  onEvent(listener: (event: TrainerEvent) => void): Disposable;
  /** Raw lines that are no events: what libraries print (stderr too). */
  onLog(listener: (line: string) => void): Disposable;
  /** Resolves when all steps are done, one failed, or the session ended; never rejects. */
  run(steps: readonly StepName[], asked: AskedRun): Promise<RunOutcome>;
  /** Training saves a checkpoint, then the step ends. SIGTERM after `graceMs` without an answer, then the group is killed. */
  stop(graceMs?: number): Promise<void>;
  /** Ends the group at once, without a checkpoint: for a trainer that doesn't answer. */
  kill(): Promise<void>;
  /** Ends the process in order; kills the group if it doesn't end. */
  shutdown(): Promise<void>;
  readonly exited: Promise<ExitInfo>;
}

/** With what steps run. */
export interface AskedRun {
  readonly recipe: ResolvedRecipe;
  /** The recipe file's text as it is now: the log keeps it with the run. */
  readonly recipeText: string;
  readonly predicted?: PredictedMemory | null;
}

export type RunOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly step: StepName | null; readonly failure: Failure }
  | { readonly kind: 'stopped' };

export interface ExitInfo {
  readonly code: number | null;
  readonly signal: string | null;
}
