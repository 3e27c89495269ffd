import * as vscode from 'vscode';
import { words } from '../../platform/words';
import type { DatasetFix, DatasetProblem } from '../../protocol/sweep';
import { rangeOf } from './diagnosticsMarks';

/**
 * What one click can mend here, and the same for all such problems of the file. Not as source.fixAll: people let that run at
 * each save, and rows must not go from a dataset without being looked at.
 */
export function datasetFixes(
  document: vscode.TextDocument,
  problems: readonly DatasetProblem[],
  range: vscode.Range,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  return problems
    .filter((problem) => problem.line <= range.end.line && rangeOf(problem).intersection(range) !== undefined)
    .flatMap((problem) => {
      const about = diagnostics.filter(
        ({ code, range: place }) => code === problem.kind && place.isEqual(rangeOf(problem)),
      );
      return problem.fixes.flatMap((fix, index) => {
        const one = action(document, words(fix.title), [fix], about);
        one.isPreferred = index === 0;
        const same = sameFixes(problems, problem, fix);
        if (same.length < 2) return [one];
        return [
          one,
          action(document, vscode.l10n.t('{0} ({1} times in this file)', words(fix.title), same.length), same, about),
        ];
      });
    });
}

function action(
  document: vscode.TextDocument,
  title: string,
  fixes: readonly DatasetFix[],
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = [...diagnostics];
  made.edit = new vscode.WorkspaceEdit();
  for (const { startLine, startColumn, endLine, endColumn, newText } of fixes.flatMap(({ edits }) => edits)) {
    const place = new vscode.Range(startLine, startColumn, endLine, endColumn);
    made.edit.replace(document.uri, document.validateRange(place), newText);
  }
  return made;
}

/** The fixes of this kind in the whole file; of two in one line the first, since the second may be about what the first changes. */
function sameFixes(
  problems: readonly DatasetProblem[],
  { kind }: DatasetProblem,
  { title }: DatasetFix,
): readonly DatasetFix[] {
  const byLine = new Map<number, DatasetFix>();
  for (const { kind: other, line, fixes } of problems) {
    const fix = fixes.find((candidate) => candidate.title.text === title.text);
    if (other === kind && fix !== undefined && !byLine.has(line)) byLine.set(line, fix);
  }
  return [...byLine.values()];
}
