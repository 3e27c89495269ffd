import * as vscode from 'vscode';
import type { Kernels } from './kernels';

/** Facts for `when` clauses of the manifest: the walkthrough. */
export function keepContexts(kernels: Kernels): vscode.Disposable {
  return kernels.onDidChange(({ ran, busy }) => {
    if (busy) set('environmentReady', true);
    if (ran.train !== undefined) set('trained', true);
    if (ran.save !== undefined) set('saved', true);
  });
}

function set(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', `tunebook.${key}`, value);
}
