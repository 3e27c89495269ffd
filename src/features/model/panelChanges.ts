import type * as vscode from 'vscode';
import { loraEdit } from '../../core/model/lora/edits';
import type { LoraValues } from '../../core/model/lora/ticks';
import { applyEdits } from '../../core/recipe/edit';
import { withRecipeValues } from '../../core/recipe/setValues';
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
  const keys = changes.map(({ path }) => path);
  // a list of names that has a line for each keeps its lines
  if (keys.every(({ length, 0: section }) => section === 'lora' && length === 2)) return withLora(text, changes);
  return withRecipeValues(text, changes);
}

function withLora(text: string, changes: readonly RecipeChange[]): string | null {
  // SAFETY: r and lora_alpha are numbers that the panel has checked, all else is what withTicks gave there.
  const values = Object.fromEntries(changes.map(({ path, value }) => [path[1], value])) as LoraValues;
  const edit = loraEdit(new RecipeSource(text), values);
  return edit === null ? null : applyEdits(text, [edit]);
}
