import * as vscode from 'vscode';
import { words } from '../../platform/words';
import type { PlacedProblem } from './diagnostics';
import { sourceHolding } from '../recipeSource';

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
