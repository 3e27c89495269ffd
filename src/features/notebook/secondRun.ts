import * as vscode from 'vscode';
import { atWorkWords } from '../../core/run/atWork';
import { firstInTheWay } from '../../core/run/inTheWay';
import { type RunTarget, type SharedOutput, sharedWords } from '../../core/run/sharedOutput';
import type { Attach } from '../../engine/engine';
import type { LiveRun } from '../../engine/liveRuns';
import { words } from '../../platform/words';
import { NOTEBOOK_TYPE } from '../cellLanguages';

/** go: nothing is in the way any more. again: what was in the way was ended. show: this run is to be watched instead. */
export type SecondRunAnswer =
  | { readonly kind: 'go' }
  | { readonly kind: 'again' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'show'; readonly directory: string };

/** Asks where a run at work writes what this one would write, or runs the same recipe. */
export async function askSecondRun(
  target: RunTarget,
  others: readonly LiveRun[],
  attach: Attach,
): Promise<SecondRunAnswer> {
  const found = firstInTheWay(target, others, { recipeMatters: true });
  if (found === null) return { kind: 'go' };
  const { run, shared, onlyRecipe } = found;
  const show = vscode.l10n.t('Show It');
  const stop = vscode.l10n.t('Stop It and Run');
  const anyway = vscode.l10n.t('Run Anyway');
  const sameRecipe = shared.some(({ what }) => what === 'recipe');
  const chosen = await vscode.window.showWarningMessage(
    words(atWorkWords(run.id, run.state)),
    { modal: true, detail: detail(shared, onlyRecipe) },
    show,
    stop,
    ...(onlyRecipe ? [anyway] : []),
  );
  switch (chosen) {
    case show:
      if (sameRecipe) return { kind: 'show', directory: run.directory };
      await openRecipeOf(run);
      return { kind: 'cancel' };
    case stop:
      await stopRun(run, attach);
      return { kind: 'again' };
    case anyway:
      return { kind: 'go' };
    default:
      return { kind: 'cancel' };
  }
}

function detail(shared: readonly SharedOutput[], onlyRecipe: boolean): string {
  const consequence = onlyRecipe
    ? vscode.l10n.t('Both would compute at the same time, each with a model of its own in memory.')
    : vscode.l10n.t(
        'Two runs that write into one folder spoil each other’s files. Another folder in the recipe lets both run.',
      );
  const stopping = vscode.l10n.t('Stopping saves a checkpoint first.');
  return [...shared.map((one) => words(sharedWords(one))), '', `${consequence} ${stopping}`].join('\n');
}

async function openRecipeOf({ recipeFile }: LiveRun): Promise<void> {
  if (recipeFile !== null)
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(recipeFile), NOTEBOOK_TYPE);
}

/** Its trainer stays with whoever has it; one that nobody has ends by itself. */
async function stopRun({ directory, id }: LiveRun, attach: Attach): Promise<void> {
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t('Stopping {0}; a checkpoint is saved.', id);
  await vscode.window.withProgress({ location, title }, async () => {
    const session = await attach(directory);
    try {
      await session.stop();
    } finally {
      session.dispose();
    }
  });
}
