import { assertNever } from '../../common/assertNever';
import { packBestFit } from './packBestFit';
import { packWrapped } from './packWrapped';

/** A stretch of one row in a sequence. */
export interface PackedPart {
  /** Index of the row that was packed. */
  readonly row: number;
  /** Position in the row's own tokens at which the stretch starts. */
  readonly from: number;
  readonly length: number;
}

/** Parts in order; their lengths are TRL's `seq_lengths` where packing is bfd or bfd_split. */
export type PackedSequence = readonly PackedPart[];

export type PackingStrategy = 'wrapped' | 'bfd' | 'bfd_split';

/** `Dataset.map(batched=True)`'s batch_size: packing never reaches beyond it. */
const MAP_BATCH = 1000;

/**
 * trl.data_utils.pack_dataset: rows of these lengths as sequences of at most maxLength. processes: dataset_num_proc.
 * What comes out depends on lengths alone.
 */
export function packRows(
  lengths: readonly number[],
  maxLength: number,
  strategy: PackingStrategy,
  processes: number | null,
): PackedSequence[] {
  const sequences: PackedSequence[] = [];
  for (const [start, end] of mapBatches(lengths.length, processes)) {
    const batch = lengths.slice(start, end);
    for (const sequence of packBatch(batch, maxLength, strategy))
      sequences.push(sequence.map(({ row, from, length }) => ({ row: row + start, from, length })));
  }
  return sequences;
}

function packBatch(lengths: readonly number[], maxLength: number, strategy: PackingStrategy): PackedSequence[] {
  switch (strategy) {
    case 'wrapped':
      return packWrapped(lengths, maxLength);
    case 'bfd':
      return packBestFit(lengths, maxLength, 'truncate');
    case 'bfd_split':
      return packBestFit(lengths, maxLength, 'split');
    default:
      return assertNever(strategy);
  }
}

/** What each call of the mapped function gets: datasets' `map` cuts contiguous shards, then batches of 1000 in each. */
function mapBatches(rows: number, processes: number | null): [start: number, end: number][] {
  const shards = Math.max(1, Math.min(processes ?? 1, rows));
  const share = Math.floor(rows / shards);
  const rest = rows % shards;
  const batches: [number, number][] = [];
  for (let shard = 0; shard < shards; shard++) {
    const first = share * shard + Math.min(shard, rest);
    const end = first + share + (shard < rest ? 1 : 0);
    for (let start = first; start < end; start += MAP_BATCH) batches.push([start, Math.min(start + MAP_BATCH, end)]);
  }
  return batches;
}
