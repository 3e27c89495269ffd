import type * as vscode from 'vscode';
import { withRecipeValues } from '../core/recipe/setValues';
import type { RecipeChange } from '../protocol/outputs';
import { STEPS } from '../protocol/trainer';
import { changeRecipe } from './changeRecipe';
import { showInRecipe } from './showInRecipe';

/** Sets values in the recipe, an edit for each section, and goes there: undo is at hand. False where one can't be set. */
export async function setInRecipe(recipe: vscode.Uri, changes: readonly RecipeChange[]): Promise<boolean> {
  for (const section of STEPS) {
    const own = changes.filter(({ path }) => path[0] === section);
    if (own.length > 0 && !(await changeRecipe(recipe, section, (text) => withRecipeValues(text, own)))) return false;
  }
  const [first] = changes;
  if (first === undefined || !STEPS.some((step) => step === first.path[0])) return false;
  await showInRecipe(recipe, first.path);
  return true;
}
