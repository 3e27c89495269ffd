/**
 * What the curves panel and the extension ask each other. The panel shows one run or several overlaid, and, for two or more,
 * what differs between them. Text that is no Message is in the editor's language already.
 */
import type { Answer, GenerateOutput } from './outputs';

/** What is drawn, each over trainStep. As the columns of a table: 100,000 points of seven arrays of objects would be 100 MB. */
export const CURVES = ['loss', 'evalLoss', 'learningRate', 'gradNorm', 'tokensPerSecond', 'memoryBytes'] as const;
export type CurveName = (typeof CURVES)[number];

/**
 * Points in the order of their trainStep, all arrays of one length. NaN where a value wasn't measured at that point; Infinity where
 * it was, and was no finite number (NaN too: two kinds of NaN can't be told apart). The marker `nonFinite` has the words.
 *
 * Each array has a buffer of its own that is no longer than it: VS Code sends whole buffers, whatever part of it is looked at
 * (extHostWebviewMessaging.ts, serializeWebviewMessage).
 */
export interface CurveColumns extends Readonly<Record<CurveName, Float64Array>> {
  readonly trainStep: Float64Array;
  /** Seconds since the epoch. */
  readonly time: Float64Array;
}

export interface CurveMarker {
  readonly kind: 'checkpoint' | 'batchSizeReduced' | 'nonFinite' | 'resumed';
  readonly trainStep: number;
  /** Of the marker, ready to be shown: "checkpoint-200", "8 → 4", "loss is NaN". */
  readonly text: string;
}

export type CurveRunStatus = 'running' | 'idle' | 'done' | 'failed' | 'stopped' | 'lost';

/** What changes beside the points. */
export interface CurveRunFacts {
  /** The run directory's path: the run's identity. */
  readonly directory: string;
  /** As the person named it, or the recipe's name and the time. */
  readonly name: string;
  readonly status: CurveRunStatus;
  readonly trainStep: number | null;
  readonly totalSteps: number | null;
  readonly etaSeconds: number | null;
  /** Seconds since the epoch: elapsed time is counted from here. Null before the training began. */
  readonly trainStartedAt: number | null;
  readonly markers: readonly CurveMarker[];
  /** Why there is nothing to see, or what went wrong, in a sentence; null where all is well. */
  readonly note: string | null;
}

export interface CurveRun {
  readonly facts: CurveRunFacts;
  readonly columns: CurveColumns;
}

/** Complete: the panel forgets what it had. */
export interface CurvesPicture {
  readonly runs: readonly CurveRun[];
  /** Null with one run. */
  readonly comparison: RunComparison | null;
}

/** More of one run. */
export interface CurvesUpdate {
  readonly facts: CurveRunFacts;
  /**
   * How many of the points that the panel has stay; `columns` come behind them. Less than it has where a training began again
   * (auto_find_batch_size), or where the last point got a value more (an evaluation at the same step).
   */
  readonly keep: number;
  readonly columns: CurveColumns;
}

/** What two or more runs have in common and what not. Every list has one entry a run, in the order of the runs. */
export interface RunComparison {
  /** State, final and best loss, steps, duration, peak memory, tokens a second, size of the adapter. */
  readonly results: readonly ComparedRow[];
  /** Keys of the recipe in its schema's order; defaults are filled in, so that only meaning counts. */
  readonly recipe: readonly ComparedRow[];
  /** Files, rows, lengths, hash. */
  readonly data: readonly ComparedRow[];
  /** Trainer, Python, packages, the device. */
  readonly versions: readonly ComparedRow[];
  /** Answers to the same prompt in the same mode. */
  readonly answers: readonly ComparedAnswers[];
}

export interface ComparedRow {
  /** A recipe key as ["train","training","learning_rate"], or one word. */
  readonly path: readonly string[];
  /** What people read: the path joined, or a translated word. */
  readonly label: string;
  /** What that is, in a sentence; null where the label says it all. */
  readonly about: string | null;
  /** Shown text; null: this run doesn't have it. */
  readonly values: readonly (string | null)[];
  /** The same for programs: numbers, lists, whole hashes. */
  readonly exact: readonly unknown[];
  /** Beside each value, quieter: that it is the default, how far it is from the first run's; null: nothing to add. */
  readonly notes: readonly (string | null)[];
  /** Indexes of the runs that did best; empty where none did better, and where better means nothing. */
  readonly best: readonly number[];
  /** Why values that look comparable aren't, in a sentence; null mostly. */
  readonly caution: string | null;
  readonly same: boolean;
}

export interface ComparedAnswer {
  readonly text: string;
  readonly stopReason: Answer['stopReason'];
  readonly tokens: number;
  readonly durationMs: number;
}

export interface ComparedAnswers {
  readonly prompt: string;
  readonly mode: GenerateOutput['rows'][number]['mode'];
  /** The answer that was hoped for, and the base model's: where all runs that have one agree, here; else with each run. */
  readonly reference: string | null;
  readonly base: ComparedAnswer | null;
  readonly runs: readonly {
    readonly reference: string | null;
    readonly base: ComparedAnswer | null;
    /** Null: this run hasn't been asked (so). */
    readonly tuned: ComparedAnswer | null;
  }[];
}

/** What the panel asks the extension. */
export interface CurvesAsks {
  readonly ready: { readonly params: null; readonly result: CurvesPicture };
  /** Another choice of runs to show; answered when they were read, with the new picture. */
  readonly showRuns: { readonly params: readonly string[]; readonly result: CurvesPicture };
  /** Lets the person choose runs to overlay; the picture follows by `picture`. */
  readonly chooseRuns: { readonly params: null; readonly result: null };
  readonly openRun: { readonly params: string; readonly result: null };
  readonly revealRun: { readonly params: string; readonly result: null };
  /** Asks for a place and writes there; false where the person declined. base64: of the file's bytes. */
  readonly saveFile: {
    readonly params: { readonly name: string; readonly base64: string };
    readonly result: boolean;
  };
  readonly stop: { readonly params: string; readonly result: null };
}

/** What the extension tells the panel: complete when the runs change, then at most ten updates a second for each run. */
export interface CurvesTells {
  readonly picture: { readonly params: CurvesPicture; readonly result: null };
  readonly update: { readonly params: CurvesUpdate; readonly result: null };
  /** Runs have come further, so that there is more to compare. */
  readonly comparison: { readonly params: RunComparison | null; readonly result: null };
}
