import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { changeRecipe } from '../changeRecipe';
import { showInRecipe } from '../showInRecipe';
import { nameOf } from './runLabel';
import type { Run } from './runs';

const PATH = ['train', 'environment', 'resume_from_checkpoint'];

/** Makes the recipe go on from this run's newest checkpoint that is still there. */
export async function resumeRun(run: Run): Promise<void> {
  for (const checkpoint of run.summary.checkpoints.toReversed())
    if (await isThere(checkpoint)) return resumeFrom(run, checkpoint);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('“{0}” has no checkpoint that is still there, so nothing can go on from it.', nameOf(run)),
  );
}

/** Writes the checkpoint into the recipe, unsaved: undo takes it back. What to run then is told. */
export async function resumeFrom({ recipeFile, name, id }: Run, checkpoint: string): Promise<void> {
  if (recipeFile === null || !(await isThere(recipeFile))) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The recipe of “{0}” is no longer there: {1}', nameOf({ name, id, recipeFile }), recipeFile ?? '?'),
    );
    return;
  }
  const recipe = vscode.Uri.file(recipeFile);
  const value = asWritten(checkpoint, path.dirname(recipeFile));
  const { withRecipeValues } = await import('../../core/recipe/setValues');
  const isWritten = await changeRecipe(recipe, 'train', (text) => withRecipeValues(text, [{ path: PATH, value }]));
  if (!isWritten) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The recipe’s text can’t be changed here: its train section has to be repaired first.'),
    );
    return;
  }
  await showInRecipe(recipe, PATH);
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Run the train cell, and it goes on from {0}. The other settings should be those of that run; undo takes the line back.',
      path.basename(checkpoint),
    ),
  );
}

/** Relative to the recipe, as people write it, where it lies beside or below it. */
function asWritten(checkpoint: string, folder: string): string {
  const relative = path.relative(folder, checkpoint);
  if (relative.startsWith('..') || path.isAbsolute(relative)) return checkpoint;
  return `./${relative.split(path.sep).join('/')}`;
}

function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
