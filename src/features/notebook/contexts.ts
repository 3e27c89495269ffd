import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from '../cellLanguages';
import type { Kernels } from './kernels';

/** Facts for `when` clauses of the manifest: welcome texts and the walkthrough. */
export function keepContexts(kernels: Kernels): vscode.Disposable {
  const notebooks = (): void =>
    set(
      'hasNotebook',
      vscode.workspace.notebookDocuments.some(({ notebookType }) => notebookType === NOTEBOOK_TYPE),
    );
  notebooks();
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenNotebookDocument(notebooks),
    vscode.workspace.onDidCloseNotebookDocument(notebooks),
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
