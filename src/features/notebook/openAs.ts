import * as vscode from 'vscode';
import { NOTEBOOK_TYPE } from '../cellLanguages';

/** The recipe that a command is about: what it was called on, or what is in front. */
export function recipeInFront(argument?: unknown): vscode.Uri | null {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument === 'string') return vscode.Uri.parse(argument, true);
  const toolbar = notebookEditorUri(argument);
  if (toolbar !== null) return toolbar;
  const uri =
    vscode.window.activeNotebookEditor?.notebook.uri ??
    vscode.window.activeTextEditor?.document.uri ??
    tabUri() ??
    null;
  return uri !== null && uri.path.endsWith('.tune.yaml') ? uri : null;
}

export async function openAsText(argument?: unknown): Promise<void> {
  await reopen(recipeInFront(argument), 'default');
}

export async function openAsNotebook(argument?: unknown): Promise<void> {
  await reopen(recipeInFront(argument), NOTEBOOK_TYPE);
}

/** The other form reads the file, so what was typed is saved first. */
async function reopen(uri: vscode.Uri | null, editor: string): Promise<void> {
  if (uri === null) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a recipe (*.tune.yaml) first.'));
    return;
  }
  const saved = await saveIfDirty(uri);
  if (saved) await vscode.commands.executeCommand('vscode.openWith', uri, editor);
}

async function saveIfDirty(uri: vscode.Uri): Promise<boolean> {
  const same = (document: { readonly uri: vscode.Uri; readonly isDirty: boolean }): boolean =>
    document.isDirty && document.uri.toString() === uri.toString();
  const dirty = [...vscode.workspace.notebookDocuments, ...vscode.workspace.textDocuments].find(same);
  return dirty === undefined || dirty.save();
}

/** Commands of the notebook's toolbar get `{ notebookEditor: { notebookUri } }`. */
function notebookEditorUri(argument: unknown): vscode.Uri | null {
  if (typeof argument !== 'object' || argument === null || !('notebookEditor' in argument)) return null;
  const { notebookEditor } = argument;
  if (typeof notebookEditor !== 'object' || notebookEditor === null || !('notebookUri' in notebookEditor)) return null;
  return notebookEditor.notebookUri instanceof vscode.Uri ? notebookEditor.notebookUri : null;
}

function tabUri(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputNotebook || input instanceof vscode.TabInputText ? input.uri : undefined;
}
