import * as vscode from 'vscode';
import { hasErrors } from '../../core/recipe/problem';
import type { RecipeDiagnostics } from './diagnostics';
import { openSource } from '../recipeSource';

/** "Check Recipe": marks what is wrong and says how much. */
export async function checkRecipeCommand(diagnostics: RecipeDiagnostics, uri: vscode.Uri | null): Promise<void> {
  const source = uri === null ? null : openSource(uri);
  if (source === null) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a recipe (*.tune.yaml) first.'));
    return;
  }
  const problems = await diagnostics.refresh(source);
  if (problems.every(({ severity }) => severity === 'information')) {
    void vscode.window.showInformationMessage(
      problems.length === 0
        ? vscode.l10n.t('The recipe has no problems.')
        : vscode.l10n.t('The recipe has no problems. Worth knowing: {0}.', problems.length),
    );
    return;
  }
  await vscode.commands.executeCommand('workbench.actions.view.problems');
  const text = hasErrors(problems)
    ? vscode.l10n.t('The recipe has problems that forbid a run: {0} in all.', problems.length)
    : vscode.l10n.t('The recipe can run, with {0} things to look at.', problems.length);
  void vscode.window.showWarningMessage(text);
}
