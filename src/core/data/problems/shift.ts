import type { DatasetFix, DatasetProblem } from '../../../protocol/sweep';

/** A change of a text: these lines (0-based, both inclusive) became `newLines` lines. */
export interface LineChange {
  readonly startLine: number;
  readonly endLine: number;
  readonly newLines: number;
  /** Whether the last of the new lines is untouched: only whole lines above it were removed or inserted. */
  readonly keepsLast: boolean;
}

/** A change as an editor tells it. */
export interface TextChange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}

export function lineChange({ startLine, startColumn, endLine, endColumn, newText }: TextChange): LineChange {
  return {
    startLine,
    endLine,
    newLines: newText.split('\n').length,
    keepsLast: startColumn === 0 && endColumn === 0 && (newText === '' || newText.endsWith('\n')),
  };
}

/**
 * What was found in a text before it was changed, where it stands now. Problems of changed lines are gone: those lines are
 * looked at again.
 */
export function shifted(problems: readonly DatasetProblem[], change: LineChange): readonly DatasetProblem[] {
  const { startLine, endLine, newLines, keepsLast } = change;
  const by = newLines - (endLine - startLine + 1);
  const lastChanged = keepsLast ? endLine - 1 : endLine;
  return problems.flatMap((problem) => {
    if (problem.line < startLine) return [problem];
    if (problem.line <= lastChanged) return [];
    return by === 0 ? [problem] : [moved(problem, by)];
  });
}

/** Line numbers after the change, of lines that were not touched by it; undefined for the others. */
export function shiftedLine(line: number, { startLine, endLine, newLines, keepsLast }: LineChange): number | undefined {
  if (line < startLine) return line;
  if (line <= (keepsLast ? endLine - 1 : endLine)) return undefined;
  return line + newLines - (endLine - startLine + 1);
}

function moved(problem: DatasetProblem, by: number): DatasetProblem {
  const edit = (old: DatasetFix['edits'][number]): DatasetFix['edits'][number] => ({
    ...old,
    startLine: old.startLine + by,
    endLine: old.endLine + by,
  });
  return {
    ...problem,
    line: problem.line + by,
    endLine: problem.endLine + by,
    fixes: problem.fixes.map(({ title, edits }) => ({ title, edits: edits.map(edit) })),
  };
}
