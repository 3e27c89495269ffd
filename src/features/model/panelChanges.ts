import type * as vscode from 'vscode';
import { applyEdits, removal, setRecipeValue } from '../../core/recipe/edit';
import { RecipeSource } from '../../core/recipe/source';
import type { RecipeChange } from '../../protocol/modelPanel';
import { STEPS } from '../../protocol/trainer';
import { changeRecipe } from '../changeRecipe';

/**
 * Writes what was changed in the panel, an edit for each section. The focus stays in the panel: whoever moves a slider wants
 * to move it on. False where a value can't be set.
 */
export async function setPanelValues(recipe: vscode.Uri, changes: readonly RecipeChange[]): Promise<boolean> {
  for (const section of STEPS) {
    const own = changes.filter(({ path }) => path[0] === section);
    const change = (text: string): string | null => withValues(text, own);
    if (own.length > 0 && !(await changeRecipe(recipe, section, change, { preserveFocus: true }))) return false;
  }
  return true;
}

/** The text of a recipe, or of one section alone, with these values; null where one can't be set. */
export function withValues(text: string, changes: readonly RecipeChange[]): string | null {
  let now = text;
  for (const { path, value } of changes) {
    const edit = value === null ? takenAway(now, path) : setRecipeValue(now, path, value);
    if (edit === null) return null;
    now = applyEdits(now, edit === 'nothing' ? [] : [edit]);
  }
  return now;
}

function takenAway(text: string, path: readonly string[]): ReturnType<typeof removal> | 'nothing' {
  const source = new RecipeSource(text);
  if (source.document.errors.length > 0) return null;
  return source.pair(path) === null ? 'nothing' : removal(source, path);
}
