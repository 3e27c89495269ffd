import * as path from 'node:path';
import * as vscode from 'vscode';
import { assertNever } from '../../common/assertNever';
import { isPlainObject } from '../../protocol/shape';
import type { RecipeChange, RendererMessage } from '../../protocol/outputs';
import { sectionCells } from '../recipeCells';
import { setInRecipe } from '../setInRecipe';
import { STEPS } from '../../protocol/trainer';

const RENDERER_ID = 'tunebook.step-renderer';

/** Does what a person clicked in a cell's output. */
export function listenToRenderer(
  openRunFolder: (recipe: vscode.Uri) => Promise<void>,
  runDirectoryOf: (recipe: vscode.Uri) => string | null,
): vscode.Disposable {
  return vscode.notebooks.createRendererMessaging(RENDERER_ID).onDidReceiveMessage(async ({ editor, message }) => {
    if (!isRendererMessage(message)) return;
    const { uri } = editor.notebook;
    if (message.type === 'openCurves') await onRun('tunebook.openRun', runDirectoryOf(uri));
    else if (message.type === 'showLog') await onRun('tunebook.showRunLog', runDirectoryOf(uri));
    else await act(message, editor, openRunFolder);
  });
}

/** Without a trainer of its own, as in a notebook that was opened again, the person says which run is meant. */
async function onRun(command: string, runDirectory: string | null): Promise<void> {
  await vscode.commands.executeCommand(command, ...(runDirectory === null ? [] : [runDirectory]));
}

async function act(
  message: Exclude<RendererMessage, { type: 'openCurves' | 'showLog' }>,
  editor: vscode.NotebookEditor,
  openRunFolder: (recipe: vscode.Uri) => Promise<void>,
): Promise<void> {
  const { notebook } = editor;
  switch (message.type) {
    case 'openFile':
      return void (await vscode.commands.executeCommand('vscode.open', fileOf(notebook, message.path)));
    case 'revealFolder':
      return revealFolder(fileOf(notebook, message.path));
    case 'pushToHub':
      return void (await vscode.commands.executeCommand('tunebook.pushToHub', fileOf(notebook, message.path).fsPath));
    case 'openRunFolder':
      return openRunFolder(notebook.uri);
    case 'revealRecipeKey':
      return revealKey(editor, message.recipePath);
    case 'applyFix':
      return applyFix(notebook.uri, message.changes);
    case 'copyText':
      return vscode.env.clipboard.writeText(message.text);
    default:
      return assertNever(message);
  }
}

/** Unsaved, like every edit of a recipe: undo takes it back, and running the cell tries it. */
async function applyFix(recipe: vscode.Uri, changes: readonly RecipeChange[]): Promise<void> {
  if (await setInRecipe(recipe, changes)) return;
  const keys = changes.map(({ path: key }) => key.join('.')).join(', ');
  void vscode.window.showWarningMessage(
    vscode.l10n.t('{0} could not be set: the recipe around it is no group of keys any more.', keys),
  );
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
    case 'pushToHub':
      return typeof value['path'] === 'string';
    case 'openRunFolder':
    case 'openCurves':
    case 'showLog':
      return true;
    case 'revealRecipeKey':
      return isPath(value['recipePath']);
    case 'applyFix':
      return Array.isArray(value['changes']) && value['changes'].every(isChange);
    case 'copyText':
      return typeof value['text'] === 'string';
    default:
      return false;
  }
}

function isChange(value: unknown): boolean {
  return isPlainObject(value) && isPath(value['path']) && value['path'].length > 1 && 'value' in value;
}

function isPath(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}
