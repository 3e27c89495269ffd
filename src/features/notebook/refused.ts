import * as vscode from 'vscode';
import { splitRecipe } from '../../core/recipe/cells';
import { isRecipeTab } from './tabs';

const ATTEMPTS = 10;
const PAUSE_MS = 100;

/**
 * A recipe that can't be split into cells opens as text. To be awaited by the serializer: while the editor still waits for
 * the notebook, another editor in its place makes it forget the first. True when a tab was replaced. The serializer is not
 * told which file it reads, so all our notebook tabs that show nothing yet are looked at.
 */
export async function openRefusedAsText(log: vscode.LogOutputChannel): Promise<boolean> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      if (await replaceTabs()) return true;
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return false;
}

/** Whether there was one. */
async function replaceTabs(): Promise<boolean> {
  let replaced = false;
  for (const { tabs, viewColumn } of vscode.window.tabGroups.all) {
    for (const { input, isDirty } of tabs) {
      if (!isRecipeTab(input) || isDirty || isOpen(input.uri) || !(await isRefused(input.uri))) continue;
      replaced = true;
      await vscode.commands.executeCommand('vscode.openWith', input.uri, 'default', viewColumn);
      await closeNotebookTabs(input.uri);
      void vscode.window.showWarningMessage(
        vscode.l10n.t(
          '{0} is no complete recipe yet, so it is shown as text. Its problems are marked.',
          nameOf(input.uri),
        ),
      );
    }
  }
  return replaced;
}

async function closeNotebookTabs(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(({ input }) => isRecipeTab(input) && input.uri.toString() === uri.toString());
  // The editor may have closed it by itself.
  await Promise.all(ours.map((tab) => vscode.window.tabGroups.close(tab).then(undefined, () => false)));
}

function isOpen(uri: vscode.Uri): boolean {
  return vscode.workspace.notebookDocuments.some((notebook) => notebook.uri.toString() === uri.toString());
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
