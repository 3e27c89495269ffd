import * as vscode from 'vscode';

/** Registers commands of ours by their names without `tunebook.`. A tree brings the row and all rows that are selected. */
export function commands(
  handlers: Readonly<Record<string, (argument?: unknown, selected?: unknown) => unknown>>,
): readonly vscode.Disposable[] {
  return Object.entries(handlers).map(([name, act]) => vscode.commands.registerCommand(`tunebook.${name}`, act));
}
