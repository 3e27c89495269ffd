import { isTrained, type LabelledRow } from './labels';
import type { PackedSequence } from './packRows';

/** How often the end of a turn stands in sequences, and how often the loss looks at it. */
export interface EndCount {
  readonly ends: number;
  readonly trained: number;
}

/** trainer/src/tunebook_trainer/first_batches.py, count_labels: the first of a sequence is never predicted. */
export function countEnds(
  rows: readonly LabelledRow[],
  sequences: readonly PackedSequence[],
  endId: number | null,
): EndCount {
  let ends = 0;
  let trained = 0;
  for (const sequence of sequences)
    for (const [place, { row, from, length }] of sequence.entries()) {
      const labelled = rows[row];
      if (labelled === undefined) continue;
      for (let index = from; index < from + length; index++) {
        if (labelled.ids[index] !== endId) continue;
        ends++;
        if ((place > 0 || index > from) && isTrained(labelled, index)) trained++;
      }
    }
  return { ends, trained };
}

/** Whether a row, before it is cut, ends with an end mark. Templates write line ends behind it: isBlank tells those tokens. */
export function endsWithMark(
  { ids }: LabelledRow,
  ends: ReadonlySet<number>,
  isBlank: (id: number) => boolean,
): boolean {
  const last = ids.findLast((id) => !isBlank(id));
  return last !== undefined && ends.has(last);
}
