import type { RowProblem } from '../../protocol/dataset';

/** A row as its file has it. */
export interface SourceRow {
  /** From 0, of all rows of the file; blank lines are none. */
  readonly row: number;
  /** From 1: the line on which the row starts; null where the file has no lines (parquet). */
  readonly line: number | null;
  /** The JSON text of the row, so that numbers and the order of keys survive; null for files that aren't JSON. */
  readonly text: string | null;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What reading a file gives, in its order. */
export type ReadItem =
  | { readonly kind: 'row'; readonly row: SourceRow }
  /** This row can't be read. Reading goes on behind it, unless it was the last item. */
  | {
      readonly kind: 'problem';
      readonly problem: RowProblem;
      /** What stands there, as far as it is text; '' where that is too long to be kept. */
      readonly source: string;
    };
