import * as vscode from 'vscode';
import { words } from '../../platform/words';
import { RequestError } from '../../protocol/channel';
import type { DatasetDiagnostics } from './diagnostics';
import type { SweepResult } from './diagnosticsEntry';

/** "Check Dataset": sweeps over a file by its path, however large it is, and shows its problems in the list of problems. */
export async function checkDataset(diagnostics: DatasetDiagnostics, argument: unknown): Promise<void> {
  const uri = argument instanceof vscode.Uri ? argument : fileInFront();
  if (uri === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a dataset first, or right-click one in the explorer.'),
    );
    return;
  }
  const name = vscode.workspace.asRelativePath(uri);
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open?.isDirty) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Save {0} first: a check reads what is saved.', name));
    return;
  }
  try {
    const result = await withProgress(diagnostics, uri, name);
    if (result !== null) await tell(result, name);
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    void vscode.window.showErrorMessage(words(error.words));
  }
}

/** Null: cancelled. */
function withProgress(diagnostics: DatasetDiagnostics, uri: vscode.Uri, name: string): Thenable<SweepResult | null> {
  const title = vscode.l10n.t('Checking {0}', name);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const cancelling = new AbortController();
    const listening = token.onCancellationRequested(() => cancelling.abort());
    try {
      return await diagnostics.check(uri, cancelling.signal, (rows) =>
        progress.report({ message: vscode.l10n.t('{0} rows', count(rows)) }),
      );
    } catch (error) {
      // by the person, or because the file is edited meanwhile
      if (error instanceof Error && error.name === 'AbortError') return null;
      throw error;
    } finally {
      listening.dispose();
    }
  });
}

async function tell({ rows, problems, complete, judged }: SweepResult, name: string): Promise<void> {
  const { window, l10n } = vscode;
  if (problems > 0) await vscode.commands.executeCommand('workbench.actions.view.problems');
  if (!judged)
    void window.showWarningMessage(
      l10n.t(
        'The trainer finds no conversations in {0}. Name its columns in a recipe that trains on it, or format it as chat.',
        name,
      ),
    );
  else if (problems === 0)
    void window.showInformationMessage(l10n.t('No problems in {0}. Rows: {1}.', name, count(rows)));
  else if (complete)
    void window.showWarningMessage(l10n.t('Problems in {0}: {2}. Rows: {1}.', name, count(rows), count(problems)));
  else
    void window.showWarningMessage(
      l10n.t('{0} has at least {2} problems: so many are in its first {1} rows.', name, count(rows), count(problems)),
    );
}

function count(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

function fileInFront(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const uri = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : null;
  return uri?.scheme === 'file' ? uri : null;
}
