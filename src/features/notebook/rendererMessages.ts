import * as path from 'node:path';
import * as vscode from 'vscode';
import { assertNever } from '../../common/assertNever';
import { isPlainObject } from '../../protocol/shape';
import type { RendererMessage } from '../../protocol/outputs';
import { sectionCells } from '../recipeCells';
import { STEPS } from '../../protocol/trainer';

const RENDERER_ID = 'tunebook.step-renderer';

/** Does what a person clicked in a cell's output. */
export function listenToRenderer(openRunFolder: (recipe: vscode.Uri) => Promise<void>): vscode.Disposable {
  return vscode.notebooks.createRendererMessaging(RENDERER_ID).onDidReceiveMessage(async ({ editor, message }) => {
    if (isRendererMessage(message)) await act(message, editor, openRunFolder);
  });
}

async function act(
  message: RendererMessage,
  editor: vscode.NotebookEditor,
  openRunFolder: (recipe: vscode.Uri) => Promise<void>,
): Promise<void> {
  const { notebook } = editor;
  switch (message.type) {
    case 'openFile':
      return void (await vscode.commands.executeCommand('vscode.open', fileOf(notebook, message.path)));
    case 'revealFolder':
      return revealFolder(fileOf(notebook, message.path));
    case 'openRunFolder':
      return openRunFolder(notebook.uri);
    case 'revealRecipeKey':
      return revealKey(editor, message.recipePath);
    default:
      return assertNever(message);
  }
}

/** In the explorer where the workspace holds it, else in the system's file manager. */
export async function revealFolder(folder: vscode.Uri): Promise<void> {
  const inside = vscode.workspace.getWorkspaceFolder(folder) !== undefined;
  await vscode.commands.executeCommand(inside ? 'revealInExplorer' : 'revealFileInOS', folder);
}

function fileOf(notebook: vscode.NotebookDocument, file: string): vscode.Uri {
  return vscode.Uri.file(path.resolve(path.dirname(notebook.uri.fsPath), file));
}

/** The line of the key in its cell: the deepest part of the path that is written. */
async function revealKey(editor: vscode.NotebookEditor, recipePath: readonly string[]): Promise<void> {
  const step = STEPS.find((name) => name === recipePath[0]);
  const cell = step === undefined ? undefined : sectionCells(editor.notebook).get(step);
  if (cell === undefined) return;
  editor.revealRange(new vscode.NotebookRange(cell.index, cell.index + 1), vscode.NotebookEditorRevealType.InCenter);
  const lines = cell.document.getText().split(/\r?\n/);
  let line = 0;
  for (const key of recipePath.slice(1)) {
    const found = lines.findIndex((text, index) => index > line && text.trimStart().startsWith(`${key}:`));
    if (found < 0) break;
    line = found;
  }
  await vscode.window.showTextDocument(cell.document, { selection: cell.document.lineAt(line).range });
}

function isRendererMessage(value: unknown): value is RendererMessage {
  if (!isPlainObject(value)) return false;
  switch (value['type']) {
    case 'openFile':
    case 'revealFolder':
      return typeof value['path'] === 'string';
    case 'openRunFolder':
      return true;
    case 'revealRecipeKey':
      return Array.isArray(value['recipePath']) && value['recipePath'].every((part) => typeof part === 'string');
    default:
      return false;
  }
}
