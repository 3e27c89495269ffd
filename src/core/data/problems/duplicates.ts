import { message } from '../../../common/message';
import type { DatasetProblem } from '../../../protocol/sweep';
import type { RowForm } from './form';
import { deletedLine, wholeLine } from './place';
import { conversationKey } from './row';
import { SeenRows } from './seenRows';

/** Rows that hold a conversation which an earlier row holds already. */
export class Duplicates {
  readonly #form: RowForm;
  readonly #seen: SeenRows;
  #toldFull = false;

  constructor(form: RowForm, seen = new SeenRows()) {
    this.#form = form;
    this.#seen = seen;
  }

  /** The next row, in the order of the file. `line`: 0-based. */
  examine(row: Readonly<Record<string, unknown>>, text: string, line: number): DatasetProblem | null {
    const key = conversationKey(row, this.#form);
    if (key === null) return null;
    const first = this.#seen.firstLine(key, line);
    if (first !== null) return duplicate(text, line, first);
    if (!this.#seen.full || this.#toldFull) return null;
    this.#toldFull = true;
    return {
      ...marked(text, line),
      kind: 'duplicateRow',
      severity: 'information',
      message: message('From here on, rows are compared only with those above this line, not with each other.'),
      fixes: [],
    };
  }
}

function duplicate(text: string, line: number, first: number): DatasetProblem {
  return {
    ...marked(text, line),
    kind: 'duplicateRow',
    severity: 'warning',
    message: message('The same conversation stands in line {0}: it would be trained on twice.', first + 1),
    fixes: [{ title: message('Delete this row'), edits: [deletedLine(line)] }],
  };
}

function marked(text: string, line: number): Pick<DatasetProblem, 'line' | 'column' | 'endLine' | 'endColumn'> {
  const { start, end } = wholeLine(text);
  return { line, column: start, endLine: line, endColumn: end };
}
