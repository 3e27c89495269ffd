import * as vscode from 'vscode';
import { words } from '../../platform/words';
import { severityOf } from '../severity';
import type { PlacedProblem } from './diagnostics';

/** dataset: the file of rows that `datasetLine` is a line of. */
export function toDiagnostic({ range, problem }: PlacedProblem, dataset: vscode.Uri | null): vscode.Diagnostic {
  const text = `${words(problem.message)} ${words(problem.remedy)}`;
  const diagnostic = new vscode.Diagnostic(range, text, severityOf(problem.severity));
  diagnostic.source = 'tunebook';
  diagnostic.code = problem.kind;
  if (dataset !== null && typeof problem.datasetLine === 'number') {
    const line = new vscode.Location(dataset, new vscode.Position(problem.datasetLine - 1, 0));
    diagnostic.relatedInformation = [
      new vscode.DiagnosticRelatedInformation(line, vscode.l10n.t('The row that shows it')),
    ];
  }
  return diagnostic;
}
