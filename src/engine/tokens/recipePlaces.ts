import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import * as path from 'node:path';
import type { ResolvedRecipe } from '../../protocol/trainer';

/** An absolute path; relative ones start in the recipe's folder, ~ is the home folder. As Recipe.path of the trainer. */
export function placeOf(recipe: ResolvedRecipe, text: string): string {
  return path.resolve(recipe.baseDirectory, text.replace(/^~(?=$|[\\/])/, homedir()));
}

/**
 * The place if the text names one on this machine; null for a name on the Hub (owner/name).
 * trainer/src/tunebook_trainer/recipe.py, local_or_hub.
 */
export async function localPlace(recipe: ResolvedRecipe, text: string): Promise<string | null> {
  const place = placeOf(recipe, text);
  const looksLocal = /^[./~\\]/.test(text) || path.isAbsolute(text) || text.split('/').length > 2;
  return looksLocal || (await kindOf(place)) !== null ? place : null;
}

export async function kindOf(place: string): Promise<'file' | 'folder' | null> {
  return stat(place).then(
    (found) => (found.isDirectory() ? 'folder' : 'file'),
    () => null,
  );
}
