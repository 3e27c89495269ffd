import * as vscode from 'vscode';
import { splitRecipe } from '../../core/recipe/cells';
import { NOTEBOOK_TYPE } from '../cellLanguages';

/** Time for the editor to make the tab of the file that it could not open. */
const TAB_DELAYS_MS = [50, 300, 1500] as const;

/**
 * A recipe that can't be split into cells opens as text instead of an editor with an error. The serializer is not told
 * which file it reads, so all notebook tabs of our type are looked at: those whose file is refused change to text.
 */
export function openRefusedAsText(log: vscode.LogOutputChannel): () => void {
  return () => {
    for (const delayMs of TAB_DELAYS_MS) {
      setTimeout(() => {
        replaceTabs().catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
      }, delayMs);
    }
  };
}

async function replaceTabs(): Promise<void> {
  for (const { tabs, viewColumn } of vscode.window.tabGroups.all) {
    for (const tab of tabs) {
      const { input } = tab;
      if (!(input instanceof vscode.TabInputNotebook) || input.notebookType !== NOTEBOOK_TYPE || tab.isDirty) continue;
      const open = vscode.workspace.notebookDocuments.some(({ uri }) => uri.toString() === input.uri.toString());
      if (open || !(await isRefused(input.uri))) continue;
      await vscode.window.tabGroups.close(tab);
      await vscode.commands.executeCommand('vscode.openWith', input.uri, 'default', viewColumn);
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          '{0} is no complete recipe yet, so it is shown as text. Its problems are marked.',
          nameOf(input.uri),
        ),
      );
    }
  }
}

async function isRefused(uri: vscode.Uri): Promise<boolean> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return !splitRecipe(text, { file: uri.fsPath }).ok;
  } catch (error) {
    return error instanceof TypeError; // not UTF-8; a file that can't be read is the editor's to explain
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
