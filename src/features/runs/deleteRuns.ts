import * as vscode from 'vscode';
import { amountsIn } from '../../core/model/amounts';
import { type Leftovers, leftoversOf } from '../../engine/runLeftovers';
import { nameOf } from './runLabel';
import type { Run } from './runs';

/** How a person is asked; tests answer in their place. */
export type Confirm = (question: string, detail: string, yes: string) => Promise<boolean>;

export const confirmByDialog: Confirm = async (question, detail, yes) =>
  (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;

/**
 * Moves ended runs to the trash, once the person has confirmed with what it costs in view; for good where the system has no
 * trash, after another question. Whether all are gone.
 */
export async function deleteRuns(runs: readonly Run[], confirm: Confirm): Promise<boolean> {
  const leftovers = await leftoversOf(runs.map(({ directory, summary }) => ({ directory, ...summary })));
  const question =
    runs.length === 1 && runs[0] !== undefined
      ? vscode.l10n.t('Move “{0}” to the trash?', nameOf(runs[0]))
      : vscode.l10n.t('Move {0} runs to the trash?', runs.length);
  const detail = lost(leftovers);
  if (!(await confirm(question, detail, vscode.l10n.t('Move to Trash')))) return false;
  const left: Run[] = [];
  for (const run of runs) if (!(await remove(run, true))) left.push(run);
  if (left.length === 0) return true;
  const [only] = left;
  const forGood =
    left.length === 1 && only !== undefined
      ? vscode.l10n.t('“{0}” can’t be moved to the trash. Delete it for good?', nameOf(only))
      : vscode.l10n.t('{0} runs can’t be moved to the trash. Delete them for good?', left.length);
  if (!(await confirm(forGood, detail, vscode.l10n.t('Delete for Good')))) return false;
  for (const run of left) if (!(await remove(run, false))) return false;
  return true;
}

/** "1.2 GB, 3 checkpoints with it." and what stays. */
function lost({ bytes, checkpoints, adaptersInside, adaptersElsewhere }: Leftovers): string {
  const size = amountsIn(vscode.env.language).bytes(bytes);
  return [
    checkpoints === 0
      ? vscode.l10n.t('{0} with log, curves and the recipe as it ran.', size)
      : vscode.l10n.t(
          '{0} with log, curves, the recipe as it ran and its checkpoints ({1}): nothing can go on from those any more.',
          size,
          checkpoints,
        ),
    ...(adaptersInside.length === 0
      ? []
      : [vscode.l10n.t('The adapter is in there and goes too: {0}', adaptersInside.join(', '))]),
    ...(adaptersElsewhere.length === 0
      ? []
      : [vscode.l10n.t('The adapter stays where it was saved: {0}', adaptersElsewhere.join(', '))]),
  ].join('\n');
}

async function remove(run: Run, useTrash: boolean): Promise<boolean> {
  try {
    await vscode.workspace.fs.delete(vscode.Uri.file(run.directory), { recursive: true, useTrash });
    return true;
  } catch (error) {
    // Gone already is what was asked for.
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return true;
    if (!useTrash)
      void vscode.window.showErrorMessage(
        vscode.l10n.t(
          '“{0}” can’t be deleted: {1}',
          nameOf(run),
          error instanceof Error ? error.message : String(error),
        ),
      );
    return false;
  }
}
