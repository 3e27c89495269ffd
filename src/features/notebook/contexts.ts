import * as vscode from 'vscode';
import { isRecipeNotebook } from '../recipeCells';
import type { Kernels } from './kernels';

/** Facts for `when` clauses of the manifest: welcome texts and the walkthrough. */
export function keepContexts(kernels: Kernels): vscode.Disposable {
  setHasNotebook();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenNotebookDocument(setHasNotebook),
    vscode.workspace.onDidCloseNotebookDocument(setHasNotebook),
    kernels.onDidChange(({ ran, busy }) => {
      if (busy) set('environmentReady', true);
      if (ran.train !== undefined) set('trained', true);
      if (ran.save !== undefined) set('saved', true);
    }),
  );
}

function set(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `tunebook.${key}`, value);
}

function setHasNotebook(): void {
  const open = vscode.workspace.notebookDocuments.some(isRecipeNotebook);
  set('hasNotebook', open);
}
