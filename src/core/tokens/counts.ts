import type { TokenCounts } from '../../protocol/tokenView';
import { type Batching, cutsAt, isPaddingFree, lengthOf, type Sequences } from './exampleSequences';
import { isTrained, type LabelledRow } from './labels';
import { batchesOf } from './orderOfSequences';
import type { PackedSequence } from './packRows';

/** What an epoch over these rows looks at. order: of the sequences. complete: whether these are all rows there are. */
export function countTokens(
  rows: readonly LabelledRow[],
  { sequences, dropped }: Sequences,
  order: readonly number[],
  batching: Batching,
  complete: boolean,
): TokenCounts {
  const paddingFree = isPaddingFree(batching);
  const lengths = sequences.map(lengthOf);
  const totalTokens = lengths.reduce((sum, length) => sum + length, 0);
  const trained = sequences.map((sequence) => trainedIn(rows, sequence, paddingFree));
  const cut = cutRows(rows, batching);
  return {
    rows: rows.length,
    complete,
    sequences: sequences.length,
    trainedTokens: trained.reduce((sum, positions) => sum + positions, 0),
    totalTokens,
    truncatedRows: cut.rows,
    truncatedTokens: cut.tokens,
    // Packed sequences hold several rows: which of them train nothing is asked of the rows themselves.
    maskedRows: batching.packing === 'no' ? dropped.length + count(trained, 0) : count(trainedByRow(rows, batching), 0),
    efficiency: totalTokens === 0 ? 1 : totalTokens / positionsOf(lengths, order, batching),
  };
}

/** Positions that the loss looks at. The first of a sequence has no predecessor, nor has the first of a padding-free part. */
function trainedIn(rows: readonly LabelledRow[], sequence: PackedSequence, paddingFree: boolean): number {
  let trained = 0;
  for (const [place, { row, from, length }] of sequence.entries()) {
    const labelled = rows[row];
    if (labelled === undefined) continue;
    const first = place === 0 || paddingFree ? from + 1 : from;
    for (let index = first; index < from + length; index++) if (isTrained(labelled, index)) trained++;
  }
  return trained;
}

function trainedByRow(rows: readonly LabelledRow[], batching: Batching): number[] {
  const limit = cutsAt(batching);
  return rows.map(({ ids }, row) => trainedIn(rows, [{ row, from: 0, length: Math.min(ids.length, limit) }], false));
}

function cutRows(rows: readonly LabelledRow[], batching: Batching): { readonly rows: number; readonly tokens: number } {
  const limit = cutsAt(batching);
  const over = rows.map(({ ids }) => Math.max(0, ids.length - limit));
  return { rows: over.length - count(over, 0), tokens: over.reduce((sum, tokens) => sum + tokens, 0) };
}

/** Each batch is as wide as its longest sequence; padding-free ones hold nothing but tokens. */
function positionsOf(lengths: readonly number[], order: readonly number[], batching: Batching): number {
  if (isPaddingFree(batching)) return lengths.reduce((sum, length) => sum + length, 0);
  return batchesOf(order, batching.batchSize).reduce(
    (sum, batch) => sum + batch.length * Math.max(...batch.map((index) => lengths[index] ?? 0)),
    0,
  );
}

function count(values: readonly number[], wanted: number): number {
  return values.reduce((sum, value) => (value === wanted ? sum + 1 : sum), 0);
}
