import type { DatasetFix, DatasetProblem } from '../../../../../src/protocol/sweep';
import { examineLine } from '../../../../../src/core/data/problems/line';
import type { RowForm } from '../../../../../src/core/data/problems/form';
import { formatMessage } from '../../../../../src/common/message';

export const MESSAGES: RowForm = { kind: 'conversation', column: 'messages', system: null };

/** The text with a fix applied, as an editor does: all edits against the text as it was. */
export function applied(text: string, fix: DatasetFix): string {
  const starts = [0];
  for (const match of text.matchAll(/\n/g)) starts.push(match.index + 1);
  const offset = (line: number, column: number): number =>
    Math.min(text.length, (starts[line] ?? text.length) + column);
  return fix.edits
    .toSorted((a, b) => b.startLine - a.startLine || b.startColumn - a.startColumn)
    .reduce(
      (current, edit) =>
        current.slice(0, offset(edit.startLine, edit.startColumn)) +
        edit.newText +
        current.slice(offset(edit.endLine, edit.endColumn)),
      text,
    );
}

export function problemsIn(text: string, form: RowForm | null = MESSAGES): readonly DatasetProblem[] {
  return examineLine(text, 0, form).problems;
}

/** What the problem marks. */
export function marked(text: string, problem: DatasetProblem): string {
  return text.slice(problem.column, problem.endColumn);
}

export function said(problem: DatasetProblem): string {
  return formatMessage(problem.message);
}
