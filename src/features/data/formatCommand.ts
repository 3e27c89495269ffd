import * as vscode from 'vscode';
import type { WorkerClient } from '../../engine/worker/client';
import { fileToFormat } from './formatFiles';
import { FormatPanel } from './formatPanel';

/** Opens the panel of a file, one for each. Needs no trust: nothing of the workspace is run. */
export async function formatAsChat(
  { extensionUri }: vscode.ExtensionContext,
  worker: WorkerClient,
  argument?: unknown,
  restored: vscode.WebviewPanel | null = null,
): Promise<void> {
  const file = await fileToFormat(argument);
  if (file === null) return;
  if (file.scheme !== 'file') {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('{0} is no file on a disk: only those can be converted.', file.toString(true)),
    );
    return;
  }
  FormatPanel.show(file, { extensionUri, worker }, restored);
}
