import type { Role } from '../../protocol/dataset';
import { type SequencePart, type TokenSequence, type Why, WHYS } from '../../protocol/tokenView';
import { IGNORED, isTrained } from './labels';
import type { PlacedRow } from './viewRow';
import type { PackedSequence } from './packRows';

/** What a row is in the dataset. */
export interface RowPlace {
  /** From 0, of the rows that the data step reads. */
  readonly row: number;
  readonly line: number | null;
  readonly roles: readonly Role[];
}

export interface ShownRow extends PlacedRow, RowPlace {}

interface Columns {
  readonly ids: number[];
  readonly labels: number[];
  readonly whys: number[];
  readonly templateLines: number[];
  readonly messages: number[];
  readonly parts: SequencePart[];
}

/**
 * A batch as trl's DataCollatorForLanguageModeling makes it: padded on the right to its longest, whatever padding_side says;
 * or one sequence of all, in which the first token of each part is never predicted (position_ids are 0 there).
 */
export function batchSequences(
  batch: readonly PackedSequence[],
  rowOf: (row: number) => ShownRow,
  padId: number,
  paddingFree: boolean,
): TokenSequence[] {
  if (paddingFree) {
    const all = emptyColumns();
    for (const sequence of batch) for (const part of sequence) append(all, [part], rowOf, 'masked');
    return [all];
  }
  const sequences = batch.map((sequence) => {
    const columns = emptyColumns();
    append(columns, sequence, rowOf, 'kept');
    return columns;
  });
  const longest = sequences.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  for (const columns of sequences) while (columns.ids.length < longest) push(columns, padId, IGNORED, 'padding', 0, -1);
  return sequences;
}

/** firstLabel: TRL leaves the first label of a sequence, which the loss never looks at, unless padding is done without. */
function append(
  columns: Columns,
  sequence: PackedSequence,
  rowOf: (row: number) => ShownRow,
  firstLabel: 'kept' | 'masked',
): void {
  for (const [place, { row, from, length }] of sequence.entries()) {
    const shown = rowOf(row);
    columns.parts.push({ start: columns.ids.length, row: shown.row, line: shown.line, from, roles: shown.roles });
    for (let index = from; index < from + length; index++) {
      const isFirst = place === 0 && index === from;
      const id = shown.ids[index] ?? 0;
      const label = isTrained(shown, index) && !(isFirst && firstLabel === 'masked') ? id : IGNORED;
      const why = isFirst ? 'first' : (shown.whys[index] ?? 'trained');
      push(columns, id, label, why, shown.templateLines[index] ?? 0, shown.messages[index] ?? -1);
    }
  }
}

function push(
  { ids, labels, whys, templateLines, messages }: Columns,
  ...values: [number, number, Why, number, number]
): void {
  const [id, label, why, line, message] = values;
  ids.push(id);
  labels.push(label);
  whys.push(WHYS.indexOf(why));
  templateLines.push(line);
  messages.push(message);
}

function emptyColumns(): Columns {
  return { ids: [], labels: [], whys: [], templateLines: [], messages: [], parts: [] };
}
