import * as vscode from 'vscode';
import { givenNameProblem } from '../../core/run/givenName';
import { writeRunName } from '../../engine/runName';
import { words } from '../../platform/words';
import { nameOf } from './runLabel';
import type { Run } from './runs';

/** Asks for a name of the person's own; an empty one takes it back. Null where they declined. */
export function askRunName(run: Run): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Rename {0}', run.id),
    prompt: vscode.l10n.t('A name of your own for this run. Empty: the recipe’s name. The folder keeps its name.'),
    value: run.name ?? '',
    placeHolder: nameOf({ ...run, name: null }),
    validateInput: (name) => {
      const problem = givenNameProblem(name);
      return problem === null ? null : words(problem);
    },
  });
}

export async function renameRun(run: Run, name: string): Promise<void> {
  try {
    await writeRunName(run.directory, name);
  } catch (error) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('“{0}” can’t be renamed: {1}', nameOf(run), error instanceof Error ? error.message : String(error)),
    );
  }
}
