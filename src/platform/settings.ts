import * as path from 'node:path';
import * as vscode from 'vscode';

/** What the settings say now; read at each use, so that a change counts at once. */
export interface Settings {
  /** Absolute path of the interpreter that trains, or null: the environment that Tunebook makes. */
  readonly pythonPath: string | null;
  readonly torchIndexUrl: string | null;
  /** Absolute. */
  readonly runsDirectory: string;
}

/** The folder of a recipe's workspace, or the recipe's own folder where no workspace holds it. */
export function workspaceDirectory(recipe: vscode.Uri): string {
  return vscode.workspace.getWorkspaceFolder(recipe)?.uri.fsPath ?? path.dirname(recipe.fsPath);
}

export function readSettings(recipe: vscode.Uri | null): Settings {
  const configuration = vscode.workspace.getConfiguration('tunebook', recipe);
  const text = (key: string): string | null => configuration.get<string>(key)?.trim() || null;
  const base =
    recipe === null ? (vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '') : workspaceDirectory(recipe);
  return {
    pythonPath: text('python.path'),
    torchIndexUrl: text('python.torchIndexUrl'),
    runsDirectory: path.resolve(base, text('runsDirectory') ?? '.tunebook/runs'),
  };
}

export async function setPythonPath(value: string | null): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('tunebook');
  const target =
    configuration.inspect('python.path')?.workspaceValue === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await configuration.update('python.path', value ?? undefined, target);
}
