import * as vscode from 'vscode';
import { explainRefusal } from '../../core/export/refusals';
import { explainFailure } from '../../core/run/explainFailure';
import { EngineError } from '../../engine/engineError';
import type { ExportRequest } from '../../engine/python/runExport';
import type { ExportLine, Exported } from '../../protocol/exporting';
import { words } from '../../platform/words';

interface Trainer {
  readonly python: string;
  readonly trainerSource: string;
  readonly log: vscode.LogOutputChannel;
}

/** Carries an export out, with progress that can be cancelled; null after saying why nothing was made. */
export async function exportWithProgress(
  title: string,
  request: ExportRequest,
  { python, trainerSource, log }: Trainer,
): Promise<Exported | null> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  const { runExport } = await import('../../engine/python/runExport');
  return vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    const subscription = token.onCancellationRequested(() => abort.abort());
    try {
      const result = await runExport(request, {
        python,
        trainerSource,
        cwd: request.adapter,
        signal: abort.signal,
        onLine: (line) => {
          const message = stageOf(line);
          if (message !== null) progress.report({ message });
        },
        onLog: (text) => log.info(text),
      });
      if (result.ok) return result.value;
      explain(result.error, log);
    } catch (error) {
      if (abort.signal.aborted) return null;
      log.error(error instanceof Error ? error : String(error));
      void say(error instanceof EngineError ? words(error.words) : String(error), log);
    } finally {
      subscription.dispose();
    }
    return null;
  });
}

function stageOf(line: ExportLine): string | null {
  if (line.type !== 'progress') return null;
  const { what, current, total } = line;
  const label = vscode.l10n.t(what);
  return current === null || total === null ? label : `${label} (${current + 1}/${total})`;
}

function explain(line: Extract<ExportLine, { type: 'refused' | 'failed' }>, log: vscode.LogOutputChannel): void {
  if (line.type === 'refused') {
    const { title, remedy } = explainRefusal(line);
    void say(`${words(title)} ${words(remedy)}`, log);
    return;
  }
  const { title, remedies } = explainFailure(line.failure);
  log.error(line.failure.traceback ?? line.failure.message);
  void say([title, ...remedies.slice(0, 1)].map(words).join(' '), log);
}

async function say(text: string, log: vscode.LogOutputChannel): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  if ((await vscode.window.showErrorMessage(text, showLog)) === showLog) log.show();
}
