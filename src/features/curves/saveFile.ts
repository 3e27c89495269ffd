import * as path from 'node:path';
import * as vscode from 'vscode';
import { message } from '../../common/message';
import { RequestError } from '../../protocol/channel';

/** Where the last file was saved in this window: the next one belongs beside it. */
let lastFolder: vscode.Uri | null = null;

/** Asks for a place and writes there. False where the person declined. */
export async function saveFile(name: string, base64: string, directories: readonly string[]): Promise<boolean> {
  const extension = path.extname(name).slice(1);
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(lastFolder ?? folderOf(directories), name),
    filters: { [extension.toUpperCase()]: [extension] },
    title: vscode.l10n.t('Save {0}', name),
  });
  if (target === undefined) return false;
  lastFolder = vscode.Uri.joinPath(target, '..');
  try {
    await vscode.workspace.fs.writeFile(target, Buffer.from(base64, 'base64'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RequestError(message('The file can’t be written: {0}. Choose another place.', reason), { cause: error });
  }
  void offerToOpen(target);
  return true;
}

function folderOf([first = '']: readonly string[]): vscode.Uri {
  const run = vscode.Uri.file(first);
  return vscode.workspace.getWorkspaceFolder(run)?.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri ?? run;
}

async function offerToOpen(target: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t('Saved {0}.', path.basename(target.fsPath)),
    open,
  );
  if (choice === open) await vscode.commands.executeCommand('vscode.open', target);
}
