import * as vscode from 'vscode';
import { words } from '../../platform/words';
import type { PlacedProblem } from './diagnostics';
import { sourceHolding } from '../recipeSource';
import type { FailureMark } from './failureMark';

/** What one click can repair at this range. */
export function quickFixes(placed: readonly PlacedProblem[], range: vscode.Range): vscode.CodeAction[] {
  return placed
    .filter((place) => place.range.intersection(range) !== undefined)
    .flatMap(({ document, problem }) => {
      const source = sourceHolding(document);
      return problem.fixes.flatMap(({ title, edits }, index) => {
        const edit = new vscode.WorkspaceEdit();
        for (const change of edits) {
          const place = source.placeOfEdit(change);
          if (place === null) return [];
          edit.replace(place.document.uri, place.range, change.newText);
        }
        const action = new vscode.CodeAction(words(title), vscode.CodeActionKind.QuickFix);
        action.edit = edit;
        action.isPreferred = index === 0;
        return [action];
      });
    });
}

/** What one click can change after a run that failed here. */
export function failureFixes(marks: readonly FailureMark[], range: vscode.Range): vscode.CodeAction[] {
  return marks
    .filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined)
    .flatMap(({ fixes, diagnostic }) =>
      fixes.map(({ title, edit }, index) => {
        const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
        action.edit = edit;
        action.diagnostics = [diagnostic];
        action.isPreferred = index === 0;
        return action;
      }),
    );
}
