import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { RUN_FILES } from '../../engine/runDirectory';
import { nameOf } from './runLabel';
import type { Run } from './runs';

const SCHEME = 'tunebook-run-recipe';

/** Recipes as they ran, as documents that can only be read: the file in the run directory is the record of the run. */
export class RunRecipes implements vscode.Disposable {
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: (uri) => readFile(path.join(uri.query, RUN_FILES.recipe), 'utf8').catch(() => null),
  });

  /** Beside today's recipe where that is another text by now. */
  async show(run: Run): Promise<void> {
    const ran = await textOf(path.join(run.directory, RUN_FILES.recipe));
    if (ran === null) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t('The run’s own copy of its recipe is no longer there: {0}', run.directory),
      );
      return;
    }
    const { recipeFile } = run;
    // Not *.tune.yaml: it is not a recipe to check and to run.
    const name = `${nameOf({ ...run, name: null })}.yaml`;
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${run.id}/${name}`, query: run.directory });
    const today = recipeFile === null ? null : await textOf(recipeFile);
    if (recipeFile === null || today === null || today === ran) {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
      return;
    }
    const title = vscode.l10n.t('{0}: as it ran ↔ now', nameOf(run));
    await vscode.commands.executeCommand('vscode.diff', uri, vscode.Uri.file(recipeFile), title);
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}
