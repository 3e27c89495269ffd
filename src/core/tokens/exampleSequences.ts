import { isTrained, type LabelledRow } from './labels';
import { type PackedPart, type PackedSequence, packRows, type PackingStrategy } from './packRows';

/** What decides how rows become sequences and batches: section train of the recipe. */
export interface Batching {
  readonly maxLength: number | null;
  readonly packing: 'no' | PackingStrategy;
  /** dataset_num_proc */
  readonly processes: number | null;
  /** per_device_train_batch_size */
  readonly batchSize: number;
  /** data_seed, else seed */
  readonly seed: number;
}

export interface Sequences {
  /** Parts point into the rows that were given. */
  readonly sequences: readonly PackedSequence[];
  /** Rows that TRL drops, since the loss would look at none of their tokens. */
  readonly dropped: readonly number[];
}

/** The prepared dataset: trl/trainer/sft_trainer.py, `_prepare_dataset` after the labels. */
export function sequencesOf(rows: readonly LabelledRow[], batching: Batching): Sequences {
  const { maxLength, packing, processes } = batching;
  if (packing !== 'no' && maxLength !== null) {
    const lengths = rows.map(({ ids }) => ids.length);
    return { sequences: packRows(lengths, maxLength, packing, processes), dropped: [] };
  }
  const sequences: PackedSequence[] = [];
  const dropped: number[] = [];
  for (const [row, { ids }] of rows.entries()) {
    const part = { row, from: 0, length: Math.min(ids.length, maxLength ?? Infinity) };
    // The filter for wholly masked rows stands in the branch of max_length: without it they stay.
    if (maxLength !== null && !anyTrained(rows, part)) dropped.push(row);
    else sequences.push([part]);
  }
  return { sequences, dropped };
}

/** bfd and bfd_split put the sequences of a batch one behind the other instead of padding them. */
export function isPaddingFree({ packing }: Pick<Batching, 'packing'>): boolean {
  return packing === 'bfd' || packing === 'bfd_split';
}

/** Tokens that are left of a row: wrapped and bfd_split lose nothing, what doesn't fit goes on in the next sequence. */
export function cutsAt({ maxLength, packing }: Pick<Batching, 'maxLength' | 'packing'>): number {
  return packing === 'wrapped' || packing === 'bfd_split' ? Infinity : (maxLength ?? Infinity);
}

export function lengthOf(sequence: PackedSequence): number {
  return sequence.reduce((sum, part) => sum + part.length, 0);
}

/** Whether the loss looks at any token of a part, by the labels alone. */
export function anyTrained(rows: readonly LabelledRow[], { row, from, length }: PackedPart): boolean {
  const labelled = rows[row];
  if (labelled === undefined || length === 0) return false;
  for (let index = from; index < from + length; index++) if (isTrained(labelled, index)) return true;
  return false;
}
