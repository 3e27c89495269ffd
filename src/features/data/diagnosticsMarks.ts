import * as vscode from 'vscode';
import { words } from '../../platform/words';
import { severityOf } from '../severity';
import type { DatasetProblem } from '../../protocol/sweep';

/** VS Code shows 1,000 problems of a file and says nothing of the others (extHostDiagnostics.ts, _maxDiagnosticsPerFile). */
export const MAX_SHOWN = 900;

/** `isAll`: nothing was left out. */
export function toDiagnostics(problems: readonly DatasetProblem[], isAll: boolean): vscode.Diagnostic[] {
  const marks = problems.map(toDiagnostic);
  const last = problems.at(-1);
  if (!isAll && last !== undefined) marks.push(moreMark(last.line, problems.length));
  return marks;
}

export function rangeOf({
  line,
  column,
  endLine,
  endColumn,
}: Omit<DatasetProblem, 'kind' | 'severity' | 'message' | 'fixes'>): vscode.Range {
  return new vscode.Range(line, column, endLine, endColumn);
}

function toDiagnostic(problem: DatasetProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(problem), words(problem.message), severityOf(problem.severity));
  diagnostic.source = 'tunebook';
  diagnostic.code = problem.kind;
  return diagnostic;
}

function moreMark(line: number, shown: number): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(line, 0, line, 0),
    vscode.l10n.t(
      'The file has more problems than these {0}. Mend some and save: then the next ones are shown.',
      shown,
    ),
    vscode.DiagnosticSeverity.Information,
  );
  diagnostic.source = 'tunebook';
  return diagnostic;
}
