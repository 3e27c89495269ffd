import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { RUN_FILES } from '../../engine/runDirectory';

/** A folder in the explorer, or in the system's file manager where the workspace doesn't hold it. */
export async function reveal(folder: string): Promise<void> {
  const uri = vscode.Uri.file(folder);
  const inside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await vscode.commands.executeCommand(inside ? 'revealInExplorer' : 'revealFileInOS', uri);
}

/** What libraries printed, at its end: that is where the reason stands. */
export async function showRunLog(runDirectory: string): Promise<void> {
  const file = path.join(runDirectory, RUN_FILES.log);
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This run has printed nothing: there is no {0}.', file));
    return;
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const editor = await vscode.window.showTextDocument(document, { preview: true });
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(end, end));
}
