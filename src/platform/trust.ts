import * as vscode from 'vscode';

/**
 * Training runs programs from paths that a workspace names, so it needs trust. Says why and leads to the editor's own
 * page of trust; true when the workspace is trusted. (`workspace.requestWorkspaceTrust` is a proposed API.)
 */
export async function ensureTrusted(why: string = trainingNeeds()): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const choice = await vscode.window.showWarningMessage(why, manage);
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return vscode.workspace.isTrusted;
}

function trainingNeeds(): string {
  return vscode.l10n.t(
    'Training starts programs, so it needs a trusted workspace. Reading and editing recipes works without.',
  );
}
