import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { reveal } from './reveal';

/** Shows a run's folder; without one, the newest of `runsDirectory` (their names begin with the time). */
export async function openRunFolder(runDirectory: string | null, runsDirectory: string): Promise<void> {
  const folder = runDirectory ?? (await newest(runsDirectory));
  if (folder === null) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Nothing was run here yet: there is no {0}.', runsDirectory),
    );
    return;
  }
  await reveal(folder);
}

async function newest(runsDirectory: string): Promise<string | null> {
  try {
    const names = await readdir(runsDirectory);
    const last = names.toSorted().at(-1);
    return last === undefined ? null : path.join(runsDirectory, last);
  } catch {
    return null;
  }
}
