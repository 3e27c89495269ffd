/** What `python -m tunebook_trainer.export` says on descriptor 1: JSON lines; the last one is exported, refused or failed. */
import { array, boolean, type Decoded, number, object, oneOf, string, nullable } from './shape';
import { failure } from './trainer';

export const EXPORT_BASES = ['original', 'dequantised'] as const;
export type ExportBase = (typeof EXPORT_BASES)[number];

const difference = object({
  maxDifference: number,
  meanDifference: number,
  /** What the differences are to be seen against. */
  largestLogit: number,
  /** Share of the places where both choose the same token. */
  sameChoice: number,
  places: number,
});

const lines = {
  /** what: a key of the l10n bundle. */
  progress: object({
    type: oneOf('progress'),
    what: string,
    current: nullable(number),
    total: nullable(number),
  }),
  /** Before anything large is loaded. Bytes. */
  plan: object({
    type: oneOf('plan'),
    base: string,
    kind: oneOf(...EXPORT_BASES),
    directory: string,
    device: string,
    weightsBytes: number,
    neededMemoryBytes: number,
    freeMemoryBytes: number,
    freeDiskBytes: number,
  }),
  exported: object({
    type: oneOf('exported'),
    directory: string,
    base: string,
    kind: oneOf(...EXPORT_BASES),
    /** The base was in fewer than 16 bits in the training. */
    quantized: boolean,
    /** Output layer and embedding were one and are two now. */
    untied: boolean,
    files: array(object({ path: string, bytes: number, sha256: string })),
    answers: array(object({ prompt: string, trained: string, exported: string })),
    proof: object({
      /** From the model as it was trained, on its own answers. */
      trained: difference,
      sameAnswers: number,
      /** Of the files, loaded by a process of its own, from the merged model in memory. */
      reloaded: difference,
    }),
  }),
  refused: object({ type: oneOf('refused'), kind: string, args: array(string) }),
  failed: object({ type: oneOf('failed'), failure }),
} as const;

type Lines = { [K in keyof typeof lines]: Decoded<(typeof lines)[K]> };
export type ExportLine = Lines[keyof Lines];
export type Exported = Lines['exported'];
export type ExportPlan = Lines['plan'];
export type ExportRefused = Lines['refused'];

/** Throws a ShapeError, or a SyntaxError, for what is none of these lines. */
export function decodeExportLine(line: string): ExportLine {
  const value: unknown = JSON.parse(line);
  const { type } = object({ type: oneOf('progress', 'plan', 'exported', 'refused', 'failed') })(value, 'line');
  return lines[type](value, type);
}
