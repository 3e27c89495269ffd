import * as vscode from 'vscode';
import { createEnvironment } from '../../engine/python/createEnvironment';

export interface CreateOptions {
  readonly lock: string;
  readonly basePython: string | null;
  readonly torchIndexUrl: string | null;
  readonly log: vscode.LogOutputChannel;
}

/** Makes Tunebook's environment with progress that can be cancelled; the interpreter in it. */
export async function createWithProgress({ log, ...request }: CreateOptions): Promise<string> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Setting up Python'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      const { python } = await createEnvironment({
        ...request,
        signal: abort.signal,
        onProgress: (what, detail) => {
          log.info(detail);
          progress.report({ message: `${vscode.l10n.t(what)}: ${shorten(detail)}` });
        },
      });
      return python;
    } finally {
      subscription.dispose();
    }
  });
}

/** pip names whole URLs; a notification has room for one line. */
function shorten(detail: string): string {
  const line = detail.trim().replace(/\s+\([^)]*\)$/, '');
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}
