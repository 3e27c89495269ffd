import * as path from 'node:path';
import * as vscode from 'vscode';
import { message } from '../../common/message';
import { useDataset } from '../../core/recipe/useDataset';
import { RequestError } from '../../protocol/channel';
import { changeRecipe } from '../changeRecipe';

/** Lets a recipe of the workspace train on this file; null: none was chosen. Throws RequestError where it can't. */
export async function useInRecipe(dataset: vscode.Uri): Promise<{ readonly recipe: string } | null> {
  const recipe = await chooseRecipe(dataset);
  if (recipe === null) return null;
  const name = path.basename(recipe.fsPath);
  const done = await changeRecipe(recipe, 'data', (text) => useDataset(text, pathFrom(recipe, dataset)));
  if (!done)
    throw new RequestError(message('{0} could not be changed: mend its problems first, then try again.', name));
  return { recipe: name };
}

async function chooseRecipe(dataset: vscode.Uri): Promise<vscode.Uri | null> {
  const recipes = await recipesOfWorkspace();
  if (recipes.length === 0) throw new RequestError(message('There is no recipe (*.tune.yaml) in this workspace yet.'));
  // The nearest first: a recipe mostly stands beside its data.
  const near = (recipe: vscode.Uri): number => pathFrom(recipe, dataset).split('/').length;
  const items = recipes
    .toSorted((a, b) => near(a) - near(b))
    .map((recipe) => ({
      label: path.basename(recipe.fsPath),
      description: vscode.workspace.asRelativePath(path.dirname(recipe.fsPath), true),
      recipe,
    }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Use in recipe'),
    placeHolder: vscode.l10n.t('Which recipe shall train on {0}?', path.basename(dataset.fsPath)),
  });
  return chosen?.recipe ?? null;
}

/** A run keeps the recipe as it ran; that one is history. */
async function recipesOfWorkspace(): Promise<readonly vscode.Uri[]> {
  return vscode.workspace.findFiles('**/*.tune.yaml', '**/{node_modules,.tunebook,.git}/**', 500);
}

/** As the recipe names it: relative to its own folder, with slashes on every system; whole where it is on another disk. */
function pathFrom(recipe: vscode.Uri, dataset: vscode.Uri): string {
  const relative = path.relative(path.dirname(recipe.fsPath), dataset.fsPath);
  if (path.isAbsolute(relative)) return dataset.fsPath;
  const slashes = relative.split(path.sep).join('/');
  return slashes.startsWith('../') ? slashes : `./${slashes}`;
}
