/**
 * What a notebook cell shows of its step: a complete picture, rebuilt from the event log (core/run/stepOutput) and drawn
 * by webview/renderer. Nothing here needs an earlier picture to be understood.
 */
import type { ChatMessage, EventOf, Failure, StepName } from './trainer';

export const STEP_OUTPUT_MIME = 'application/vnd.tunebook.step+json';

export type StepStatus = 'queued' | 'running' | 'done' | 'failed' | 'stopped';

export interface StepProgress {
  readonly what: string;
  readonly current: number | null;
  readonly total: number | null;
  readonly unit: string | null;
}

interface Common {
  readonly version: 1;
  readonly status: StepStatus;
  /** BCP 47 tag of the editor's display language, lower case: "en", "zh-cn". */
  readonly language: string;
  readonly progress: StepProgress | null;
  readonly durationMs: number | null;
  readonly warnings: readonly OutputWarning[];
  /** null unless failed. */
  readonly problem: OutputProblem | null;
}

/** What one click changes in the recipe, in words already translated. */
export interface OutputFix {
  readonly label: string;
  /** What it gains or costs. */
  readonly note: string | null;
  readonly changes: readonly RecipeChange[];
}

export interface RecipeChange {
  readonly path: readonly string[];
  readonly value: unknown;
}

export type OutputWarning = EventOf<'warning'> & { readonly fixes?: readonly OutputFix[] };

/** What went wrong, in words already translated. */
export interface OutputProblem {
  readonly failure: Failure;
  readonly title: string;
  readonly remedies: readonly string[];
  readonly fixes?: readonly OutputFix[];
  /** Failure, versions and traceback as text, for a report. */
  readonly details?: string;
}

/** Modules of one kind counted together: 32 × Linear4bit o_proj 3072→3072. */
export interface LayerGroup {
  readonly name: string; // last part of the module path
  readonly type: string;
  readonly shape: readonly number[] | null;
  readonly dtype: string | null;
  readonly count: number;
  readonly parameters: number; // of all of them
  readonly target: boolean;
}

export interface ModelOutput extends Common {
  readonly step: 'model';
  readonly device: EventOf<'device'> | null;
  readonly footprintBytes: number | null;
  readonly predictedBytes: number | null;
  readonly architecture: string | null;
  readonly quantization: string | null;
  readonly dtype: string | null;
  readonly layers: readonly LayerGroup[];
  readonly totalParameters: number | null;
}

export interface LoraOutput extends Common {
  readonly step: 'lora';
  readonly footprintBeforeBytes: number | null;
  readonly footprintAfterBytes: number | null;
  readonly predictedAfterBytes: number | null;
  readonly trainable: EventOf<'trainable'> | null;
  readonly layers: readonly LayerGroup[];
}

export interface DataOutput extends Common {
  readonly step: 'data';
  readonly dataset: EventOf<'dataset'> | null;
}

export interface TokenizerOutput extends Common {
  readonly step: 'tokenizer';
  readonly tokenizer: EventOf<'tokenizer'> | null;
}

export interface CurvePoint {
  readonly trainStep: number;
  readonly loss: number | null;
  readonly evalLoss: number | null;
  readonly learningRate: number | null;
  readonly gradNorm: number | null;
  readonly tokensPerSecond: number | null;
  readonly memoryBytes: number | null;
}

export interface TrainOutput extends Common {
  readonly step: 'train';
  readonly started: EventOf<'trainStarted'> | null;
  readonly finished: EventOf<'trainFinished'> | null;
  readonly batches: EventOf<'batches'> | null;
  readonly points: readonly CurvePoint[]; // NaN and infinities are null here; `nonFiniteAt` says where
  readonly nonFiniteAt: readonly number[];
  readonly checkpoints: readonly { readonly trainStep: number; readonly path: string }[];
  readonly batchSizeReductions: readonly { readonly from: number; readonly to: number }[];
  /** Writes the batch size that was found into the recipe. */
  readonly batchSizeFix?: OutputFix | null;
  readonly etaSeconds: number | null;
  readonly predictedPeakBytes: number | null;
}

export interface Answer {
  readonly text: string;
  readonly stopReason: EventOf<'generation'>['stopReason'];
  readonly tokens: EventOf<'generation'>['tokens'];
  readonly durationMs: number;
}

export interface GenerateOutput extends Common {
  readonly step: 'generate';
  /** One row a prompt and mode: base and tuned side by side. */
  readonly rows: readonly {
    readonly prompt: string;
    readonly mode: 'greedy' | 'sampled';
    readonly promptText: string;
    readonly reference: string | null;
    readonly base: Answer | null;
    readonly tuned: Answer | null;
  }[];
}

export interface SaveOutput extends Common {
  readonly step: 'save';
  readonly saved: EventOf<'saved'> | null;
}

export type StepOutput =
  | ModelOutput
  | LoraOutput
  | DataOutput
  | TokenizerOutput
  | TrainOutput
  | GenerateOutput
  | SaveOutput;
export type OutputOf<S extends StepName> = Extract<StepOutput, { step: S }>;
export type { ChatMessage };

/** Renderer → extension. */
export type RendererMessage =
  | { readonly type: 'openFile'; readonly path: string }
  | { readonly type: 'revealFolder'; readonly path: string }
  /** The run directory of the run that made this output: the extension knows which. */
  | { readonly type: 'openRunFolder' }
  /** Of the same run, in a tab of their own. */
  | { readonly type: 'openCurves' }
  /** An adapter's folder. */
  | { readonly type: 'pushToHub'; readonly path: string }
  | { readonly type: 'revealRecipeKey'; readonly recipePath: readonly string[] }
  /** Sets values of the recipe; undo takes them back. */
  | { readonly type: 'applyFix'; readonly changes: readonly RecipeChange[] }
  | { readonly type: 'copyText'; readonly text: string }
  | { readonly type: 'showLog' };
