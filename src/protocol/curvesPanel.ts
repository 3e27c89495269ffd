/**
 * What the curves panel and the extension ask each other. The panel shows one run or several overlaid, and, for two or more,
 * what differs between them. Text that is no Message is in the editor's language already.
 */
import type { GenerateOutput } from './outputs';

/** What is drawn, each over trainStep. As the columns of a table: 100,000 points of seven arrays of objects would be 100 MB. */
export const CURVES = ['loss', 'evalLoss', 'learningRate', 'gradNorm', 'tokensPerSecond', 'memoryBytes'] as const;
export type CurveName = (typeof CURVES)[number];

/**
 * Points in the order of their trainStep, all arrays of one length. NaN where a value wasn't measured at that point, and where it
 * was no finite number: `nonFinite` of the run says which of them.
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
  /** Keys of the recipe whose values differ, in the recipe's order; defaults are filled in, so that only meaning counts. */
  readonly recipe: readonly ComparedRow[];
  /** Python, packages, the device. */
  readonly versions: readonly ComparedRow[];
  /** Files, rows, lengths, hash. */
  readonly data: readonly ComparedRow[];
  /** Final and best loss, steps, duration, peak memory, tokens a second, size of the adapter. */
  readonly results: readonly ComparedRow[];
  /** Answers to the same prompt in the same mode. */
  readonly answers: readonly ComparedAnswers[];
}

export interface ComparedRow {
  /** A recipe key as ["train","training","learning_rate"], or one word. */
  readonly path: readonly string[];
  /** What people read: the path joined, or a translated word. */
  readonly label: string;
  /** Shown text; null: this run doesn't have it. */
  readonly values: readonly (string | null)[];
  readonly same: boolean;
}

type Row = GenerateOutput['rows'][number];

export interface ComparedAnswers {
  readonly prompt: string;
  readonly mode: Row['mode'];
  readonly reference: string | null;
  /** The base model's answers agree between runs with the same base: then there is one column for it. */
  readonly runs: readonly { readonly base: Row['base']; readonly tuned: Row['tuned'] }[];
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
}
