import * as path from 'node:path';
import * as vscode from 'vscode';

const ENDINGS = ['jsonl', 'json', 'csv', 'tsv', 'parquet'];

/** What rows are read from, by its name. */
export function isDatasetFile(file: vscode.Uri): boolean {
  return ENDINGS.some((ending) => file.path.toLowerCase().replace(/\.gz$/, '').endsWith(`.${ending}`));
}

/** The file that the command was called on, else the one in front, else one that the person chooses. */
export async function fileToFormat(argument: unknown): Promise<vscode.Uri | null> {
  if (argument instanceof vscode.Uri) return argument;
  const inFront = uriOfTab(vscode.window.tabGroups.activeTabGroup.activeTab);
  return inFront !== null && isDatasetFile(inFront) ? inFront : chooseFile();
}

export async function chooseFile(beside?: vscode.Uri): Promise<vscode.Uri | null> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const defaultUri = beside === undefined ? folder?.uri : vscode.Uri.joinPath(beside, '..');
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Format as Chat: choose a dataset file'),
    openLabel: vscode.l10n.t('Format as Chat'),
    ...(defaultUri === undefined ? {} : { defaultUri }),
    filters: { [vscode.l10n.t('Datasets')]: [...ENDINGS, 'gz'] },
  });
  return chosen?.[0] ?? null;
}

/** Where the result shall go. The editor's own dialog, which asks before it gives a name that is taken. */
export async function chooseTarget(source: string, typed: string): Promise<string | null> {
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Where shall the conversations go?'),
    saveLabel: vscode.l10n.t('Choose'),
    defaultUri: vscode.Uri.file(path.resolve(path.dirname(source), typed.trim())),
    filters: { 'JSON Lines': ['jsonl'] },
  });
  return chosen?.fsPath ?? null;
}

/** Text or not: a tab of a table or of bytes has its file too. */
function uriOfTab(tab: vscode.Tab | undefined): vscode.Uri | null {
  const { input } = tab ?? {};
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : null;
}
